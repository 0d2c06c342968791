import { afterEach, describe, expect, it } from 'vitest';
import { type Harness, type HarnessOptions, startHarness } from './harness.ts';
import { expectEqualToTruth, query, settled } from './sync-harness.ts';

let h: Harness;
afterEach(() => h.close());

const start = async (options: HarnessOptions = {}): Promise<void> => {
  h = await startHarness({ byToken: true, demo: { products: 12, orders: 8, customers: 6 }, ...options });
  await settled(h);
  // Nothing but the refresh itself brings the change.
  await h.control('subscriptions/drop', {});
};
const refresh = (id: string) =>
  h.api<{ outcome: string }>('/records/refresh', { method: 'POST', body: JSON.stringify({ id }) });
const pkOf = async (table: string): Promise<number> =>
  (await query<{ pk: number }>(h.dataDir, `SELECT pk FROM ${table} ORDER BY pk LIMIT 1`))[0]?.pk ?? 0;

describe('a refresh of one record', { timeout: 60_000 }, () => {
  it('brings what changed at once, and the history says that it was a refresh', async () => {
    await start();
    const { ids } = (await h.control('products/update', { title: 'Renamed elsewhere' })) as { ids: string[] };
    const id = ids[0] ?? '';
    expect((await refresh(id)).body).toMatchObject({ outcome: 'changed' });
    const product = await h.app.services.products.get(id);
    expect(product).toMatchObject({ title: 'Renamed elsewhere', syncedBy: 'refresh' });
    expect(product.changes[0]).toMatchObject({ source: 'refresh' });
    expect((await refresh(id)).body).toMatchObject({ outcome: 'unchanged' });
    await expectEqualToTruth(h, ['products', 'variants']);
  });

  it('of a transaction brings its order', async () => {
    await start();
    const [transaction] = await query<{ pk: number; order_pk: number }>(
      h.dataDir,
      `SELECT pk, order_pk FROM transactions WHERE kind = 'SALE' AND status = 'SUCCESS' LIMIT 1`,
    );
    await h.control('orders/edit', { id: String(transaction?.order_pk), note: 'edited elsewhere' });
    expect((await refresh(`gid://shopify/OrderTransaction/${transaction?.pk}`)).body).toMatchObject({
      outcome: 'changed',
    });
    await expectEqualToTruth(h, ['orders', 'line_items', 'transactions']);
  });

  it('removes what Shopify has no more, and keeps what it only hides', async () => {
    await start();
    const customer = await pkOf('customers');
    await h.control('customers/delete', { id: String(customer) });
    expect((await refresh(`gid://shopify/Customer/${customer}`)).body).toMatchObject({ outcome: 'gone' });
    expect((await refresh(`gid://shopify/Customer/${customer}`)).status).toBe(404);
    const order = await pkOf('orders');
    // Long ago, by this computer's clock: this app may not see such orders.
    await h.control('orders/delete', { id: String(order) });
    h.skip(120 * 86_400_000);
    const hidden = await refresh(`gid://shopify/Order/${order}`);
    expect(hidden).toMatchObject({ status: 502, body: { error: { code: 'SHOPIFY_ERROR' } } });
    expect(await pkOf('orders')).toBe(order);
  });

  it('that is refused changes nothing', async () => {
    await start();
    await h.control('traps', { deniedFields: ['QueryRoot.product', 'QueryRoot.customer'] });
    const product = await pkOf('products');
    expect((await refresh(`gid://shopify/Product/${product}`)).status).toBe(502);
    expect(await pkOf('products')).toBe(product);
    const customer = await pkOf('customers');
    expect((await refresh(`gid://shopify/Customer/${customer}`)).status).toBe(502);
    expect(await pkOf('customers')).toBe(customer);
    expect((await refresh('gid://shopify/Product/1')).status).toBe(404);
    expect((await refresh('nonsense')).status).toBe(404);
  });
});
