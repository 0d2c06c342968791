import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSuppressionView } from '../../server/features/privacy/suppression-view.ts';
import type { SqlValue } from '../../server/platform/db/database.ts';
import { type PrivacyHarness, SHOP, startPrivacy } from './privacy-harness.ts';
import { CUSTOMER, PLANTED } from './privacy-plants.ts';

let h: PrivacyHarness;
beforeEach(async () => {
  h = await startPrivacy();
});
afterEach(async () => {
  await h.close();
  h.remove();
});

const erase = async (customer: object): Promise<void> => {
  await h.deliver('customers/redact', { customer });
  h.skip(25);
  expect(await h.runTasks()).toEqual([]);
};
const list = (limit: number, cursor: string | null = null) => h.privacy.service.suppressions.list({ limit, cursor });
/** Every row of every table, as one text. */
const everything = async (): Promise<string> => {
  const tables = await h.db.read<{ name: string }>(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'`,
  );
  const rows: Record<string, SqlValue>[][] = [];
  for (const { name } of tables) rows.push(await h.db.read(`SELECT * FROM "${name}"`));
  return JSON.stringify(rows);
};

describe('the suppression list', () => {
  it('tells when, by which request and of what kind, newest first and page by page, and names nobody', async () => {
    await erase(CUSTOMER);
    await erase({ email: 'grace@other.example' });
    const first = await list(3);
    expect(first.items.map(({ kind, request }) => [kind, request?.number, request?.shop])).toEqual([
      ['email', 2, SHOP],
      [expect.any(String), 1, SHOP],
      [expect.any(String), 1, SHOP],
    ]);
    const second = await list(3, first.nextCursor);
    expect(second.nextCursor).toBeNull();
    const all = [...first.items, ...second.items];
    expect(
      all
        .slice(1)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['customer', 'email', 'phone']);
    expect(new Set(all.map(({ digest }) => digest)).size).toBe(4);
    expect(all.map(({ erasedAt }) => erasedAt)).toEqual(
      all
        .map(({ erasedAt }) => erasedAt)
        .sort()
        .reverse(),
    );
    expect(JSON.stringify(all)).not.toMatch(new RegExp(`${PLANTED.words.join('|')}|grace`, 'i'));
    await expect(list(3, 'nonsense')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('is read by its index, however long it is', async () => {
    const texts: string[] = [];
    const view = createSuppressionView({
      digest: () => 'x',
      db: {
        read: async <Row>(sql: string): Promise<Row[]> => {
          texts.push(sql);
          return [];
        },
      },
    });
    await view.list({ limit: 10 });
    await view.list({ limit: 10, cursor: '2026-11-24T10:00:00.000Z|x' });
    await view.check({ shop: SHOP, kind: 'email', value: 'a@b' });
    for (const sql of texts) {
      const plan = (await h.db.read<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)).map(({ detail }) => detail);
      expect(plan.filter((step) => /^SCAN s$|TEMP B-TREE|^SCAN r/.test(step))).toEqual([]);
    }
    expect(texts).toHaveLength(3);
  });

  it('answers whether somebody is on it, in any spelling, and stores nothing of the question', async () => {
    await erase(CUSTOMER);
    const before = await everything();
    const entry = async (kind: 'email' | 'phone' | 'customer', value: string, shop = SHOP) =>
      (await h.privacy.service.suppressions.check({ shop, kind, value })).entry;
    for (const [kind, value] of [
      ['email', PLANTED.email.toUpperCase()],
      ['phone', '0151 1234 5678'],
      ['customer', `gid://shopify/Customer/${PLANTED.id}`],
    ] as const)
      expect(await entry(kind, value)).toMatchObject({ kind, request: { number: 1 } });
    expect(await entry('email', 'somebody.else@other.example')).toBeNull();
    expect(await entry('email', PLANTED.email, 'other.myshopify.com')).toBeNull();
    await expect(entry('email', 'no address')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(entry('phone', 'none')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(entry('customer', 'none')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await everything()).toBe(before);
    expect(h.lines.join('\n')).not.toContain('somebody.else');
  });

  it('keeps the request of an entry through the list beside the database; entries from before have none', async () => {
    await erase(CUSTOMER);
    await h.db.write((tx) =>
      tx.query(`INSERT INTO privacy_suppressions (digest, kind, erased_at) VALUES ('older', 'email', '2026-01-01')`),
    );
    expect((await list(10)).items.at(-1)).toEqual({
      digest: 'older',
      kind: 'email',
      erasedAt: '2026-01-01',
      request: null,
    });
    await h.db.write((tx) => tx.query('DELETE FROM privacy_suppressions'));
    await h.close();
    h = await startPrivacy({ dataDir: h.dataDir });
    expect((await list(10)).items.map(({ request }) => request?.number)).toEqual([1, 1, 1]);
  });
});

describe('the erasure of a store that is entered by hand', () => {
  it('is refused while the store is connected, since its data would come back, and begins in its time afterwards', async () => {
    const enter = () => h.privacy.service.enter({ shop: SHOP, kind: 'shop_redact', note: 'by letter' });
    h.installed.set(SHOP, '2026-11-01T00:00:00.000Z');
    await expect(enter()).rejects.toMatchObject({ code: 'CONFLICT', hint: expect.stringContaining('Disconnect') });
    h.installed.delete(SHOP);
    const { id } = await enter();
    expect(await h.privacy.service.get(id)).toMatchObject({
      state: 'scheduled',
      kind: 'shop_redact',
      source: 'operator',
    });
    h.skip(49);
    expect(await h.runTasks()).toEqual([]);
    expect(await h.privacy.service.get(id)).toMatchObject({ state: 'verified' });
  });
});
