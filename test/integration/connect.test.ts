import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorBody } from '../../shared/errors.ts';
import { databaseBytes, type Harness, productsOf, startHarness } from './harness.ts';
import { approve, begin, get, sign } from './oauth-browser.ts';

describe('connecting a store', () => {
  let h: Harness;
  beforeAll(async () => {
    h = await startHarness();
  });
  afterAll(() => h.close());

  it('goes from the ticket to a connected store with webhooks, pixel and products', async () => {
    const shop = h.demo.shops[1] ?? '';
    const { callback, cookie, start, authorize } = await approve(h, shop);
    const flags = start.headers.get('set-cookie') ?? '';
    for (const flag of ['HttpOnly', 'SameSite=Lax', 'Path=/auth', 'Max-Age=600']) expect(flags).toContain(flag);
    expect(start.headers.get('cache-control')).toBe('no-store');
    expect(authorize.searchParams.get('redirect_uri')).toBe(`${h.app.publicUrl}/auth/callback`);

    const done = await get(callback.href, cookie);
    expect(done.status).toBe(200);
    expect(await done.text()).toContain('The store is connected');
    expect(done.headers.get('set-cookie')).toContain('Max-Age=0');
    expect(done.headers.get('content-security-policy')).toContain("default-src 'none'");

    const store = await h.storeWhen((found) => productsOf(found)?.phase === 'done', shop);
    expect(store).toMatchObject({
      state: 'connected',
      grant: 'authorization_code',
      pixelActive: true,
      problem: null,
      missingScopes: [],
    });
    expect(store.webhookTopics).toEqual(
      expect.arrayContaining(['products/update', 'products/delete', 'app/uninstalled']),
    );
    expect(store.tokenExpiresAt).not.toBeNull();

    const state = (await (await fetch(`${h.demo.ready.origin}/_demo/state`)).json()) as {
      shops: { shop: string; products: number; pixel: { endpoint: string }; subscriptions: { uri: string }[] }[];
    };
    const theirs = state.shops.find((entry) => entry.shop === shop);
    expect(theirs?.pixel.endpoint).toBe(`${h.app.publicUrl}/pixel/v1/events`);
    expect(new Set(theirs?.subscriptions.map((entry) => entry.uri))).toEqual(new Set([`${h.app.publicUrl}/webhooks`]));
    const all = await h.api<{ total: number; items: { title: string; shop: string }[] }>(
      `/products?shop=${shop}&limit=250`,
    );
    expect(all.body.total).toBe(theirs?.products);
    expect(all.body.items).toHaveLength(theirs?.products ?? 0);
    const title = all.body.items[0]?.title ?? '';
    const found = await h.api<{ items: { title: string }[] }>(`/products?search=${encodeURIComponent(title)}`);
    expect(found.body.items.map((item) => item.title)).toContain(title);
  });

  it('keeps the token encrypted: no file of the data folder holds one', async () => {
    const [row] = (await h.app.services.stores.list()).filter((store) => store.state === 'connected');
    expect(row).toBeDefined();
    const bytes = databaseBytes(h.dataDir).toString('latin1');
    expect(bytes).toContain('v1.');
    expect(bytes).not.toMatch(/shp(at|ca|ua|rt|pa|ss)_/);
    expect(bytes).not.toContain(h.demo.ready.clientSecret);
  });

  const page = async (response: Response): Promise<string> => `${response.status} ${await response.text()}`;
  it('refuses an answer that is replayed', async () => {
    const { callback, cookie } = await approve(h, h.shop);
    expect((await get(callback.href, cookie)).status).toBe(200);
    expect(await page(await get(callback.href, cookie))).toMatch(/^403 [\s\S]*used before[\s\S]*Start again/);
  });

  it('refuses an answer in another browser, and then also in the right one', async () => {
    const { callback, cookie } = await approve(h, h.shop);
    expect(await page(await get(callback.href))).toMatch(/^403 [\s\S]*another browser/);
    expect((await get(callback.href, cookie)).status).toBe(403);
    const other = await approve(h, h.shop);
    expect((await get(other.callback.href, 'backroom_oauth=guess')).status).toBe(403);
  });

  it('refuses a forged or changed answer, and a parameter given twice', async () => {
    const { callback, cookie } = await approve(h, h.shop);
    const forged = new URL(callback);
    forged.searchParams.set('hmac', '0'.repeat(64));
    expect(await page(await get(forged.href, cookie))).toMatch(/^401 [\s\S]*did not come from Shopify/);
    const changed = new URL(callback);
    changed.searchParams.set('shop', 'evil.myshopify.com');
    expect((await get(changed.href, cookie)).status).toBe(401);
    expect((await get(`${callback.href}&shop=evil.myshopify.com`, cookie)).status).toBe(400);
    expect((await get(`${h.app.publicUrl}/auth/callback`, cookie)).status).toBe(401);
    // None of them used the state up.
    expect((await get(callback.href, cookie)).status).toBe(200);
  });

  it('blames the clock when the answer is old', async () => {
    const { callback, cookie } = await approve(h, h.shop);
    const old = sign(h, callback, { timestamp: String(Math.floor(Date.now() / 1000) - 3600) });
    expect(await page(await get(old, cookie))).toMatch(/^401 [\s\S]*clock is wrong[\s\S]*automatic time/);
  });

  it('refuses a signed answer for another store, and one for something that is no shop', async () => {
    const first = await approve(h, h.shop);
    expect(await page(await get(sign(h, first.callback, { shop: 'other.myshopify.com' }), first.cookie))).toMatch(
      /^400 [\s\S]*other\.myshopify\.com/,
    );
    const second = await approve(h, h.shop);
    expect((await get(sign(h, second.callback, { shop: 'evil.example' }), second.cookie)).status).toBe(400);
  });

  it.each(['', 'evil.example', 'shop.myshopify.com.evil.example', 'a b', '-x.myshopify.com', '<script>'])(
    'refuses the shop domain “%s” with 400',
    async (shop) => {
      const answer = await begin(h, shop);
      expect(answer.status).toBe(400);
    },
  );

  it('says what a shop domain looks like', async () => {
    const failure = await h.app.services.stores
      .beginConnect({ shop: 'evil.example' })
      .catch((error: unknown) => error as ErrorBody);
    expect(failure).toMatchObject({ code: 'INVALID_SHOP', hint: expect.stringContaining('my-store.myshopify.com') });
  });

  it('takes a ticket once, and for ten minutes', async () => {
    const { url } = (await begin(h, 'my-store')).body;
    expect((await get(url)).status).toBe(302);
    expect(await page(await get(url))).toMatch(/^403 [\s\S]*used before or is too old/);
    const late = (await begin(h, 'my-store')).body.url;
    h.skip(11 * 60_000);
    expect((await get(late)).status).toBe(403);
    h.skip(-11 * 60_000);
    expect((await get(`${h.app.publicUrl}/auth/start?ticket=unknown`)).status).toBe(403);
    expect((await get(`${h.app.publicUrl}/auth/start`)).status).toBe(403);
  });

  it('survives a restart: the store is still there and its token still opens', async () => {
    await h.restart();
    await h.api(`/stores/${h.shop}/sync`, { method: 'POST', body: '{}' });
    const store = await h.storeWhen((found) => productsOf(found)?.phase === 'done');
    expect(store).toMatchObject({ state: 'connected', problem: null });
  });
});

describe('wrong or no credentials', () => {
  it('without any: says where to enter them', async () => {
    const h = await startHarness({ credentials: false });
    try {
      const answer = await begin(h, h.shop);
      expect(answer.status).toBe(409);
      expect(answer.body.error.message).toContain('client ID and secret are not set');
      const failure = await h.app.services.stores
        .beginConnect({ shop: h.shop })
        .catch((error: unknown) => error as ErrorBody);
      expect(failure).toMatchObject({ code: 'NOT_CONFIGURED', hint: expect.stringContaining('Settings') });
    } finally {
      await h.close();
    }
  });

  it('with a wrong secret: says to compare it', async () => {
    const h = await startHarness({ secret: 'not-the-secret-of-this-app' });
    try {
      const { callback, cookie } = await approve(h, h.shop);
      const answer = await get(callback.href, cookie);
      expect(answer.status).toBe(401);
      expect(await answer.text()).toContain('Compare the client secret');
    } finally {
      await h.close();
    }
  });
});
