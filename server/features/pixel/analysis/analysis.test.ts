import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../../migrations.ts';
import type { Clock } from '../../../platform/clock.ts';
import { type Database, openDatabase } from '../../../platform/db/database.ts';
import { createPixelAnalysis } from './analysis.ts';

const SHOP = 'a.myshopify.com';
const START = Date.parse('2026-11-24T10:05:00.000Z');
const EVENTS = 3000;
const EVENTS_A_CLIENT = 10;

let dir = '';
let db: Database;
let now = START;
/** Waiting is what moves this clock. */
const clock: Clock = {
  now: () => now,
  delay: (ms) => {
    now += ms;
    return Promise.resolve();
  },
};

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-analysis-'));
  now = START;
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
  const rows = Array.from({ length: EVENTS }, (_, index) => {
    const clientId = `client-${Math.floor(index / EVENTS_A_CLIENT)}`;
    return [index, clientId, START - EVENTS + index, JSON.stringify({ id: `event-${index}`, clientId })];
  });
  await db.writeStatements((connection) =>
    connection.run(
      `INSERT INTO pixel_events (event_key, shop, name, client_id, occurred_at, received_at, raw)
      SELECT value->>0, '${SHOP}', 'product_viewed', value->>1, value->>2, value->>2, value->>3 FROM json_each(?)`,
      JSON.stringify(rows),
    ),
  );
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Follows all events; answers the waiting time until the first and until all were counted. */
const follow = async (isBusy: () => boolean): Promise<{ firstMs: number; allMs: number }> => {
  let firstMs: number | null = null;
  const watched: Database = {
    ...db,
    writeStatements: (work) => {
      firstMs ??= now - START;
      return db.writeStatements(work);
    },
  };
  const analysis = createPixelAnalysis({
    db: watched,
    clock,
    isBusy,
    onChange: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  await analysis.caughtUp();
  await analysis.close();
  return { firstMs: firstMs ?? Number.NaN, allMs: now - START };
};

const counted = (): Promise<unknown[]> =>
  db.read('SELECT sum(sessions) AS sessions, sum(viewed) AS viewed FROM pixel_funnel WHERE grain = 86400');
const EVERY_CLIENT = [{ sessions: EVENTS / EVENTS_A_CLIENT, viewed: EVENTS / EVENTS_A_CLIENT }];

it('with nothing else to do, takes all events in at once', async () => {
  expect(await follow(() => false)).toMatchObject({ firstMs: 0 });
  expect(await counted()).toEqual(EVERY_CLIENT);
});

it('gives way while events pour in, but not for ever', async () => {
  const { firstMs, allMs } = await follow(() => true);
  expect(firstMs).toBeGreaterThanOrEqual(9_000);
  expect(allMs).toBeLessThan(15_000);
  expect(await counted()).toEqual(EVERY_CLIENT);
});

it('goes on as soon as it is quiet', async () => {
  const { firstMs, allMs } = await follow(() => now < START + 3000);
  expect(firstMs).toBe(3000);
  expect(allMs).toBeLessThan(4000);
  expect(await counted()).toEqual(EVERY_CLIENT);
});
