import { parse } from 'smol-toml';
import { expect, it } from 'vitest';
import { writeAppToml } from './app-toml.ts';

it('is a configuration that Shopify’s tools read: addresses, scopes, compliance topics', () => {
  const toml = writeAppToml({
    clientId: 'the-"app"',
    appUrl: 'https://shop.example.com/auth/start',
    redirectUrl: 'https://shop.example.com/auth/callback',
    webhooksUrl: 'https://shop.example.com/webhooks',
    scopes: ['read_products', 'read_orders'],
    apiVersion: '2026-10',
  });
  expect(parse(toml)).toEqual({
    client_id: 'the-"app"',
    name: 'Backroom',
    application_url: 'https://shop.example.com/auth/start',
    embedded: false,
    access_scopes: { scopes: 'read_products,read_orders', use_legacy_install_flow: true },
    auth: { redirect_urls: ['https://shop.example.com/auth/callback'] },
    webhooks: {
      api_version: '2026-10',
      subscriptions: [
        {
          compliance_topics: ['customers/data_request', 'customers/redact', 'shop/redact'],
          uri: 'https://shop.example.com/webhooks',
        },
      ],
    },
    build: { automatically_update_urls_on_dev: false },
  });
});
