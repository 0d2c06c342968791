import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fillStore } from '../../../../test/bench/store-rows.ts';
import { migrations } from '../../../migrations.ts';
import { type Database, openDatabase, type SqlValue } from '../../../platform/db/database.ts';
import { createBrowse } from './service.ts';

const SHOP = 'bench.myshopify.com';
const BEFORE = migrations.findIndex(({ name }) => name.startsWith('GridCharts'));
/** Each table of sums beside the rows that it is to be the sum of, in the same words. */
const TOTALS = [
  [
    'SELECT shop, status, stock, vendor, products FROM product_groups WHERE products <> 0',
    `SELECT shop, status, CASE WHEN total_inventory <= 0 THEN 'out' WHEN total_inventory <= 10 THEN 'low' ELSE 'enough' END, vendor, count(*)
     FROM products GROUP BY 1, 2, 3, 4`,
  ],
  [
    'SELECT day, shop, customers FROM customer_days WHERE customers <> 0',
    'SELECT substr(created_at, 1, 10), shop, count(*) FROM customers GROUP BY 1, 2',
  ],
  [
    'SELECT shop, currency, spent_from, orders_from, customers FROM customer_groups WHERE customers <> 0',
    `SELECT shop, currency, (SELECT max(value) FROM json_each('[0,1,5000,10000,50000,100000]') WHERE value <= max(amount_spent, 0)),
       (SELECT max(value) FROM json_each('[0,1,2,4,10]') WHERE value <= max(orders_count, 0)), count(*) FROM customers GROUP BY 1, 2, 3, 4`,
  ],
  [
    'SELECT day, shop, currency, kind, status, gateway, transactions, amount FROM transaction_days',
    `SELECT substr(processed_at, 1, 10), shop, currency, kind, status, gateway, count(*), sum(amount) FROM transactions WHERE test = 0
     GROUP BY 1, 2, 3, 4, 5, 6`,
  ],
] as const;

let dataDir: string;
let db: Database;
const clock = {
  now: () => Date.parse('2026-11-28T12:00:00Z'),
  delay: () => Promise.reject(new Error('nothing waits here')),
};

const run = (sql: string, ...params: SqlValue[]): Promise<unknown> =>
  db.writeStatements((connection) => connection.run(sql, ...params));
const lines = async (sql: string): Promise<string[]> =>
  (await db.read<Record<string, SqlValue>>(sql)).map((row) => Object.values(row).join('|')).sort();
const expectRight = async (): Promise<void> => {
  for (const [sums, rows] of TOTALS) expect(await lines(sums)).toEqual(await lines(rows));
};

describe('the charts above the grids', () => {
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'backroom-grid-charts-'));
  });
  afterEach(async () => {
    await db.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('count what was here before they were, and whatever adds, changes and removes rows after that', async () => {
    const older = await openDatabase({ dataDir, entities: [], migrations: migrations.slice(0, BEFORE) });
    // Its last sums are of a table that is not there yet.
    await expect(fillStore(older, 2000)).rejects.toThrow(/transaction_days/);
    await older.close();
    db = await openDatabase({ dataDir, entities: [], migrations });
    expect((await lines(TOTALS[0][0])).length).toBeGreaterThan(3);
    expect((await lines(TOTALS[3][0])).length).toBeGreaterThan(3);
    await expectRight();

    const copy = async (table: string): Promise<void> => {
      const [{ columns } = { columns: '' }] = await db.read<{ columns: string }>(
        `SELECT group_concat(name, ', ') AS columns FROM pragma_table_info('${table}') WHERE name <> 'pk'`,
      );
      await run(
        `INSERT INTO ${table} (pk, ${columns}) SELECT pk + 5000000, ${columns} FROM ${table} WHERE true ON CONFLICT (pk) DO NOTHING`,
      );
    };
    for (const table of ['products', 'customers']) await copy(table);
    await run("UPDATE products SET total_inventory = pk % 13 - 1, status = 'DRAFT', vendor = 'New' WHERE pk % 3 = 0");
    await run('UPDATE customers SET amount_spent = pk % 150000, orders_count = pk % 14 WHERE pk % 2 = 0');
    await run("UPDATE customers SET currency = 'JPY', created_at = '2026-11-27T00:00:00.000Z' WHERE pk % 5 = 0");
    await expectRight();
    await run('DELETE FROM products WHERE pk % 4 = 0');
    await run('DELETE FROM customers WHERE pk % 4 = 1');
    await expectRight();
    await run('DELETE FROM products');
    expect(await lines(TOTALS[0][0])).toEqual([]);
  });

  it('say what their grids show, filtered as their links are', async () => {
    db = await openDatabase({ dataDir, entities: [], migrations });
    await fillStore(db, 2000);
    const browse = createBrowse(db, clock);
    const count = async (resource: 'products' | 'customers' | 'transactions', filters: string): Promise<number> =>
      (await browse.browse.count({ resource, shop: SHOP, filters })).total;

    const products = await browse.browse.productCharts({ shop: SHOP });
    expect(products.stock.out).toBe(await count('products', 'status.is.ACTIVE;totalInventory.lte.0'));
    expect(products.stock.low).toBe(await count('products', 'status.is.ACTIVE;totalInventory.between.1,10'));
    expect(products.stock.enough).toBe(await count('products', 'status.is.ACTIVE;totalInventory.gte.11'));
    for (const { vendor, products: counted } of products.vendors)
      expect(counted).toBe(await count('products', `vendor.is.${encodeURIComponent(vendor)}`));
    expect(products.vendors[0]?.products).toBe(Math.max(...products.vendors.map((each) => each.products)));

    const customers = await browse.browse.customerCharts({ shop: SHOP, days: 30 });
    expect(customers.spent.find(({ from }) => from === 10_000)?.customers).toBe(
      await count('customers', 'amountSpent.between.10000,49999'),
    );
    expect(customers.orders.find(({ from }) => from === 2)?.customers).toBe(
      await count('customers', 'ordersCount.between.2,3'),
    );
    expect(customers.days).toHaveLength(30);

    const transactions = await browse.browse.transactionCharts({ days: 30 });
    expect(transactions.days.reduce((sum, day) => sum + day.transactions, 0)).toBeGreaterThan(0);
    for (const { day, transactions: counted } of transactions.days)
      expect(counted).toBe(await count('transactions', `processedAt.between.${day},${day}`));
    expect(await browse.browse.transactionCharts({ shop: 'other.myshopify.com', days: 30 })).toMatchObject({
      currency: null,
      gateways: [],
    });
  });

  it('read no row of what they show: sums only, of the period where they are of days', async () => {
    db = await openDatabase({ dataDir, entities: [], migrations });
    const texts: string[] = [];
    const spied = {
      ...db,
      read: <Row>(sql: string, params: readonly SqlValue[] = []) => {
        texts.push(sql);
        return db.read<Row>(sql, params);
      },
    };
    const { browse } = createBrowse(spied, clock);
    for (const shop of [undefined, SHOP]) {
      await browse.productCharts({ shop });
      await browse.customerCharts({ shop, days: 30 });
      await browse.transactionCharts({ shop, days: 30 });
      await browse.charts({ shop, days: 30 });
    }
    expect(texts).toHaveLength(20);
    for (const sql of texts) {
      const steps = await db.read<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
      const reads = steps.map(({ detail }) => detail).filter((detail) => /^(SCAN|SEARCH) /.test(detail));
      expect(reads.length, sql).toBeGreaterThan(0);
      for (const step of reads)
        expect(step).toMatch(/^(SCAN|SEARCH) (product|customer)_groups\b|^SEARCH (\w+)_days USING .*\(day>\?\)$/);
    }
  });
});
