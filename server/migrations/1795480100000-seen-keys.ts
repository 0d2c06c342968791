import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Shared by the two inboxes: what their statement raises when a key is in the table of those seen before. */
const SEEN = `SELECT RAISE(ABORT, 'seen before')`;

const RECEIPT_COLUMNS = `d.seq, d.shop, d.topic, d.webhook_id, d.event_id, d.api_version, d.triggered_at, d.received_at,
    d.bytes, d.origin, d.origin_seq, b.headers, b.payload, 0 AS counted`;
const DROP_RECEIPTS = 'DROP VIEW webhook_receipts';
const RECEIPTS = [
  `CREATE TRIGGER webhook_receipts_insert INSTEAD OF INSERT ON webhook_receipts BEGIN
    INSERT INTO webhook_deliveries (seq, shop, topic, webhook_id, event_id, api_version, triggered_at, received_at, bytes, origin, origin_seq, state)
    VALUES (new.seq, new.shop, new.topic, new.webhook_id, new.event_id, new.api_version, new.triggered_at, new.received_at, new.bytes, new.origin, new.origin_seq, 'received');
    INSERT INTO webhook_bodies (seq, shop, topic, headers, payload) VALUES (new.seq, new.shop, new.topic, new.headers, new.payload);
  END`,
  `CREATE TRIGGER webhook_receipts_count INSTEAD OF INSERT ON webhook_receipts WHEN new.counted > 0 BEGIN
    INSERT INTO counters (shop, name, value) VALUES (new.shop, 'webhooks.received', new.counted)
    ON CONFLICT (shop, name) DO UPDATE SET value = value + excluded.value;
  END`,
] as const;
const fromReceipts = (columns: string): string =>
  `CREATE VIEW webhook_receipts AS SELECT ${columns} FROM webhook_deliveries AS d JOIN webhook_bodies AS b ON b.seq = d.seq`;

/** The parts of a record: see `packed-events.ts`. */
const digits = (at: string, offset: number, width: number): string =>
  `CAST(substr(new.records, ${at} + ${offset}, ${width}) AS INTEGER)`;
const RECORD = 55;

const EVENTS = [
  'CREATE TABLE pixel_keys (key INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (key, seq)) WITHOUT ROWID',
  'CREATE TABLE pixel_key_marks (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL)',
  'INSERT INTO pixel_keys (key, seq) SELECT event_key, seq FROM pixel_events ORDER BY event_key',
  'INSERT INTO pixel_key_marks (id, seq) SELECT 1, coalesce(max(seq), 0) FROM pixel_events',
  'DROP INDEX pixel_events_once',
  `CREATE TRIGGER pixel_events_delete AFTER DELETE ON pixel_events BEGIN
    DELETE FROM pixel_keys WHERE key = old.event_key AND seq = old.seq;
  END`,
  `CREATE VIEW pixel_receipts AS SELECT e.shop, e.received_at, e.received_at AS base_ms, e.seq AS first_seq, 1 AS checked,
    NULL AS records, NULL AS texts, 0 AS extras_at, '[]' AS tallies, '[]' AS counts FROM pixel_events AS e`,
  // A commit is one statement: rows, the look for repeats, running counts and totals in one turn of the writer.
  `CREATE TRIGGER pixel_receipts_insert INSTEAD OF INSERT ON pixel_receipts BEGIN
    INSERT INTO pixel_events (seq, shop, received_at, event_key, name, client_id, occurred_at, raw)
    WITH RECURSIVE record(n, at, extra, start, lengths) AS (
      SELECT 0, 1, new.extras_at, ${digits('1', 31, 9)}, ${digits('1', 40, 15)} WHERE length(new.records) > 0
      UNION ALL
      SELECT n + 1, at + ${RECORD}, extra + lengths / 1000 % 1000 + lengths % 1000,
        ${digits('at', RECORD + 31, 9)}, ${digits('at', RECORD + 40, 15)}
      FROM record WHERE at + ${RECORD} < length(new.records)
    )
    SELECT new.first_seq + n, new.shop, new.received_at, ${digits('at', 0, 16)},
      CAST(substr(new.texts, extra, lengths % 1000) AS TEXT), CAST(substr(new.texts, extra + lengths % 1000, lengths / 1000 % 1000) AS TEXT),
      new.base_ms - ${digits('at', 16, 15)}, CAST(substr(new.texts, start, lengths / 1000000) AS TEXT)
    FROM record;
    ${SEEN} WHERE new.checked = 0 AND EXISTS (
      SELECT 1 FROM pixel_events AS e CROSS JOIN pixel_keys AS k ON k.key = e.event_key WHERE e.seq >= new.first_seq);
    INSERT INTO pixel_rollups (shop, grain, at, name, outcome, version, events, lag_ms)
    SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7 FROM json_each(new.tallies) WHERE true
    ON CONFLICT (shop, grain, at, name, outcome, version) DO UPDATE SET events = events + excluded.events, lag_ms = lag_ms + excluded.lag_ms;
    INSERT INTO counters (shop, name, value) SELECT value->>0, value->>1, value->>2 FROM json_each(new.counts) WHERE true
    ON CONFLICT (shop, name) DO UPDATE SET value = value + excluded.value;
  END`,
] as const;

const UP = [
  DROP_RECEIPTS,
  fromReceipts(`${RECEIPT_COLUMNS}, NULL AS key`),
  `CREATE TRIGGER webhook_receipts_seen INSTEAD OF INSERT ON webhook_receipts WHEN new.key IS NOT NULL BEGIN
    ${SEEN} WHERE EXISTS (SELECT 1 FROM webhook_keys WHERE key = new.key);
  END`,
  ...RECEIPTS,
  ...EVENTS,
] as const;

const DOWN = [
  'DROP VIEW pixel_receipts',
  'DROP TRIGGER pixel_events_delete',
  'DROP TABLE pixel_key_marks',
  'DROP TABLE pixel_keys',
  'CREATE UNIQUE INDEX pixel_events_once ON pixel_events (event_key)',
  DROP_RECEIPTS,
  fromReceipts(RECEIPT_COLUMNS),
  ...RECEIPTS,
] as const;

/** Pixel events lose their index of random keys; both inboxes commit with one statement that looks for repeats itself. */
export class SeenKeys1795480100000 implements MigrationInterface {
  readonly name = 'SeenKeys1795480100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
