import '@shopify/shopify-api/adapters/node';
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signQuery } from './http/oauth.ts';
import { type DemoStore, startDemoStore } from './store.ts';
import { control, graphql } from './testing/harness.ts';

const SHOP = 'second-street.myshopify.com';
const REDIRECT = 'http://127.0.0.1:7701/auth/callback';

let store: DemoStore;
let time = Date.now();
beforeAll(async () => {
  store = await startDemoStore({ products: 10, now: () => time });
});
afterAll(() => store.close());

const authorizeUrl = (changes: Record<string, string> = {}): string =>
  `${store.ready.origin}/admin/oauth/authorize?${new URLSearchParams({
    client_id: store.ready.clientId,
    scope: 'read_products,write_pixels,read_customer_events',
    redirect_uri: REDIRECT,
    state: 'a state with spaces',
    shop: SHOP,
    ...changes,
  })}`;

const decide = (decision: string, changes: Record<string, string> = {}): Promise<Response> =>
  fetch(`${store.ready.origin}/admin/oauth/authorize`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ ...Object.fromEntries(new URL(authorizeUrl(changes)).searchParams), decision }),
  });

const install = async (changes: Record<string, string> = {}): Promise<URLSearchParams> => {
  const response = await decide('install', changes);
  expect(response.status).toBe(302);
  return new URL(response.headers.get('location') ?? '').searchParams;
};

const token = async (
  body: Record<string, string>,
  shop = SHOP,
): Promise<{ status: number; body: Record<string, string> }> => {
  const response = await fetch(`${store.ready.origin}/admin/oauth/access_token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Shopify-Shop-Domain': shop },
    body: JSON.stringify({ client_id: store.ready.clientId, client_secret: store.ready.clientSecret, ...body }),
  });
  return { status: response.status, body: await response.json() };
};

describe('install page', () => {
  it('names the app, the shop and the scopes, and runs no script', async () => {
    const response = await fetch(authorizeUrl());
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    for (const words of ['Install Backroom on Second Street Goods?', SHOP, 'read_products', 'View and change pixels'])
      expect(html).toContain(words);
  });

  it.each([
    [{ shop: 'nobody.myshopify.com' }, 404, 'currently unavailable'],
    [{ client_id: 'other' }, 400, 'application_cannot_be_found'],
    [{ redirect_uri: 'https://evil.example/callback' }, 400, 'redirect_uri is not whitelisted'],
    [{ redirect_uri: 'http://127.0.0.1.evil.example/' }, 400, 'redirect_uri is not whitelisted'],
    [{ scope: 'read_minds' }, 400, 'read_minds'],
  ])('refuses %j', async (changes, status, words) => {
    const response = await fetch(authorizeUrl(changes));
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(words);
  });

  it('escapes what the request brings', async () => {
    const html = await (await fetch(authorizeUrl({ state: '"><script>alert(1)</script>' }))).text();
    expect(html).not.toContain('<script>');
  });

  it('goes nowhere after Cancel', async () => {
    const response = await decide('cancel');
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('was not installed');
  });
});

describe('callback', () => {
  it('carries a signature that the official library accepts', async () => {
    const query = Object.fromEntries(await install());
    const api = shopifyApi({
      apiKey: store.ready.clientId,
      apiSecretKey: store.ready.clientSecret,
      hostName: '127.0.0.1',
      apiVersion: ApiVersion.October26,
      isEmbeddedApp: false,
      logger: { level: LogSeverity.Error },
    });
    expect(query.state).toBe('a state with spaces');
    expect(query.shop).toBe(SHOP);
    expect(await api.utils.validateHmac(query)).toBe(true);
    expect(await api.utils.validateHmac({ ...query, shop: 'other.myshopify.com' })).toBe(false);
  });
});

describe('tokens', () => {
  it('exchanges a code once, for an expiring token that works in its shop only', async () => {
    const code = (await install()).get('code') ?? '';
    const first = await token({ code, expiring: '1' });
    expect(first.body).toMatchObject({
      access_token: expect.stringMatching(/^shpat_[0-9a-f]{32}$/),
      scope: 'read_products,write_pixels,read_customer_events',
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^shprt_/),
      refresh_token_expires_in: 7_776_000,
    });
    const shopName = '{ shop { name } }';
    const accessToken = first.body.access_token ?? '';
    expect((await graphql(store, shopName, {}, { token: accessToken, shop: SHOP })).data).toEqual({
      shop: { name: 'Second Street Goods' },
    });
    expect((await graphql(store, shopName, {}, { token: accessToken, shop: store.ready.shop })).status).toBe(401);
    const again = await token({ code, expiring: '1' });
    expect(again.status).toBe(400);
    expect(again.body).toEqual({
      error: 'invalid_request',
      error_description: expect.stringContaining('authorization code'),
    });
  });

  it('refuses a code after a minute, a code of another shop, and a wrong secret', async () => {
    const late = (await install()).get('code') ?? '';
    time += 61_000;
    expect((await token({ code: late })).status).toBe(400);
    expect((await token({ code: (await install()).get('code') ?? '' }, store.ready.shop)).status).toBe(400);
    const wrong = await token({ code: (await install()).get('code') ?? '', client_secret: 'wrong' });
    expect(wrong).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('ends a token after an hour, and rotates refresh tokens', async () => {
    const first = (await token({ code: (await install()).get('code') ?? '', expiring: '1' })).body;
    time += 3_601_000;
    const call = (value: string | undefined) =>
      graphql(store, '{ shop { id } }', {}, { token: value ?? '', shop: SHOP });
    expect((await call(first.access_token)).status).toBe(401);
    const second = await token({ grant_type: 'refresh_token', refresh_token: first.refresh_token ?? '' });
    expect(second.status).toBe(200);
    expect((await call(second.body.access_token)).status).toBe(200);
    const spent = await token({ grant_type: 'refresh_token', refresh_token: first.refresh_token ?? '' });
    expect(spent).toMatchObject({
      status: 401,
      body: { error_description: 'This request requires an active refresh_token' },
    });
  });

  it('lets only the newest expiring token of a shop work', async () => {
    const older = (await token({ code: (await install()).get('code') ?? '', expiring: '1' })).body.access_token ?? '';
    await token({ code: (await install()).get('code') ?? '', expiring: '1' });
    expect((await graphql(store, '{ shop { id } }', {}, { token: older, shop: SHOP })).status).toBe(401);
  });

  it('gives client credentials, and takes everything back at uninstall', async () => {
    const granted = await token({ grant_type: 'client_credentials' });
    expect(granted.body).toMatchObject({ expires_in: 86_399 });
    expect(granted.body).not.toHaveProperty('refresh_token');
    const call = () => graphql(store, '{ shop { id } }', {}, { token: granted.body.access_token ?? '', shop: SHOP });
    expect((await call()).status).toBe(200);
    await control(store, 'uninstall', { shop: SHOP });
    expect((await call()).status).toBe(401);
  });

  it('still knows its tokens after a restart with the same seed', async () => {
    const kept = (await token({ code: (await install()).get('code') ?? '', expiring: '1' })).body.access_token ?? '';
    const second = await startDemoStore({ products: 1, now: () => time });
    try {
      expect(second.ready.adminToken).toBe(store.ready.adminToken);
      expect((await graphql(second, '{ shop { id } }', {}, { token: kept, shop: SHOP })).status).toBe(200);
      const tampered = kept.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
      expect((await graphql(second, '{ shop { id } }', {}, { token: tampered, shop: SHOP })).status).toBe(401);
    } finally {
      await second.close();
    }
  });
});

describe('strictness', () => {
  const TOKEN_EXCHANGE = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
  };
  const name = (value: string) => graphql(store, '{ shop { name } }', {}, { token: value, shop: SHOP });

  it('gives client credentials to stores of the own organization only, and only where installed if asked', async () => {
    const foreign = await token({ grant_type: 'client_credentials' }, 'harbour-lane.myshopify.com');
    expect(foreign).toMatchObject({ status: 400, body: { error: 'shop_not_permitted' } });
    await control(store, 'access', { credentialsNeedInstall: true });
    await control(store, 'uninstall', { shop: SHOP });
    const early = await token({ grant_type: 'client_credentials' });
    expect(early).toMatchObject({ status: 400, body: { error: 'app_not_installed' } });
    await control(store, 'access', { credentialsNeedInstall: false });
  });

  it('refuses tokens that never expire when told to, and exchanges them for ones that do', async () => {
    const old = (await token({ code: (await install()).get('code') ?? '' })).body.access_token ?? '';
    expect((await name(old)).status).toBe(200);
    await control(store, 'access', { refuseNonExpiring: true });
    const refused = await name(old);
    expect(refused.status).toBe(403);
    expect(refused.errors[0]?.message).toContain('Non-expiring access tokens are no longer accepted');
    expect((await graphql(store, '{ shop { name } }')).status).toBe(200);
    const fresh = await token({ ...TOKEN_EXCHANGE, subject_token: old, expiring: '1' });
    expect(fresh.body).toMatchObject({ expires_in: 3600, refresh_token: expect.stringMatching(/^shprt_/) });
    expect((await name(fresh.body.access_token ?? '')).status).toBe(200);
    expect((await token({ ...TOKEN_EXCHANGE, subject_token: old })).status).toBe(400);
    await control(store, 'access', { refuseNonExpiring: false });
  });

  it('asks for a log-in first when that is to be slow', async () => {
    await control(store, 'access', { slowLoginMs: 30_000 });
    const login = await (await fetch(authorizeUrl())).text();
    expect(login).toContain('Log in to Second Street Goods');
    expect(login).toContain('content="30; url=');
    expect(await (await fetch(authorizeUrl({ logged_in: '1' }))).text()).toContain('Install Backroom');
    await control(store, 'access', { slowLoginMs: 0 });
  });

  it('holds redirects to the list and to the host of the app, and opens the app signed', async () => {
    const other = await startDemoStore({
      products: 1,
      appUrl: 'https://app.example/',
      redirectUrls: ['https://app.example/auth/callback', 'https://elsewhere.example/auth/callback'],
    });
    try {
      const page = async (redirect: string): Promise<string> =>
        (
          await fetch(
            `${other.ready.origin}/admin/oauth/authorize?${new URLSearchParams({ client_id: other.ready.clientId, redirect_uri: redirect, shop: SHOP })}`,
          )
        ).text();
      expect(await page('https://app.example/auth/callback')).toContain('Install Backroom');
      expect(await page('https://elsewhere.example/auth/callback')).toContain('matching hosts');
      await control(other, 'access', { loopbackRedirects: false });
      expect(await page(REDIRECT)).toContain('redirect_uri is not whitelisted');
      const opened = await fetch(`${other.ready.origin}/admin/apps/backroom?shop=${SHOP}`, { redirect: 'manual' });
      const target = new URL(opened.headers.get('location') ?? '');
      const { hmac, ...query } = Object.fromEntries(target.searchParams);
      expect(target.host).toBe('app.example');
      expect(hmac).toBe(signQuery(other.ready.clientSecret, query));
    } finally {
      await other.close();
    }
  });
});
