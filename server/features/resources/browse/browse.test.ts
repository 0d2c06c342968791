import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors.ts';
import { migrations } from '../../../migrations.ts';
import { type Database, openDatabase } from '../../../platform/db/database.ts';
import { editDistance, wordsOf } from './search.ts';
import { createBrowse } from './service.ts';

const SHOP = 'one.myshopify.com';
const NOW = Date.parse('2026-11-24T12:00:00.000Z');
const clock = { now: () => NOW, delay: () => Promise.resolve() };
const STATUSES = ['PAID', 'PENDING', 'REFUNDED'];
const PEOPLE = ['Ada Lovelace', 'Grace Hopper', 'Jean Bartik', 'Katherine Johnson'];
const ORDERS = 300;

const orderRow = (index: number): (string | number | null)[] => {
  const person = PEOPLE[index % PEOPLE.length] ?? '';
  const day = new Date(NOW - index * 6 * 3_600_000).toISOString();
  return [
    index + 1,
    index % 10 === 9 ? 'two.myshopify.com' : SHOP,
    `#${1001 + index}`,
    1001 + index,
    day,
    day,
    day,
    STATUSES[index % STATUSES.length] ?? '',
    'UNFULFILLED',
    0,
    'EUR',
    (index % 7) * 1000,
    person,
    `${person.split(' ')[0]?.toLowerCase()}${index}@example.com`,
    JSON.stringify(index % 5 === 0 ? ['vip', 'gift'] : []),
  ];
};

describe('browsing', () => {
  let db: Database;
  let dataDir: string;
  let browse: ReturnType<typeof createBrowse>;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'backroom-browse-'));
    db = await openDatabase({ dataDir, entities: [], migrations });
    browse = createBrowse(db, clock);
    await db.write(async (tx) => {
      for (let index = 0; index < ORDERS; index += 1) {
        await tx.query(
          `INSERT INTO orders (pk, shop, name, number, created_at, processed_at, updated_at, financial_status, fulfillment_status, test, currency,
             total, customer_name, email, tags, subtotal, discounts, shipping, tax, refunded, outstanding, items, gateways, discount_codes,
             synced_at, synced_by)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 1, '[]', '[]', '2026-11-24T00:00:00.000Z', 'import')`,
          orderRow(index),
        );
      }
      await tx.query(
        'INSERT INTO orders_fts (rowid, name, email, customer_name, phone, tags, skus, titles) SELECT pk, name, email, customer_name, phone, tags, ?, ? FROM orders',
        ['', 'Linen shirt'],
      );
      await tx.query(
        "INSERT INTO counters (shop, name, value) SELECT shop, 'rows.orders', count(*) FROM orders GROUP BY shop",
      );
      await tx.query(
        `INSERT INTO record_changes (shop, resource, pk, at, source, source_id, changes) VALUES (?, 'orders', 1, '2026-11-24T01:00:00.000Z', 'webhook', '7', ?)`,
        [SHOP, JSON.stringify([{ field: 'financial_status', from: 'PENDING', to: 'PAID' }, { field: 'email' }])],
      );
    });
  });
  afterAll(async () => {
    await db.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const list = (input: Partial<Parameters<typeof browse.orders.list>[0]> = {}) =>
    browse.orders.list({ order: 'desc', limit: 50, ...input });
  const every = async (input: Parameters<typeof list>[0]): Promise<string[]> => {
    const ids: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof list>> = await list({ ...input, cursor });
      ids.push(...page.items.map((row) => row.name));
      if (page.nextCursor === null) return ids;
      cursor = page.nextCursor;
    }
  };

  it.each([
    ['total', 'asc'],
    ['total', 'desc'],
    ['customerName', 'asc'],
    ['processedAt', 'desc'],
    ['name', 'asc'],
  ] as const)('pages through every row once, sorted by %s %s', async (sort, order) => {
    const names = await every({ sort, order, limit: 37 });
    expect(names).toHaveLength(ORDERS);
    expect(new Set(names).size).toBe(ORDERS);
  });

  it('pages through a ranked search once, exact matches first', async () => {
    const names = await every({ search: 'hopper', limit: 20 });
    expect(names).toHaveLength(ORDERS / PEOPLE.length);
    expect(new Set(names).size).toBe(names.length);
    expect((await list({ search: '#1010' })).items[0]?.name).toBe('#1010');
    expect((await list({ search: 'ADA0@example.com' })).items[0]?.name).toBe('#1001');
  });

  it('finds what was typed with a mistake, and says what was searched for', async () => {
    const page = await list({ search: 'Kathrine Jonson' });
    expect(page.corrected).toBe('katherine johnson');
    expect(page.items[0]?.customerName).toBe('Katherine Johnson');
    expect(await list({ search: 'zzzzzzz' })).toMatchObject({ items: [], corrected: null });
    expect(await list({ search: '***' })).toMatchObject({ items: [], total: 0 });
  });

  it.each([
    ['financialStatus.is.PAID', (index: number) => index % 3 === 0],
    ['financialStatus.not.PAID,PENDING', (index: number) => index % 3 === 2],
    ['total.gte.3000;total.lte.5000', (index: number) => index % 7 >= 3 && index % 7 <= 5],
    ['total.between.1000,2000', (index: number) => index % 7 === 1 || index % 7 === 2],
    ['tags.has.VIP', (index: number) => index % 5 === 0],
    ['tags.empty', (index: number) => index % 5 !== 0],
    ['customerName.contains.lace', (index: number) => index % 4 === 0],
    ['customerName.contains.%25', () => false],
    ['processedAt.last.10', (index: number) => index * 6 <= 240],
    [
      'processedAt.between.2026-11-20,2026-11-21',
      (index: number) => {
        const day = new Date(NOW - index * 6 * 3_600_000).toISOString().slice(0, 10);
        return day === '2026-11-20' || day === '2026-11-21';
      },
    ],
    ['test.is.true', () => false],
  ])('filters by %s', async (filters, fits) => {
    const expected = Array.from({ length: ORDERS }, (_, index) => index).filter(fits);
    expect(await every({ filters })).toHaveLength(expected.length);
    expect(await browse.browse.count({ resource: 'orders', filters })).toEqual({ total: expected.length });
  });

  it('counts a store without scanning it, and a selection exactly', async () => {
    expect(await browse.browse.count({ resource: 'orders' })).toEqual({ total: ORDERS });
    expect(await browse.browse.count({ resource: 'orders', shop: SHOP })).toEqual({ total: 270 });
    expect(await browse.browse.count({ resource: 'orders', search: 'ada' })).toEqual({ total: 75 });
    expect((await list({ shop: SHOP })).total).toBe(270);
  });

  it('names the values of a column, most frequent first', async () => {
    const { values } = await browse.browse.values({ resource: 'orders', column: 'tags' });
    expect(values.map((each) => each.value).sort()).toEqual(['gift', 'vip']);
    expect(values[0]?.rows).toBe(60);
  });

  it('shows one record with what changed on it', async () => {
    const order = await browse.orders.get('gid://shopify/Order/1');
    expect(order.changes[0]).toMatchObject({
      source: 'webhook',
      sourceId: '7',
      fields: [
        { name: 'financial_status', before: 'PENDING', after: 'PAID' },
        { name: 'email', before: null, after: null },
      ],
    });
    await expect(browse.orders.get('gid://shopify/Order/999999')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(browse.orders.get('nonsense')).rejects.toBeInstanceOf(AppError);
  });

  it('searches all four at once, what is named whole first', async () => {
    const { hits } = await browse.browse.everything({ search: '#1010' });
    expect(hits[0]).toMatchObject({ resource: 'orders', title: '#1010', exact: true });
    expect(hits[0]?.person).not.toBeNull();
    const people = await browse.browse.everything({ search: 'hopper' });
    expect(people.hits.map((hit) => hit.resource)).toEqual(Array.from({ length: 5 }, () => 'orders'));
    expect(people.hits[0]).toMatchObject({ exact: false, person: 'Grace Hopper' });
    expect(people.hits[0]).toMatchObject({ detail: '', at: expect.stringMatching(/^2026-\d\d-\d\dT/) });
  });

  it('refuses page marks and filters that are not its own, in words', async () => {
    await expect(list({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(list({ filters: 'total.gte.abc' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(list({ sort: 'colour' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('takes any text as a search', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 60 }), async (search) => {
        const page = await list({ search });
        expect(page.items.length).toBeLessThanOrEqual(50);
      }),
      { numRuns: 60 },
    );
  });
});

describe('search words', () => {
  it('are split and folded as the index does', () => {
    expect(wordsOf('  Crème BRÛLÉE, 12"x4" ')).toEqual(['creme', 'brulee', '12', 'x4']);
  });

  it.each([
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
    ['shirt', 'shrit', 1],
    ['same', 'same', 0],
  ])('%s and %s are %i apart', (a, b, distance) => {
    expect(editDistance(a, b, 3)).toBe(distance);
  });
});
