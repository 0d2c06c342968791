import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ProductDetail, WebhookRow } from '../../shared/api.ts';
import { type Harness, productPayload, productsOf, startHarness, type WebhookPost } from './harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness({ byToken: true });
  await h.storeWhen((store) => productsOf(store)?.phase === 'done');
});
afterAll(() => h.close());

const rows = async (): Promise<WebhookRow[]> => (await h.app.services.webhooks.list({ limit: 250 })).items;

/** Posts a signed webhook and waits until the processor is through with it. */
const deliver = async (post: WebhookPost): Promise<WebhookRow> => {
  const id = post.id ?? randomUUID();
  expect((await h.webhook({ ...post, id })).status).toBe(200);
  return vi.waitFor(async () => {
    const row = (await rows()).find((entry) => entry.webhookId === id);
    if (!row || row.state === 'received') throw new Error('not processed yet');
    return row;
  });
};
const product = async (id: number): Promise<ProductDetail | null> =>
  h.app.services.products.get(`gid://shopify/Product/${id}`).catch(() => null);

describe('a signed webhook', () => {
  it('of products/update writes the product, and a newer one changes it', async () => {
    expect((await deliver({ payload: productPayload(9001, '2026-05-01T00:00:00Z', { title: 'Hat' }) })).state).toBe(
      'processed',
    );
    expect(await product(9001)).toMatchObject({
      title: 'Hat',
      priceMin: 1230,
      totalInventory: 3,
      syncedBy: 'webhook',
      tags: ['one', 'two'],
    });
    await deliver({ payload: productPayload(9001, '2026-05-02T00:00:00Z', { title: 'Straw hat' }) });
    expect((await product(9001))?.title).toBe('Straw hat');
    const found = await h.api<{ items: { title: string }[] }>('/products?search=straw');
    expect(found.body.items.map((item) => item.title)).toContain('Straw hat');
  });

  it('of the Events family is kept and shown, changes nothing, and is told apart when it comes twice', async () => {
    const body = JSON.stringify({
      topic: 'Product',
      action: 'update',
      handle: 'price-watch',
      fields_changed: ["product[id: 'gid://shopify/Product/9001'].title"],
      query_variables: { productId: 'gid://shopify/Product/9001' },
    });
    const post = async (secret: string) =>
      fetch(`${h.app.publicUrl}/webhooks`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'shopify-topic': 'Product',
          'shopify-action': 'update',
          'shopify-handle': 'price-watch',
          'shopify-shop-domain': h.shop,
          'shopify-api-version': 'unstable',
          'shopify-webhook-id': 'event-delivery-1',
          'shopify-triggered-at': '2026-05-01T00:00:00Z',
          'shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
        },
      });
    expect((await post('another secret')).status).toBe(401);
    expect((await post(h.demo.ready.clientSecret)).status).toBe(200);
    expect((await post(h.demo.ready.clientSecret)).status).toBe(200);
    const row = await vi.waitFor(async () => {
      const found = (await rows()).find((entry) => entry.webhookId === 'event-delivery-1');
      if (found?.state !== 'ignored' || found.duplicates !== 1) throw new Error('not through yet');
      return found;
    });
    expect(row).toMatchObject({ topic: 'Product/update', resource: 'products/9001', apiVersion: 'unstable' });
    const { headers } = await h.app.services.webhooks.get(row.id);
    expect(headers).toMatchObject({ 'shopify-topic': 'Product', 'shopify-action': 'update' });
  });

  it('that is older than the stored state, in whatever zone it is written, changes nothing', async () => {
    await deliver({ payload: productPayload(9002, '2026-05-02T00:00:00Z', { title: 'New' }) });
    await deliver({ payload: productPayload(9002, '2026-05-02T01:00:00+02:00', { title: 'Old' }) });
    expect((await product(9002))?.title).toBe('New');
  });

  it('of products/delete removes the product, and an older update does not bring it back', async () => {
    await deliver({ payload: productPayload(9003, '2026-05-01T00:00:00Z') });
    await deliver({ topic: 'products/delete', payload: { id: 9003 }, triggeredAt: '2026-05-03T00:00:00.000000000Z' });
    expect(await product(9003)).toBeNull();
    await deliver({ payload: productPayload(9003, '2026-05-02T00:00:00Z') });
    expect(await product(9003)).toBeNull();
    await deliver({ payload: productPayload(9003, '2026-05-04T00:00:00Z') });
    expect(await product(9003)).not.toBeNull();
  });

  it('that comes again is acknowledged and counted, not applied again', async () => {
    const id = randomUUID();
    const before = await h.app.services.webhooks.summary();
    await deliver({ id, payload: productPayload(9004, '2026-05-01T00:00:00Z', { title: 'First' }) });
    expect(
      (await h.webhook({ id, payload: productPayload(9004, '2026-06-01T00:00:00Z', { title: 'Second' }) })).status,
    ).toBe(200);
    const row = (await rows()).filter((entry) => entry.webhookId === id);
    expect(row).toMatchObject([{ duplicates: 1, attempts: 1 }]);
    expect((await product(9004))?.title).toBe('First');
    expect((await h.app.services.webhooks.summary()).duplicates).toBe(before.duplicates + 1);
  });

  it('of a topic without a handler is kept as ignored', async () => {
    const row = await deliver({ topic: 'moons/eclipse', payload: { id: 1 } });
    expect(row).toMatchObject({ state: 'ignored', topic: 'moons/eclipse', problem: null });
    expect((await h.app.services.webhooks.get(row.id)).payload).toBe('{"id":1}');
  });

  it.each(['constructor', 'to_string/value_of'])(
    'of a topic named %s does not reach an object’s own machinery',
    async (topic) => {
      const answer = await h.webhook({ topic, payload: {} });
      expect([200, 400]).toContain(answer.status);
    },
  );

  it('with a body that is not JSON is acknowledged, and shows as given up with a message', async () => {
    const row = await deliver({ raw: '{"id": 12' });
    expect(row).toMatchObject({ state: 'dead', problem: { code: 'INVALID_JSON', message: 'The body is not JSON.' } });
    expect((await h.app.services.webhooks.get(row.id)).payload).toBe('{"id": 12');
  });

  it.each([
    ['no body', ''],
    ['a byte order mark', '\uFEFF{"id":1}'],
    ['a NUL in it', '{"id":1,"title":"a\u0000b"}'],
    ['half a character', '{"id":1,"title":"\ud800"}'],
    ['a hundred thousand brackets', '['.repeat(100_000)],
    ['brackets that close', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ])('with %s is acknowledged, given up with a message, and holds up none that comes after it', async (_what, raw) => {
    const odd = await deliver({ raw });
    expect(odd).toMatchObject({ state: 'dead', problem: { message: expect.any(String) } });
    expect((await deliver({ payload: productPayload(9010, '2026-05-01T00:00:00Z') })).state).toBe('processed');
  });

  it('with JSON that is no product shows as given up, naming the field', async () => {
    const row = await deliver({ payload: { id: 5, title: 12, updated_at: '2026-05-01T00:00:00Z' } });
    expect(row.state).toBe('dead');
    expect(row.problem?.message).toContain('title');
    expect(row.problem?.hint).toBeTruthy();
  });
});

describe('a webhook that is refused', () => {
  const lastRefused = (test: (row: WebhookRow) => boolean): Promise<WebhookRow> =>
    vi.waitFor(async () => {
      const row = (await rows()).find((entry) => entry.state === 'refused' && test(entry));
      if (!row) throw new Error('not recorded yet');
      return row;
    });

  it('for a forged signature: 401, recorded without its payload', async () => {
    const answer = await h.webhook({
      secret: 'someone-elses',
      topic: 'products/forged',
      payload: { secret: 'forged-body' },
    });
    expect(answer.status).toBe(401);
    expect(answer.body.error).toMatchObject({
      code: 'INVALID_HMAC',
      message: expect.stringContaining('signature'),
      hint: expect.any(String),
    });
    const row = await lastRefused((entry) => entry.topic === 'products/forged');
    expect(row.problem?.code).toBe('INVALID_HMAC');
    const detail = await h.app.services.webhooks.get(row.id);
    expect(detail.payload).toBeNull();
    expect(JSON.stringify(detail)).not.toContain('forged-body');
    expect((await h.app.services.webhooks.summary()).refused).toBeGreaterThan(0);
  });

  it('for a missing signature: 401', async () => {
    const answer = await fetch(`${h.app.publicUrl}/webhooks`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { message: 'The request carries no signature.' } });
  });

  it.each([
    ['a missing topic', { topic: null }],
    ['a missing webhook id', { id: null }],
    ['a malformed topic', { topic: '<script>' }],
  ])('for %s: 400', async (_name, post) => {
    const answer = await h.webhook(post);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: 'BAD_REQUEST', hint: expect.stringContaining('X-Shopify-Topic') });
  });

  it.each(['evil.example', 'shop.myshopify.com.evil.example', 'SHOP.myshopify.com/x'])(
    'for the shop %s: 400',
    async (shop) => {
      const answer = await h.webhook({ shop });
      expect(answer.status).toBe(400);
      expect(answer.body.error.code).toBe('INVALID_SHOP');
    },
  );

  it('for a body of 5 MB: 413, recorded', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(5 * 1024 * 1024) });
    const answer = await h.webhook({ topic: 'products/huge', raw: body });
    expect(answer.status).toBe(413);
    expect(answer.body.error).toMatchObject({ code: 'BODY_TOO_LARGE', message: 'The body is too large.' });
    expect((await lastRefused((entry) => entry.topic === 'products/huge')).problem?.hint).toContain(
      'BACKROOM_LIMITS_WEBHOOK_BODY_BYTES',
    );
  });
});

it('app/uninstalled of an earlier install changes nothing; one of now disconnects the store and drops its token', async () => {
  const store = await h.store();
  const early = new Date(Date.parse(store?.connectedAt ?? '') - 60_000).toISOString();
  await deliver({ topic: 'app/uninstalled', payload: {}, triggeredAt: early });
  expect((await h.store())?.state).toBe('connected');
  await deliver({ topic: 'app/uninstalled', payload: {}, triggeredAt: new Date().toISOString() });
  const gone = await h.storeWhen((entry) => entry.state === 'uninstalled');
  expect(gone.problem).toMatchObject({ message: expect.stringContaining('uninstalled'), hint: expect.any(String) });
  expect((await h.api<{ total: number }>('/products')).body.total).toBeGreaterThan(0);
});
