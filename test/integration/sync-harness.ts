import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { expect } from 'vitest';
import type { Store } from '../../shared/api.ts';
import type { Harness } from './harness.ts';

const KINDS = {
  products: `SELECT pk || '|' || substr(updated_at, 1, 19) || 'Z|' || title || '|' || status || '|' || vendor || '|' || variants_count || '|' || total_inventory AS line FROM products`,
  variants: `SELECT pk || '|' || product_pk || '|' || coalesce(sku, '') || '|' || price || '|' || inventory_quantity AS line FROM product_variants`,
  orders: `SELECT o.pk || '|' || substr(updated_at, 1, 19) || 'Z|' || name || '|' || financial_status || '|' || fulfillment_status || '|' || total || '|' ||
    (SELECT count(*) FROM order_lines l WHERE l.order_pk = o.pk) || '|' || (SELECT count(*) FROM transactions t WHERE t.order_pk = o.pk) AS line FROM orders o`,
  line_items: `SELECT pk || '|' || order_pk || '|' || coalesce(sku, '') || '|' || quantity || '|' || unit_price AS line FROM order_lines`,
  transactions: `SELECT pk || '|' || order_pk || '|' || kind || '|' || status || '|' || amount AS line FROM transactions`,
  customers: `SELECT pk || '|' || substr(updated_at, 1, 19) || 'Z|' || coalesce(email, '') || '|' || orders_count || '|' || amount_spent AS line FROM customers`,
} as const;

export const query = <Row>(dataDir: string, sql: string): Promise<Row[]> =>
  new Promise((resolve, reject) => {
    const database = new sqlite3.Database(join(dataDir, 'backroom.sqlite'), sqlite3.OPEN_READONLY, (opened) => {
      if (opened) return reject(opened);
      database.all<Row>(sql, (error, rows) => database.close(() => (error ? reject(error) : resolve(rows))));
    });
  });

/** Writes into the database past the backend. */
export const spoil = (dataDir: string, sql: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const database = new sqlite3.Database(join(dataDir, 'backroom.sqlite'));
    database.configure('busyTimeout', 5000);
    database.exec(sql, (error) => database.close(() => (error ? reject(error) : resolve())));
  });

/** Every row of the stand-in is here as it is there, and no other. */
export const expectEqualToTruth = async (
  h: Pick<Harness, 'demo' | 'shop' | 'dataDir'>,
  kinds: readonly (keyof typeof KINDS)[] = Object.keys(KINDS) as (keyof typeof KINDS)[],
): Promise<void> => {
  for (const kind of kinds) {
    const sql = KINDS[kind];
    const answer = await fetch(`${h.demo.ready.origin}/_demo/truth/rows?shop=${h.shop}&resource=${kind}`);
    const theirs = (await answer.text())
      .split('\n')
      .filter((line) => line !== '')
      .sort();
    const ours = (await query<{ line: string }>(h.dataDir, sql)).map(({ line }) => line).sort();
    const isHere = new Set(ours);
    const isThere = new Set(theirs);
    expect({
      kind,
      missing: theirs.filter((line) => !isHere.has(line)).slice(0, 3),
      extra: ours.filter((line) => !isThere.has(line)).slice(0, 3),
    }).toEqual({ kind, missing: [], extra: [] });
    expect(ours.length).toBe(theirs.length);
  }
};

export const isAllDone = (store: Store): boolean =>
  store.syncs.length > 0 && store.syncs.every(({ phase }) => phase === 'done');

/** The store once nothing of it is being fetched; says where each resource stands when that takes too long. */
export const settled = async (h: Harness, test: (store: Store) => boolean = isAllDone): Promise<Store> => {
  try {
    return await h.storeWhen(test, undefined, 60_000);
  } catch (cause) {
    const states = (await h.store())?.syncs.map(({ resource, phase, rows, problem }) => [
      resource,
      phase,
      rows,
      problem?.message ?? '',
    ]);
    throw new Error(`not settled: ${JSON.stringify(states)}`, { cause });
  }
};

/** Fetches what changed in all resources, and waits for the end of it. */
export const reconcile = async (h: Harness, trigger: 'sync' | 'verify' = 'sync'): Promise<Store> => {
  const before = await h.store();
  const answer = await h.api(`/stores/${h.shop}/${trigger === 'sync' ? 'sync' : 'sync/verify'}`, {
    method: 'POST',
    body: '{}',
  });
  expect(answer.status).toBe(200);
  return settled(
    h,
    (store) =>
      isAllDone(store) &&
      store.syncs.every(
        (sync) => sync.finishedAt !== before?.syncs.find(({ resource }) => resource === sync.resource)?.finishedAt,
      ),
  );
};
