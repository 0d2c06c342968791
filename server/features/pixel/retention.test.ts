import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { defineRetention } from './retention.ts';
import { createPixelUsage } from './usage.ts';

const SHOP = 'a.myshopify.com';
const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-24T10:05:00.000Z');
const clock: Clock = { now: () => NOW, delay: () => Promise.resolve() };

let dir = '';
let db: Database;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-retention-'));
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Events by number, each so many days old; all of them are analysed unless `analysed` says otherwise. */
const store = async (ages: readonly (readonly [seq: number, days: number])[], analysed = 1_000_000): Promise<void> => {
  await db.writeStatements(async (connection) => {
    await connection.run(
      `INSERT INTO pixel_events (seq, event_key, shop, name, client_id, occurred_at, received_at, raw)
      SELECT value->>0, value->>0, '${SHOP}', 'n', 'c', value->>1, value->>1, '{}' FROM json_each(?)`,
      JSON.stringify(ages.map(([seq, days]) => [seq, NOW - days * DAY_MS])),
    );
    await connection.run('UPDATE pixel_analysis SET seq = ?', analysed);
  });
};
const run = (limits: { keepDays?: number; megabytes?: number; keepEvents?: number }) => {
  const { keepDays = 90, megabytes = 1000, keepEvents = 1_000_000 } = limits;
  const settings = { get: () => ({ days: keepDays, megabytes }) };
  const task = defineRetention({ db, clock, settings, usage: createPixelUsage({ db, clock }), keepEvents });
  return task.run({}, { signal: new AbortController().signal } as Parameters<typeof task.run>[1]);
};
const left = async (): Promise<number[]> =>
  (await db.read<{ seq: number }>('SELECT seq FROM pixel_events ORDER BY seq')).map(({ seq }) => seq);

it('removes what is older than its days, with gaps in the numbers', async () => {
  await store([
    [3, 100],
    [4, 95],
    [50, 91],
    [51, 89],
    [900, 1],
  ]);
  expect(await run({})).toMatchObject({ events: 3 });
  expect(await left()).toEqual([51, 900]);
  expect(await run({})).toMatchObject({ events: 0 });
});

it('removes the oldest over the number, however young', async () => {
  await store(Array.from({ length: 1234 }, (_, index) => [index + 1, 1] as const));
  expect(await run({ keepEvents: 100 })).toMatchObject({ events: 1134 });
  expect(await left()).toEqual(Array.from({ length: 100 }, (_, index) => 1135 + index));
});

/** Events of `bytes` each, give or take `spread`, the first the oldest, a minute apart. */
const storeLarge = (events: number, bytes: number, spread = 0): Promise<void> =>
  db.writeStatements(async (connection) => {
    await connection.run(
      `WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
      INSERT INTO pixel_events (seq, event_key, shop, name, client_id, occurred_at, received_at, raw)
      SELECT i, i, '${SHOP}', 'n', 'c', ?2 + i * 60000, ?2 + i * 60000, printf('%.*c', ?3 - ?4 + (i * 7919) % (2 * ?4 + 1), 'x') FROM n`,
      events,
      NOW - 30 * DAY_MS,
      bytes,
      spread,
    );
    await connection.run('UPDATE pixel_analysis SET seq = 1000000');
  });

it('removes the oldest over the size, however young; with room again nothing goes', async () => {
  await storeLarge(500, 100_000);
  expect(await run({ megabytes: 20 })).toMatchObject({ events: 301 });
  expect(await left()).toEqual(Array.from({ length: 199 }, (_, index) => 302 + index));
  expect(await run({ megabytes: 20 })).toMatchObject({ events: 0 });
});

it('of more rows than are looked at, what is left is near the size', async () => {
  await storeLarge(15_000, 1000, 800);
  await run({ megabytes: 10 });
  const [row] = await db.read<{ bytes: number }>(
    `SELECT sum(pgsize) AS bytes FROM dbstat WHERE name IN ('pixel_events', 'pixel_keys')`,
  );
  expect(row?.bytes).toBeGreaterThan(9_500_000);
  expect(row?.bytes).toBeLessThan(10_500_000);
  expect((await left()).at(-1)).toBe(15_000);
});

it('keeps what is not analysed yet', async () => {
  await store(
    [
      [1, 100],
      [2, 100],
      [3, 100],
    ],
    2,
  );
  expect(await run({ keepEvents: 1 })).toMatchObject({ events: 2 });
  expect(await left()).toEqual([3]);
});

it('a computer whose clock was set back loses nothing young', async () => {
  await store([
    [1, 100],
    [2, 1],
    [3, 95],
    [4, 1],
  ]);
  await run({});
  expect(await left()).toEqual(expect.arrayContaining([2, 4]));
});

it('removes sessions, counts and quarantine by their own days, of every store', async () => {
  for (const shop of [SHOP, 'b.myshopify.com'])
    await db.writeStatements(async (connection) => {
      for (const days of [401, 399])
        await connection.run(
          `INSERT INTO pixel_sessions (shop, client_id, started_at, last_at, steps, events, source, path) VALUES (?, 'c', ?, ?, 0, 1, 's', '[]')`,
          shop,
          NOW - days * DAY_MS,
          NOW - days * DAY_MS,
        );
      for (const [grain, days] of [
        [60, 3],
        [60, 1],
        [3600, 91],
        [86_400, 1000],
      ] as const)
        await connection.run(
          `INSERT INTO pixel_rollups (shop, grain, at, name, outcome, version, events, lag_ms) VALUES (?, ?, ?, 'n', 'accepted', '', 1, 1)`,
          shop,
          grain,
          (NOW - days * DAY_MS) / 1000,
        );
    });
  // As they are received: the older first, whichever store's.
  for (const days of [31, 29])
    for (const shop of [SHOP, 'b.myshopify.com'])
      await db.writeStatements((connection) =>
        connection.run(
          `INSERT INTO pixel_quarantine (shop, name, reason, received_at, raw) VALUES (?, 'n', 'r', ?, '{}')`,
          shop,
          NOW - days * DAY_MS,
        ),
      );
  expect(await run({})).toMatchObject({ sessions: 2, minutes: 2, hours: 2, quarantined: 2 });
  expect(await db.read('SELECT grain, count(*) AS n FROM pixel_rollups GROUP BY grain ORDER BY grain')).toEqual([
    { grain: 60, n: 2 },
    { grain: 86_400, n: 2 },
  ]);
});
