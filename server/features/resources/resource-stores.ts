import { CUSTOMERS } from './customers/table.ts';
import type { MappedOrder } from './orders/mapping.ts';
import { ORDERS } from './orders/table.ts';
import { PRODUCTS } from './products/table.ts';
import { createRecordStore, type RecordStore } from './records/record-store.ts';
import type { Resource, WriteResult, WriteStamp } from './records/record-table.ts';
import type { Statements } from './records/statements.ts';
import { TRANSACTIONS } from './transactions/table.ts';

export const recordStores: Readonly<Record<Resource, RecordStore>> = {
  products: createRecordStore(PRODUCTS),
  orders: createRecordStore(ORDERS),
  transactions: createRecordStore(TRANSACTIONS),
  customers: createRecordStore(CUSTOMERS),
};

const GID_TYPES: Readonly<Record<Resource, string>> = {
  products: 'Product',
  orders: 'Order',
  transactions: 'OrderTransaction',
  customers: 'Customer',
};

export const gidsOf = (resource: Resource, pks: readonly number[]): string[] =>
  pks.map((pk) => `gid://shopify/${GID_TYPES[resource]}/${pk}`);

/** Orders and, after them, the transactions that came with them. An older order's transactions are older too, and lose by themselves. */
export const writeOrders = async (
  statements: Statements,
  orders: readonly MappedOrder[],
  stamp: WriteStamp,
): Promise<{ orders: WriteResult; transactions: WriteResult }> => {
  const written = await recordStores.orders.upsert(
    statements,
    orders.map(({ order }) => order),
    stamp,
  );
  const transactions = await recordStores.transactions.upsert(
    statements,
    orders.flatMap((entry) => entry.transactions),
    stamp,
  );
  return { orders: written, transactions };
};

/** Gives transactions that came without their order, as webhooks do, the name they are listed with. */
export const nameTransactions = async (statements: Statements, pks: readonly number[]): Promise<void> => {
  if (pks.length === 0) return;
  await statements.run(
    `UPDATE transactions SET order_name = o.name, currency = CASE WHEN transactions.currency = '' THEN o.currency ELSE transactions.currency END
     FROM orders AS o WHERE o.pk = transactions.order_pk AND transactions.order_name = '' AND transactions.pk IN (SELECT value FROM json_each(?))`,
    JSON.stringify(pks),
  );
};

/** Removes rows and what only makes sense with them: an order's transactions go with it. */
export const removeRecords = async (
  statements: Statements,
  resource: Resource,
  pks: readonly number[],
  options: Parameters<RecordStore['remove']>[2],
): Promise<number[]> => {
  const gone = await recordStores[resource].remove(statements, pks, options);
  if (resource === 'orders' && gone.length > 0) {
    const rows = await statements.all<{ pk: number }>(
      'SELECT pk FROM transactions WHERE order_pk IN (SELECT value FROM json_each(?))',
      JSON.stringify(gone),
    );
    await recordStores.transactions.remove(
      statements,
      rows.map(({ pk }) => pk),
      options,
    );
  }
  return gone;
};
