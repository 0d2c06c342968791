import type { SqlValue } from '../../../platform/db/database.ts';
import { fieldsOf, isJson, type Json, numberOfGid } from '../records/fields.ts';
import { toMinorUnits } from '../records/money.ts';
import type { ChildRow, MappedRecord } from '../records/record-table.ts';
import { MEDIA, METAFIELDS, VARIANTS } from './table.ts';

const STATUSES: ReadonlySet<string> = new Set(['ACTIVE', 'ARCHIVED', 'DRAFT', 'UNLISTED']);

const moneyOf = (value: unknown, currency: string | null): number | null =>
  isJson(value) && typeof value.amount === 'string' ? toMinorUnits(value.amount, currency) : null;
const imageOf = (value: unknown): Json | null => {
  const preview = isJson(value) ? value.preview : null;
  const image = isJson(preview) ? preview.image : null;
  return isJson(image) ? image : null;
};
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A variant line or node. @param raw its JSON as text, where it is known */
export const variantFromGraphql = (
  parentPk: number,
  currency: string | null,
  node: unknown,
  raw = JSON.stringify(node),
): ChildRow => {
  const get = fieldsOf(node, 'a variant');
  return {
    pk: get.pk('id'),
    parentPk,
    values: [
      get.optional('title') ?? '',
      get.optional('sku'),
      get.optional('barcode'),
      get.amount('price', currency),
      get.amount('compareAtPrice', currency),
      typeof get.json.inventoryQuantity === 'number' ? get.integer('inventoryQuantity') : null,
      get.integerOr('position', 1),
      raw,
    ],
  };
};

export const mediaFromGraphql = (
  parentPk: number,
  node: unknown,
  position: number,
  raw = JSON.stringify(node),
): ChildRow => {
  const get = fieldsOf(node, 'a medium');
  return {
    pk: get.pk('id'),
    parentPk,
    values: [
      get.text('id'),
      get.optional('mediaContentType') ?? 'IMAGE',
      textOf(imageOf(node)?.url),
      get.optional('alt'),
      position,
      raw,
    ],
  };
};

export const metafieldFromGraphql = (parentPk: number, node: unknown, raw = JSON.stringify(node)): ChildRow => {
  const get = fieldsOf(node, 'a metafield');
  return {
    pk: get.pk('id'),
    parentPk,
    values: [get.text('namespace'), get.text('key'), get.optional('type') ?? '', get.optional('value') ?? '', raw],
  };
};

export interface ProductParts {
  readonly variants: readonly unknown[];
  readonly media: readonly unknown[];
  readonly metafields: readonly unknown[];
}

/** A `products` node. @param parts all its children; null: they come by themselves */
export const productFromGraphql = (
  currency: string | null,
  node: unknown,
  parts: ProductParts | null,
  raw = JSON.stringify(node),
): MappedRecord => {
  const get = fieldsOf(node, 'a product');
  const pk = get.pk('id');
  const updatedAt = get.time('updatedAt');
  const range = get.object('priceRangeV2');
  const count = get.object('variantsCount')?.count;
  const variants = parts?.variants.map((variant) => variantFromGraphql(pk, currency, variant));
  const values: SqlValue[] = [
    get.text('title'),
    get.optional('handle') ?? '',
    get.text('status'),
    get.optional('vendor') ?? '',
    get.optional('productType') ?? '',
    JSON.stringify(get.texts('tags')),
    get.integerOr('totalInventory', 0),
    typeof count === 'number' ? count : (variants?.length ?? 0),
    moneyOf(range?.minVariantPrice, currency),
    moneyOf(range?.maxVariantPrice, currency),
    currency,
    textOf(imageOf(get.json.featuredMedia)?.url),
    get.time('createdAt'),
    updatedAt,
    get.optionalTime('publishedAt'),
  ];
  return {
    pk,
    updatedAt,
    values,
    raw,
    children:
      parts === null
        ? null
        : {
            [VARIANTS.table]: variants ?? [],
            [MEDIA.table]: parts.media.map((medium, index) => mediaFromGraphql(pk, medium, index + 1)),
            [METAFIELDS.table]: parts.metafields.map((metafield) => metafieldFromGraphql(pk, metafield)),
          },
  };
};

/** The REST-shaped body of `products/create` and `products/update`. It says nothing of metafields, so those stay as they are. */
export const productFromWebhook = (currency: string | null, payload: unknown): MappedRecord => {
  const get = fieldsOf(payload, 'a product');
  const pk = get.pk('id');
  const updatedAt = get.time('updated_at');
  const variants = get.objects('variants').map((entry, index): ChildRow & { price: number | null; stock: number } => {
    const variant = fieldsOf(entry, 'a product with variants');
    const price = variant.amount('price', currency);
    const stock = typeof entry.inventory_quantity === 'number' ? variant.integer('inventory_quantity') : null;
    return {
      pk: variant.pk('id'),
      parentPk: pk,
      price,
      stock: stock ?? 0,
      values: [
        variant.optional('title') ?? '',
        variant.optional('sku'),
        variant.optional('barcode'),
        price,
        variant.amount('compare_at_price', currency),
        stock,
        variant.integerOr('position', index + 1),
        JSON.stringify(entry),
      ],
    };
  });
  const prices = variants.map((variant) => variant.price).filter((price) => price !== null);
  const media = get.objects('images').flatMap((entry, index): ChildRow[] => {
    const id = typeof entry.admin_graphql_api_id === 'string' ? entry.admin_graphql_api_id : null;
    const number = numberOfGid(id);
    if (id === null || number === null) return [];
    const values = [id, 'IMAGE', textOf(entry.src), textOf(entry.alt), index + 1, JSON.stringify(entry)];
    return [{ pk: number, parentPk: pk, values }];
  });
  const status = get.optional('status')?.toUpperCase() ?? '';
  const image = get.object('image');
  const values: SqlValue[] = [
    get.text('title'),
    get.optional('handle') ?? '',
    STATUSES.has(status) ? status : 'ACTIVE',
    get.optional('vendor') ?? '',
    get.optional('product_type') ?? '',
    JSON.stringify(get.texts('tags')),
    variants.reduce((sum, variant) => sum + variant.stock, 0),
    variants.length,
    prices.length > 0 ? Math.min(...prices) : null,
    prices.length > 0 ? Math.max(...prices) : null,
    currency,
    textOf(image?.src),
    get.optionalTime('created_at') ?? updatedAt,
    updatedAt,
    get.optionalTime('published_at'),
  ];
  return {
    pk,
    updatedAt,
    values,
    raw: JSON.stringify(payload),
    children: { [VARIANTS.table]: variants, ...(Array.isArray(get.json.images) ? { [MEDIA.table]: media } : {}) },
  };
};
