import { afterEach, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './harness.ts';
import { expectEqualToTruth, isAllDone, settled, spoil } from './sync-harness.ts';

let h: Harness;
afterEach(() => h.close());

const reimport = (body: object) =>
  h.api(`/stores/${h.shop}/sync/reimport`, { method: 'POST', body: JSON.stringify(body) });

describe('a re-import', { timeout: 90_000 }, () => {
  it('puts right what is wrong here although nothing changed at Shopify, and is not begun unconfirmed', async () => {
    h = await startHarness({ byToken: true, demo: { products: 70, orders: 40, customers: 20 } });
    const before = await settled(h);
    await spoil(
      h.dataDir,
      `UPDATE products SET title = 'Wrong' WHERE pk % 2 = 0; DELETE FROM product_variants WHERE pk % 3 = 0;
      UPDATE orders SET total = 1 WHERE pk % 2 = 0; DELETE FROM order_lines WHERE pk % 3 = 0;
      DELETE FROM transactions WHERE pk % 3 = 0; UPDATE customers SET email = 'wrong@example.com' WHERE pk % 2 = 0`,
    );
    expect((await reimport({ confirm: 'another.myshopify.com' })).status).toBe(400);
    expect((await reimport({ confirm: h.shop })).status).toBe(200);
    const finished = before.syncs.map(({ finishedAt }) => finishedAt);
    const after = await settled(
      h,
      (store) => isAllDone(store) && store.syncs.every(({ finishedAt }, at) => finishedAt !== finished[at]),
    );
    expect(after.syncs.every(({ freshAt }) => freshAt !== null)).toBe(true);
    await expectEqualToTruth(h);
  });
});
