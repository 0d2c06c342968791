import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRandom } from './data/random.ts';
import { createShops } from './shop/shop.ts';
import { type DemoStore, startDemoStore } from './store.ts';
import { control, graphql, startReceiver } from './testing/harness.ts';
import { spoil } from './traffic/pixel-events.ts';
import { createStorefront } from './traffic/storefront.ts';

const NOW = Date.UTC(2026, 10, 1);
const CREATE_PIXEL =
  'mutation($settings: JSON!) { webPixelCreate(webPixel: { settings: $settings }) { webPixel { id settings } userErrors { code field message } } }';

const makeStorefront = (seed: number) => {
  const [shop] = createShops({
    seed: 1,
    products: 60,
    orders: 0,
    customers: 0,
    throttle: { maximum: 1, restoreRate: 1 },
    now: () => NOW,
  });
  if (!shop) throw new Error('no shop');
  return createStorefront(shop, createRandom(seed), () => NOW);
};

describe('storefront', () => {
  it('walks shoppers from landing to purchase, the same way for the same seed', () => {
    const [left, right, other] = [makeStorefront(7), makeStorefront(7), makeStorefront(8)];
    const events = Array.from({ length: 400 }, () => left.next());
    expect(Array.from({ length: 400 }, () => right.next())).toEqual(events);
    expect(other.next()).not.toEqual(events[0]);
    const names = new Set(events.map((event) => event.name));
    for (const name of [
      'page_viewed',
      'collection_viewed',
      'product_viewed',
      'search_submitted',
      'product_added_to_cart',
      'cart_viewed',
      'checkout_started',
      'checkout_completed',
    ]) {
      expect(names).toContain(name);
    }
    expect(new Set(events.map((event) => event.id)).size).toBe(400);
    const added = events.find((event) => event.name === 'product_added_to_cart');
    expect(added).toMatchObject({
      type: 'standard',
      timestamp: '2026-11-01T00:00:00.000Z',
      context: { document: { location: { href: expect.stringMatching(/^https:/) } } },
      data: {
        cartLine: {
          merchandise: {
            price: { amount: expect.any(Number), currencyCode: 'USD' },
            product: { id: expect.stringMatching(/^\d+$/) },
          },
        },
      },
    });
  });

  it('spoils a copy, never the event itself', () => {
    const storefront = makeStorefront(3);
    const random = createRandom(5);
    for (let step = 0; step < 100; step += 1) {
      const event = storefront.next();
      const before = structuredClone(event);
      expect(spoil(event, random)).not.toEqual(before);
      expect(event).toEqual(before);
    }
  });
});

describe('pixel', () => {
  let store: DemoStore;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  beforeEach(async () => {
    receiver = await startReceiver(() => 204);
  });
  afterEach(async () => {
    await store.close();
    await receiver.close();
  });
  const settings = () => ({ accountID: 'key-1', endpoint: `${receiver.url}/pixel/v1/events` });

  it('has one record per shop, with settings of the declared shape', async () => {
    store = await startDemoStore({ products: 5 });
    expect((await graphql(store, '{ webPixel { id } }')).errors[0]?.message).toBe(
      'No web pixel was found for this app.',
    );
    const create = async (value: unknown) =>
      (await graphql(store, CREATE_PIXEL, { settings: value })).data?.webPixelCreate;
    expect(await create({ accountID: 5 })).toMatchObject({ userErrors: [{ code: 'INVALID_SETTINGS' }] });
    expect(await create({ accountID: 'a', colour: 'red' })).toMatchObject({
      userErrors: [{ code: 'INVALID_SETTINGS' }],
    });
    expect(await create('{broken')).toMatchObject({ userErrors: [{ code: 'INVALID_CONFIGURATION_JSON' }] });
    expect(await create(JSON.stringify(settings()))).toMatchObject({
      webPixel: { settings: settings() },
      userErrors: [],
    });
    expect(await create(settings())).toMatchObject({ webPixel: null, userErrors: [{ code: 'TAKEN' }] });
  });

  it('posts events as a browser would, on request', async () => {
    store = await startDemoStore({ products: 5 });
    await graphql(store, CREATE_PIXEL, { settings: settings() });
    expect((await control(store, 'pixel', { count: 3 })).body).toEqual({ status: 204, sent: 3 });
    expect((await control(store, 'pixel', { events: [{ anything: true }] })).body).toEqual({ status: 204, sent: 1 });
    expect((await control(store, 'pixel', { shop: 'second-street.myshopify.com' })).status).toBe(409);
    const [request] = receiver.received;
    expect(request?.url).toBe('/pixel/v1/events?key=key-1');
    expect(request?.headers['content-type']).toBe('text/plain;charset=UTF-8');
    expect(JSON.parse(request?.body.toString() ?? '')).toHaveLength(3);
  });

  it('is fed by traffic, and products change meanwhile', async () => {
    store = await startDemoStore({ products: 5, traffic: { productEveryMs: 5, pixelEveryMs: 5 } });
    await graphql(store, CREATE_PIXEL, { settings: settings() });
    const subscribe = `mutation { webhookSubscriptionCreate(topic: PRODUCTS_UPDATE, webhookSubscription: { uri: "${receiver.url}/webhooks" }) { userErrors { message } } }`;
    await graphql(store, subscribe);
    const count = (path: string): number => receiver.received.filter((request) => request.url.startsWith(path)).length;
    await expect.poll(() => Math.min(count('/pixel'), count('/webhooks')), { timeout: 5000 }).toBeGreaterThan(10);
  });

  it('does not repeat event ids after a restart', async () => {
    store = await startDemoStore({ products: 5, salt: 'monday' });
    await graphql(store, CREATE_PIXEL, { settings: settings() });
    await control(store, 'pixel', { count: 20 });
    await store.close();
    store = await startDemoStore({ products: 5, salt: 'tuesday' });
    await graphql(store, CREATE_PIXEL, { settings: settings() });
    await control(store, 'pixel', { count: 20 });
    const ids = receiver.received.flatMap((request) =>
      (JSON.parse(request.body.toString()) as { id: string }[]).map((event) => event.id),
    );
    expect(new Set(ids).size).toBe(40);
  });
});
