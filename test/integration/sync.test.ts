import { afterEach, describe, expect, it } from 'vitest';
import type { Store, StoreSync } from '../../shared/api.ts';
import { type Harness, type HarnessOptions, startHarness } from './harness.ts';
import { expectEqualToTruth, query, reconcile, settled, spoil } from './sync-harness.ts';

let h: Harness;
afterEach(() => h.close());

const start = async (options: HarnessOptions = {}): Promise<void> => {
  h = await startHarness({ byToken: true, ...options });
};
const syncOf = (store: Store, resource: StoreSync['resource']): StoreSync | undefined =>
  store.syncs.find((sync) => sync.resource === resource);
const SMALL = { products: 20, orders: 12, customers: 8 };

describe('a first import', { timeout: 90_000 }, () => {
  it('of a store too small for bulk operations comes by pages, whole', async () => {
    await start({ demo: SMALL });
    const store = await settled(h);
    for (const resource of ['products', 'customers', 'orders'] as const) {
      const sync = syncOf(store, resource);
      expect(sync).toMatchObject({ rows: SMALL[resource], problem: null, remoteCount: SMALL[resource] });
      expect(sync?.localCount).toBe(SMALL[resource]);
    }
    await expectEqualToTruth(h);
  });

  it('of some size comes by bulk operation, whole, with search and charts; the counts are at hand', async () => {
    await start({ demo: { products: 300, orders: 400, customers: 200 } });
    await settled(h);
    await expectEqualToTruth(h);
    const [{ n } = { n: 0 }] = await query<{ n: number }>(
      h.dataDir,
      `SELECT count(*) AS n FROM orders_fts WHERE orders_fts MATCH '"1001"*'`,
    );
    expect(n).toBeGreaterThan(0);
    const [sums] = await query<{ days: number; orders: number }>(
      h.dataDir,
      `SELECT (SELECT sum(orders) FROM order_days) AS days, (SELECT count(*) FROM orders WHERE test = 0) AS orders`,
    );
    expect(sums?.days).toBe(sums?.orders);
    const stats = await h.app.services.stats.all();
    expect(stats.total).toMatchObject({ products: 300, orders: 400, customers: 200 });
  });

  it('goes on after the backend was closed in the middle of it, again and again, and ends equal', async () => {
    await start({ demo: { products: 400, orders: 900, customers: 300 } });
    for (let cut = 0; cut < 4; cut += 1) {
      const seen = await query<{ n: number }>(h.dataDir, 'SELECT coalesce(sum(lines), 0) AS n FROM sync_states');
      await h.storeWhen(
        (store) => store.syncs.some(({ phase }) => phase === 'downloading' || phase === 'indexing' || phase === 'done'),
        undefined,
        30_000,
      );
      await h.restart();
      expect(seen.length).toBe(1);
    }
    await settled(h);
    await expectEqualToTruth(h);
  });

  it('says what Shopify withholds where it is missing: orders of more than 60 days', async () => {
    await start({ demo: SMALL });
    const store = await settled(h);
    expect(syncOf(store, 'orders')?.gaps).toEqual([
      expect.objectContaining({ kind: 'window', subject: 'read_all_orders' }),
    ]);
  });
});

describe('traps', { timeout: 90_000 }, () => {
  it('a refused field comes with the rest of the data, which is kept, and is named', async () => {
    await start({ demo: SMALL });
    await h.control('traps', { deniedFields: ['Order.email', 'Customer.defaultEmailAddress'] });
    await settled(h);
    const store = await reconcile(h, 'verify');
    await h.control('orders/place', { count: 2 });
    const after = await reconcile(h);
    expect(syncOf(store, 'orders')?.problem).toBeNull();
    expect(
      syncOf(after, 'orders')?.gaps.some(({ kind, subject }) => kind === 'field' && subject.includes('email')),
    ).toBe(true);
    expect(syncOf(after, 'orders')?.localCount).toBe(SMALL.orders + 2);
  });

  it('deletions never show in updated_at, and are found', async () => {
    await start({ demo: SMALL });
    await settled(h);
    await h.control('subscriptions/drop', {});
    const [order] = await query<{ pk: number }>(h.dataDir, 'SELECT pk FROM orders ORDER BY pk LIMIT 1');
    await h.control('orders/delete', { id: String(order?.pk) });
    await reconcile(h);
    // The customer's own figures follow from orders, without a time of change of theirs.
    await expectEqualToTruth(h, ['products', 'variants', 'orders', 'line_items', 'transactions']);
    expect(await query(h.dataDir, `SELECT resource, pk FROM deleted_records`)).toContainEqual({
      resource: 'orders',
      pk: order?.pk,
    });
  });

  it('the search index lags: what was not found by one reconcile is found by the next', async () => {
    await start({ demo: SMALL });
    await settled(h);
    await h.control('subscriptions/drop', {});
    await h.control('traps', { searchLagMs: 30_000 });
    const { ids } = (await h.control('customers/update', {})) as { ids: string[] };
    await reconcile(h);
    await h.control('time', { ms: 60_000 });
    h.skip(60_000);
    await reconcile(h);
    await expectEqualToTruth(h);
    expect(ids).toHaveLength(1);
  });

  it('a computer whose clock is hours fast misses nothing: changes are asked for by Shopify’s time', async () => {
    await start({ demo: SMALL });
    await settled(h);
    await h.control('subscriptions/drop', {});
    h.skip(2 * 3_600_000);
    await reconcile(h);
    await h.control('products/update', { count: 3 });
    await reconcile(h);
    await expectEqualToTruth(h, ['products']);
    // Then somebody sets the clock right.
    h.skip(-2 * 3_600_000);
    await h.control('products/update', { count: 3 });
    await reconcile(h);
    await expectEqualToTruth(h, ['products']);
  });

  it('two weeks of changes with the app mostly closed are here after one reconcile', async () => {
    await start({ demo: { products: 60, orders: 40, customers: 30 } });
    await settled(h);
    const days = async (from: number, to: number): Promise<void> => {
      // Shopify drops the subscriptions of whoever does not answer for long.
      await h.control('subscriptions/drop', {});
      for (let day = from; day < to; day += 1) {
        await h.control('time', { ms: 86_400_000 });
        await h.control('orders/place', { count: 12 });
        await h.control('products/update', { count: 4 });
        await h.control('customers/update', {});
        await h.control('orders/edit', { note: `day ${day}` });
      }
      h.skip((to - from) * 86_400_000);
    };
    // Opened once in between, for a moment: whatever its start had begun is cut off.
    await h.restart(() => days(0, 5));
    await h.restart(async () => {
      await days(5, 14);
      await h.control('customers/create', {});
      const [product] = await query<{ pk: number }>(h.dataDir, 'SELECT max(pk) AS pk FROM products');
      await h.control('products/delete', { id: String(product?.pk) });
    });
    await reconcile(h);
    await expectEqualToTruth(h);
    const runs = await h.app.services.stores.syncRuns(h.shop);
    expect(runs.some(({ created, updated }) => created + updated > 0)).toBe(true);
  });

  it('what differs from Shopify is told by counts and repaired when asked, also what no change at Shopify would bring', async () => {
    await start({ demo: SMALL });
    await settled(h);
    await h.app.services.stores.pauseSync({ shop: h.shop });
    const [lost] = await query<{ pk: number }>(h.dataDir, 'SELECT min(pk) AS pk FROM orders');
    await h.restart(() =>
      spoil(
        h.dataDir,
        `DELETE FROM orders WHERE pk = ${lost?.pk}; DELETE FROM order_lines WHERE order_pk = ${lost?.pk};
         UPDATE counters SET value = value - 1 WHERE name = 'rows.orders'`,
      ),
    );
    const store = await reconcile(h, 'verify');
    expect(syncOf(store, 'orders')).toMatchObject({ remoteCount: SMALL.orders, localCount: SMALL.orders });
    await expectEqualToTruth(h);
    const runs = await h.app.services.stores.syncRuns(h.shop);
    expect(runs).toContainEqual(expect.objectContaining({ resource: 'orders', trigger: 'verify', created: 1 }));
  });
});
