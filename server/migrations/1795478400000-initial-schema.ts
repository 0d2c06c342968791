import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE shops (
    shop TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL, plan TEXT, email TEXT, currency TEXT, timezone TEXT, primary_url TEXT,
    state TEXT NOT NULL CHECK (state IN ('connected', 'reconnect', 'uninstalled')),
    demo INTEGER NOT NULL DEFAULT 0,
    grant_type TEXT NOT NULL CHECK (grant_type IN ('authorization_code', 'client_credentials', 'admin_token')),
    scopes TEXT NOT NULL,
    access_token TEXT, refresh_token TEXT, token_expires_at TEXT, refresh_token_expires_at TEXT,
    connected_at TEXT NOT NULL, last_call_at TEXT,
    webhook_topics TEXT NOT NULL DEFAULT '[]',
    problem TEXT,
    sync_phase TEXT NOT NULL DEFAULT 'never' CHECK (sync_phase IN ('never', 'running', 'done', 'failed')),
    sync_rows INTEGER NOT NULL DEFAULT 0, sync_total INTEGER, sync_started_at TEXT, sync_finished_at TEXT, sync_problem TEXT
  )`,
  `CREATE TABLE oauth_states (
    id TEXT PRIMARY KEY NOT NULL,
    shop TEXT NOT NULL,
    ticket_hash TEXT UNIQUE, state_hash TEXT UNIQUE, cookie_hash TEXT,
    created_at TEXT NOT NULL, expires_at TEXT NOT NULL, started_at TEXT, used_at TEXT
  )`,
  'CREATE INDEX oauth_states_expires_at ON oauth_states (expires_at)',
  `CREATE TABLE settings (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL, updated_at TEXT NOT NULL)`,
  `CREATE TABLE console_sessions (token_hash TEXT PRIMARY KEY NOT NULL, created_at TEXT NOT NULL, expires_at TEXT NOT NULL)`,
  `CREATE TABLE extensions (
    shop TEXT PRIMARY KEY NOT NULL REFERENCES shops (shop),
    pixel_key TEXT NOT NULL UNIQUE,
    web_pixel_id TEXT, endpoint TEXT, status TEXT NOT NULL CHECK (status IN ('inactive', 'active', 'failed')), updated_at TEXT NOT NULL
  )`,
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
  // Triggers, so that no writer can forget the search index. Most updates are of stock: those leave it alone.
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
  // Deletions are remembered, so that a late or repeated update does not bring a product back.
  `CREATE TABLE product_deletions (id TEXT PRIMARY KEY NOT NULL, shop TEXT NOT NULL, deleted_at TEXT NOT NULL)`,
  // Append-only and hot: integer key, few indexes. `seq` is also the cursor of the console's list.
  `CREATE TABLE webhook_deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    shop TEXT, topic TEXT NOT NULL, webhook_id TEXT, event_id TEXT, api_version TEXT, triggered_at TEXT,
    received_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'processed', 'ignored', 'failed', 'refused')),
    attempts INTEGER NOT NULL DEFAULT 0, retry_at TEXT, processed_at TEXT, problem TEXT,
    duplicates INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL, headers TEXT NOT NULL, payload TEXT
  )`,
  'CREATE UNIQUE INDEX webhook_deliveries_once ON webhook_deliveries (webhook_id, topic, shop) WHERE webhook_id IS NOT NULL',
  `CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (retry_at, seq) WHERE state = 'received'`,
  `CREATE INDEX webhook_deliveries_failed ON webhook_deliveries (state, seq) WHERE state IN ('failed', 'refused', 'ignored')`,
  `CREATE TABLE pixel_events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    shop TEXT NOT NULL, event_id TEXT NOT NULL, name TEXT NOT NULL, client_id TEXT, url TEXT,
    occurred_at TEXT NOT NULL, received_at TEXT NOT NULL, raw TEXT NOT NULL
  )`,
  'CREATE UNIQUE INDEX pixel_events_once ON pixel_events (event_id, shop)',
  `CREATE TABLE pixel_quarantine (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    shop TEXT NOT NULL, event_id TEXT, name TEXT NOT NULL, reason TEXT NOT NULL, received_at TEXT NOT NULL, raw TEXT NOT NULL
  )`,
  `CREATE TABLE counters (shop TEXT NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (shop, name)) WITHOUT ROWID`,
] as const;

const TABLES = [
  'counters',
  'pixel_quarantine',
  'pixel_events',
  'webhook_deliveries',
  'product_deletions',
  'products_fts',
  'product_variants',
  'products',
  'extensions',
  'console_sessions',
  'settings',
  'oauth_states',
  'shops',
] as const;

export class InitialSchema1795478400000 implements MigrationInterface {
  readonly name = 'InitialSchema1795478400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}
