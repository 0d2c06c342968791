import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { WebhookGap } from '../../shared/api.ts';
import { type Harness, startHarness } from './harness.ts';
import { expectEqualToTruth, query, settled } from './sync-harness.ts';

const DAY = 86_400_000;
let h: Harness;
beforeEach(async () => {
  h = await startHarness({ byToken: true, demo: { products: 20, orders: 12, customers: 8 } });
  await settled(h);
});
afterEach(() => h.close());

/** All gaps once all are filled, oldest first. A reconcile by the clock may come between the days of a virtual week and part it. */
const filledGaps = (): Promise<WebhookGap[]> =>
  vi.waitFor(
    async () => {
      const { items } = await h.app.services.webhooks.gaps();
      if (items.length === 0 || items.some(({ filledAt }) => filledAt === null))
        throw new Error(`not filled: ${JSON.stringify(items)}`);
      return items.reverse();
    },
    { timeout: 30_000, interval: 20 },
  );
const daysOf = (gaps: readonly WebhookGap[]): number =>
  gaps.reduce((sum, gap) => sum + Date.parse(gap.to) - Date.parse(gap.from), 0) / DAY;
/** A virtual week of the store, on its clock and on ours alike. */
const week = async (): Promise<void> => {
  for (let day = 0; day < 7; day += 1) {
    await h.control('time', { ms: DAY });
    h.skip(DAY);
    await h.control('products/update', { count: 2 });
    await h.control('orders/place', { count: 1 });
  }
};
const runsOf = async (gap: WebhookGap): Promise<unknown> =>
  query(
    h.dataDir,
    `SELECT resource FROM sync_runs WHERE seq IN (${gap.fills.map(({ run }) => Number(run)).join(', ')}) ORDER BY resource`,
  );

it('a week while it was closed: the console says which period was filled, with how many changes, and by which runs', async () => {
  await h.restart(week);
  const gaps = await filledGaps();
  expect(gaps).toHaveLength(1);
  const [gap] = gaps as [WebhookGap];
  expect(gap).toMatchObject({ shop: h.shop, cause: 'downtime' });
  expect(daysOf(gaps)).toBeGreaterThan(6.9);
  const of = (resource: string) => gap.fills.find((fill) => fill.resource === resource);
  expect(of('products')?.changes).toBeGreaterThanOrEqual(2);
  expect(of('orders')?.changes).toBeGreaterThanOrEqual(7);
  expect(gap.changes).toBe(gap.fills.reduce((sum, { changes }) => sum + changes, 0));
  // The stand-in could not reach a closed computer, so none of it had been told.
  expect(gap.missing).toBe(gap.changes);
  expect(await runsOf(gap)).toEqual([{ resource: 'customers' }, { resource: 'orders' }, { resource: 'products' }]);
  await settled(h);
  await expectEqualToTruth(h);
}, 60_000);

it('a week in which Shopify had dropped our subscriptions: found by the repair, filled, and equal afterwards', async () => {
  await h.control('subscriptions/drop', {});
  await week();
  const check = await h.app.services.webhooks.repairSubscriptions(h.shop);
  expect(check.subscriptions.filter(({ state }) => state === 'missing')).toEqual([]);
  const gaps = await filledGaps();
  expect(daysOf(gaps)).toBeGreaterThan(6.9);
  expect(gaps.reduce((sum, { missing }) => sum + (missing ?? 0), 0)).toBeGreaterThanOrEqual(9);
  await settled(h);
  await expectEqualToTruth(h);
}, 60_000);

it('a dropped subscription alone is a gap from the last look that still found it', async () => {
  await h.control('subscriptions/drop', {});
  await h.app.services.webhooks.repairSubscriptions(h.shop);
  expect(await filledGaps()).toMatchObject([{ cause: 'subscription', changes: expect.any(Number) }]);
  // Found once, repaired once: nothing is missing at the next look.
  await h.app.services.webhooks.repairSubscriptions(h.shop);
  expect((await h.app.services.webhooks.gaps()).items).toHaveLength(1);
}, 60_000);

it('a gap that ended while its records were being fetched takes another run', async () => {
  await h.control('subscriptions/drop', {});
  // Holds the products' run back until the gap has begun and ended.
  await h.control('faults', { next: [{ kind: 'slow', path: '/admin/api/', ms: 1500, times: 1 }] });
  await h.app.services.stores.sync({ shop: h.shop, resource: 'products' });
  await vi.waitFor(async () => {
    const [state] = await query(h.dataDir, `SELECT phase FROM sync_states WHERE resource = 'products'`);
    expect(state).toMatchObject({ phase: 'catching-up' });
  });
  await h.app.services.webhooks.repairSubscriptions(h.shop);
  const [gap] = (await filledGaps()) as [WebhookGap];
  expect(gap.cause).toBe('subscription');
  const runs = await query(
    h.dataDir,
    `SELECT trigger FROM sync_runs WHERE resource = 'products' ORDER BY seq DESC LIMIT 2`,
  );
  expect(runs).toEqual([{ trigger: 'wake' }, { trigger: 'person' }]);
}, 60_000);

it('what never arrived is counted first, then fetched by a task that says what it brought', async () => {
  // Webhooks come while the subscriptions stand; what changes after they are dropped never arrives.
  const since = new Date(Date.now() - 1000).toISOString();
  await h.control('products/update', { count: 1 });
  await vi.waitFor(async () => {
    const { items } = await h.app.services.webhooks.list({ topic: 'products/update', state: 'processed', limit: 10 });
    expect(items).toHaveLength(1);
  });
  await h.control('subscriptions/drop', {});
  const { ids } = (await h.control('products/update', { count: 1 })) as { ids: string[] };
  await h.control('orders/place', { count: 2 });
  const before = (await h.app.services.webhooks.missed({ shop: h.shop, since })).items;
  const of = (resource: string) => before.find((item) => item.resource === resource);
  expect(of('orders')).toMatchObject({ missing: 2, behind: 2, more: false, problem: null });
  expect(of('products')?.changed).toBeGreaterThan(of('products')?.missing ?? 0);
  expect(ids).toHaveLength(1);

  const { taskId } = await h.app.services.webhooks.recover({ shop: h.shop, since });
  const missing = before.reduce((sum, item) => sum + item.missing, 0);
  await vi.waitFor(
    async () => {
      const { items } = await h.app.services.webhooks.gaps();
      expect(items[0]).toMatchObject({ cause: 'person', filledAt: expect.any(String), missing });
      expect(items[0]?.fills.map(({ task }) => task)).toEqual([taskId, taskId, taskId]);
    },
    { timeout: 20_000 },
  );
  const after = (await h.app.services.webhooks.missed({ shop: h.shop, since })).items;
  expect(after.map(({ behind }) => behind)).toEqual([0, 0, 0]);
  await expectEqualToTruth(h);
}, 60_000);

it('recovering stops when its task is cancelled, and says what is wrong when Shopify can’t be asked', async () => {
  const since = new Date(Date.now() - DAY).toISOString();
  await h.control('faults', { clear: true, next: [{ kind: '502', times: 1000 }] });
  const { taskId } = await h.app.services.webhooks.recover({ shop: h.shop, since });
  await h.app.services.tasks.cancel(taskId);
  await vi.waitFor(async () => expect((await h.app.services.tasks.get(taskId)).state).toBe('cancelled'));
  const { items } = await h.app.services.webhooks.missed({ shop: h.shop, since });
  expect(items.every(({ problem }) => problem !== null)).toBe(true);
  expect((await h.app.services.webhooks.gaps()).items[0]).toMatchObject({ cause: 'person', filledAt: null });
  const later = new Date(Date.now() + DAY).toISOString();
  await expect(h.app.services.webhooks.recover({ shop: h.shop, since: later })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
}, 60_000);
