import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoStore, startDemoStore } from './store.ts';
import { control, graphql, type Received, startReceiver } from './testing/harness.ts';

const CREATE = `mutation($topic: WebhookSubscriptionTopic!, $input: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $input) { userErrors { message } } }`;
const TOPICS = [
  'ORDERS_CREATE',
  'ORDERS_UPDATED',
  'ORDERS_PAID',
  'ORDERS_FULFILLED',
  'ORDERS_CANCELLED',
  'ORDERS_DELETE',
  'ORDER_TRANSACTIONS_CREATE',
  'REFUNDS_CREATE',
  'CUSTOMERS_CREATE',
  'CUSTOMERS_UPDATE',
  'CUSTOMERS_DELETE',
  'APP_UNINSTALLED',
  'APP_SCOPES_UPDATE',
];
const HOUR = 3_600_000;

let store: DemoStore;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeEach(async () => {
  receiver = await startReceiver();
  store = await startDemoStore({ products: 20, orders: 30, customers: 10, throttle: { maximum: 20_000 } });
  for (const topic of TOPICS) {
    const made = await graphql(store, CREATE, { topic, input: { uri: `${receiver.url}/${topic}` } });
    expect(made.data?.webhookSubscriptionCreate).toEqual({ userErrors: [] });
  }
});
afterEach(async () => {
  await store.close();
  await receiver.close();
});

const act = async (path: string, body: object = {}): Promise<string> => {
  const answer = await control(store, path, body);
  expect(answer.status).toBe(200);
  return (answer.body.ids as string[] | undefined)?.[0] ?? '';
};
const came = (topic: string): Received[] =>
  receiver.received.filter((request) => request.headers['x-shopify-topic'] === topic);
const bodyOf = (request: Received | undefined) => JSON.parse(request?.body.toString() ?? '{}');
const until = (topic: string, count = 1): Promise<unknown> =>
  expect.poll(() => came(topic).length, { interval: 5, timeout: 5000 }).toBeGreaterThanOrEqual(count);
const orderOf = async (id: string) =>
  (
    await graphql(
      store,
      `query($id: ID!) { order(id: $id) { name updatedAt displayFinancialStatus displayFulfillmentStatus
        totalPriceSet { shopMoney { amount } } totalRefundedSet { shopMoney { amount } } netPaymentSet { shopMoney { amount } }
        refunds { id refundLineItems(first: 10) { nodes { quantity lineItem { id } } } transactions(first: 5) { nodes { id kind } } }
        transactions { id kind status } customer { id numberOfOrders } lineItems(first: 10) { nodes { id product { id } variant { sku } } } } }`,
      { id },
    )
  ).data?.order as Record<string, never> & {
    displayFinancialStatus: string;
    displayFulfillmentStatus: string;
    refunds: unknown[];
  };

describe('an order', () => {
  it('is placed, sent and given back, and every step is told and shown alike', async () => {
    const id = await act('orders/place');
    await until('orders/create');
    await until('order_transactions/create');
    const placed = bodyOf(came('orders/create')[0]);
    expect(placed).toMatchObject({
      admin_graphql_api_id: id,
      financial_status: 'paid',
      fulfillment_status: null,
      line_items: expect.arrayContaining([expect.objectContaining({ sku: expect.any(String) })]),
      customer: { orders_count: expect.any(Number) },
    });
    const cents = (text: string): number => Math.round(Number(text) * 100);
    expect(cents(placed.subtotal_price) + cents(placed.total_tax) + cents(placed.shipping_lines[0]?.price ?? '0')).toBe(
      cents(placed.total_price),
    );

    await act('orders/fulfill', { id });
    await until('orders/fulfilled');
    expect((await orderOf(id)).displayFulfillmentStatus).toBe('FULFILLED');
    await act('orders/refund', { id, whole: true });
    await until('refunds/create');
    await until('order_transactions/create', 2);
    const order = await orderOf(id);
    expect(order.displayFinancialStatus).toBe('REFUNDED');
    expect(order.refunds).toHaveLength(1);
    expect(bodyOf(came('refunds/create')[0])).toMatchObject({
      order_id: placed.id,
      transactions: [{ kind: 'refund', status: 'success' }],
    });
    expect((await control(store, 'orders/refund', { id, whole: true })).status).toBe(404);
    await act('orders/delete', { id });
    await until('orders/delete');
    expect(bodyOf(came('orders/delete')[0])).toEqual({ id: placed.id });
    expect(await orderOf(id)).toBeNull();
  });

  it('counts for its customer, whose row changes too', async () => {
    const customer = 'gid://shopify/Customer/6100000000032';
    const read = async () =>
      (await graphql(store, 'query($id: ID!) { customer(id: $id) { numberOfOrders updatedAt } }', { id: customer }))
        .data?.customer as { numberOfOrders: string; updatedAt: string };
    const before = await read();
    await act('orders/place', { customer });
    const after = await read();
    expect(Number(after.numberOfOrders)).toBe(Number(before.numberOfOrders) + 1);
    expect(after.updatedAt > before.updatedAt).toBe(true);
    await until('customers/update');
  });
});

describe('compliance', () => {
  it('topics go to the configured address and name what is held', async () => {
    const own = await startReceiver();
    try {
      await control(store, 'habits', { complianceUri: own.url });
      const id = await act('customers/data-request');
      await own.waitFor(1);
      expect(own.received[0]?.headers['x-shopify-topic']).toBe('customers/data_request');
      expect(bodyOf(own.received[0])).toMatchObject({
        shop_domain: store.ready.shop,
        customer: { id: Number(id.split('/').at(-1)) },
        orders_requested: expect.any(Array),
        data_request: { id: expect.any(Number) },
      });
      await act('customers/redact', { id });
      await own.waitFor(2);
      expect(bodyOf(own.received[1])).toMatchObject({ orders_to_redact: expect.any(Array) });
    } finally {
      await own.close();
    }
  });

  it('erases the shop two days after an uninstall, unless it came back', async () => {
    await act('uninstall');
    await until('app/uninstalled');
    expect((await graphql(store, '{ shop { id } }')).status).toBe(401);
    await control(store, 'time', { ms: 47 * HOUR });
    expect(came('shop/redact')).toHaveLength(0);
    await control(store, 'time', { ms: HOUR });
    await until('shop/redact');
  });
});

describe('deliveries', () => {
  it('follow the schedule of four hours on the clock of the stand-in', async () => {
    await receiver.close();
    receiver = await startReceiver(() => 500);
    const subscribed = await graphql(store, CREATE, { topic: 'PRODUCTS_UPDATE', input: { uri: receiver.url } });
    expect(subscribed.data?.webhookSubscriptionCreate).toEqual({ userErrors: [] });
    await control(store, 'products/update', {});
    await receiver.waitFor(1);
    const pending = async () =>
      ((await control(store, 'state')).body as { deliveries: { retriesPending: number } }).deliveries.retriesPending;
    for (let retry = 1; retry <= 8; retry += 1) {
      await expect.poll(pending, { interval: 5 }).toBe(1);
      await control(store, 'time', { ms: 4 * HOUR });
      await receiver.waitFor(retry + 1);
    }
    const subscriptions = async () =>
      (await control(store, 'state')).body.shops as { subscriptions: { topic: string }[] }[];
    await expect
      .poll(async () => (await subscriptions())[0]?.subscriptions.some((entry) => entry.topic === 'PRODUCTS_UPDATE'))
      .toBe(false);
    expect(new Set(receiver.received.map((request) => request.headers['x-shopify-webhook-id'])).size).toBe(1);
  });

  it('come twice, in both families of headers, or not at all when asked to', async () => {
    await control(store, 'habits', { duplicates: 1, headers: 'both' });
    await act('customers/create');
    await until('customers/create', 2);
    const [first, second] = came('customers/create');
    expect(first?.headers['x-shopify-webhook-id']).toBe(second?.headers['x-shopify-webhook-id']);
    expect(first?.headers['shopify-hmac-sha256']).toBe(first?.headers['x-shopify-hmac-sha256']);
    await control(store, 'habits', { duplicates: 0, headers: 'webhooks', silent: true });
    await act('customers/create');
    await control(store, 'habits', { silent: false });
    await act('customers/create');
    await until('customers/create', 3);
    expect(came('customers/create')).toHaveLength(3);
  });
});

describe('the control API', () => {
  it('tells the truth by count and checksum, which follow every change', async () => {
    const truth = async () =>
      (await control(store, 'truth')).body as Record<string, { count: number; checksum: string }>;
    const before = await truth();
    expect(before).toMatchObject({ products: { count: 20 }, orders: { count: 30 }, customers: { count: 10 } });
    await act('orders/place');
    await act('products/update');
    const after = await truth();
    expect(after.orders?.count).toBe(31);
    for (const kind of ['orders', 'line_items', 'transactions', 'products'])
      expect(after[kind]?.checksum).not.toBe(before[kind]?.checksum);
    const rows = await (await fetch(`${store.ready.origin}/_demo/truth/rows?resource=orders`)).text();
    expect(rows.trimEnd().split('\n')).toHaveLength(31);
  });

  it('counts the budget, and refusals', async () => {
    await control(store, 'budget/reset', {});
    await graphql(store, '{ products(first: 10) { nodes { id } } }');
    const budget = (await control(store, 'budget')).body;
    expect(budget).toMatchObject({ queries: 1, spent: 12, refused: 0 });
  });

  it('runs a burst, and has a page that needs nothing from outside', async () => {
    expect((await control(store, 'burst', { count: 50 })).body).toEqual({ changes: 50 });
    const page = await fetch(`${store.ready.origin}/_demo/`);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain('Place an order');
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    const foreign = await fetch(`${store.ready.origin}/_demo/burst`, {
      method: 'POST',
      headers: { Origin: 'https://evil.example', 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect(foreign.status).toBe(403);
  });
});

describe('traps', () => {
  it('hide old orders, and refuse a field beside the rest of the data', async () => {
    const count = async () =>
      ((await graphql(store, '{ ordersCount(limit: null) { count } }')).data as { ordersCount: { count: number } })
        .ordersCount.count;
    expect(await count()).toBe(30);
    await control(store, 'traps', { hideOldOrders: true });
    expect(await count()).toBeLessThan(30);
    await control(store, 'traps', { hideOldOrders: false, deniedFields: ['Customer.defaultEmailAddress'] });
    const result = await graphql(
      store,
      '{ customers(first: 1) { nodes { id defaultEmailAddress { emailAddress } } } }',
    );
    expect(result.errors[0]).toMatchObject({ extensions: { code: 'ACCESS_DENIED' } });
    expect(result.data).toMatchObject({
      customers: { nodes: [{ id: expect.any(String), defaultEmailAddress: null }] },
    });
  });

  it('tell of deprecated fields in a header', async () => {
    const old = await graphql(store, '{ orders(first: 1) { nodes { totalPrice } } }');
    expect(old.headers.get('x-shopify-api-deprecated-reason')).toContain('versioning');
    const current = await graphql(store, '{ orders(first: 1) { nodes { totalPriceSet { shopMoney { amount } } } } }');
    expect(current.headers.get('x-shopify-api-deprecated-reason')).toBeNull();
  });
});
