import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { personalDataHolders } from '../../server/compose/personal-data.ts';
import { onlyRequest, type PrivacyHarness, SHOP, startPrivacy } from './privacy-harness.ts';
import { CUSTOMER, plantEverywhere } from './privacy-plants.ts';

let h: PrivacyHarness;
beforeEach(async () => {
  h = await startPrivacy();
});
afterEach(async () => {
  await h.close();
  h.remove();
});

describe('the erasure of a store', () => {
  const OTHER = 'other.myshopify.com';
  const rowsOf = async (shop: string): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const { table, holds } of personalDataHolders.flatMap(({ tables }) => tables)) {
      const columns = await h.db.read<{ name: string }>('SELECT name FROM pragma_table_info(?)', [table]);
      if (holds === 'nothing' || !columns.some(({ name }) => name === 'shop')) continue;
      const [row] = await h.db.read<{ rows: number }>(`SELECT count(*) AS rows FROM "${table}" WHERE shop = ?`, [shop]);
      if (row && row.rows > 0) counts[table] = row.rows;
    }
    return counts;
  };
  const plantStores = async (): Promise<void> => {
    await plantEverywhere(h);
    await h.insert('counters', { shop: SHOP, name: 'webhooks.received', value: 4 });
    await h.insert('extensions', { shop: SHOP, pixel_key: 'px_1', status: 'active', updated_at: 'x' });
    await h.insert('oauth_states', { id: '1', shop: SHOP, created_at: 'x', expires_at: 'x' });
    await h.insert('counters', { shop: OTHER, name: 'webhooks.received', value: 4 });
    await h.insert('webhook_deliveries', {
      shop: OTHER,
      topic: 'a/b',
      received_at: 'x',
      state: 'processed',
      bytes: 1,
      headers: '{}',
    });
    const [other] = await h.db.read<{ seq: number }>('SELECT max(seq) AS seq FROM webhook_deliveries');
    const seq = other?.seq ?? 0;
    await h.insert('webhook_attempts', { seq, number: 1, at: 'x', outcome: 'failed', message: 'not now' });
    await h.insert('webhook_bookmarks', { seq, name: 'the odd one', created_at: 'x' });
  };

  it('takes everything of it and nothing of others, after the grace period, without Shopify', async () => {
    await plantStores();
    const others = await rowsOf(OTHER);
    await h.deliver('customers/data_request', { customer: CUSTOMER });
    await h.runTasks();
    await h.deliver('shop/redact', { shop_id: 1, shop_domain: SHOP });
    h.skip(47);
    await h.runTasks();
    expect(Object.keys(await rowsOf(SHOP)).length).toBeGreaterThan(5);
    h.skip(2);
    expect(await h.runTasks()).toEqual([]);
    expect(await rowsOf(SHOP)).toEqual({});
    expect(await rowsOf(OTHER)).toEqual(others);
    // These name no store: what is left of them is the other store's.
    for (const table of ['webhook_attempts', 'webhook_bookmarks'])
      expect(
        await h.db.read(`SELECT d.shop FROM ${table} AS n LEFT JOIN webhook_deliveries AS d ON d.seq = n.seq`),
        table,
      ).toEqual([{ shop: OTHER }]);
    expect(h.stopped).toEqual([SHOP]);
    const { items } = await h.privacy.service.list({ show: 'closed', limit: 10 });
    expect(items.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
      'data_request cancelled',
      'shop_redact verified',
    ]);
    expect(readFileSync(join(h.dataDir, 'backroom.sqlite')).toString('latin1')).not.toMatch(/lovelace/i);
  });

  it('is cancelled when the app was installed again after the request', async () => {
    await plantStores();
    const before = await rowsOf(SHOP);
    await h.deliver('shop/redact', {});
    h.installed.set(SHOP, new Date(h.clock.now() + 3_600_000).toISOString());
    h.skip(49);
    expect(await h.runTasks()).toEqual([]);
    expect(await onlyRequest(h, 'closed')).toMatchObject({ state: 'cancelled' });
    expect(await rowsOf(SHOP)).toEqual({
      ...before,
      webhook_deliveries: (before.webhook_deliveries ?? 0) + 1,
      webhook_bodies: (before.webhook_bodies ?? 0) + 1,
    });
  });
});
