import { afterEach, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './harness.ts';
import { approve, get } from './oauth-browser.ts';
import { isAllDone, query } from './sync-harness.ts';

let h: Harness;
afterEach(() => h.close());

const OTHER = 'second-street.myshopify.com';

describe('several stores', { timeout: 90_000 }, () => {
  it('do not wait for each other: one is fetched whole, and people are answered, while the large import of another goes on', async () => {
    h = await startHarness({
      byToken: true,
      demo: { products: 90, orders: 30, customers: 20 },
      // The first file takes as long as the rest of this test.
      first: [['faults', { next: [{ kind: 'slow', path: '/bulk/', ms: 60_000 }] }]],
    });
    const imports = (): Promise<boolean> =>
      h.store().then((store) => store?.syncs.some(({ phase }) => phase === 'downloading') === true);
    await h.storeWhen((store) => store.syncs.some(({ phase }) => phase === 'downloading'), undefined, 30_000);

    const { callback, cookie } = await approve(h, OTHER);
    expect((await get(callback.href, cookie)).status).toBe(200);
    const other = await h.storeWhen(isAllDone, OTHER, 60_000);
    expect(other.syncs.every(({ localCount }) => localCount !== null && localCount > 0)).toBe(true);
    expect(await imports()).toBe(true);

    const [order] = await query<{ id: string }>(h.dataDir, `SELECT id FROM orders WHERE shop = '${OTHER}' LIMIT 1`);
    const refreshed = await h.api('/records/refresh', { method: 'POST', body: JSON.stringify({ id: order?.id }) });
    expect(refreshed.status).toBe(200);
    expect(await imports()).toBe(true);
    expect((await h.app.services.stores.list()).map(({ shop }) => shop).sort()).toEqual([h.shop, OTHER].sort());
  });
});
