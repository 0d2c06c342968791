import { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Database, SqlValue } from '../../platform/db/database.ts';
import { isJson, numberOfGid } from './records/fields.ts';

type ListInput = z.output<typeof api.ProductListInput>;
type Sort = z.output<typeof api.ProductSort>;

interface Row {
  pk: number;
  id: string;
  shop: string;
  title: string;
  handle: string;
  status: api.ProductRow['status'];
  vendor: string;
  product_type: string;
  tags: string;
  total_inventory: number;
  variants_count: number;
  price_min: number | null;
  price_max: number | null;
  currency: string | null;
  image_url: string | null;
  updated_at: string;
}
interface DetailRow extends Row {
  created_at: string;
  synced_at: string;
  synced_by: api.ProductDetail['syncedBy'];
  raw: string;
}

/** Sort keys are never null here, so that a cursor compares cleanly. */
const SORT_SQL: Readonly<Record<Sort, string>> = {
  title: 'p.title COLLATE NOCASE',
  vendor: 'p.vendor COLLATE NOCASE',
  updatedAt: 'p.updated_at',
  totalInventory: 'p.total_inventory',
  priceMin: 'coalesce(p.price_min, -1)',
};
const sortValue = (row: Row, sort: Sort): SqlValue =>
  ({
    title: row.title,
    vendor: row.vendor,
    updatedAt: row.updated_at,
    totalInventory: row.total_inventory,
    priceMin: row.price_min ?? -1,
  })[sort];

const COLUMNS = `p.pk, p.id, p.shop, p.title, p.handle, p.status, p.vendor, p.product_type, p.tags, p.total_inventory, p.variants_count,
  p.price_min, p.price_max, p.currency, p.image_url, p.updated_at`;

const Cursor = z.tuple([z.union([z.string(), z.number()]), z.number().int()]);
const encodeCursor = (row: Row, sort: Sort): string =>
  Buffer.from(JSON.stringify([sortValue(row, sort), row.pk])).toString('base64url');
const decodeCursor = (text: string): z.output<typeof Cursor> => {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new AppError('BAD_REQUEST', 'The page mark is not one of ours.', {
      hint: 'Load the list again from the top.',
      cause,
    });
  }
};

/** Words as FTS5 prefix terms, all of which must match; quoted, so that no character of the input is syntax. */
export const toFtsQuery = (search: string): string | null => {
  const words = search.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length > 0 ? words.map((word) => `"${word}"*`).join(' ') : null;
};

const toProductRow = (row: Row): api.ProductRow => ({
  id: row.id,
  shop: row.shop,
  title: row.title,
  handle: row.handle,
  status: row.status,
  vendor: row.vendor,
  productType: row.product_type,
  tags: JSON.parse(row.tags) as string[],
  totalInventory: row.total_inventory,
  variantsCount: row.variants_count,
  priceMin: row.price_min,
  priceMax: row.price_max,
  currency: row.currency,
  imageUrl: row.image_url,
  updatedAt: row.updated_at,
});

export interface ProductQueries {
  list(input: ListInput): Promise<z.output<typeof api.ProductPage>>;
  /** @throws AppError `NOT_FOUND` */
  get(id: string): Promise<api.ProductDetail>;
}

export const createProductQueries = (db: Database): ProductQueries => ({
  list: async (input) => {
    const where: string[] = [];
    const params: SqlValue[] = [];
    if (input.shop !== undefined) {
      where.push('p.shop = ?');
      params.push(input.shop);
    }
    const search = input.search?.trim();
    if (search) {
      const fts = toFtsQuery(search);
      if (fts === null) return { items: [], nextCursor: null, total: 0 };
      where.push('p.pk IN (SELECT rowid FROM products_fts WHERE products_fts MATCH ?)');
      params.push(fts);
    }
    const filter = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
    const sort = SORT_SQL[input.sort];
    const pageWhere = [...where];
    const pageParams = [...params];
    if (input.cursor) {
      const [value, pk] = decodeCursor(input.cursor);
      pageWhere.push(`(${sort}, p.pk) ${input.direction === 'asc' ? '>' : '<'} (?, ?)`);
      pageParams.push(value, pk);
    }
    const direction = input.direction === 'asc' ? 'ASC' : 'DESC';
    const [rows, [count]] = await Promise.all([
      db.read<Row>(
        `SELECT ${COLUMNS} FROM products p ${pageWhere.length > 0 ? `WHERE ${pageWhere.join(' AND ')}` : ''}
         ORDER BY ${sort} ${direction}, p.pk ${direction} LIMIT ?`,
        [...pageParams, input.limit + 1],
      ),
      db.read<{ total: number }>(`SELECT count(*) AS total FROM products p ${filter}`, params),
    ]);
    const page = rows.slice(0, input.limit);
    const last = page.at(-1);
    return {
      items: page.map(toProductRow),
      nextCursor: rows.length > input.limit && last ? encodeCursor(last, input.sort) : null,
      total: count?.total ?? 0,
    };
  },

  get: async (id) => {
    const [row] = await db.read<DetailRow>(
      'SELECT p.*, d.raw FROM products p JOIN product_documents d ON d.pk = p.pk WHERE p.pk = ?',
      [numberOfGid(id)],
    );
    if (!row)
      throw new AppError('NOT_FOUND', 'This product is not on this computer.', {
        hint: 'It may have been deleted in the store.',
      });
    const variants = await db.read<z.output<typeof api.ProductVariant>>(
      `SELECT id, title, sku, barcode, price, inventory_quantity AS inventoryQuantity, position
       FROM product_variants WHERE product_pk = ? ORDER BY position, pk`,
      [row.pk],
    );
    const raw = JSON.parse(row.raw) as unknown;
    const description = isJson(raw) ? (raw.descriptionHtml ?? raw.body_html) : null;
    return {
      ...toProductRow(row),
      description: typeof description === 'string' ? description : '',
      createdAt: row.created_at,
      syncedAt: row.synced_at,
      syncedBy: row.synced_by,
      variants,
      raw,
    };
  },
});
