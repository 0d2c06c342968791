import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Database, openDatabase, type SqlValue } from '../../platform/db/database.ts';
import { createPixelAnalysis } from './analysis/analysis.ts';
import { createFunnelQueries } from './analysis/funnel-queries.ts';
import { createSessionQueries } from './analysis/session-queries.ts';
import { createPixelHealth } from './health.ts';
import { createQuarantine } from './quarantine.ts';
import { createPixelQueries } from './queries.ts';
import { defineRetention } from './retention.ts';
import { createPixelUsage } from './usage.ts';

const SHOP = 'a.myshopify.com';
const NOW = Date.parse('2026-11-24T10:05:00.000Z');
const clock: Clock = { now: () => NOW, delay: () => Promise.resolve() };

let dir = '';
let db: Database;
let asked: { sql: string; params: readonly SqlValue[] }[] = [];
/** The database, and what it is asked. */
let watched: Database;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-plans-'));
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
  asked = [];
  watched = {
    ...db,
    read: (sql, params = []) => {
      asked.push({ sql, params });
      return db.read(sql, params);
    },
    writeStatements: (work) =>
      db.writeStatements((connection) =>
        work({
          ...connection,
          run: (sql, ...params) => {
            asked.push({ sql, params: params.filter((each): each is SqlValue => !Buffer.isBuffer(each)) });
            return connection.run(sql, ...params);
          },
          all: (sql, ...params) => {
            asked.push({ sql, params: params.filter((each): each is SqlValue => !Buffer.isBuffer(each)) });
            return connection.all(sql, ...params);
          },
        }),
      ),
  };
  const event = { id: 'e', data: { checkout: { token: 't', order: { id: '1' } } } };
  await db.writeStatements(async (connection) => {
    for (const [key, name] of ['product_viewed', 'checkout_completed'].entries())
      await connection.run(
        `INSERT INTO pixel_events (event_key, shop, name, client_id, occurred_at, received_at, raw) VALUES (?, ?, ?, 'c', ?, ?, ?)`,
        key,
        SHOP,
        name,
        NOW,
        NOW,
        JSON.stringify(event),
      );
    await connection.run(
      `INSERT INTO pixel_quarantine (shop, name, reason, received_at, raw) VALUES (?, 'n', 'r', ?, '{}')`,
      SHOP,
      NOW,
    );
    await connection.run(
      `INSERT INTO pixel_rollups (shop, grain, at, name, outcome, version, events, lag_ms) VALUES (?, 60, 0, 'n', 'accepted', '', 1, 1)`,
      SHOP,
    );
  });
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The steps of everything that was asked that read a whole table of many rows, or sort one. */
const slowSteps = async (): Promise<string[]> => {
  const slow: string[] = [];
  for (const { sql, params } of asked) {
    const steps = await db.read<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params);
    for (const { detail } of steps) {
      const isScan = /^SCAN (pixel_(events|sessions|rollups|tops|withheld)\b|s\b)/.test(detail);
      const isQuarantineScan = /^SCAN pixel_quarantine(?! USING COVERING INDEX)/.test(detail);
      const isSort =
        /FROM pixel_(events|quarantine)|SELECT id, shop, client_id/.test(sql) &&
        !sql.includes('GROUP BY') &&
        detail === 'USE TEMP B-TREE FOR ORDER BY';
      // A month holds many paid sessions, each on a page of its own.
      const isRowwise = /USING INDEX pixel_sessions_paid/.test(detail);
      if (isRowwise || isScan || isQuarantineScan || isSort) slow.push(`${detail}: ${sql}`);
    }
  }
  return slow;
};

it('no screen reads or sorts a whole table, of one store or of all', async () => {
  const orders = [{ shop: SHOP, ids: ['2'], names: ['#2'], times: [NOW], checkoutTokens: ['unseen'] }];
  const funnel = createFunnelQueries({ db: watched, clock, orders: { between: async () => orders } });
  const sessions = createSessionQueries({
    db: watched,
    orders: { ofSessions: async (all) => all.map(() => null) },
  });
  const { health } = createPixelHealth(watched, clock);
  const queries = createPixelQueries(watched);
  const notHere = (): never => {
    throw new Error('only the groups are asked for');
  };
  const quarantine = createQuarantine({
    db: watched,
    clock,
    receiver: { parseBody: notHere, toBatch: notHere, again: notHere },
    ingest: { store: notHere, countLimited: notHere, storeIn: notHere, isBusy: notHere, idle: notHere },
    onChange: notHere,
  });
  for (const shop of [undefined, SHOP]) {
    for (const period of ['hour', 'day', 'week', 'month'] as const) {
      await funnel.funnel({ shop, period });
      await funnel.orderGaps({ shop, period });
      await health({ shop, period });
    }
    await sessions.sessions({ shop, limit: 20 });
    await quarantine.groups(shop);
    for (const outcome of ['accepted', 'quarantined'] as const)
      for (const name of [undefined, 'n'])
        for (const reason of [undefined, 'r']) await queries.list({ outcome, shop, name, reason, limit: 100 });
  }
  await queries.get('a1');
  await sessions.session({ id: '1' });
  await sessions.session({ shop: SHOP, checkoutToken: 'unseen' });
  expect(asked.length).toBeGreaterThan(80);
  expect(await slowSteps()).toEqual([]);
});

it('neither do the analysis and the removal of what is old', async () => {
  const analysis = createPixelAnalysis({
    db: watched,
    clock,
    isBusy: () => false,
    onChange: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  await analysis.caughtUp();
  await analysis.close();
  const retention = defineRetention({
    db: watched,
    clock,
    settings: { get: () => ({ days: 1, megabytes: 10 }) },
    usage: createPixelUsage({ db: watched, clock }),
    keepEvents: 1,
  });
  await retention.run({}, { signal: new AbortController().signal } as Parameters<typeof retention.run>[1]);
  expect(asked.some(({ sql }) => sql.includes('DELETE FROM pixel_events'))).toBe(true);
  expect(await slowSteps()).toEqual([]);
});
