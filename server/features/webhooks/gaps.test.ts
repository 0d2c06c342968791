import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { createEventBus } from '../../platform/events/bus.ts';
import { createWebhookGaps, type FoundChange, type WebhookGaps } from './gaps.ts';

const SHOP = 'a.myshopify.com';
const OTHER = 'b.myshopify.com';
const NOON = '2026-05-01T12:00:00.000Z';
const hours = (count: number): string => new Date(Date.parse(NOON) + count * 3_600_000).toISOString();
const clock: Clock = { now: () => Date.parse(hours(10)), delay: async () => undefined };
let dir = '';
let db: Database;
let gaps: WebhookGaps;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-gaps-'));
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
  const bus = createEventBus((error) => {
    throw error;
  });
  gaps = createWebhookGaps({ db, clock, bus, resources: ['products', 'orders'] });
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

interface Given {
  readonly resource: string;
  readonly triggeredAt: string | null;
  readonly receivedAt?: string;
  readonly shop?: string;
  readonly origin?: string;
}
const deliver = ({ resource, triggeredAt, receivedAt = hours(9), shop = SHOP, origin }: Given): Promise<unknown> =>
  db.writeStatements((connection) =>
    connection.run(
      `INSERT INTO webhook_deliveries (shop, topic, triggered_at, received_at, state, bytes, resource, origin) VALUES (?, 'products/update', ?, ?, 'processed', 2, ?, ?)`,
      shop,
      triggeredAt,
      receivedAt,
      resource,
      origin ?? null,
    ),
  );
const pages = async function* (...given: (readonly FoundChange[])[]): AsyncIterable<readonly FoundChange[]> {
  yield* given;
};
const change = (id: number, updatedAt = NOON): FoundChange => ({ resource: `products/${id}`, updatedAt });
const missingOf = async (...ids: number[]): Promise<string[]> =>
  (
    await gaps.neverTold(
      SHOP,
      ids.map((id) => change(id)),
    )
  ).map(({ resource }) => resource);

it('a change was told by a delivery about the same record that was triggered then or later, and by nothing else', async () => {
  await deliver({ resource: 'products/1', triggeredAt: '2026-05-01T12:00:00.123456789Z' });
  await deliver({ resource: 'products/2', triggeredAt: '2026-05-01T14:00:00+02:00' });
  await deliver({ resource: 'products/3', triggeredAt: hours(-1) });
  await deliver({ resource: 'products/4', triggeredAt: null, receivedAt: hours(1) });
  await deliver({ resource: 'products/5', triggeredAt: hours(1), shop: OTHER });
  await deliver({ resource: 'products/6', triggeredAt: hours(1), origin: 'sample' });
  // Shopify cuts off the fraction of a second of some times.
  await deliver({ resource: 'products/7', triggeredAt: '2026-05-01T11:59:59.200Z' });
  expect(await missingOf(1, 2, 3, 4, 5, 6, 7, 8)).toEqual(['products/3', 'products/5', 'products/6', 'products/8']);
});

it('a gap says what was fetched for it, resource by resource, and is filled after the last', async () => {
  const id = await gaps.begin({ shop: SHOP, cause: 'downtime', from: hours(-2), to: hours(0) });
  expect(await gaps.open(SHOP, 'products', hours(-1))).toEqual([]);
  expect(await gaps.open(SHOP, 'products', hours(1))).toEqual([{ id, from: hours(-2), to: hours(0) }]);
  await deliver({ resource: 'products/1', triggeredAt: hours(0) });
  await gaps.fill(id, {
    shop: SHOP,
    resource: 'products',
    changes: pages([change(1), change(2)], [change(3)]),
    deleted: 1,
    run: '7',
    task: null,
  });
  expect(await gaps.open(SHOP, 'products', hours(1))).toEqual([]);
  expect((await gaps.list()).items).toMatchObject([{ id: String(id), changes: 4, missing: 3, filledAt: null }]);
  await gaps.fill(id, { shop: SHOP, resource: 'orders', changes: pages(), deleted: 0, run: '8', task: null });
  const [filled] = (await gaps.list()).items;
  expect(filled).toMatchObject({ changes: 4, missing: 3, filledAt: hours(10) });
  expect(filled?.fills).toMatchObject([
    { resource: 'orders', run: '8', changes: 0, missing: 0 },
    { resource: 'products', run: '7', changes: 4, missing: 3 },
  ]);
});

it('gaps of one store that overlap are one, until something has begun to fill it', async () => {
  const first = await gaps.begin({ shop: SHOP, cause: 'downtime', from: hours(0), to: hours(2) });
  expect(await gaps.begin({ shop: SHOP, cause: 'subscription', from: hours(-1), to: hours(3) })).toBe(first);
  expect(await gaps.begin({ shop: OTHER, cause: 'downtime', from: hours(0), to: hours(2) })).not.toBe(first);
  expect((await gaps.list()).items.at(-1)).toMatchObject({ cause: 'downtime', from: hours(-1), to: hours(3) });
  await gaps.fill(first, { shop: SHOP, resource: 'orders', changes: pages(), deleted: 0, run: '1', task: null });
  expect(await gaps.begin({ shop: SHOP, cause: 'sleep', from: hours(2), to: hours(4) })).not.toBe(first);
});

it('filling again, as after an interruption, counts nothing twice', async () => {
  const id = await gaps.begin({ shop: SHOP, cause: 'tunnel', from: hours(-2), to: hours(0) });
  for (const run of ['1', '2'])
    await gaps.fill(id, { shop: SHOP, resource: 'products', changes: pages([change(1)]), deleted: 0, run, task: null });
  expect((await gaps.list()).items).toMatchObject([{ changes: 1, missing: 1, fills: [{ run: '2' }] }]);
});
