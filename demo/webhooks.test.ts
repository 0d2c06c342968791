import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoStore, startDemoStore } from './store.ts';
import { control, graphql, type Received, startReceiver } from './testing/harness.ts';
import { enumOfTopic, topicOfEnum } from './webhooks/topics.ts';

const CREATE = `mutation($topic: WebhookSubscriptionTopic!, $input: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $input) { webhookSubscription { id topic uri } userErrors { field message } } }`;

let store: DemoStore;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeEach(async () => {
  receiver = await startReceiver();
  store = await startDemoStore({ products: 20, retryScale: 0.000_02 });
});
afterEach(async () => {
  await store.close();
  await receiver.close();
});

const subscribe = async (topic: string, uri = receiver.url) => {
  const result = await graphql(store, CREATE, { topic, input: { uri } });
  expect(result.errors).toEqual([]);
  return result.data?.webhookSubscriptionCreate as {
    webhookSubscription: { id: string } | null;
    userErrors: { message: string }[];
  };
};
const isSigned = (request: Received, secret = store.ready.clientSecret): boolean =>
  request.headers['x-shopify-hmac-sha256'] === createHmac('sha256', secret).update(request.body).digest('base64');

describe('subscriptions', () => {
  it('refuse duplicates and addresses that Shopify would not call', async () => {
    expect((await subscribe('PRODUCTS_UPDATE')).userErrors).toEqual([]);
    expect((await subscribe('PRODUCTS_UPDATE')).userErrors[0]?.message).toBe(
      'Address for this topic has already been taken',
    );
    expect((await subscribe('PRODUCTS_CREATE', 'http://shop.example/hooks')).userErrors[0]?.message).toContain(
      'http:// is not supported',
    );
    expect((await subscribe('PRODUCTS_CREATE', 'nonsense')).userErrors[0]?.message).toBe('Address is invalid');
  });

  it('can be listed, changed and deleted', async () => {
    const id = (await subscribe('PRODUCTS_UPDATE')).webhookSubscription?.id ?? '';
    const update =
      'mutation($id: ID!) { webhookSubscriptionUpdate(id: $id, webhookSubscription: { uri: "https://shop.example/hooks" }) { webhookSubscription { uri } userErrors { message } } }';
    expect((await graphql(store, update, { id })).data?.webhookSubscriptionUpdate).toMatchObject({
      webhookSubscription: { uri: 'https://shop.example/hooks' },
    });
    const list = () =>
      graphql(store, '{ webhookSubscriptions(first: 10) { nodes { id topic apiVersion { handle } } } }');
    expect((await list()).data?.webhookSubscriptions).toEqual({
      nodes: [{ id, topic: 'PRODUCTS_UPDATE', apiVersion: { handle: '2026-10' } }],
    });
    await graphql(store, 'mutation($id: ID!) { webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId } }', {
      id,
    });
    expect((await list()).data?.webhookSubscriptions).toEqual({ nodes: [] });
  });
});

describe('deliveries', () => {
  it('bring a changed product, signed, with every header in its own spelling', async () => {
    await subscribe('PRODUCTS_UPDATE');
    const mutation =
      'mutation { productUpdate(product: { id: "gid://shopify/Product/7400000000064", title: "Renamed" }) { product { title updatedAt } userErrors { message } } }';
    const changed = (await graphql(store, mutation)).data?.productUpdate as {
      product: { title: string; updatedAt: string };
    };
    await receiver.waitFor(1);
    const [request] = receiver.received;
    if (!request) throw new Error('nothing came');
    expect(isSigned(request)).toBe(true);
    expect(JSON.parse(request.body.toString())).toMatchObject({
      id: 7_400_000_000_064,
      admin_graphql_api_id: 'gid://shopify/Product/7400000000064',
      title: 'Renamed',
      updated_at: changed.product.updatedAt,
      status: expect.stringMatching(/^[a-z]+$/),
      tags: expect.any(String),
      variants: expect.arrayContaining([
        expect.objectContaining({
          product_id: 7_400_000_000_064,
          price: expect.stringMatching(/^\d+\.\d\d$/),
          position: 1,
          option1: expect.any(String),
        }),
      ]),
    });
    expect(request.rawHeaders).toEqual(
      expect.arrayContaining([
        'X-Shopify-Topic',
        'X-Shopify-Hmac-Sha256',
        'X-Shopify-Shop-Domain',
        'X-Shopify-API-Version',
        'X-Shopify-Webhook-Id',
        'X-Shopify-Event-Id',
        'X-Shopify-Triggered-At',
      ]),
    );
    expect(request.headers['x-shopify-topic']).toBe('products/update');
    expect(request.headers['x-shopify-shop-domain']).toBe(store.ready.shop);
  });

  it('tell of created and deleted products', async () => {
    await subscribe('PRODUCTS_CREATE');
    await subscribe('PRODUCTS_DELETE');
    const { ids } = (await control(store, 'products/create', {})).body as { ids: string[] };
    await receiver.waitFor(1);
    await control(store, 'products/delete', { id: ids[0] });
    await receiver.waitFor(2);
    const id = Number(ids[0]?.split('/').at(-1));
    expect(JSON.parse(receiver.received[0]?.body.toString() ?? '')).toMatchObject({
      id,
      variants: expect.arrayContaining([expect.objectContaining({ product_id: id })]),
    });
    expect(JSON.parse(receiver.received[1]?.body.toString() ?? '')).toEqual({ id });
  });

  it('are repeated with the same id and bytes until they arrive', async () => {
    await receiver.close();
    receiver = await startReceiver((count) => (count < 3 ? 503 : 200));
    await subscribe('PRODUCTS_UPDATE');
    await control(store, 'products/update', { title: 'Again' });
    await receiver.waitFor(3);
    const ids = receiver.received.map((request) => request.headers['x-shopify-webhook-id']);
    expect(new Set(ids).size).toBe(1);
    expect(new Set(receiver.received.map((request) => request.body.toString())).size).toBe(1);
  });

  it('end the subscription when nobody ever answers', async () => {
    const gone = await startReceiver();
    await subscribe('PRODUCTS_UPDATE', gone.url);
    await gone.close();
    await control(store, 'products/update', {});
    await expect
      .poll(
        async () =>
          ((await control(store, 'state')).body as { deliveries: { subscriptionsRemoved: number } }).deliveries
            .subscriptionsRemoved,
        { timeout: 5000 },
      )
      .toBe(1);
  });

  it('can be forged, repeated and counted by hand', async () => {
    await subscribe('PRODUCTS_UPDATE');
    const many = await control(store, 'webhook', {
      topic: 'products/update',
      count: 40,
      concurrency: 8,
      webhookId: 'same-id',
    });
    expect(many.body).toEqual({ statuses: { 200: 40 } });
    expect(new Set(receiver.received.map((request) => request.headers['x-shopify-webhook-id']))).toEqual(
      new Set(['same-id']),
    );
    await control(store, 'webhook', { topic: 'products/update', forge: 'signature' });
    const last = receiver.received.at(-1);
    expect(last && isSigned(last)).toBe(false);
    expect((await control(store, 'webhook', { topic: 'orders/create' })).status).toBe(409);
  });

  it('say goodbye at uninstall, and forget the app', async () => {
    await subscribe('APP_UNINSTALLED');
    await control(store, 'uninstall', {});
    await receiver.waitFor(1);
    expect(JSON.parse(receiver.received[0]?.body.toString() ?? '')).toMatchObject({
      myshopify_domain: store.ready.shop,
    });
    expect((await graphql(store, '{ shop { id } }')).status).toBe(401);
  });
});

describe('topics', () => {
  it.each([
    ['PRODUCTS_UPDATE', 'products/update'],
    ['APP_UNINSTALLED', 'app/uninstalled'],
    ['APP_SCOPES_UPDATE', 'app/scopes_update'],
    ['ORDER_TRANSACTIONS_CREATE', 'order_transactions/create'],
    ['ORDERS_PARTIALLY_FULFILLED', 'orders/partially_fulfilled'],
  ])('%s is %s', (name, topic) => {
    expect(topicOfEnum(name)).toBe(topic);
    expect(enumOfTopic(topic)).toBe(name);
  });
});
