import { AppError } from '../../../../shared/errors.ts';
import { toIso } from '../../../platform/clock.ts';
import type { Database, SqlValue } from '../../../platform/db/database.ts';
import { numberOfGid, typeOfGid } from '../records/fields.ts';
import { removeRecords } from '../resource-stores.ts';
import { nowIso, type SyncRun, stampFor, writeBatch } from './context.ts';
import type { SyncedResource } from './source.ts';
import { VISIBLE_MS } from './sweep.ts';

/** Which row a person means by a gid: a transaction comes with its order. */
export interface RefreshTarget {
  readonly shop: string;
  readonly resource: SyncedResource;
  readonly pk: number;
}

export type RefreshOutcome = 'changed' | 'unchanged' | 'gone';

const BY_TYPE: Readonly<Record<string, { sql: string; resource: SyncedResource } | undefined>> = {
  Product: { sql: 'SELECT shop, pk FROM products WHERE pk = ?', resource: 'products' },
  Order: { sql: 'SELECT shop, pk FROM orders WHERE pk = ?', resource: 'orders' },
  Customer: { sql: 'SELECT shop, pk FROM customers WHERE pk = ?', resource: 'customers' },
  OrderTransaction: { sql: 'SELECT shop, order_pk AS pk FROM transactions WHERE pk = ?', resource: 'orders' },
};

/** @throws AppError `NOT_FOUND` for what is not on this computer */
export const refreshTargetOf = async (db: Database, id: string): Promise<RefreshTarget> => {
  const kind = BY_TYPE[typeOfGid(id)];
  const number = numberOfGid(id);
  const [row] = kind && number !== null ? await db.read<{ shop: string; pk: number }>(kind.sql, [number]) : [];
  if (kind && row) return { ...row, resource: kind.resource };
  throw new AppError('NOT_FOUND', 'This record is not on this computer.', {
    hint: 'It may have been deleted in the store, or it has not been fetched yet.',
  });
};

type Row = Readonly<Record<string, SqlValue>>;
const STAMP = new Set(['synced_at', 'synced_by']);
const textOf = (row: Row | undefined): string =>
  JSON.stringify(Object.entries(row ?? {}).filter(([column]) => !STAMP.has(column)));

/**
 * Fetches one record now and writes it, or removes it when Shopify has it no more.
 * @throws AppError when Shopify can't be asked, or does not show the record to this app
 */
export const refreshRecord = async <Item>(run: SyncRun<Item>, pk: number): Promise<RefreshOutcome> => {
  const { source, shop, ports } = run;
  const { table, resource } = source.table;
  const read = async (): Promise<Row | undefined> =>
    (await ports.db.read<Row>(`SELECT * FROM ${table} WHERE pk = ?`, [pk]))[0];
  const before = await read();
  const askedAt = nowIso(run);
  const item = await source.one(run, pk);
  if (item !== null) {
    const stamp = stampFor(run, 'refresh', null, false);
    await writeBatch(run, (statements) => source.write(statements, [item], stamp), {});
    return textOf(before) === textOf(await read()) ? 'unchanged' : 'changed';
  }
  // An old order that this app may not see looks like one that was deleted.
  const isHidden =
    resource === 'orders' && !run.seesAllOrders && String(before?.created_at) < toIso(ports.clock.now() - VISIBLE_MS);
  if (isHidden)
    throw new AppError('SHOPIFY_ERROR', 'Shopify shows this app only orders of the last 60 days.', {
      hint: 'The order stays here as it is. Request the scope read_all_orders to refresh it.',
    });
  await ports.db.writeStatements((connection) =>
    removeRecords(connection, resource, [pk], { shop, deletedAt: askedAt, source: 'refresh', sourceId: null }),
  );
  ports.onRows(shop, source.resource, [pk]);
  return 'gone';
};
