import type { MigrationInterface, QueryRunner } from 'typeorm';
import { eventKey } from '../features/pixel/event-key.ts';

const EVENTS = [
  // Append-only and hot. Times are milliseconds since the epoch: eight bytes, and arithmetic on them needs no parsing.
  `CREATE TABLE pixel_events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    event_key INTEGER NOT NULL, shop TEXT NOT NULL, name TEXT NOT NULL, client_id TEXT,
    occurred_at INTEGER NOT NULL, received_at INTEGER NOT NULL, raw TEXT NOT NULL
  )`,
  'CREATE UNIQUE INDEX pixel_events_once ON pixel_events (event_key)',
] as const;

const UP = [
  ...EVENTS,
  `CREATE TABLE pixel_quarantine (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    shop TEXT NOT NULL, event_id TEXT, name TEXT NOT NULL, version TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL, received_at INTEGER NOT NULL, raw TEXT NOT NULL
  )`,
  'CREATE INDEX pixel_quarantine_reason ON pixel_quarantine (shop, reason, seq)',
  `CREATE TABLE pixel_rollups (
    shop TEXT NOT NULL, grain INTEGER NOT NULL, at INTEGER NOT NULL,
    name TEXT NOT NULL, outcome TEXT NOT NULL, version TEXT NOT NULL,
    events INTEGER NOT NULL, lag_ms INTEGER NOT NULL,
    PRIMARY KEY (shop, grain, at, name, outcome, version)
  ) WITHOUT ROWID`,
  `CREATE TABLE pixel_sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shop TEXT NOT NULL, client_id TEXT, started_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
    steps INTEGER NOT NULL, events INTEGER NOT NULL, source TEXT NOT NULL, landing TEXT,
    checkout_token TEXT, order_id TEXT, completed_at INTEGER, path TEXT NOT NULL
  )`,
  'CREATE INDEX pixel_sessions_client ON pixel_sessions (client_id, shop, last_at)',
  'CREATE INDEX pixel_sessions_started ON pixel_sessions (shop, started_at)',
  'CREATE INDEX pixel_sessions_checkout ON pixel_sessions (shop, checkout_token) WHERE checkout_token IS NOT NULL',
  `CREATE TABLE pixel_funnel (
    shop TEXT NOT NULL, grain INTEGER NOT NULL, at INTEGER NOT NULL,
    sessions INTEGER NOT NULL, viewed INTEGER NOT NULL, added INTEGER NOT NULL, started INTEGER NOT NULL, paid INTEGER NOT NULL,
    PRIMARY KEY (shop, grain, at)
  ) WITHOUT ROWID`,
  `CREATE TABLE pixel_tops (
    shop TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('product', 'search', 'source')), label TEXT NOT NULL,
    seen INTEGER NOT NULL, added INTEGER NOT NULL, paid INTEGER NOT NULL,
    PRIMARY KEY (shop, at, kind, label)
  ) WITHOUT ROWID`,
  'CREATE TABLE pixel_analysis (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL)',
  'INSERT INTO pixel_analysis (id, seq) VALUES (1, 0)',
  `CREATE TABLE pixel_rules (
    shop TEXT NOT NULL, name TEXT NOT NULL, schema TEXT NOT NULL, updated_at TEXT NOT NULL, PRIMARY KEY (shop, name)
  )`,
  // Keys that were replaced, still taken from pages that are open until they end.
  `CREATE TABLE pixel_old_keys (pixel_key TEXT PRIMARY KEY NOT NULL, shop TEXT NOT NULL, ends_at INTEGER NOT NULL)`,
  'ALTER TABLE extensions ADD COLUMN activated_at TEXT',
  'ALTER TABLE extensions ADD COLUMN checked_at TEXT',
  'ALTER TABLE extensions ADD COLUMN problem TEXT',
  'ALTER TABLE extensions ADD COLUMN wanted INTEGER NOT NULL DEFAULT 1',
] as const;

const NEW_TABLES = [
  'pixel_old_keys',
  'pixel_rules',
  'pixel_analysis',
  'pixel_tops',
  'pixel_funnel',
  'pixel_sessions',
  'pixel_rollups',
] as const;
const NEW_COLUMNS = ['wanted', 'problem', 'checked_at', 'activated_at'] as const;

/** As the initial schema made them. */
const DOWN = [
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
] as const;

const ISO_TO_MS = (column: string): string => `CAST(round((julianday(${column}) - 2440587.5) * 86400000) AS INTEGER)`;
const MS_TO_ISO = (column: string): string =>
  `strftime('%Y-%m-%dT%H:%M:%S', ${column} / 1000, 'unixepoch') || printf('.%03dZ', ${column} % 1000)`;

const PART = 1000;

/** Smaller rows and a numeric key on the hot path, running counts, and what the analysis derives. */
export class Pixel1795478700000 implements MigrationInterface {
  readonly name = 'Pixel1795478700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE pixel_events RENAME TO pixel_events_old');
    await runner.query('DROP INDEX pixel_events_once');
    await runner.query('ALTER TABLE pixel_quarantine RENAME TO pixel_quarantine_old');
    for (const statement of UP) await runner.query(statement);
    for (let after = 0; ; ) {
      const rows = (await runner.query(
        'SELECT seq, shop, event_id FROM pixel_events_old WHERE seq > ? ORDER BY seq LIMIT ?',
        [after, PART],
      )) as { seq: number; shop: string; event_id: string }[];
      if (rows.length === 0) break;
      await runner.query(
        `INSERT OR IGNORE INTO pixel_events (seq, event_key, shop, name, client_id, occurred_at, received_at, raw)
        SELECT old.seq, key.value->>1, old.shop, old.name, old.client_id, ${ISO_TO_MS('old.occurred_at')}, ${ISO_TO_MS('old.received_at')}, old.raw
        FROM json_each(?) AS key JOIN pixel_events_old AS old ON old.seq = key.value->>0`,
        [JSON.stringify(rows.map((row) => [row.seq, eventKey(row.shop, row.event_id)]))],
      );
      after = rows.at(-1)?.seq ?? after;
    }
    await runner.query(
      `INSERT INTO pixel_quarantine (seq, shop, event_id, name, reason, received_at, raw)
      SELECT seq, shop, event_id, name, reason, ${ISO_TO_MS('received_at')}, raw FROM pixel_quarantine_old`,
    );
    await runner.query('DROP TABLE pixel_events_old');
    await runner.query('DROP TABLE pixel_quarantine_old');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE pixel_events RENAME TO pixel_events_new');
    await runner.query('DROP INDEX pixel_events_once');
    await runner.query('ALTER TABLE pixel_quarantine RENAME TO pixel_quarantine_new');
    for (const statement of DOWN) await runner.query(statement);
    await runner.query(
      `INSERT OR IGNORE INTO pixel_events (seq, shop, event_id, name, client_id, occurred_at, received_at, raw)
      SELECT seq, shop, coalesce(raw->>'id', 'event-' || seq), name, client_id, ${MS_TO_ISO('occurred_at')}, ${MS_TO_ISO('received_at')}, raw
      FROM pixel_events_new`,
    );
    await runner.query(
      `INSERT INTO pixel_quarantine (seq, shop, event_id, name, reason, received_at, raw)
      SELECT seq, shop, event_id, name, reason, ${MS_TO_ISO('received_at')}, raw FROM pixel_quarantine_new`,
    );
    await runner.query('DROP TABLE pixel_events_new');
    await runner.query('DROP TABLE pixel_quarantine_new');
    for (const table of NEW_TABLES) await runner.query(`DROP TABLE ${table}`);
    for (const column of NEW_COLUMNS) await runner.query(`ALTER TABLE extensions DROP COLUMN ${column}`);
  }
}
