import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../../migrations.ts';
import type { Clock } from '../../../platform/clock.ts';
import { type Database, openDatabase } from '../../../platform/db/database.ts';
import { createEventBus } from '../../../platform/events/bus.ts';
import { createEventInsert } from '../event-insert.ts';
import { createPixelIngest } from '../ingest.ts';
import { createReceiver } from '../receive.ts';
import { createRollups } from '../rollups.ts';
import { createPixelCheck } from '../validators.ts';
import { createPixelAnalysis } from './analysis.ts';
import { createOrderGaps, type KnownOrders } from './order-gaps.ts';

const SHOP = 'a.myshopify.com';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse('2026-11-24T10:05:00.000Z');

let dir = '';
let db: Database;
let now = START;
const clock: Clock = { now: () => now, delay: () => Promise.resolve() };
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-gaps-'));
  now = START;
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

const fail = (error: unknown): void => {
  throw error;
};

/** Takes events in as the door does, and derives the sessions. */
const receive = async (events: readonly unknown[]): Promise<void> => {
  const receiver = createReceiver({ check: createPixelCheck() });
  const bus = createEventBus(fail);
  const ingest = createPixelIngest({
    db,
    clock,
    bus,
    insert: await createEventInsert(db),
    screen: (_shop, text) => text,
    rollups: await createRollups(db),
    onStored: () => undefined,
    onError: fail,
  });
  await ingest.store(receiver.toBatch(SHOP, now, receiver.parseBody(Buffer.from(JSON.stringify(events)))));
  const analysis = createPixelAnalysis({ db, clock, isBusy: () => false, onChange: () => undefined, onError: fail });
  await analysis.caughtUp();
  await analysis.close();
};

const event = (name: string, token: string, changes: Record<string, unknown> = {}) => ({
  id: `${name}-${token}`,
  name,
  clientId: `client-${token}`,
  timestamp: new Date(now).toISOString(),
  data: { checkout: { token, lineItems: [], order: token === 'by-id' ? { id: 'gid://shopify/Order/77' } : null } },
  ...changes,
});

interface Order {
  readonly id: string;
  readonly name: string;
  readonly shop: string;
  readonly at: number;
  readonly checkoutToken: string | null;
}
const byStore = (orders: readonly Order[]): KnownOrders[] =>
  [...new Set(orders.map(({ shop }) => shop))].map((shop) => {
    const own = orders.filter((order) => order.shop === shop);
    return {
      shop,
      ids: own.map(({ id }) => id),
      names: own.map(({ name }) => name),
      times: own.map(({ at }) => at),
      checkoutTokens: own.map(({ checkoutToken }) => checkoutToken),
    };
  });

it('each order that was not seen has its cause, and paid sessions without order are told', async () => {
  const sentAt = new Date(now).toISOString();
  await receive([
    event('checkout_completed', 'seen'),
    event('checkout_completed', 'by-id'),
    event('checkout_completed', 'consent', {
      backroom: { extension: '1.0.0', schema: 1, page: 'p', n: 1, privacy: 'm', sentAt },
    }),
    event('checkout_completed', 'broken', { timestamp: 'yesterday' }),
    event('checkout_started', 'begun'),
    event('checkout_completed', 'orphan'),
  ]);
  const order = (name: string, checkoutToken: string | null, at = START, id = name): Order => ({
    id,
    name,
    shop: SHOP,
    at,
    checkoutToken,
  });
  const orders = [
    order('#seen', 'seen'),
    order('#by-id', 'another', START, '77'),
    order('#consent', 'consent'),
    order('#broken', 'broken'),
    order('#begun', 'begun'),
    order('#blocked', 'blocked'),
    order('#off', 'off', START - 3 * HOUR),
    order('#counter', null),
    // The same token in another store is another checkout.
    { ...order('#other', 'seen'), shop: 'b.myshopify.com' },
    order('#young', 'young', START + 25 * MINUTE),
  ];
  now = START + 30 * MINUTE;
  const gaps = createOrderGaps({
    db,
    clock,
    orders: { between: async (shop) => byStore(orders.filter((each) => shop === undefined || each.shop === shop)) },
  });
  const list = await gaps.list(undefined, now - 24 * HOUR, now + HOUR);
  expect(Object.fromEntries(list.unseen.map(({ name, cause }) => [name, cause]))).toEqual({
    '#consent': 'consent',
    '#broken': 'quarantined',
    '#begun': 'late',
    '#blocked': 'blocked',
    '#off': 'off',
    '#other': 'off',
    '#young': 'late',
  });
  expect(list.unseen[0]?.name).toBe('#young');
  expect(list.orphans).toMatchObject([{ shop: SHOP, orderId: null, source: 'direct' }]);
  // Each of both stores by itself: what the other saw is no comparison.
  expect((await gaps.list(SHOP, now - 24 * HOUR, now + HOUR)).orphans).toHaveLength(1);
  expect((await gaps.list('b.myshopify.com', now - 24 * HOUR, now + HOUR)).orphans).toEqual([]);
  expect(await gaps.counts(undefined, now - 24 * HOUR, now + HOUR)).toEqual({
    total: 10,
    seen: 2,
    offline: 1,
    withoutOrder: 1,
    causes: { consent: 1, quarantined: 1, late: 2, blocked: 1, off: 2 },
  });
});

it('while no orders are here, nothing is said of them', async () => {
  const gaps = createOrderGaps({ db, clock, orders: { between: async () => null } });
  expect(await gaps.counts(SHOP, 0, now)).toBeNull();
  expect(await gaps.list(SHOP, 0, now)).toEqual({ unseen: [], orphans: [], isCut: false });
});
