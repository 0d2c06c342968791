import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { createPixelUsage, overLimit, type PixelSamples, type TableSample } from './usage.ts';

let now = Date.parse('2026-11-24T10:05:00.000Z');
const clock: Clock = { now: () => now, delay: () => Promise.resolve() };

let dir = '';
let db: Database;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-usage-'));
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Rows of very different sizes in each table, as a store leaves them. */
const fill = (rows: number): Promise<void> =>
  db.writeStatements(async (connection) => {
    const numbers = 'WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?1)';
    const raw = `printf('%.*c', 300 + (i * 7919) % 1900, 'x')`;
    await connection.run(
      `${numbers} INSERT INTO pixel_events (event_key, shop, name, client_id, occurred_at, received_at, raw)
      SELECT i, 'a.myshopify.com', 'product_viewed', lower(hex(randomblob(18))), i, i, ${raw} FROM n`,
      rows,
    );
    await connection.run('INSERT OR IGNORE INTO pixel_keys (key, seq) SELECT event_key, seq FROM pixel_events');
    await connection.run(
      `${numbers} INSERT INTO pixel_quarantine (shop, event_id, name, reason, received_at, raw)
      SELECT 'a.myshopify.com', lower(hex(randomblob(18))), 'product_viewed', 'data.productVariant: must be object', i, ${raw} FROM n`,
      rows,
    );
    await connection.run(
      `${numbers} INSERT INTO pixel_sessions (shop, client_id, started_at, last_at, steps, events, source, landing, checkout_token, order_id, path)
      SELECT 'a.myshopify.com', lower(hex(randomblob(18))), i, i, iif(i % 40 = 0, 15, 1), 9, 'google.com', '/products/mug',
        iif(i % 20 = 0, lower(hex(randomblob(16))), NULL), iif(i % 40 = 0, '5000000' || i, NULL), ${raw} FROM n`,
      rows,
    );
  });

/** Bytes of the pages that a table and its indexes are in. */
const pagesOf = async (names: string): Promise<number> => {
  const [row] = await db.read<{ bytes: number }>(
    `SELECT sum(pgsize) AS bytes FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name IN (${names}))`,
  );
  return row?.bytes ?? 0;
};

it('says within a tenth what the pages in use take, from a thousand rows of each table', async () => {
  await fill(6000);
  const { events, quarantine, sessions } = await createPixelUsage({ db, clock }).usage();
  for (const [use, names] of [
    [events, `'pixel_events', 'pixel_keys'`],
    [quarantine, `'pixel_quarantine'`],
    [sessions, `'pixel_sessions'`],
  ] as const) {
    expect(use.rows).toBe(6000);
    expect(use.bytes / (await pagesOf(names)), names).toBeGreaterThan(0.9);
    expect(use.bytes / (await pagesOf(names)), names).toBeLessThan(1.1);
  }
});

it('numbers that no row has any more do not count', async () => {
  await fill(6000);
  await db.writeStatements((connection) =>
    connection.run('DELETE FROM pixel_quarantine WHERE seq BETWEEN 1001 AND 4000'),
  );
  const { quarantine } = await createPixelUsage({ db, clock }).usage();
  expect(quarantine.rows).toBeGreaterThan(2900);
  expect(quarantine.rows).toBeLessThan(3100);
});

it('empty tables take nothing; what a screen sees is measured once a minute, and anew when it is known to have changed', async () => {
  const meter = createPixelUsage({ db, clock });
  expect(await meter.usage()).toMatchObject({ events: { rows: 0, bytes: 0 }, oldestEventAt: null });
  await fill(10);
  expect((await meter.usage()).events.rows).toBe(0);
  now += 60_000;
  expect(await meter.usage()).toMatchObject({ events: { rows: 10 }, oldestEventAt: '1970-01-01T00:00:00.001Z' });
  await fill(10);
  meter.forget();
  expect((await meter.usage()).events.rows).toBe(20);
});

const tableOf = (...bytes: number[]): TableSample => ({
  rows: bytes.length,
  bytes: bytes.reduce((sum, each) => sum + each, 0),
  // Newest first; the last of the list is the oldest.
  sampled: bytes.map((each, index) => ({ at: 100 - index, bytes: each })),
});
const samples = (changes: Partial<PixelSamples>): PixelSamples => ({
  events: tableOf(),
  quarantine: tableOf(),
  sessions: tableOf(),
  ...changes,
});

it('events and quarantine go by one time, the oldest first; sessions only when they alone take more than half', () => {
  expect(overLimit(samples({ events: tableOf(10, 10, 10) }), 30)).toEqual({ eventsUntil: null, sessionsUntil: null });
  expect(overLimit(samples({ events: tableOf(10, 10, 10) }), 29)).toEqual({ eventsUntil: 98, sessionsUntil: null });
  expect(overLimit(samples({ events: tableOf(10, 10, 10), quarantine: tableOf(10, 10) }), 40)).toEqual({
    eventsUntil: 98,
    sessionsUntil: null,
  });
  // Sessions leave less room for the others…
  expect(overLimit(samples({ events: tableOf(10, 10, 10), sessions: tableOf(10, 10) }), 40)).toEqual({
    eventsUntil: 98,
    sessionsUntil: null,
  });
  // …but never less than half.
  expect(overLimit(samples({ events: tableOf(10, 10), sessions: tableOf(10, 10, 10) }), 40)).toEqual({
    eventsUntil: null,
    sessionsUntil: 98,
  });
});
