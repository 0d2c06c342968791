import { describe, expect, it } from 'vitest';
import { readCredentials } from './read-credentials.ts';

describe('a .env file', () => {
  it('gives both credentials and the scopes, under either family of names', () => {
    const text = 'SHOPIFY_API_KEY=id\nSHOPIFY_API_SECRET="a secret" # of the app\nSCOPES=read_products, read_orders\n';
    expect(readCredentials('.env', text)).toEqual({
      apiKey: 'id',
      apiSecret: 'a secret',
      scopes: ['read_products', 'read_orders'],
      configuration: null,
    });
    expect(readCredentials('app.env', 'SHOPIFY_CLIENT_ID=id\nSHOPIFY_CLIENT_SECRET=s')).toMatchObject({
      apiKey: 'id',
      apiSecret: 's',
      scopes: [],
    });
  });

  it('may hold none of them', () => {
    expect(readCredentials('.env', 'PORT=3000')).toMatchObject({ apiKey: null, apiSecret: null, scopes: [] });
  });
});

describe('a shopify.app.toml', () => {
  it('gives the client ID and scopes, never a secret', () => {
    const text = 'client_id = "id"\napi_secret = "s"\n[access_scopes]\nscopes = "read_products,write_pixels"\n';
    expect(readCredentials('Shopify.App.TOML', text)).toMatchObject({
      apiKey: 'id',
      apiSecret: null,
      scopes: ['read_products', 'write_pixels'],
    });
  });

  it.each([
    ['client_id = ', 'is not valid TOML'],
    ['client_id = 7', 'is not a Shopify app configuration'],
  ])('that can’t be read is named: %s', (text, message) => {
    expect(() => readCredentials('shopify.app.toml', text)).toThrow(message);
  });
});
