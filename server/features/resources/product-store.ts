import type { EntityManager } from 'typeorm';
import type { ProductRecord } from './product-mapping.ts';

type SyncedBy = 'import' | 'webhook';

// `WHERE true` keeps SQLite from reading ON CONFLICT as a join condition.
// What is newer here, or was deleted later than this state, stays.
const UPSERT = `
INSERT INTO products (id, shop, title, handle, status, vendor, product_type, tags, skus, total_inventory, variants_count,
  price_min, price_max, currency, image_url, description, created_at, updated_at, synced_at, synced_by, raw)
SELECT p.value->>0, p.value->>1, p.value->>2, p.value->>3, p.value->>4, p.value->>5, p.value->>6, p.value->>7, p.value->>8, p.value->>9,
  p.value->>10, p.value->>11, p.value->>12, p.value->>13, p.value->>14, p.value->>15, p.value->>16, p.value->>17, p.value->>18, p.value->>19, p.value->>20
FROM json_each(?) AS p
WHERE NOT EXISTS (SELECT 1 FROM product_deletions d WHERE d.id = p.value->>0 AND d.deleted_at >= p.value->>17)
ON CONFLICT (id) DO UPDATE SET
  title = excluded.title, handle = excluded.handle, status = excluded.status, vendor = excluded.vendor, product_type = excluded.product_type,
  tags = excluded.tags, skus = excluded.skus, total_inventory = excluded.total_inventory, variants_count = excluded.variants_count,
  price_min = excluded.price_min, price_max = excluded.price_max, currency = coalesce(excluded.currency, currency),
  image_url = excluded.image_url, description = excluded.description, created_at = excluded.created_at, updated_at = excluded.updated_at,
  synced_at = excluded.synced_at, synced_by = excluded.synced_by, raw = excluded.raw
WHERE excluded.updated_at >= products.updated_at AND excluded.shop = products.shop
RETURNING id`;

const UPSERT_VARIANTS = `
INSERT INTO product_variants (id, product_id, shop, title, sku, barcode, price, inventory_quantity, position)
SELECT v.value->>0, v.value->>1, v.value->>2, v.value->>3, v.value->>4, v.value->>5, v.value->>6, v.value->>7, v.value->>8
FROM json_each(?) AS v WHERE true
ON CONFLICT (id) DO UPDATE SET product_id = excluded.product_id, shop = excluded.shop, title = excluded.title, sku = excluded.sku,
  barcode = excluded.barcode, price = excluded.price, inventory_quantity = excluded.inventory_quantity, position = excluded.position`;
const DELETE_OTHER_VARIANTS = `
DELETE FROM product_variants WHERE product_id IN (SELECT value FROM json_each(?)) AND id NOT IN (SELECT value FROM json_each(?))`;

const toRow = (product: ProductRecord, syncedAt: string, syncedBy: SyncedBy): unknown[] => {
  const prices = product.variants.map((variant) => variant.price).filter((price) => price !== null);
  return [
    product.id,
    product.shop,
    product.title,
    product.handle,
    product.status,
    product.vendor,
    product.productType,
    JSON.stringify(product.tags),
    product.variants
      .map((variant) => variant.sku ?? '')
      .filter(Boolean)
      .join(' '),
    product.totalInventory,
    product.variantsCount,
    prices.length > 0 ? Math.min(...prices) : null,
    prices.length > 0 ? Math.max(...prices) : null,
    product.currency,
    product.imageUrl,
    product.description,
    product.createdAt,
    product.updatedAt,
    syncedAt,
    syncedBy,
    JSON.stringify(product.raw),
  ];
};

/**
 * Writes products with their variants, in the caller's transaction. Answers the ids that were really written: an older state than the
 * stored one is passed over. Several states of one product may be given; the newest wins.
 */
export const upsertProducts = async (
  tx: EntityManager,
  products: readonly ProductRecord[],
  stamp: { syncedAt: string; syncedBy: SyncedBy },
): Promise<string[]> => {
  const newest = new Map<string, ProductRecord>();
  for (const product of products) {
    const other = newest.get(product.id);
    if (!other || other.updatedAt <= product.updatedAt) newest.set(product.id, product);
  }
  if (newest.size === 0) return [];
  const rows = [...newest.values()].map((product) => toRow(product, stamp.syncedAt, stamp.syncedBy));
  const written: { id: string }[] = await tx.query(UPSERT, [JSON.stringify(rows)]);
  const ids = written.map((row) => row.id);
  const variants = ids.flatMap((id) =>
    (newest.get(id)?.variants ?? []).map((variant) => [
      variant.id,
      id,
      newest.get(id)?.shop,
      variant.title,
      variant.sku,
      variant.barcode,
      variant.price,
      variant.inventoryQuantity,
      variant.position,
    ]),
  );
  if (ids.length === 0) return ids;
  await tx.query(UPSERT_VARIANTS, [JSON.stringify(variants)]);
  await tx.query(DELETE_OTHER_VARIANTS, [JSON.stringify(ids), JSON.stringify(variants.map(([id]) => id))]);
  return ids;
};

/** Deletes a product unless a newer state of it is here, and remembers the deletion. */
export const deleteProduct = async (tx: EntityManager, shop: string, id: string, deletedAt: string): Promise<void> => {
  await tx.query(
    `INSERT INTO product_deletions (id, shop, deleted_at) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET deleted_at = max(deleted_at, excluded.deleted_at)`,
    [id, shop, deletedAt],
  );
  await tx.query('DELETE FROM products WHERE id = ? AND shop = ? AND updated_at <= ?', [id, shop, deletedAt]);
  // The driver answers a DELETE with no rows, not even with RETURNING: whether the product is gone is asked of the table.
  await tx.query(
    'DELETE FROM product_variants WHERE product_id = ? AND shop = ? AND NOT EXISTS (SELECT 1 FROM products WHERE id = ?)',
    [id, shop, id],
  );
};
