import type { Database } from '../../../platform/db/database.ts';
import type { Statements } from '../records/statements.ts';

/** The sums of one day for all stores, made anew from the day's orders and transactions: nothing can drift, and a day is a few thousand rows at most. */
const rebuildDay = async (statements: Statements, day: string): Promise<void> => {
  const next = `${day}~`;
  await statements.run('DELETE FROM order_days WHERE day = ?', day);
  await statements.run('DELETE FROM order_status_days WHERE day = ?', day);
  await statements.run('DELETE FROM product_days WHERE day = ?', day);
  await statements.run('DELETE FROM transaction_days WHERE day = ?', day);
  await statements.run(
    `INSERT INTO order_days (day, shop, currency, orders, cancelled, total, refunded, items, first_orders, returning_orders)
     SELECT ?, shop, currency, count(*), sum(cancelled_at IS NOT NULL), sum(total), sum(refunded), sum(items),
       sum(customer_pk IS NOT NULL AND NOT isReturning), sum(isReturning)
     FROM (SELECT *, customer_pk IS NOT NULL AND EXISTS (
         SELECT 1 FROM orders AS e WHERE e.customer_pk = o.customer_pk AND e.processed_at < o.processed_at) AS isReturning
       FROM orders AS o WHERE processed_at >= ? AND processed_at < ? AND test = 0)
     GROUP BY shop, currency`,
    day,
    day,
    next,
  );
  await statements.run(
    `INSERT INTO order_status_days (day, shop, financial_status, fulfillment_status, orders)
     SELECT ?, shop, financial_status, fulfillment_status, count(*) FROM orders
     WHERE processed_at >= ? AND processed_at < ? AND test = 0 GROUP BY shop, financial_status, fulfillment_status`,
    day,
    day,
    next,
  );
  await statements.run(
    `INSERT INTO product_days (day, shop, product_pk, title, currency, quantity, total)
     SELECT ?, o.shop, l.product_pk, max(l.title), o.currency, sum(l.quantity), sum(l.total)
     FROM orders AS o JOIN order_lines AS l ON l.order_pk = o.pk
     WHERE o.processed_at >= ? AND o.processed_at < ? AND o.cancelled_at IS NULL AND o.test = 0 AND l.product_pk IS NOT NULL
     GROUP BY o.shop, l.product_pk, o.currency`,
    day,
    day,
    next,
  );
  await statements.run(
    `INSERT INTO transaction_days (day, shop, currency, kind, status, gateway, transactions, amount)
     SELECT ?, shop, currency, kind, status, gateway, count(*), sum(amount) FROM transactions
     WHERE processed_at >= ? AND processed_at < ? AND test = 0 GROUP BY shop, currency, kind, status, gateway`,
    day,
    day,
    next,
  );
  await statements.run('DELETE FROM stale_days WHERE day = ?', day);
};

/** After a first import: every day that has orders or transactions. */
export const markAllDaysStale = async (statements: Statements, shop: string): Promise<void> => {
  for (const table of ['orders', 'transactions'])
    await statements.run(
      `INSERT INTO stale_days (shop, day) SELECT DISTINCT shop, substr(processed_at, 1, 10) FROM ${table} WHERE shop = ?
       ON CONFLICT (day, shop) DO NOTHING`,
      shop,
    );
};

/** Days in one transaction: short enough that webhooks never wait long for the writer. */
const DAYS_AT_ONCE = 10;

/** Makes the sums of all stale days anew. @returns the stores whose days they were */
export const rebuildStaleDays = async (db: Database, signal: AbortSignal): Promise<string[]> => {
  const shops = new Set<string>();
  for (;;) {
    signal.throwIfAborted();
    const days = await db.read<{ day: string; shops: string }>(
      'SELECT day, json_group_array(shop) AS shops FROM stale_days GROUP BY day ORDER BY day DESC LIMIT ?',
      [DAYS_AT_ONCE],
    );
    if (days.length === 0) return [...shops];
    await db.writeStatements(async (connection) => {
      for (const { day } of days) await rebuildDay(connection, day);
    });
    for (const day of days) for (const shop of JSON.parse(day.shops) as string[]) shops.add(shop);
  }
};
