import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Harness, startHarness } from './harness.ts';
import { query, settled } from './sync-harness.ts';

let h: Harness;
afterEach(() => h.close());

interface Sums {
  orders: number;
  total: number;
  transactions: number;
}

/** What the days of the charts ought to say, from the orders themselves. */
const expected = async (): Promise<Sums | undefined> =>
  (
    await query<Sums>(
      h.dataDir,
      `SELECT count(*) AS orders, coalesce(sum(total), 0) AS total, (SELECT count(*) FROM transactions WHERE test = 0) AS transactions
       FROM orders WHERE test = 0`,
    )
  )[0];
/** As the console asks for it: through the cache. */
const shown = async (): Promise<Sums> => {
  const { charts, transactionCharts } = h.app.services.browse;
  const { days } = await charts({ shop: h.shop, days: 400 });
  const payments = await transactionCharts({ shop: h.shop, days: 400 });
  return {
    orders: days.reduce((sum, day) => sum + day.orders, 0),
    total: days.reduce((sum, day) => sum + day.total, 0),
    transactions: payments.days.reduce((sum, day) => sum + day.transactions, 0),
  };
};
const ordersAre = (test: (rows: number) => boolean): Promise<void> =>
  vi.waitFor(
    async () => {
      const [{ n } = { n: 0 }] = await query<{ n: number }>(h.dataDir, 'SELECT count(*) AS n FROM orders');
      expect(test(n)).toBe(true);
    },
    { timeout: 10_000, interval: 20 },
  );
const chartsAreRight = (): Promise<void> =>
  vi.waitFor(async () => expect(await shown()).toEqual(await expected()), { timeout: 10_000, interval: 50 });

describe('the charts', { timeout: 60_000 }, () => {
  it('are right again soon after webhooks add, change and delete orders, and the cache lets go of what they said', async () => {
    h = await startHarness({ byToken: true, demo: { products: 10, orders: 12, customers: 5 } });
    await settled(h);
    const before = await shown();
    expect(before).toEqual(await expected());

    await h.control('orders/place', { count: 3 });
    await ordersAre((rows) => rows === 15);
    await chartsAreRight();
    const placed = await shown();
    expect(placed.orders).toBeGreaterThan(before.orders);

    const [newest] = await query<{ pk: number }>(h.dataDir, 'SELECT max(pk) AS pk FROM orders WHERE test = 0');
    await h.control('orders/delete', { id: String(newest?.pk) });
    await ordersAre((rows) => rows === 14);
    await chartsAreRight();
    expect((await shown()).orders).toBe(placed.orders - 1);
  });
});
