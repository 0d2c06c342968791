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

  it('walks the order’s own index where an index would find most rows', async () => {
    const plan = await planOf('financialStatus.is.PAID', 'total');
    expect(plan).toEqual({ inOrder: true, conditions: [{ sql: '+financial_status IN (?)', params: ['PAID'] }] });
  });

  it('keeps the index that has the rows of a value in the list’s order', async () => {
    const plan = await planOf('financialStatus.is.PAID;total.gte.1', 'processedAt');
    expect(plan).toMatchObject({ inOrder: true });
    expect(plan.conditions.map(({ sql }) => sql)).toEqual(['financial_status IN (?)', '+total >= ?']);
  });

  it.each([
    ['financialStatus.is.PENDING', 'total'],
    ['financialStatus.is.PAID', 'customerName'],
    ['financialStatus.is.PAID;fulfillmentStatus.is.UNFULFILLED', 'processedAt'],
    ['total.between.100,900', 'processedAt'],
    ['processedAt.between.2026-11-01,2026-11-20', 'total'],
    ['tags.has.gift;total.gte.30000', 'name'],
    ['customerId.is.7,8', 'total'],
    ['productId.is.1;total.gte.1', 'processedAt'],
    ['email.is.person7@example.com', 'updatedAt'],
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
    expect(total).toBeGreaterThanOrEqual(found.length);
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
    expect(plan).toEqual({ inOrder: false, conditions: [{ sql: 'shop = ?', params: ['small.myshopify.com'] }] });
    const [step] = await db.read<{ detail: string }>(
      'EXPLAIN QUERY PLAN SELECT pk FROM transactions WHERE shop = ? ORDER BY +amount DESC, pk DESC LIMIT 10',
      ['small.myshopify.com'],
    );
    expect(step?.detail).toContain('transactions_shop');
  });
});
