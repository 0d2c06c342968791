import type { EntityManager } from 'typeorm';
import type { Database } from './database.ts';
import type { StatementConnection } from './statement-connection.ts';

/**
 * Running totals by store, changed in the transaction that changes what they count: reading them never scans a big table.
 * `shop` is empty for what belongs to no known store.
 */
export type CounterName =
  | 'rows.products'
  | 'rows.orders'
  | 'rows.transactions'
  | 'rows.customers'
  | 'webhooks.received'
  | 'webhooks.processed'
  | 'webhooks.failed'
  | 'webhooks.dead'
  | 'webhooks.duplicates'
  | 'webhooks.refused'
  | 'pixel.accepted'
  | 'pixel.quarantined'
  | 'pixel.limited'
  | 'pixel.duplicates';

export interface CounterChange {
  readonly shop: string;
  readonly name: CounterName;
  readonly by: number;
}

/** One change a store and name, however often each occurs. */
export const countByShop = (entries: readonly { shop: string; name: CounterName }[]): CounterChange[] => {
  const changes = new Map<string, { shop: string; name: CounterName; by: number }>();
  for (const { shop, name } of entries) {
    const key = `${shop} ${name}`;
    const change = changes.get(key);
    if (change) change.by += 1;
    else changes.set(key, { shop, name, by: 1 });
  }
  return [...changes.values()];
};

const ADD = `INSERT INTO counters (shop, name, value) SELECT value->>0, value->>1, value->>2 FROM json_each(?)
WHERE true ON CONFLICT (shop, name) DO UPDATE SET value = value + excluded.value`;

/** For a trigger that adds them in the statement that it belongs to. */
export const countersJson = (changes: readonly CounterChange[]): string =>
  JSON.stringify(changes.filter(({ by }) => by !== 0).map(({ shop, name, by }) => [shop, name, by]));

const toJson = (changes: readonly CounterChange[]): string | null =>
  changes.some(({ by }) => by !== 0) ? countersJson(changes) : null;

export const addToCounters = async (
  connection: StatementConnection,
  changes: readonly CounterChange[],
): Promise<void> => {
  const json = toJson(changes);
  if (json !== null) await connection.run(ADD, json);
};

export const addToCountersIn = async (tx: EntityManager, changes: readonly CounterChange[]): Promise<void> => {
  const json = toJson(changes);
  if (json !== null) await tx.query(ADD, [json]);
};

/** By store, then by name; what was never counted is absent. */
export const readCounters = async (db: Database): Promise<Map<string, Map<string, number>>> => {
  const rows = await db.read<{ shop: string; name: string; value: number }>('SELECT shop, name, value FROM counters');
  const byShop = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const names = byShop.get(row.shop) ?? new Map<string, number>();
    names.set(row.name, row.value);
    byShop.set(row.shop, names);
  }
  return byShop;
};

/** The sum of one counter over all stores. */
export const totalOf = (counters: ReadonlyMap<string, ReadonlyMap<string, number>>, name: CounterName): number => {
  let sum = 0;
  for (const names of counters.values()) sum += names.get(name) ?? 0;
  return sum;
};
