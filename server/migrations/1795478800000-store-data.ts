import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The gid follows from the key, which is Shopify's own number: no index over long texts, and rows arrive in key order. */
const gid = (type: string): string => `id TEXT GENERATED ALWAYS AS ('gid://shopify/${type}/' || pk) VIRTUAL`;

/** When this computer last wrote the row, and what brought it. `webhook`: the document has the webhook's (REST) shape. */
const STAMP = `synced_at TEXT NOT NULL, synced_by TEXT NOT NULL CHECK (synced_by IN ('import', 'sync', 'webhook', 'refresh'))`;

/** Whole JSON apart from the columns: lists and counts read narrow rows, details read one document. */
const documents = (table: string): string =>
  `CREATE TABLE ${table} (pk INTEGER PRIMARY KEY, shop TEXT NOT NULL, raw TEXT NOT NULL)`;

/**
 * Contentless with deletes: it stores no text twice, and a row is replaced or removed by its key alone. Written by the stores' code, not by
 * triggers: only when a text changed, and after a first import all at once.
 */
const searchIndex = (table: string, columns: string): string =>
  `CREATE VIRTUAL TABLE ${table} USING fts5 (${columns},
    content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3')`;

const UP = [
  // ---- products, in the shape that all resources have
  'DROP TRIGGER products_fts_insert',
  'DROP TRIGGER products_fts_delete',
  'DROP TRIGGER products_fts_update',
  'DROP TABLE products_fts',
  'ALTER TABLE products RENAME TO products_before',
  'ALTER TABLE product_variants RENAME TO product_variants_before',
  ...['updated_at', 'title', 'vendor', 'total_inventory', 'price_min', 'shop'].map(
    (name) => `DROP INDEX products_${name}`,
  ),
  'DROP INDEX product_variants_product',
  `CREATE TABLE products (
    pk INTEGER PRIMARY KEY, ${gid('Product')}, shop TEXT NOT NULL,
    title TEXT NOT NULL, handle TEXT NOT NULL, status TEXT NOT NULL, vendor TEXT NOT NULL, product_type TEXT NOT NULL,
    tags TEXT NOT NULL, total_inventory INTEGER NOT NULL, variants_count INTEGER NOT NULL,
    price_min INTEGER, price_max INTEGER, currency TEXT, image_url TEXT,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL, published_at TEXT, ${STAMP}
  )`,
  'CREATE INDEX products_updated_at ON products (updated_at)',
  'CREATE INDEX products_title ON products (title COLLATE NOCASE)',
  'CREATE INDEX products_vendor ON products (vendor COLLATE NOCASE)',
  'CREATE INDEX products_total_inventory ON products (total_inventory)',
  'CREATE INDEX products_price_min ON products (coalesce(price_min, -1))',
  documents('product_documents'),
  `CREATE TABLE product_variants (
    pk INTEGER PRIMARY KEY, ${gid('ProductVariant')}, product_pk INTEGER NOT NULL, shop TEXT NOT NULL,
    title TEXT NOT NULL, sku TEXT, barcode TEXT, price INTEGER, compare_at_price INTEGER, inventory_quantity INTEGER,
    position INTEGER NOT NULL, raw TEXT NOT NULL
  )`,
  'CREATE INDEX product_variants_product ON product_variants (product_pk, position)',
  `CREATE INDEX product_variants_sku ON product_variants (sku COLLATE NOCASE) WHERE sku IS NOT NULL`,
  `CREATE TABLE product_media (
    pk INTEGER PRIMARY KEY, id TEXT NOT NULL, product_pk INTEGER NOT NULL, shop TEXT NOT NULL,
    type TEXT NOT NULL, url TEXT, alt TEXT, position INTEGER NOT NULL, raw TEXT NOT NULL
  )`,
  'CREATE INDEX product_media_product ON product_media (product_pk, position)',
  `CREATE TABLE product_metafields (
    pk INTEGER PRIMARY KEY, ${gid('Metafield')}, product_pk INTEGER NOT NULL, shop TEXT NOT NULL,
    namespace TEXT NOT NULL, key TEXT NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL, raw TEXT NOT NULL
  )`,
  'CREATE INDEX product_metafields_product ON product_metafields (product_pk)',
  `INSERT INTO products (pk, shop, title, handle, status, vendor, product_type, tags, total_inventory, variants_count, price_min, price_max,
     currency, image_url, created_at, updated_at, synced_at, synced_by)
   SELECT CAST(replace(id, 'gid://shopify/Product/', '') AS INTEGER), shop, title, handle, status, vendor, product_type, tags, total_inventory,
     variants_count, price_min, price_max, currency, image_url, created_at, updated_at, synced_at, synced_by FROM products_before`,
  `INSERT INTO product_documents (pk, shop, raw)
   SELECT CAST(replace(id, 'gid://shopify/Product/', '') AS INTEGER), shop, raw FROM products_before`,
  `INSERT INTO product_variants (pk, product_pk, shop, title, sku, barcode, price, inventory_quantity, position, raw)
   SELECT CAST(replace(id, 'gid://shopify/ProductVariant/', '') AS INTEGER), CAST(replace(product_id, 'gid://shopify/Product/', '') AS INTEGER),
     shop, title, sku, barcode, price, inventory_quantity, position, '{}' FROM product_variants_before`,
  searchIndex('products_fts', 'title, vendor, product_type, tags, skus, handle'),
  `INSERT INTO products_fts (rowid, title, vendor, product_type, tags, skus, handle)
   SELECT pk, title, vendor, product_type, tags,
     (SELECT group_concat(coalesce(sku, '') || ' ' || coalesce(barcode, ''), ' ') FROM product_variants v WHERE v.product_pk = p.pk), handle
   FROM products p`,
  'DROP TABLE products_before',
  'DROP TABLE product_variants_before',

  // ---- orders
  `CREATE TABLE orders (
    pk INTEGER PRIMARY KEY, ${gid('Order')}, shop TEXT NOT NULL,
    name TEXT NOT NULL, number INTEGER NOT NULL,
    created_at TEXT NOT NULL, processed_at TEXT NOT NULL, updated_at TEXT NOT NULL, cancelled_at TEXT, closed_at TEXT,
    financial_status TEXT NOT NULL, fulfillment_status TEXT NOT NULL, return_status TEXT, test INTEGER NOT NULL,
    currency TEXT NOT NULL, total INTEGER NOT NULL, subtotal INTEGER NOT NULL, discounts INTEGER NOT NULL, shipping INTEGER NOT NULL,
    tax INTEGER NOT NULL, refunded INTEGER NOT NULL, outstanding INTEGER NOT NULL, items INTEGER NOT NULL,
    customer_pk INTEGER, customer_name TEXT NOT NULL, email TEXT, phone TEXT, country_code TEXT,
    gateways TEXT NOT NULL, discount_codes TEXT NOT NULL, tags TEXT NOT NULL, source_name TEXT, checkout_token TEXT, cart_token TEXT,
    ${STAMP}
  )`,
  'CREATE INDEX orders_processed_at ON orders (processed_at)',
  'CREATE INDEX orders_updated_at ON orders (updated_at)',
  'CREATE INDEX orders_number ON orders (number)',
  'CREATE INDEX orders_total ON orders (total)',
  'CREATE INDEX orders_customer_name ON orders (customer_name COLLATE NOCASE)',
  'CREATE INDEX orders_financial_status ON orders (financial_status, processed_at)',
  'CREATE INDEX orders_fulfillment_status ON orders (fulfillment_status, processed_at)',
  'CREATE INDEX orders_customer ON orders (customer_pk, processed_at)',
  'CREATE INDEX orders_email ON orders (email COLLATE NOCASE)',
  'CREATE INDEX orders_checkout_token ON orders (checkout_token) WHERE checkout_token IS NOT NULL',
  documents('order_documents'),
  `CREATE TABLE order_lines (
    pk INTEGER PRIMARY KEY, ${gid('LineItem')}, order_pk INTEGER NOT NULL, shop TEXT NOT NULL,
    product_pk INTEGER, variant_pk INTEGER, title TEXT NOT NULL, variant_title TEXT, sku TEXT, vendor TEXT,
    quantity INTEGER NOT NULL, current_quantity INTEGER NOT NULL, unit_price INTEGER NOT NULL, total INTEGER NOT NULL, raw TEXT NOT NULL
  )`,
  'CREATE INDEX order_lines_order ON order_lines (order_pk)',
  'CREATE INDEX order_lines_product ON order_lines (product_pk) WHERE product_pk IS NOT NULL',
  searchIndex('orders_fts', 'name, email, customer_name, phone, tags, skus, titles'),

  // ---- transactions; Shopify has no time of change for them: `updated_at` is that of the order, or of the webhook, that brought them
  `CREATE TABLE transactions (
    pk INTEGER PRIMARY KEY, ${gid('OrderTransaction')}, shop TEXT NOT NULL, order_pk INTEGER NOT NULL, order_name TEXT NOT NULL,
    parent_pk INTEGER, kind TEXT NOT NULL, status TEXT NOT NULL, gateway TEXT NOT NULL, amount INTEGER NOT NULL, currency TEXT NOT NULL,
    fees INTEGER, processed_at TEXT NOT NULL, created_at TEXT NOT NULL, test INTEGER NOT NULL, error_code TEXT, payment_id TEXT,
    updated_at TEXT NOT NULL, ${STAMP}, raw TEXT NOT NULL
  )`,
  'CREATE INDEX transactions_processed_at ON transactions (processed_at)',
  'CREATE INDEX transactions_order ON transactions (order_pk)',
  'CREATE INDEX transactions_amount ON transactions (amount)',
  'CREATE INDEX transactions_kind ON transactions (kind, processed_at)',
  'CREATE INDEX transactions_status ON transactions (status, processed_at)',
  'CREATE INDEX transactions_gateway ON transactions (gateway, processed_at)',

  // ---- customers
  `CREATE TABLE customers (
    pk INTEGER PRIMARY KEY, ${gid('Customer')}, shop TEXT NOT NULL,
    display_name TEXT NOT NULL, first_name TEXT, last_name TEXT, email TEXT, phone TEXT, state TEXT NOT NULL, tags TEXT NOT NULL,
    orders_count INTEGER NOT NULL, amount_spent INTEGER NOT NULL, currency TEXT NOT NULL,
    email_marketing TEXT, sms_marketing TEXT, city TEXT, province TEXT, country_code TEXT, locale TEXT,
    verified_email INTEGER NOT NULL, tax_exempt INTEGER NOT NULL, last_order_pk INTEGER,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL, ${STAMP}
  )`,
  'CREATE INDEX customers_display_name ON customers (display_name COLLATE NOCASE)',
  'CREATE INDEX customers_email ON customers (email COLLATE NOCASE)',
  'CREATE INDEX customers_created_at ON customers (created_at)',
  'CREATE INDEX customers_updated_at ON customers (updated_at)',
  'CREATE INDEX customers_orders_count ON customers (orders_count)',
  'CREATE INDEX customers_amount_spent ON customers (amount_spent)',
  documents('customer_documents'),
  `CREATE TABLE customer_addresses (
    pk INTEGER PRIMARY KEY, ${gid('MailingAddress')}, customer_pk INTEGER NOT NULL, shop TEXT NOT NULL,
    name TEXT, company TEXT, address1 TEXT, address2 TEXT, city TEXT, province TEXT, zip TEXT, country_code TEXT, phone TEXT, raw TEXT NOT NULL
  )`,
  'CREATE INDEX customer_addresses_customer ON customer_addresses (customer_pk)',
  searchIndex('customers_fts', 'name, email, phone, tags, places'),

  // ---- what is true of all resources
  // Deletions are remembered, so that a late or repeated update does not bring a row back.
  `CREATE TABLE deleted_records (
    resource TEXT NOT NULL, pk INTEGER NOT NULL, shop TEXT NOT NULL, deleted_at TEXT NOT NULL, PRIMARY KEY (resource, pk)
  )`,
  `INSERT INTO deleted_records (resource, pk, shop, deleted_at)
   SELECT 'products', CAST(replace(id, 'gid://shopify/Product/', '') AS INTEGER), shop, deleted_at FROM product_deletions`,
  'DROP TABLE product_deletions',
  // Values of personal fields are not kept here: a change of an e-mail address says that it changed.
  `CREATE TABLE record_changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, shop TEXT NOT NULL, resource TEXT NOT NULL, pk INTEGER NOT NULL, at TEXT NOT NULL,
    source TEXT NOT NULL, source_id TEXT, changes TEXT NOT NULL
  )`,
  'CREATE INDEX record_changes_record ON record_changes (resource, pk, seq)',
  `CREATE TABLE sync_states (
    shop TEXT NOT NULL, resource TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('never', 'waiting', 'preparing', 'downloading', 'indexing', 'catching-up', 'checking', 'done', 'failed')),
    paused_at TEXT, operation_id TEXT, operation_at TEXT, byte_offset INTEGER NOT NULL DEFAULT 0, lines INTEGER NOT NULL DEFAULT 0,
    page_cursor TEXT, index_pk INTEGER NOT NULL DEFAULT 0,
    rows INTEGER NOT NULL DEFAULT 0, total INTEGER, objects INTEGER NOT NULL DEFAULT 0, objects_total INTEGER,
    started_at TEXT, finished_at TEXT, imported_at TEXT, cursor_at TEXT, checked_at TEXT, swept_at TEXT,
    remote_count INTEGER, local_count INTEGER, task_id TEXT, problem TEXT, gaps TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (shop, resource)
  )`,
  // One row a reconcile: the period it filled in and what it found.
  `CREATE TABLE sync_runs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, shop TEXT NOT NULL, resource TEXT NOT NULL,
    trigger TEXT NOT NULL, from_at TEXT, to_at TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT,
    created INTEGER NOT NULL DEFAULT 0, updated INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0, problem TEXT
  )`,
  'CREATE INDEX sync_runs_shop ON sync_runs (shop, seq)',
  // Ids of a resource as Shopify has them, while they are compared with the ids here.
  `CREATE TABLE sync_ids (shop TEXT NOT NULL, resource TEXT NOT NULL, pk INTEGER NOT NULL, PRIMARY KEY (resource, pk))`,

  // ---- aggregates for the charts, made anew for each day that something changed in
  `CREATE TABLE stale_days (shop TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (day, shop))`,
  `CREATE TABLE order_days (
    day TEXT NOT NULL, shop TEXT NOT NULL, currency TEXT NOT NULL, orders INTEGER NOT NULL, cancelled INTEGER NOT NULL, total INTEGER NOT NULL,
    refunded INTEGER NOT NULL, items INTEGER NOT NULL, first_orders INTEGER NOT NULL, returning_orders INTEGER NOT NULL,
    PRIMARY KEY (day, shop, currency)
  )`,
  `CREATE TABLE order_status_days (
    day TEXT NOT NULL, shop TEXT NOT NULL, financial_status TEXT NOT NULL, fulfillment_status TEXT NOT NULL, orders INTEGER NOT NULL,
    PRIMARY KEY (day, shop, financial_status, fulfillment_status)
  )`,
  `CREATE TABLE product_days (
    day TEXT NOT NULL, shop TEXT NOT NULL, product_pk INTEGER NOT NULL, title TEXT NOT NULL, currency TEXT NOT NULL,
    quantity INTEGER NOT NULL, total INTEGER NOT NULL, PRIMARY KEY (day, shop, product_pk, currency)
  )`,
  `INSERT INTO counters (shop, name, value) SELECT shop, 'rows.products', count(*) FROM products GROUP BY shop`,
  // Products are fetched once more, since the tables of before had no media and no JSON of variants.
  `INSERT INTO sync_states (shop, resource, phase) SELECT shop, 'products', 'never' FROM shops`,
  ...['phase', 'rows', 'total', 'started_at', 'finished_at', 'problem'].map(
    (name) => `ALTER TABLE shops DROP COLUMN sync_${name}`,
  ),
] as const;

const NEW_TABLES = [
  'product_days',
  'order_status_days',
  'order_days',
  'stale_days',
  'sync_ids',
  'sync_runs',
  'sync_states',
  'record_changes',
  'customers_fts',
  'customer_addresses',
  'customer_documents',
  'customers',
  'transactions',
  'orders_fts',
  'order_lines',
  'order_documents',
  'orders',
  'product_metafields',
  'product_media',
] as const;

const DOWN = [
  `DELETE FROM counters WHERE name IN ('rows.products', 'rows.orders', 'rows.transactions', 'rows.customers')`,
  `ALTER TABLE shops ADD COLUMN sync_phase TEXT NOT NULL DEFAULT 'never' CHECK (sync_phase IN ('never', 'running', 'done', 'failed'))`,
  'ALTER TABLE shops ADD COLUMN sync_rows INTEGER NOT NULL DEFAULT 0',
  'ALTER TABLE shops ADD COLUMN sync_total INTEGER',
  'ALTER TABLE shops ADD COLUMN sync_started_at TEXT',
  'ALTER TABLE shops ADD COLUMN sync_finished_at TEXT',
  'ALTER TABLE shops ADD COLUMN sync_problem TEXT',
  ...NEW_TABLES.map((table) => `DROP TABLE ${table}`),
  'CREATE TABLE product_deletions (id TEXT PRIMARY KEY NOT NULL, shop TEXT NOT NULL, deleted_at TEXT NOT NULL)',
  `INSERT INTO product_deletions (id, shop, deleted_at)
   SELECT 'gid://shopify/Product/' || pk, shop, deleted_at FROM deleted_records WHERE resource = 'products'`,
  'DROP TABLE deleted_records',
  'DROP TABLE products_fts',
  'ALTER TABLE products RENAME TO products_after',
  'ALTER TABLE product_variants RENAME TO product_variants_after',
  ...['updated_at', 'title', 'vendor', 'total_inventory', 'price_min'].map((name) => `DROP INDEX products_${name}`),
  'DROP INDEX product_variants_product',
  'DROP INDEX product_variants_sku',
  `CREATE TABLE products (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    shop TEXT NOT NULL,
    title TEXT NOT NULL, handle TEXT NOT NULL, status TEXT NOT NULL, vendor TEXT NOT NULL, product_type TEXT NOT NULL,
    tags TEXT NOT NULL, skus TEXT NOT NULL,
    total_inventory INTEGER NOT NULL, variants_count INTEGER NOT NULL,
    price_min INTEGER, price_max INTEGER, currency TEXT, image_url TEXT, description TEXT NOT NULL,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
    synced_at TEXT NOT NULL, synced_by TEXT NOT NULL CHECK (synced_by IN ('import', 'webhook')),
    raw TEXT NOT NULL
  )`,
  'CREATE INDEX products_updated_at ON products (updated_at, pk)',
  'CREATE INDEX products_title ON products (title COLLATE NOCASE, pk)',
  'CREATE INDEX products_vendor ON products (vendor COLLATE NOCASE, pk)',
  'CREATE INDEX products_total_inventory ON products (total_inventory, pk)',
  'CREATE INDEX products_price_min ON products (coalesce(price_min, -1), pk)',
  'CREATE INDEX products_shop ON products (shop, updated_at)',
  `CREATE TABLE product_variants (
    id TEXT PRIMARY KEY NOT NULL, product_id TEXT NOT NULL, shop TEXT NOT NULL,
    title TEXT NOT NULL, sku TEXT, barcode TEXT, price INTEGER, inventory_quantity INTEGER, position INTEGER NOT NULL
  )`,
  'CREATE INDEX product_variants_product ON product_variants (product_id, position)',
  `CREATE VIRTUAL TABLE products_fts USING fts5 (
    title, vendor, product_type, tags, skus, handle,
    content='products', content_rowid='pk', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
  )`,
  `CREATE TRIGGER products_fts_insert AFTER INSERT ON products BEGIN
    INSERT INTO products_fts (rowid, title, vendor, product_type, tags, skus, handle)
    VALUES (new.pk, new.title, new.vendor, new.product_type, new.tags, new.skus, new.handle);
  END`,
  `CREATE TRIGGER products_fts_delete AFTER DELETE ON products BEGIN
    INSERT INTO products_fts (products_fts, rowid, title, vendor, product_type, tags, skus, handle)
    VALUES ('delete', old.pk, old.title, old.vendor, old.product_type, old.tags, old.skus, old.handle);
  END`,
  `CREATE TRIGGER products_fts_update AFTER UPDATE OF title, vendor, product_type, tags, skus, handle ON products
  WHEN old.title IS NOT new.title OR old.vendor IS NOT new.vendor OR old.product_type IS NOT new.product_type
    OR old.tags IS NOT new.tags OR old.skus IS NOT new.skus OR old.handle IS NOT new.handle BEGIN
    INSERT INTO products_fts (products_fts, rowid, title, vendor, product_type, tags, skus, handle)
    VALUES ('delete', old.pk, old.title, old.vendor, old.product_type, old.tags, old.skus, old.handle);
    INSERT INTO products_fts (rowid, title, vendor, product_type, tags, skus, handle)
    VALUES (new.pk, new.title, new.vendor, new.product_type, new.tags, new.skus, new.handle);
  END`,
  `INSERT INTO products (pk, id, shop, title, handle, status, vendor, product_type, tags, skus, total_inventory, variants_count, price_min,
     price_max, currency, image_url, description, created_at, updated_at, synced_at, synced_by, raw)
   SELECT p.pk, p.id, p.shop, title, handle, status, vendor, product_type, tags,
     coalesce((SELECT group_concat(sku, ' ') FROM product_variants_after v WHERE v.product_pk = p.pk), ''), total_inventory, variants_count,
     price_min, price_max, currency, image_url, coalesce(d.raw ->> 'descriptionHtml', d.raw ->> 'body_html', ''), created_at, updated_at,
     synced_at, CASE synced_by WHEN 'webhook' THEN 'webhook' ELSE 'import' END, d.raw
   FROM products_after p JOIN product_documents d ON d.pk = p.pk`,
  `INSERT INTO product_variants (id, product_id, shop, title, sku, barcode, price, inventory_quantity, position)
   SELECT id, 'gid://shopify/Product/' || product_pk, shop, title, sku, barcode, price, inventory_quantity, position FROM product_variants_after`,
  'DROP TABLE products_after',
  'DROP TABLE product_variants_after',
  'DROP TABLE product_documents',
] as const;

export class StoreData1795478800000 implements MigrationInterface {
  readonly name = 'StoreData1795478800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
