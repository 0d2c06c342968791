import type { MigrationInterface, QueryRunner } from 'typeorm';

const LISTED = `seq, shop, topic, webhook_id, event_id, api_version, triggered_at, received_at, attempts, retry_at, processed_at, problem, duplicates, bytes`;

/**
 * Bodies leave the table of deliveries: a row that is looked at, marked and listed is then 200 bytes instead of a page, and a receipt
 * appends to two tables without touching an index of random keys (those are merged later, many at a time).
 */
const UP = [
  'ALTER TABLE webhook_deliveries RENAME TO webhook_deliveries_old',
  'DROP INDEX webhook_deliveries_once',
  'DROP INDEX webhook_deliveries_waiting',
  'DROP INDEX webhook_deliveries_failed',
  `CREATE TABLE webhook_deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    shop TEXT, topic TEXT NOT NULL, webhook_id TEXT, event_id TEXT, api_version TEXT, triggered_at TEXT,
    received_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'failed', 'processed', 'ignored', 'dead', 'refused')),
    attempts INTEGER NOT NULL DEFAULT 0, retry_at TEXT, processed_at TEXT, duration_ms REAL, problem TEXT, reason TEXT,
    duplicates INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL,
    resource TEXT, origin TEXT, origin_seq INTEGER
  )`,
  'CREATE TABLE webhook_bodies (seq INTEGER PRIMARY KEY, shop TEXT, topic TEXT NOT NULL, headers TEXT NOT NULL, payload TEXT)',
  // A receipt is one statement: its rows, its body and the total in one turn of the writer and one commit. `counted` is set in the first row
  // of each store in a group.
  `CREATE VIEW webhook_receipts AS SELECT d.seq, d.shop, d.topic, d.webhook_id, d.event_id, d.api_version, d.triggered_at, d.received_at,
    d.bytes, d.origin, d.origin_seq, b.headers, b.payload, 0 AS counted FROM webhook_deliveries AS d JOIN webhook_bodies AS b ON b.seq = d.seq`,
  `CREATE TRIGGER webhook_receipts_insert INSTEAD OF INSERT ON webhook_receipts BEGIN
    INSERT INTO webhook_deliveries (seq, shop, topic, webhook_id, event_id, api_version, triggered_at, received_at, bytes, origin, origin_seq, state)
    VALUES (new.seq, new.shop, new.topic, new.webhook_id, new.event_id, new.api_version, new.triggered_at, new.received_at, new.bytes, new.origin, new.origin_seq, 'received');
    INSERT INTO webhook_bodies (seq, shop, topic, headers, payload) VALUES (new.seq, new.shop, new.topic, new.headers, new.payload);
  END`,
  `CREATE TRIGGER webhook_receipts_count INSTEAD OF INSERT ON webhook_receipts WHEN new.counted > 0 BEGIN
    INSERT INTO counters (shop, name, value) VALUES (new.shop, 'webhooks.received', new.counted)
    ON CONFLICT (shop, name) DO UPDATE SET value = value + excluded.value;
  END`,
  'CREATE TABLE webhook_keys (key INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (key, seq)) WITHOUT ROWID',
  'CREATE TABLE webhook_key_marks (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL)',
  `INSERT INTO webhook_deliveries (${LISTED}, state, reason)
    SELECT ${LISTED}, CASE state WHEN 'failed' THEN 'dead' ELSE state END, CASE state WHEN 'failed' THEN 'payload' END FROM webhook_deliveries_old`,
  'INSERT INTO webhook_bodies (seq, shop, topic, headers, payload) SELECT seq, shop, topic, headers, payload FROM webhook_deliveries_old',
  'DROP TABLE webhook_deliveries_old',
  // No mark: the keys of what is here are merged at the next start, as after a crash.
  'INSERT INTO webhook_key_marks (id, seq) VALUES (1, 0)',
  `CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (retry_at, seq) WHERE state IN ('received', 'failed')`,
  `CREATE INDEX webhook_deliveries_odd ON webhook_deliveries (state, seq) WHERE state IN ('failed', 'dead', 'refused', 'ignored')`,
  'CREATE INDEX webhook_deliveries_resource ON webhook_deliveries (resource, shop, seq) WHERE resource IS NOT NULL',
  `CREATE TABLE webhook_attempts (
    seq INTEGER NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL, duration_ms REAL,
    outcome TEXT NOT NULL CHECK (outcome IN ('processed', 'ignored', 'failed', 'dead', 'requeued')),
    reason TEXT, code TEXT, message TEXT, PRIMARY KEY (seq, number)
  ) WITHOUT ROWID`,
  `CREATE TABLE webhook_bookmarks (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL UNIQUE, name TEXT NOT NULL, created_at TEXT NOT NULL)`,
  // Whoever removes a delivery (retention, an erased store) removes what belongs to it.
  `CREATE TRIGGER webhook_deliveries_delete AFTER DELETE ON webhook_deliveries BEGIN
    DELETE FROM webhook_bodies WHERE seq = old.seq;
    DELETE FROM webhook_attempts WHERE seq = old.seq;
    DELETE FROM webhook_bookmarks WHERE seq = old.seq;
  END`,
  `CREATE TABLE webhook_gaps (
    id INTEGER PRIMARY KEY, shop TEXT NOT NULL, cause TEXT NOT NULL, from_at TEXT NOT NULL, to_at TEXT NOT NULL,
    changes INTEGER, missing INTEGER, filled_at TEXT
  )`,
  'CREATE INDEX webhook_gaps_shop ON webhook_gaps (shop, id)',
  `CREATE TABLE webhook_subscription_checks (shop TEXT PRIMARY KEY NOT NULL, checked_at TEXT NOT NULL, found TEXT NOT NULL, problem TEXT)`,
  `INSERT INTO counters (shop, name, value) SELECT shop, 'webhooks.dead', value FROM counters WHERE name = 'webhooks.failed'`,
  `UPDATE counters SET value = 0 WHERE name = 'webhooks.failed'`,
] as const;

const DOWN = [
  'DROP VIEW webhook_receipts',
  `CREATE TABLE webhook_deliveries_old (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    shop TEXT, topic TEXT NOT NULL, webhook_id TEXT, event_id TEXT, api_version TEXT, triggered_at TEXT,
    received_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'processed', 'ignored', 'failed', 'refused')),
    attempts INTEGER NOT NULL DEFAULT 0, retry_at TEXT, processed_at TEXT, problem TEXT,
    duplicates INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL, headers TEXT NOT NULL, payload TEXT
  )`,
  `INSERT INTO webhook_deliveries_old (${LISTED}, state, headers, payload)
    SELECT ${LISTED.split(', ')
      .map((column) => `d.${column}`)
      .join(
        ', ',
      )}, CASE d.state WHEN 'dead' THEN 'failed' WHEN 'failed' THEN 'received' ELSE d.state END, coalesce(b.headers, '{}'), b.payload
    FROM webhook_deliveries AS d LEFT JOIN webhook_bodies AS b ON b.seq = d.seq`,
  ...['webhook_subscription_checks', 'webhook_gaps', 'webhook_bookmarks', 'webhook_attempts'].map(
    (table) => `DROP TABLE ${table}`,
  ),
  ...['webhook_key_marks', 'webhook_keys', 'webhook_bodies', 'webhook_deliveries'].map(
    (table) => `DROP TABLE ${table}`,
  ),
  'ALTER TABLE webhook_deliveries_old RENAME TO webhook_deliveries',
  'CREATE UNIQUE INDEX webhook_deliveries_once ON webhook_deliveries (webhook_id, topic, shop) WHERE webhook_id IS NOT NULL',
  `CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (retry_at, seq) WHERE state = 'received'`,
  `CREATE INDEX webhook_deliveries_failed ON webhook_deliveries (state, seq) WHERE state IN ('failed', 'refused', 'ignored')`,
  `DELETE FROM counters WHERE name = 'webhooks.failed'`,
  `UPDATE counters SET name = 'webhooks.failed' WHERE name = 'webhooks.dead'`,
] as const;

export class WebhookInbox1795478600000 implements MigrationInterface {
  readonly name = 'WebhookInbox1795478600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
