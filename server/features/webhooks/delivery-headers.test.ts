import { describe, expect, it } from 'vitest';
import { otherHeaders, readDeliveryHeaders, restoreHeaders } from './delivery-headers.ts';
import { resourceKeyOf } from './resource-key.ts';

const COMMON = { 'content-type': 'application/json', 'user-agent': 'Shopify-Captain-Hook', host: 'a.example' };
const WEBHOOK = {
  ...COMMON,
  'x-shopify-topic': 'products/update',
  'x-shopify-hmac-sha256': 'c2lnbmF0dXJl',
  'x-shopify-shop-domain': 'a.myshopify.com',
  'x-shopify-api-version': '2026-10',
  'x-shopify-webhook-id': 'w-1',
  'x-shopify-event-id': 'e-1',
  'x-shopify-triggered-at': '2026-05-01T00:00:00.123456789Z',
  'x-shopify-name': 'mine',
};
const EVENT = {
  ...COMMON,
  'shopify-topic': 'Product',
  'shopify-action': 'update',
  'shopify-handle': 'price-watch',
  'shopify-hmac-sha256': 'c2lnbmF0dXJl',
  'shopify-shop-domain': 'a.myshopify.com',
  'shopify-api-version': 'unstable',
  'shopify-webhook-id': 'w-2',
  'shopify-triggered-at': '2026-05-01T00:00:00Z',
};

describe('headers of a delivery', () => {
  it('of webhooks are read', () => {
    expect(readDeliveryHeaders(WEBHOOK)).toEqual({
      family: 'x-shopify',
      topic: 'products/update',
      shop: 'a.myshopify.com',
      webhookId: 'w-1',
      eventId: 'e-1',
      apiVersion: '2026-10',
      triggeredAt: '2026-05-01T00:00:00.123456789Z',
      signature: 'c2lnbmF0dXJl',
    });
  });

  it('of Events are read, and resource and action make a topic that no webhook has', () => {
    expect(readDeliveryHeaders(EVENT)).toMatchObject({
      family: 'shopify',
      topic: 'Product/update',
      shop: 'a.myshopify.com',
      webhookId: 'w-2',
      eventId: null,
      signature: 'c2lnbmF0dXJl',
    });
  });

  it.each([
    ['webhooks', WEBHOOK],
    ['Events', EVENT],
  ])('of %s come back from the row as they came, but for the signature and what is the transport’s', (_name, given) => {
    const { family, signature: _signature, ...row } = readDeliveryHeaders(given);
    const kept = restoreHeaders(row, otherHeaders(given, family));
    const {
      host: _host,
      'x-shopify-hmac-sha256': _one,
      'shopify-hmac-sha256': _other,
      ...expected
    } = given as Record<string, string>;
    expect(kept).toEqual(expected);
  });

  it('that are too long or given twice count as missing', () => {
    const { webhookId, topic } = readDeliveryHeaders({
      ...WEBHOOK,
      'x-shopify-webhook-id': 'x'.repeat(501),
      'x-shopify-topic': ['a/b', 'c/d'] as unknown as string,
    });
    expect([webhookId, topic]).toEqual([null, null]);
  });
});

describe('what a delivery is about', () => {
  it.each([
    ['products/update', { id: 7 }, 'products/7'],
    ['refunds/create', { id: 1, order_id: 9 }, 'orders/9'],
    ['order_transactions/create', { id: 1, order_id: 9 }, 'orders/9'],
    [
      'bulk_operations/finish',
      { admin_graphql_api_id: 'gid://shopify/BulkOperation/1' },
      'bulk_operations/gid://shopify/BulkOperation/1',
    ],
    ['Product/update', { topic: 'Product', query_variables: { productId: 'gid://shopify/Product/7' } }, 'products/7'],
    ['Product/update', { topic: 'Product', query_variables: {} }, null],
    ['products/update', [1], null],
  ])('%s %j is about %s', (topic, payload, resource) => {
    expect(resourceKeyOf(topic, payload)).toBe(resource);
  });
});
