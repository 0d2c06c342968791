import { afterEach, describe, expect, it } from 'vitest';
import { type Harness, type HarnessOptions, startHarness } from './harness.ts';
import { expectEqualToTruth, query, reconcile, settled } from './sync-harness.ts';

let h: Harness;
afterEach(() => h.close());

const start = async (options: HarnessOptions): Promise<void> => {
  h = await startHarness({ byToken: true, ...options });
};
/** More than comes by pages, of each. */
const LARGE = { products: 80, orders: 60, customers: 120 };
const numberOf = async (sql: string): Promise<number> =>
  (await query<{ n: number }>(h.dataDir, `SELECT count(*) AS n FROM ${sql}`))[0]?.n ?? 0;
const gapsOf = async (resource: string): Promise<string[]> =>
  ((await h.store())?.syncs.find((sync) => sync.resource === resource)?.gaps ?? []).flatMap(({ kind, subject }) =>
    kind === 'field' ? [subject] : [],
  );

describe('fields that Shopify refuses to this app', { timeout: 90_000 }, () => {
  it('are left out of bulk operations, at their place only; the rest comes, and the console says what is missing', async () => {
    const deniedFields = ['Customer.defaultEmailAddress', 'Customer.firstName', 'Order.email'];
    await start({ demo: LARGE, first: [['traps', { deniedFields }]] });
    const store = await settled(h);
    for (const sync of store.syncs) expect(sync.problem).toBeNull();
    expect(await numberOf('customers')).toBe(LARGE.customers);
    expect(await numberOf('customers WHERE email IS NOT NULL OR first_name IS NOT NULL')).toBe(0);
    expect(await numberOf(`customers WHERE display_name <> '' AND last_name IS NOT NULL`)).toBeGreaterThan(0);
    expect(await numberOf('customer_addresses WHERE name IS NOT NULL')).toBeGreaterThan(0);
    expect(await numberOf('orders')).toBe(LARGE.orders);
    expect(await numberOf('orders WHERE email IS NOT NULL')).toBe(0);
    expect(await numberOf(`orders WHERE customer_name <> ''`)).toBeGreaterThan(0);
    await expectEqualToTruth(h, ['products', 'variants', 'orders', 'line_items', 'transactions']);
    expect(await gapsOf('customers')).toEqual(
      expect.arrayContaining(['customers.defaultEmailAddress', 'customers.firstName']),
    );
    expect(await gapsOf('orders')).toContain('orders.email');
  });

  it('that only some rows have end the bulk operation, and everything comes by pages', async () => {
    await start({ demo: LARGE, first: [['traps', { deniedFields: ['Refund.note'] }]] });
    const store = await settled(h);
    const rows = await query<{ raw: string }>(h.dataDir, 'SELECT raw FROM order_documents ORDER BY pk');
    const refunds = rows.map(({ raw }) => (JSON.parse(raw) as { refunds: unknown[] }).refunds.length);
    // Otherwise the short page that is asked first would have named the field.
    expect(refunds.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(refunds.some((count) => count > 0)).toBe(true);
    expect(store.syncs.find(({ resource }) => resource === 'orders')?.problem).toBeNull();
    await expectEqualToTruth(h);
    expect(await gapsOf('orders')).toContain('orders.refunds.note');
  });
});

describe('a bulk file', { timeout: 90_000 }, () => {
  it('whose children come long after their parents, or before them, is imported whole', async () => {
    await start({ demo: LARGE, first: [['faults', { next: [{ kind: 'bulk', path: 'bulk/stray', times: 9 }] }]] });
    await settled(h);
    await expectEqualToTruth(h);
  });

  it('that lacks a parent is not believed: it is asked for again', async () => {
    await start({ demo: LARGE, first: [['faults', { next: [{ kind: 'bulk', path: 'bulk/orphan' }] }]] });
    await settled(h);
    await expectEqualToTruth(h);
    expect(h.lines.some((line) => line.includes('sync failed') && line.includes('SHOPIFY_FAULTY'))).toBe(true);
  });

  it('whose link has ended while the app was closed for more than seven days is asked for anew', async () => {
    await start({
      demo: LARGE,
      first: [['faults', { next: [{ kind: 'slow', path: '/bulk/', ms: 10_000 }] }]],
    });
    await h.storeWhen((store) => store.syncs.some(({ phase }) => phase === 'downloading'), undefined, 30_000);
    await h.restart(async () => {
      await h.control('time', { ms: 8 * 86_400_000 });
      h.skip(8 * 86_400_000);
    });
    await settled(h);
    await expectEqualToTruth(h);
    expect(h.lines.some((line) => line.includes('sync failed'))).toBe(false);
  });
});

describe('the filter of customers', { timeout: 60_000 }, () => {
  it('matches whole days: one that changed later on the day of the last run is not missed', async () => {
    await start({ demo: { products: 5, orders: 3, customers: 12 }, first: [['traps', { customersByDay: true }]] });
    await settled(h);
    await h.control('subscriptions/drop', {});
    for (let hour = 0; hour < 30; hour += 6) {
      await h.control('time', { ms: 6 * 3_600_000 });
      h.skip(6 * 3_600_000);
      await h.control('customers/update', {});
      await reconcile(h);
      await expectEqualToTruth(h, ['customers']);
    }
  });
});

describe('transactions', { timeout: 60_000 }, () => {
  it('have no updatedAt and come through their order: what is paid and refunded later is found by the order that it changed', async () => {
    await start({ demo: { products: 5, orders: 30, customers: 5 } });
    await settled(h);
    await h.control('subscriptions/drop', {});
    const before = await numberOf('transactions');
    // Later than everything that came with the import, so that only a change of an order can tell of it.
    await h.control('time', { ms: 3_600_000 });
    h.skip(3_600_000);
    const { ids: paid } = (await h.control('orders/place', { count: 1 })) as { ids: string[] };
    const [old] = await query<{ pk: number }>(
      h.dataDir,
      `SELECT order_pk AS pk FROM transactions WHERE kind = 'SALE' AND status = 'SUCCESS'
       AND order_pk NOT IN (SELECT order_pk FROM transactions WHERE kind = 'REFUND') LIMIT 1`,
    );
    await h.control('orders/refund', { id: String(old?.pk), whole: true });
    await reconcile(h);
    await expectEqualToTruth(h, ['orders', 'transactions']);
    expect(await numberOf(`transactions WHERE order_pk = ${old?.pk} AND kind = 'REFUND'`)).toBe(1);
    expect(await numberOf(`transactions WHERE 'gid://shopify/Order/' || order_pk = '${paid[0]}'`)).toBeGreaterThan(0);
    expect(await numberOf('transactions')).toBeGreaterThan(before + 1);
    // Their time of change is their order's, so a later state of the order is a later state of them.
    expect(
      await numberOf(`transactions AS t JOIN orders AS o ON o.pk = t.order_pk WHERE t.updated_at <> o.updated_at`),
    ).toBe(0);
  });
});
