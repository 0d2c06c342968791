import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../platform/config/config.ts';
import { createLog } from '../platform/log/log.ts';
import { createRedactor } from '../platform/log/redact.ts';
import { createVirtualClock } from '../platform/testing/virtual-clock.ts';
import { readBulkLines } from './bulk-lines.ts';
import { createShopifyClient, fixedToken } from './client.ts';
import { ProductsCountDocument } from './generated/admin.ts';
import { createAddress, createShopifyApi, installFetch } from './platform.ts';
import { requestToken } from './token-endpoint.ts';

// Made for this test and of no use elsewhere: for localhost and 127.0.0.1, signed by itself.
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgr8yuhgUJJnvYIsKz
fiLvne4sq5d2gF8pesDK6W35ztGhRANCAAQcq1XQUVKWtWVXoo0tmTlYk1Rld9+C
fqHAQAzRJXLe8J9LWY8h0nX8z7Uu3pq6kKBsZqWIFZK/wJxRq9OTA2R2
-----END PRIVATE KEY-----`;
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUb4YnB3zkzz0EvJVJprPyU2MPSwIwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDE5MjExNFoYDzIxMjYxMDMx
MTkyMTE0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQcq1XQUVKWtWVXoo0tmTlYk1Rld9+CfqHAQAzRJXLe8J9LWY8h0nX8
z7Uu3pq6kKBsZqWIFZK/wJxRq9OTA2R2o28wbTAdBgNVHQ4EFgQU2M7Wc4BJ8U3y
oIN0CthtEzPz7ZQwHwYDVR0jBBgwFoAU2M7Wc4BJ8U3yoIN0CthtEzPz7ZQwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgGN1/VYlTt9YjLyNn+k8zRGFKniqVVGrY2g/+VImW77ICIE0b
mFmNMtrxv827Ni19x7ZMG+3Yjfg86U3O3/hZ7RNl
-----END CERTIFICATE-----`;

const SHOP = 'a.myshopify.com';
const CREDENTIALS = { apiKey: 'the-app-key', apiSecret: 'the-app-secret', scopes: [] };
let server: ReturnType<typeof createServer>;
let origin = '';
let requests = 0;

beforeEach(async () => {
  requests = 0;
  server = createServer({ key: KEY, cert: CERTIFICATE }, (_request, response) => {
    requests += 1;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
  installFetch(createAddress(undefined));
});

describe('a server whose certificate nobody vouches for', () => {
  it('gets no call of the Admin API, and no token', async () => {
    const address = createAddress(origin);
    installFetch(address);
    const log = createLog({ level: 'error', redactor: createRedactor(), write: () => undefined });
    const api = createShopifyApi({
      credentials: CREDENTIALS,
      publicUrl: 'https://x.example',
      apiVersion: '2026-10',
      log,
    });
    const clock = createVirtualClock();
    const client = createShopifyClient({
      api: () => api,
      shop: SHOP,
      token: fixedToken('shpat_planted'),
      apiVersion: '2026-10',
      clock,
      log,
    });
    await expect(client.request(ProductsCountDocument, {})).rejects.toMatchObject({
      code: 'SHOPIFY_UNREACHABLE',
      message: expect.stringContaining('certificate is not trusted'),
      hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
    expect(requests).toBe(0);
  });

  it('gets no refresh token', async () => {
    const outcome = await requestToken({
      address: createAddress(origin),
      credentials: CREDENTIALS,
      shop: SHOP,
      grant: { kind: 'refresh', refreshToken: 'shprt_planted' },
    });
    expect(outcome).toMatchObject({ ok: false, reason: 'unanswered', error: { code: 'SHOPIFY_UNREACHABLE' } });
    expect(requests).toBe(0);
  });

  it('is not downloaded from', async () => {
    const clock = { now: () => 0, delay: async () => undefined };
    await expect(readBulkLines(`${origin}/file`, { clock }).next()).rejects.toMatchObject({
      code: 'SHOPIFY_UNREACHABLE',
    });
    expect(requests).toBe(0);
  });
});

it('verification can’t be turned off by the environment: the start fails and says why', () => {
  expect(() => parseConfig({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toThrow(
    /NODE_TLS_REJECT_UNAUTHORIZED: must not be 0/,
  );
  expect(() => parseConfig({ NODE_TLS_REJECT_UNAUTHORIZED: '1' })).not.toThrow();
});
