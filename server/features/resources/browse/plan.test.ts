import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillStore } from '../../../../test/bench/store-rows.ts';
import { migrations } from '../../../migrations.ts';
import { type Database, openDatabase } from '../../../platform/db/database.ts';
import { filterConditions } from './conditions.ts';
import { DEFINITIONS } from './definition.ts';
import { planReading } from './plan.ts';
import { createBrowse } from './service.ts';

const ROWS = 20_000;
const { orders, transactions } = DEFINITIONS;

describe('how a page is read', () => {
  let db: Database;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'backroom-plan-'));
    db = await openDatabase({ dataDir, entities: [], migrations });
    await fillStore(db, ROWS);
    await db.write((tx) =>
      tx.query(
        `INSERT INTO order_lines (pk, shop, order_pk, product_pk, title, quantity, current_quantity, unit_price, total, raw)
         SELECT pk, shop, pk, pk % 40, 'Mug', 1, 1, 100, 100, '{}' FROM orders`,
      ),
    );
    await db.write(async (tx) => {
      await tx.query(
        `UPDATE orders SET tags = '["Wholesale","gift"]', country_code = 'LI', refunded = 500, customer_name = 'Zoë Quux' WHERE pk % 4000 = 17`,
      );
      await tx.query("UPDATE orders SET return_status = 'RETURNED' WHERE pk % 3 = 0");
      await tx.query("UPDATE transactions SET error_code = 'CARD_DECLINED' WHERE pk % 5000 = 4");
    });
  }, 60_000);
  afterAll(async () => {
    await db.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const planOf = (filters: string, sort: string | null) =>
    planReading(db, 'orders', orders.indexes, filterConditions(orders, filters, 0), {
      sort,
      found: [],
    });

  it('sorts what few rows an index finds', async () => {
    const plan = await planOf('financialStatus.is.PENDING;total.gte.1', 'total');
    expect(plan).toMatchObject({ inOrder: false });
    expect(plan.conditions.map(({ sql }) => sql)).toEqual(['financial_status IN (?)', '+total >= ?']);
  });

  it('sorts nothing where the rows of one value stand in the list’s order', async () => {
    const { from, conditions, inOrder } = await planOf('financialStatus.is.PENDING;total.gte.1', 'processedAt');
    expect(inOrder).toBe(true);
    const steps = await db.read<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT ${orders.select} FROM ${from} WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
       ORDER BY processed_at DESC, pk DESC LIMIT 10`,
      conditions.flatMap(({ params }) => [...params]),
    );
    expect(steps.map(({ detail }) => detail)).toEqual([
      'SEARCH orders USING INDEX orders_financial_status (financial_status=?)',
    ]);
    expect(await planOf('financialStatus.is.PENDING,VOIDED', 'processedAt')).toMatchObject({ inOrder: false });
  });

  it('walks the order’s own index where an index would find most rows', async () => {
    const plan = await planOf('financialStatus.is.PAID', 'total');
    expect(plan).toEqual({
      from: 'orders',
      inOrder: true,
      conditions: [{ sql: '+financial_status IN (?)', params: ['PAID'] }],
    });
  });

  it('keeps the index that has the rows of a value in the list’s order', async () => {
    const plan = await planOf('financialStatus.is.PAID;total.gte.1', 'processedAt');
    expect(plan).toMatchObject({ inOrder: true });
    expect(plan.conditions.map(({ sql }) => sql)).toEqual(['financial_status IN (?)', '+total >= ?']);
  });

  it('looks for a rare value in an index that covers it, in the list’s order where it has that', async () => {
    const walked = await planOf('tags.has.wholesale;financialStatus.is.PAID', 'processedAt');
    expect(walked).toMatchObject({ from: 'orders INDEXED BY orders_filters', inOrder: true });
    for (const filters of ['countryCode.is.LI', 'customerName.contains.uux']) {
      const found = await planOf(filters, 'total');
      expect(found).toMatchObject({ from: 'orders', inOrder: false });
      const pks = JSON.parse(String(found.conditions[0]?.params[0])) as number[];
      expect([...pks].sort((a, b) => a - b)).toEqual([17, 4017, 8017, 12_017, 16_017]);
    }
    expect(await planOf('returnStatus.is.RETURNED', 'total')).toMatchObject({ from: 'orders', inOrder: true });
  });

  it('reads no row that does not fit', async () => {
    const { from, conditions } = await planOf('tags.has.wholesale', 'processedAt');
    const steps = await db.read<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT ${orders.select} FROM ${from} WHERE ${conditions[0]?.sql} AND (processed_at, pk) < (?, ?)
       ORDER BY processed_at DESC, pk DESC LIMIT 10`,
      ['wholesale', '2026-11-01', 9],
    );
    expect(steps.map(({ detail }) => detail)).toEqual([
      'SEARCH orders USING INDEX orders_filters (processed_at<?)',
      expect.stringContaining('json_each'),
    ]);
    const count = await planOf('tags.has.wholesale;financialStatus.is.PAID', null);
    const [scan] = await db.read<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT count(*) FROM ${count.from} WHERE ${count.conditions.map(({ sql }) => sql).join(' AND ')}`,
      count.conditions.flatMap(({ params }) => [...params]),
    );
    expect(scan?.detail).toBe('SCAN orders USING COVERING INDEX orders_filters');
  });

  it.each([
    ['errorCode.is.CARD_DECLINED', 'processedAt'],
    ['errorCode.filled;kind.is.SALE', 'amount'],
    ['orderName.contains.99', 'processedAt'],
  ])('finds the payments that a plain scan finds: %s by %s', async (filters, sort) => {
    const browse = createBrowse(db, { now: () => 0, delay: () => Promise.resolve() });
    const conditions = filterConditions(transactions, filters, 0);
    const wanted = await db.read<{ pk: number }>(
      `SELECT pk FROM transactions NOT INDEXED WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
       ORDER BY ${sort === 'amount' ? 'amount' : 'processed_at'} DESC, pk DESC LIMIT 100`,
      conditions.flatMap(({ params }) => [...params]),
    );
    const { items } = await browse.transactions.list({ filters, sort, order: 'desc', limit: 100 });
    expect(items.map(({ id }) => id)).toEqual(wanted.map(({ pk }) => `gid://shopify/OrderTransaction/${pk}`));
    expect(items.length).toBeGreaterThan(0);
  });

  it.each([
    ['tags.has.wholesale', 'processedAt'],
    ['tags.has.wholesale;total.gte.1', 'total'],
    ['tags.hasNot.gift;countryCode.is.DE', 'processedAt'],
    ['countryCode.is.LI;customerName.contains.uux', 'customerName'],
    ['countryCode.is.LI;email.contains.person', 'processedAt'],
    ['refunded.gte.1', 'name'],
    ['returnStatus.empty;financialStatus.is.VOIDED', 'updatedAt'],
    ['financialStatus.is.PENDING', 'total'],
    ['financialStatus.is.PENDING;total.gte.20000', 'processedAt'],
    ['financialStatus.is.PENDING,VOIDED', 'processedAt'],
    ['financialStatus.is.PAID', 'customerName'],
    ['financialStatus.is.PAID;fulfillmentStatus.is.UNFULFILLED', 'processedAt'],
    ['total.between.100,900', 'processedAt'],
    ['processedAt.between.2026-11-01,2026-11-20', 'total'],
    ['tags.has.gift;total.gte.30000', 'name'],
    ['customerId.is.7,8', 'total'],
    ['productId.is.1;total.gte.1', 'processedAt'],
    ['email.is.person7@example.com', 'updatedAt'],
    ['total.gte.1', 'items'],
    ['financialStatus.is.PAID;fulfillmentStatus.is.UNFULFILLED', 'financialStatus'],
    ['tags.has.wholesale', 'returnStatus'],
    ['customerName.contains.a', 'tags'],
    ['total.gte.39000', 'email'],
  ])('finds the rows that a plain scan finds: %s by %s', async (filters, sort) => {
    const browse = createBrowse(db, { now: () => 0, delay: () => Promise.resolve() });
    const conditions = filterConditions(orders, filters, 0);
    const wanted = await db.read<{ pk: number }>(
      `SELECT pk FROM orders WHERE ${conditions.map(({ tested }) => tested).join(' AND ')}
       ORDER BY +${orders.sortBy[sort as keyof typeof orders.sortBy] ?? ''} DESC, pk DESC LIMIT 150`,
      conditions.flatMap(({ params }) => [...params]),
    );
    const input = { filters, sort, order: 'desc', limit: 75 } as const;
    const first = await browse.orders.list(input);
    const second = first.nextCursor === null ? null : await browse.orders.list({ ...input, cursor: first.nextCursor });
    const found = [...first.items, ...(second?.items ?? [])].map(({ id }) => id);
    expect(found).toEqual(wanted.map(({ pk }) => `gid://shopify/Order/${pk}`));
    expect(found.length).toBeGreaterThan(0);
    const { total } = await browse.browse.count({ resource: 'orders', filters });
    const [counted] = await db.read<{ rows: number }>(
      `SELECT count(*) AS rows FROM orders NOT INDEXED WHERE ${conditions.map(({ tested }) => tested).join(' AND ')}`,
      conditions.flatMap(({ params }) => [...params]),
    );
    expect(total).toBe(counted?.rows);
  });

  it('sorts by any column, without reading the rows of other pages', async () => {
    const browse = createBrowse(db, { now: () => 0, delay: () => Promise.resolve() });
    for (const sort of Object.keys(orders.sortBy) as (keyof typeof orders.sortBy)[])
      for (const [order, direction] of [
        ['asc', 'ASC'],
        ['desc', 'DESC'],
      ] as const) {
        const wanted = await db.read<{ pk: number }>(
          `SELECT pk FROM orders ORDER BY ${orders.sortBy[sort]} ${direction}, pk ${direction} LIMIT 120`,
        );
        const first = await browse.orders.list({ sort, order, limit: 60 });
        const second = await browse.orders.list({ sort, order, limit: 60, cursor: first.nextCursor });
        const found = [...first.items, ...second.items].map(({ id }) => id);
        expect(found, `${sort} ${order}`).toEqual(wanted.map(({ pk }) => `gid://shopify/Order/${pk}`));
      }
    const plan = await planReading(db, 'orders', orders.indexes, [], { sort: null, found: [], value: 'items' });
    expect(plan.from).toBe('orders INDEXED BY orders_filters');
  });

  it('finds a small store’s rows without walking past a big store’s', async () => {
    await db.write((tx) => tx.query("UPDATE transactions SET shop = 'small.myshopify.com' WHERE pk < 100"));
    const shop = {
      sql: 'shop = ?',
      tested: '+shop = ?',
      params: ['small.myshopify.com'],
      column: 'shop',
      seek: 'equal',
    } as const;
    const plan = await planReading(db, 'transactions', transactions.indexes, [shop], { sort: 'amount', found: [] });
    expect(plan).toEqual({
      from: 'transactions',
      inOrder: false,
      conditions: [{ sql: 'shop = ?', params: ['small.myshopify.com'] }],
    });
    const [step] = await db.read<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT ${transactions.select} FROM transactions WHERE shop = ? ORDER BY +amount DESC, pk DESC LIMIT 10`,
      ['small.myshopify.com'],
    );
    expect(step?.detail).toContain('transactions_shop');
  });
});
