import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainPublicAddress } from '../../server/features/shops/connect-failures.ts';
import type { Store } from '../../shared/api.ts';
import { databaseBytes, type Harness, productsOf, startHarness } from './harness.ts';

interface Failure {
  readonly message: string;
  readonly code: string;
}
const post = <Body>(h: Harness, path: string, body: unknown) =>
  h.api<Body & Failure>(path, { method: 'POST', body: JSON.stringify(body) });
const failureOf = async (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error as Failure & { hint: string },
  );
const byToken = (h: Harness, shop: string, token: string) => h.app.services.stores.connectWithToken({ shop, token });
const byCredentials = (h: Harness, shop: string) => h.app.services.stores.connectWithCredentials({ shop });

describe('a pasted token', () => {
  let h: Harness;
  beforeAll(async () => {
    h = await startHarness({ credentials: false });
  });
  afterAll(() => h.close());

  it.each([
    ['shpss_0123456789abcdef0123456789abcdef', 'client secret, not an access token'],
    ['shprt_0123456789abcdef0123456789abcdef', 'refresh token'],
    ['0123456789abcdef0123456789abcdef', 'API key or secret key'],
    ['hello', 'not an Admin API access token'],
  ])('says what %s is instead, without a call', async (token, words) => {
    expect(await failureOf(byToken(h, h.shop, token))).toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining(words),
      hint: expect.stringContaining('shpat_'),
    });
  });

  it('that the store does not know: says to copy it again', async () => {
    expect(await failureOf(byToken(h, h.shop, `shpat_${'0'.repeat(32)}`))).toMatchObject({
      code: 'SHOPIFY_UNAUTHORIZED',
      message: `${h.shop} does not accept this token.`,
      hint: expect.stringContaining('copied whole'),
    });
  });

  it('of another store is refused, and so is a store that does not exist', async () => {
    expect(await failureOf(byToken(h, h.demo.shops[1] ?? '', h.demo.ready.adminToken))).toMatchObject({
      code: 'SHOPIFY_UNAUTHORIZED',
    });
    expect(await failureOf(byToken(h, 'no-such-store', h.demo.ready.adminToken))).toMatchObject({
      code: 'INVALID_SHOP',
      message: 'There is no store at no-such-store.myshopify.com.',
      hint: expect.stringContaining('admin.shopify.com/store/NAME'),
    });
    expect(await failureOf(byToken(h, 'www.my-shop.com', h.demo.ready.adminToken))).toMatchObject({
      code: 'INVALID_SHOP',
    });
    expect(await h.app.services.stores.list()).toEqual([]);
  });

  it('connects the store, in whatever form its domain was pasted, and never comes back', async () => {
    const token = h.demo.ready.adminToken;
    const answer = await post<Store>(h, '/stores/connect/token', {
      shop: `https://admin.shopify.com/store/${h.shop.split('.')[0]}/products`,
      token: ` ${token} `,
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ shop: h.shop, state: 'connected', grant: 'admin_token', tokenExpiresAt: null });
    expect(JSON.stringify(answer.body)).not.toContain(token);
    const list = await h.api('/stores');
    expect(JSON.stringify(list.body)).not.toContain(token);
    expect(databaseBytes(h.dataDir).toString('latin1')).not.toContain(token);
    expect(h.lines.join('')).not.toContain(token);
    const store = await h.storeWhen((found) => productsOf(found)?.phase === 'done');
    expect(store.budget).toMatchObject({ maximum: expect.any(Number), restoreRate: expect.any(Number) });
  });
});

describe('client credentials', () => {
  let h: Harness;
  beforeAll(async () => {
    h = await startHarness();
  });
  afterAll(() => h.close());
  const other = (): string => h.demo.shops[1] ?? '';

  it('say that the app is not installed', async () => {
    await h.control('access', { credentialsNeedInstall: true });
    expect(await failureOf(byCredentials(h, other()))).toMatchObject({
      message: `The app is not installed on ${other()}.`,
      hint: expect.stringContaining('Install app'),
    });
    expect(await h.store(other())).toBeUndefined();
    await h.control('access', { credentialsNeedInstall: false });
  });

  it('say that the store belongs to another organisation', async () => {
    const shop = h.demo.shops[2] ?? '';
    expect(await failureOf(byCredentials(h, shop))).toMatchObject({
      message: `The app and ${shop} do not belong to the same organisation.`,
      hint: expect.stringContaining('in the browser'),
    });
    expect(await h.store(shop)).toBeUndefined();
  });

  it('connect without a browser, and the token is issued anew before it ends', async () => {
    const store = await byCredentials(h, other());
    expect(store).toMatchObject({ state: 'connected', grant: 'client_credentials', missingScopes: [] });
    await h.storeWhen((found) => productsOf(found)?.phase === 'done', other());
    const before = await h.store(other());
    h.skip(86_399_000 - 4 * 60_000);
    const repaired = await h.app.services.stores.repair(other());
    expect(repaired).toMatchObject({ state: 'connected', problem: null });
    expect(Date.parse(repaired.tokenExpiresAt ?? '')).toBeGreaterThan(Date.parse(before?.tokenExpiresAt ?? ''));
    expect(Date.parse(repaired.tokenIssuedAt ?? '')).toBeGreaterThan(Date.parse(before?.tokenIssuedAt ?? ''));
    h.skip(-86_399_000 + 4 * 60_000);
  });

  it('say that there is no such store', async () => {
    expect(await failureOf(byCredentials(h, 'no-such-store'))).toMatchObject({
      code: 'INVALID_SHOP',
      message: 'There is no store at no-such-store.myshopify.com.',
    });
  });

  it('ask again when the answer was lost, and name the network when it stays away', async () => {
    await h.control('faults', { clear: true, next: [{ kind: 'drop', times: 1, path: '/admin/oauth' }] });
    expect(await byCredentials(h, other())).toMatchObject({ state: 'connected' });
    await h.control('faults', { clear: true, next: [{ kind: '502', times: 3, path: '/admin/oauth' }] });
    expect(await failureOf(byCredentials(h, other()))).toMatchObject({ code: 'SHOPIFY_UNREACHABLE' });
    await h.control('faults', { clear: true, next: [] });
  });
});

describe('credentials that are wrong or missing', () => {
  it.each([
    [{ secret: 'not-the-secret-of-this-app' }, 'Shopify does not accept the app’s client secret.'],
    [{ env: { SHOPIFY_API_KEY: 'not-the-client-id-of-this-app' } }, 'Shopify knows no app with this client ID.'],
    [{ credentials: false }, 'The app’s client ID and secret are not set.'],
  ])('%j: %s', async (options, message) => {
    const h = await startHarness(options);
    try {
      expect(await failureOf(byCredentials(h, h.shop))).toMatchObject({
        code: 'NOT_CONFIGURED',
        message,
        hint: expect.stringContaining('Settings'),
      });
      expect(await h.app.services.stores.list()).toEqual([]);
    } finally {
      await h.close();
    }
  });

  it('scopes that were not granted are named', async () => {
    const h = await startHarness({ env: { SHOPIFY_SCOPES: 'read_products,read_locations' } });
    try {
      const store = await byCredentials(h, h.demo.shops[1] ?? '');
      expect(store.missingScopes).toEqual(['read_locations']);
    } finally {
      await h.close();
    }
  });
});

describe('the public address', () => {
  it('has to be one: local and broken ones are explained, with the ways that need none', () => {
    for (const url of ['', 'http://127.0.0.1:7701', 'http://localhost:7701'])
      expect(explainPublicAddress(url, null)).toMatchObject({
        message: expect.stringContaining('no public address'),
        hint: expect.stringContaining('client credentials'),
      });
    expect(explainPublicAddress('https://shop.example.com', null)).toBeNull();
    expect(
      explainPublicAddress('https://shop.example.com', { message: 'The authtoken is wrong.', hint: 'Copy it again.' }),
    ).toMatchObject({
      message: 'The public address does not work at the moment: The authtoken is wrong.',
      hint: expect.stringContaining('Copy it again.'),
    });
  });
});
