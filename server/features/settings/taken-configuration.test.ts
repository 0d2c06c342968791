import { expect, it } from 'vitest';
import { writeAppToml } from './app-toml.ts';
import { readCredentials } from './read-credentials.ts';
import { compareConfigurations } from './taken-configuration.ts';

const at = (host: string) => ({
  clientId: 'the-app-of-the-test',
  appUrl: `https://${host}/auth/start`,
  redirectUrl: `https://${host}/auth/callback`,
  webhooksUrl: `https://${host}/webhooks`,
  scopes: ['read_products', 'read_orders'],
  apiVersion: '2026-10',
});

it('names each field that an address, a scope or the version changes, with both values', () => {
  const changes = compareConfigurations(
    at('old.example'),
    { ...at('new.example'), scopes: ['read_orders'], apiVersion: '2027-01' },
    { isLocal: false },
  );
  expect(changes).toEqual([
    { field: 'application_url', before: 'https://old.example/auth/start', now: 'https://new.example/auth/start' },
    {
      field: 'auth.redirect_urls',
      before: 'https://old.example/auth/callback',
      now: 'https://new.example/auth/callback',
    },
    {
      field: 'webhooks.subscriptions.uri (compliance topics)',
      before: 'https://old.example/webhooks',
      now: 'https://new.example/webhooks',
    },
    { field: 'access_scopes.scopes', before: 'read_orders,read_products', now: 'read_orders' },
    { field: 'webhooks.api_version', before: '2026-10', now: '2027-01' },
  ]);
});

it('does not mind the order of scopes, nor the addresses while the tunnel is off', () => {
  const reordered = { ...at('127.0.0.1:7701'), scopes: ['read_orders', 'read_products'] };
  expect(compareConfigurations(at('old.example'), reordered, { isLocal: true })).toEqual([]);
});

it('compares with a file that the operator brought: its own text is no difference', () => {
  const found = readCredentials('shopify.app.toml', writeAppToml(at('shop.example')));
  expect(found.configuration).not.toBeNull();
  if (found.configuration)
    expect(compareConfigurations(found.configuration, at('shop.example'), { isLocal: false })).toEqual([]);
});

it('reads what other tools write: relative addresses, several redirects, no compliance topics', () => {
  const { configuration } = readCredentials(
    'shopify.app.toml',
    `client_id = "the-app-of-the-test"
application_url = "https://shop.example"
[auth]
redirect_urls = ["https://shop.example/api/auth", "https://shop.example/auth/callback"]
[webhooks]
api_version = "2026-10"
[[webhooks.subscriptions]]
topics = ["app/uninstalled"]
uri = "/webhooks"`,
  );
  expect(configuration).toMatchObject({ webhooksUrl: null, scopes: [] });
  if (!configuration) return;
  const fields = compareConfigurations(configuration, at('shop.example'), { isLocal: false }).map(({ field }) => field);
  expect(fields).toEqual([
    'application_url',
    'auth.redirect_urls',
    'webhooks.subscriptions.uri (compliance topics)',
    'access_scopes.scopes',
  ]);
});
