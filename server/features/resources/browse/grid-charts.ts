import type * as api from '../../../../shared/api.ts';
import { ORDERS_FROM, SPENT_FROM } from '../../../../shared/browse/bands.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Reads, SqlValue } from '../../../platform/db/database.ts';
import { createPeriod } from './period.ts';

const TOP = 8;

interface OfShop {
  readonly shop?: string | undefined;
}
type InPeriod = OfShop & { readonly days: number };

const sumOf = <Row>(rows: readonly Row[], value: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + value(row), 0);

/** Sums by a key, the largest first. */
const grouped = <Row>(rows: readonly Row[], key: (row: Row) => string, value: (row: Row) => number) => {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0) + value(row));
  return [...sums].sort((a, b) => b[1] - a[1]);
};

interface TransactionDay {
  day: string;
  currency: string;
  kind: string;
  status: string;
  gateway: string;
  transactions: number;
  amount: number;
}
const isReceived = ({ kind, status }: TransactionDay): boolean =>
  status === 'SUCCESS' && (kind === 'SALE' || kind === 'CAPTURE');
const isRefunded = ({ kind, status }: TransactionDay): boolean => status === 'SUCCESS' && kind === 'REFUND';
const hasFailed = ({ status }: TransactionDay): boolean => status === 'FAILURE' || status === 'ERROR';

/** What stands above the grids of products, customers and transactions, from running totals and sums by day: never from the rows themselves. */
export const createGridCharts = (db: Reads, clock: Clock) => {
  const only = ({ shop }: OfShop): { readonly where: string; readonly params: SqlValue[] } =>
    shop === undefined ? { where: '', params: [] } : { where: ' AND shop = ?', params: [shop] };

  return {
    products: async (input: OfShop): Promise<api.ProductCharts> => {
      const { where, params } = only(input);
      const counted = <Row>(columns: string, more: string): Promise<Row[]> =>
        db.read<Row>(
          `SELECT ${columns}, sum(products) AS products FROM product_groups WHERE products > 0${where}${more}`,
          params,
        );
      const [statuses, stock, vendors] = await Promise.all([
        counted<{ status: string; products: number }>('status', ' GROUP BY status ORDER BY products DESC'),
        counted<{ stock: 'out' | 'low' | 'enough'; products: number }>(
          'stock',
          " AND status = 'ACTIVE' GROUP BY stock",
        ),
        counted<{ vendor: string; products: number }>(
          'vendor',
          ` GROUP BY vendor ORDER BY sum(products) DESC, vendor LIMIT ${TOP}`,
        ),
      ]);
      const stocked = (level: 'out' | 'low' | 'enough'): number =>
        stock.find((row) => row.stock === level)?.products ?? 0;
      return {
        statuses,
        stock: { out: stocked('out'), low: stocked('low'), enough: stocked('enough') },
        vendors,
      };
    },

    customers: async (input: InPeriod): Promise<api.CustomerCharts> => {
      const period = createPeriod(clock, input.days);
      const { where, params } = only(input);
      const [created, ordered, groups] = await Promise.all([
        db.read<{ day: string; customers: number }>(
          `SELECT day, sum(customers) AS customers FROM customer_days WHERE day >= ?${where} GROUP BY day`,
          [period.firstBefore, ...params],
        ),
        db.read<{ firstOrders: number; returningOrders: number }>(
          `SELECT coalesce(sum(first_orders), 0) AS firstOrders, coalesce(sum(returning_orders), 0) AS returningOrders
           FROM order_days WHERE day >= ?${where}`,
          [period.first, ...params],
        ),
        db.read<{ currency: string; spent_from: number; orders_from: number; customers: number }>(
          `SELECT currency, spent_from, orders_from, sum(customers) AS customers FROM customer_groups
           WHERE customers > 0${where} GROUP BY currency, spent_from, orders_from`,
          params,
        ),
      ]);
      const byDay = new Map(created.map((row) => [row.day, row.customers]));
      const [main = null, ...others] = grouped(
        groups,
        (row) => row.currency,
        (row) => row.customers,
      ).map(([currency]) => currency);
      const inBand = (fits: (row: (typeof groups)[number]) => boolean): number =>
        sumOf(groups.filter(fits), (row) => row.customers);
      return {
        days: period.days.map((day) => ({ day, customers: byDay.get(day) ?? 0 })),
        before: sumOf(
          created.filter((row) => row.day < period.first),
          (row) => row.customers,
        ),
        ...(ordered[0] ?? { firstOrders: 0, returningOrders: 0 }),
        currency: main,
        otherCurrencies: others,
        spent: SPENT_FROM.map((from) => ({
          from,
          customers: inBand((row) => row.spent_from === from && row.currency === main),
        })),
        orders: ORDERS_FROM.map((from) => ({ from, customers: inBand((row) => row.orders_from === from) })),
      };
    },

    transactions: async (input: InPeriod): Promise<api.TransactionCharts> => {
      const period = createPeriod(clock, input.days);
      const { where, params } = only(input);
      const rows = await db.read<TransactionDay>(
        `SELECT day, currency, kind, status, gateway, sum(transactions) AS transactions, sum(amount) AS amount
         FROM transaction_days WHERE day >= ?${where} GROUP BY day, currency, kind, status, gateway`,
        [period.firstBefore, ...params],
      );
      const [main = null, ...others] = grouped(
        rows,
        (row) => row.currency,
        (row) => row.transactions,
      ).map(([currency]) => currency);
      const now = rows.filter((row) => row.day >= period.first);
      const amount = (each: readonly TransactionDay[], fits: (row: TransactionDay) => boolean): number =>
        sumOf(
          each.filter((row) => row.currency === main && fits(row)),
          (row) => row.amount,
        );
      const counted = (each: readonly TransactionDay[]): number => sumOf(each, (row) => row.transactions);
      const byDay = new Map<string, TransactionDay[]>();
      for (const row of now) byDay.set(row.day, [...(byDay.get(row.day) ?? []), row]);
      return {
        currency: main,
        otherCurrencies: others,
        days: period.days.map((day) => {
          const own = byDay.get(day) ?? [];
          return {
            day,
            received: amount(own, isReceived),
            refunded: amount(own, isRefunded),
            transactions: counted(own),
            failed: counted(own.filter(hasFailed)),
          };
        }),
        before: {
          received: amount(
            rows.filter((row) => row.day < period.first),
            isReceived,
          ),
        },
        gateways: grouped(
          now,
          (row) => row.gateway,
          (row) => row.transactions,
        )
          .slice(0, TOP)
          .map(([gateway, transactions]) => ({ gateway, transactions })),
        kinds: grouped(
          now,
          (row) => row.kind,
          (row) => row.transactions,
        ).map(([kind, transactions]) => ({ kind, transactions })),
        statuses: grouped(
          now,
          (row) => row.status,
          (row) => row.transactions,
        ).map(([status, transactions]) => ({ status, transactions })),
      };
    },
  };
};
