import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../shared/api.ts';
import { type Harness, productsOf, startHarness } from './harness.ts';
import { approve, get, signed } from './oauth-browser.ts';

let h: Harness;
let shop: string;
beforeAll(async () => {
  h = await startHarness();
  shop = h.demo.shops[1] ?? '';
  const { callback, cookie } = await approve(h, shop);
  expect((await get(callback.href, cookie)).status).toBe(200);
  await h.storeWhen((store) => productsOf(store)?.phase === 'done', shop);
});
afterAll(() => h.close());

const disconnect = (input: { confirm: string; uninstall: boolean }) =>
  h.app.services.stores.disconnect({ shop, ...input });

it('an attempt tells how far it has come, and what went wrong in the browser', async () => {
  const first = await approve(h, shop);
  const { attempt } = first.begun;
  expect(await h.app.services.stores.connectAttempt(attempt)).toMatchObject({ shop, phase: 'browser', problem: null });
  expect((await get(first.callback.href)).status).toBe(403);
  expect(await h.app.services.stores.connectAttempt(attempt)).toMatchObject({
    phase: 'failed',
    problem: { code: 'INVALID_STATE', message: 'The connection was started in another browser.' },
  });
  const second = await approve(h, shop);
  await get(second.callback.href, second.cookie);
  expect(await h.app.services.stores.connectAttempt(second.begun.attempt)).toMatchObject({ phase: 'connected' });
  await expect(h.app.services.stores.connectAttempt('unknown')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('a token near its end is renewed by the next call', async () => {
  const before = (await h.store(shop)) as Store;
  h.skip(3600_000 - 4 * 60_000);
  const after = await h.app.services.stores.repair(shop);
  expect(after).toMatchObject({ state: 'connected', problem: null });
  expect(Date.parse(after.tokenExpiresAt ?? '')).toBeGreaterThan(Date.parse(before.tokenExpiresAt ?? ''));
  h.skip(-3600_000 + 4 * 60_000);
});

it('gets a label of its own, which a new connection leaves alone', async () => {
  const renamed = await h.app.services.stores.rename({ shop, label: 'Our second shop' });
  expect(renamed).toMatchObject({ name: 'Our second shop', label: 'Our second shop' });
  expect(renamed.nameAtShopify).not.toBe('Our second shop');
  const { callback, cookie } = await approve(h, shop);
  await get(callback.href, cookie);
  expect(await h.store(shop)).toMatchObject({ name: 'Our second shop' });
  expect(await h.app.services.stores.rename({ shop, label: null })).toMatchObject({ name: renamed.nameAtShopify });
});

it('is disconnected by name only; the app goes from the store, what was fetched stays', async () => {
  await expect(disconnect({ confirm: 'yes', uninstall: true })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(await h.store(shop)).toMatchObject({ state: 'connected' });
  expect(await disconnect({ confirm: shop, uninstall: true })).toEqual({ uninstalled: true, note: null });
  expect(await h.store(shop)).toMatchObject({
    state: 'disconnected',
    problem: null,
    webhookTopics: [],
    tokenIssuedAt: null,
  });
  const products = await h.api<{ total: number }>(`/products?shop=${shop}&limit=1`);
  expect(products.body.total).toBeGreaterThan(0);
  const state = (await (await fetch(`${h.demo.ready.origin}/_demo/state`)).json()) as {
    shops: { shop: string; isInstalled: boolean }[];
  };
  expect(state.shops.find((entry) => entry.shop === shop)?.isInstalled).toBe(false);
  // What Shopify sends about it afterwards does not turn it into an uninstall that nobody here wanted.
  await h.webhook({ topic: 'app/uninstalled', shop, payload: {}, triggeredAt: new Date().toISOString() });
  expect(await h.store(shop)).toMatchObject({ state: 'disconnected' });
  await h.restart();
  expect(await h.store(shop)).toMatchObject({ state: 'disconnected' });
});

/** What Shopify's side holds of the app in the store. */
const atShopify = async () => {
  const { shops } = (await (await fetch(`${h.demo.ready.origin}/_demo/state`)).json()) as {
    shops: { shop: string; isInstalled: boolean; subscriptions: unknown[]; pixel: unknown }[];
  };
  return shops.find((entry) => entry.shop === shop);
};
const reconnect = async (): Promise<void> => {
  const { callback, cookie } = await approve(h, shop);
  expect((await get(callback.href, cookie)).status).toBe(200);
  await h.storeWhen((store) => store.state === 'connected' && store.webhookTopics.length > 0, shop);
  await h.storeWhen((store) => store.pixelActive, shop);
};

it('is connected again, and disconnected with the app left in the store: its webhooks and pixel go all the same', async () => {
  await reconnect();
  expect((await atShopify())?.subscriptions).not.toEqual([]);
  const left = await disconnect({ confirm: shop, uninstall: false });
  expect(left).toEqual({
    uninstalled: false,
    note: 'The app stays installed in the store. Its webhooks and pixel were removed.',
  });
  expect(await atShopify()).toMatchObject({ isInstalled: true, subscriptions: [], pixel: null });
  // And they come back with the next connection.
  await reconnect();
  expect((await atShopify())?.pixel).not.toBeNull();
});

it('says what could not be removed at Shopify', async () => {
  await h.control('faults', { clear: true, next: [{ kind: 'access-denied', times: 100 }] });
  expect(await disconnect({ confirm: shop, uninstall: false })).toMatchObject({
    uninstalled: false,
    note: expect.stringMatching(/could not be removed and go on sending: .*uninstall the app in the store’s admin/),
  });
  await h.control('faults', { clear: true, next: [] });
  expect(await h.store(shop)).toMatchObject({ state: 'disconnected' });
});

it('says when the app could not be uninstalled, and is disconnected all the same', async () => {
  const { callback, cookie } = await approve(h, shop);
  await get(callback.href, cookie);
  await h.storeWhen((store) => store.state === 'connected' && store.webhookTopics.length > 0, shop);
  // Enough for what goes on in the background meanwhile, too.
  await h.control('faults', { clear: true, next: [{ kind: 'access-denied', times: 100 }] });
  expect(await disconnect({ confirm: shop, uninstall: true })).toMatchObject({
    uninstalled: false,
    note: expect.stringContaining('still installed'),
  });
  expect(await h.store(shop)).toMatchObject({ state: 'disconnected' });
  await h.control('faults', { clear: true, next: [] });
});

it('an install that Shopify’s side starts leads through the same flow', async () => {
  const third = h.demo.shops[2] ?? '';
  const now = String(Math.floor(Date.now() / 1000));
  const visit = signed(h, new URL(`${h.app.publicUrl}/auth/start`), { shop: third, timestamp: now, host: 'YQ' });
  const start = await get(visit);
  expect(start.status).toBe(302);
  const { callback, cookie } = await approve(h, third, start);
  expect((await get(callback.href, cookie)).status).toBe(200);
  expect(await h.store(third)).toMatchObject({ state: 'connected', grant: 'authorization_code' });
  // Connected already: a word, and no second install.
  const again = await get(visit);
  expect(again.status).toBe(200);
  expect(await again.text()).toContain('in Backroom already');
});

it('a visit to the app’s address that Shopify did not sign, or long ago, leads nowhere', async () => {
  const start = `${h.app.publicUrl}/auth/start`;
  const now = String(Math.floor(Date.now() / 1000));
  const good = { shop, timestamp: now };
  for (const url of [
    `${start}?shop=${shop}&timestamp=${now}&hmac=${'0'.repeat(64)}`,
    `${signed(h, new URL(start), good)}&extra=1`,
    `${signed(h, new URL(start), good)}&shop=evil.myshopify.com`,
    signed(h, new URL(start), { ...good, timestamp: String(Number(now) - 91) }),
    signed(h, new URL(start), { ...good, timestamp: String(Number(now) + 120) }),
    signed(h, new URL(start), { ...good, shop: 'evil.example' }),
    `${start}?shop=${shop}&timestamp=${now}`,
  ]) {
    const answer = await get(url);
    expect(answer.status, url).toBeGreaterThanOrEqual(400);
    expect(answer.status, url).toBeLessThan(500);
    expect(answer.headers.get('location')).toBeNull();
  }
});
