import type * as api from '../../../../shared/api.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Reads, SqlValue } from '../../../platform/db/database.ts';
import { createPeriod } from './period.ts';

const TOP = 8;

interface DayRow {
  day: string;
  currency: string;
  orders: number;
  total: number;
  refunded: number;
  firstOrders: number;
  returningOrders: number;
}

/** Sales, statuses, best sellers and returning customers, from the aggregates by day: never from the orders themselves. */
export const createCharts =
  (db: Reads, clock: Clock) =>
  async (input: { shop?: string | undefined; days: number }): Promise<api.Charts> => {
    const { first, firstBefore, days: inPeriod } = createPeriod(clock, input.days);
    const ofShop = input.shop === undefined ? '' : ' AND shop = ?';
    const params = (...more: SqlValue[]): SqlValue[] => [...more, ...(input.shop === undefined ? [] : [input.shop])];

    const [days, statuses, products] = await Promise.all([
      db.read<DayRow>(
        `SELECT day, currency, sum(orders) AS orders, sum(total) AS total, sum(refunded) AS refunded, sum(first_orders) AS firstOrders,
           sum(returning_orders) AS returningOrders
         FROM order_days WHERE day >= ?${ofShop} GROUP BY day, currency`,
        params(firstBefore),
      ),
      db.read<{ financial_status: string; fulfillment_status: string; orders: number }>(
        `SELECT financial_status, fulfillment_status, sum(orders) AS orders FROM order_status_days WHERE day >= ?${ofShop} GROUP BY 1, 2`,
        params(first),
      ),
      db.read<{ product_pk: number; title: string; currency: string; quantity: number; total: number }>(
        `SELECT product_pk, max(title) AS title, currency, sum(quantity) AS quantity, sum(total) AS total
         FROM product_days WHERE day >= ?${ofShop} GROUP BY product_pk, currency ORDER BY total DESC LIMIT 200`,
        params(first),
      ),
    ]);

    const byCurrency = new Map<string, number>();
    for (const row of days) byCurrency.set(row.currency, (byCurrency.get(row.currency) ?? 0) + row.orders);
    const [main = null, ...others] = [...byCurrency].sort((a, b) => b[1] - a[1]).map(([currency]) => currency);

    const mine = new Map(days.filter((row) => row.currency === main).map((row) => [row.day, row]));
    const before = [...mine.values()].filter((row) => row.day < first);
    const counted = (key: 'financial_status' | 'fulfillment_status') => {
      const sums = new Map<string, number>();
      for (const row of statuses) sums.set(row[key], (sums.get(row[key]) ?? 0) + row.orders);
      return [...sums].map(([status, orders]) => ({ status, orders })).sort((a, b) => b.orders - a.orders);
    };
    return {
      currency: main,
      otherCurrencies: others,
      days: inPeriod.map((day) => {
        const row = mine.get(day);
        return {
          day,
          orders: row?.orders ?? 0,
          total: row?.total ?? 0,
          refunded: row?.refunded ?? 0,
          firstOrders: row?.firstOrders ?? 0,
          returningOrders: row?.returningOrders ?? 0,
        };
      }),
      before: {
        orders: before.reduce((sum, row) => sum + row.orders, 0),
        total: before.reduce((sum, row) => sum + row.total, 0),
      },
      payment: counted('financial_status'),
      fulfillment: counted('fulfillment_status'),
      topProducts: products
        .filter((row) => row.currency === main)
        .slice(0, TOP)
        .map((row) => ({
          productId: `gid://shopify/Product/${row.product_pk}`,
          title: row.title,
          quantity: row.quantity,
          total: row.total,
        })),
    };
  };
