import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowse } from '../../server/features/resources/browse/service.ts';
import { migrations } from '../../server/migrations.ts';
import { type Database, openDatabase } from '../../server/platform/db/database.ts';
import { fillStore } from '../bench/store-rows.ts';

const ORDERS = 3000;
const clock = { now: () => Date.parse('2026-11-24T12:00:00.000Z'), delay: () => Promise.resolve() };

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly nextCursor: string | null;
  readonly total: number | null;
}

describe('a search with more matches than are ranked', () => {
  let db: Database;
  let dataDir: string;
  let browse: ReturnType<typeof createBrowse>;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'backroom-search-'));
    db = await openDatabase({ dataDir, entities: [], migrations });
    await fillStore(db, ORDERS);
    browse = createBrowse(db, clock);
  });
  afterAll(async () => {
    await db.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const every = async (
    list: (input: {
      order: 'desc';
      limit: number;
      cursor: string | null;
      search: string;
      filters?: string;
    }) => Promise<Page>,
    input: { search: string; filters?: string; limit: number },
  ): Promise<number[]> => {
    const keys: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Page = await list({ order: 'desc', cursor, ...input });
      keys.push(...page.items.map(({ id }) => Number(id.split('/').at(-1))));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return keys;
  };

  it('is read to its end, the newest first, each row once', async () => {
    const keys = await every(browse.orders.list, { search: 'example', limit: 170 });
    expect(keys).toEqual(Array.from({ length: ORDERS }, (_, index) => ORDERS - index));
  });

  it('goes on in the middle of an order with several transactions', async () => {
    const keys = await every(browse.transactions.list, { search: 'example', limit: 7 });
    const [row] = await db.read<{ rows: number }>('SELECT count(*) AS rows FROM transactions');
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(row?.rows ?? 0);
  });

  it('keeps to the filters', async () => {
    const filters = 'fulfillmentStatus.is.UNFULFILLED;total.gte.10000';
    const keys = await every(browse.orders.list, { search: 'example', filters, limit: 50 });
    const rows = await db.read<{ pk: number }>(
      `SELECT pk FROM orders WHERE fulfillment_status = 'UNFULFILLED' AND total >= 10000 ORDER BY pk DESC`,
    );
    expect(keys).toEqual(rows.map(({ pk }) => pk));
    expect(await browse.browse.count({ resource: 'orders', search: 'example', filters })).toEqual({
      total: rows.length,
    });
  });

  it('pages through an order number that many begin with, the order itself first and once', async () => {
    const keys = await every(browse.orders.list, { search: '#1', limit: 40 });
    expect(new Set(keys).size).toBe(keys.length);
    expect(await every(browse.orders.list, { search: '#1500', limit: 1 })).toEqual([500]);
  });

  it('shows exactly the orders of a whole e-mail address, newest first', async () => {
    const [{ email } = { email: '' }] = await db.read<{ email: string }>('SELECT email FROM orders WHERE pk = 7');
    const keys = await every(browse.orders.list, { search: email.toUpperCase(), limit: 1 });
    const rows = await db.read<{ pk: number }>(
      'SELECT pk FROM orders WHERE email = ? ORDER BY processed_at DESC, pk DESC',
      [email],
    );
    expect(keys).toEqual(rows.map(({ pk }) => pk));
  });

  it('finds the transactions of an order by its number', async () => {
    const page = await browse.transactions.list({ order: 'desc', limit: 10, search: '#1010' });
    expect(page.items[0]).toMatchObject({ orderName: '#1010' });
  });
});
