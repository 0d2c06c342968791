import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { WebhookRow } from '../../shared/api.ts';
import { type Harness, productPayload, startHarness, type WebhookPost } from './harness.ts';
import { settled } from './sync-harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness({ byToken: true });
  await h.storeWhen((store) => store.syncs.find(({ resource }) => resource === 'products')?.phase === 'done');
});
afterAll(() => h.close());

const rowOf = (webhookId: string): Promise<WebhookRow> =>
  vi.waitFor(async () => {
    const { items } = await h.app.services.webhooks.list({ limit: 250 });
    const row = items.find((entry) => entry.webhookId === webhookId);
    if (!row || row.state === 'received') throw new Error('not processed yet');
    return row;
  });
const deliver = async (post: WebhookPost): Promise<WebhookRow> => {
  const id = post.id ?? randomUUID();
  expect((await h.webhook({ ...post, id })).status).toBe(200);
  return rowOf(id);
};

it('shows headers as they came, of both families, and what changed since the last delivery of the same resource', async () => {
  const first = await deliver({ payload: productPayload(7001, '2026-05-01T00:00:00Z', { title: 'Kettle' }) });
  const second = await deliver({ payload: productPayload(7001, '2026-05-02T00:00:00Z', { title: 'Red kettle' }) });
  const detail = await h.app.services.webhooks.get(second.id);
  expect(detail).toMatchObject({ resource: 'products/7001', previousId: first.id, nextId: null });
  expect(detail.headers).toMatchObject({ 'x-shopify-topic': 'products/update', 'x-shopify-shop-domain': h.shop });
  expect(Object.keys(detail.headers)).not.toContain('x-shopify-hmac-sha256');
  expect(detail.attemptLog).toMatchObject([{ number: 1, outcome: 'processed' }]);
  const { changes } = await h.app.services.webhooks.compare(second.id);
  expect(changes).toContainEqual({ path: 'title', kind: 'changed', before: 'Kettle', after: 'Red kettle' });
});

it('compares with the delivery before of the same kind of body, not with a transaction of the order in between', async () => {
  const order = (tags: string) => ({ id: 9001, admin_graphql_api_id: 'gid://shopify/Order/9001', tags });
  const money = (id: number, status: string) => ({ id, order_id: 9001, status });
  const of = (topic: string, body: object) => deliver({ topic, payload: body });
  const first = await of('orders/paid', order('first'));
  await of('order_transactions/create', money(1, 'pending'));
  const second = await of('orders/paid', order('second'));
  await of('order_transactions/create', money(2, 'pending'));
  const { compare } = h.app.services.webhooks;
  expect(await compare(second.id)).toMatchObject({
    previousId: first.id,
    changes: [{ path: 'tags', kind: 'changed', before: 'first', after: 'second' }],
  });
  const again = await of('order_transactions/create', money(1, 'success'));
  expect((await compare(again.id)).changes).toEqual([
    { path: 'status', kind: 'changed', before: 'pending', after: 'success' },
  ]);
  const other = await of('order_transactions/create', money(3, 'pending'));
  expect(await compare(other.id)).toMatchObject({ previousId: null, changes: [] });
});

it('finds a text in bodies, whatever its case, and says how far it looked', async () => {
  const row = await deliver({ payload: productPayload(7002, '2026-05-01T00:00:00Z', { title: 'Zanzibar Lamp' }) });
  const page = await h.app.services.webhooks.list({ text: 'zanzibar LAMP', limit: 10 });
  expect(page.items.map(({ id }) => id)).toEqual([row.id]);
  expect(page.nextCursor).toBeNull();
  expect((await h.app.services.webhooks.list({ text: 'nothing has this', limit: 10 })).items).toEqual([]);
});

it('gives a curl command that the public door accepts, without the secret', async () => {
  const row = await deliver({ payload: productPayload(7003, '2026-05-01T00:00:00Z', { title: "Potter's mug" }) });
  const { command } = await h.app.services.webhooks.curl(row.id);
  expect(command).toContain(`${h.app.publicUrl}/webhooks`);
  expect(command).not.toContain(h.demo.ready.clientSecret);
  const { execFile } = await import('node:child_process');
  const output = await new Promise<string>((resolve, reject) =>
    execFile('sh', ['-c', `${command} -s`], (error, stdout) => (error ? reject(error) : resolve(stdout))),
  );
  expect(output).toContain('200 OK');
  await vi.waitFor(async () => expect((await h.app.services.webhooks.get(row.id)).duplicates).toBe(1));
});

it('runs one again, keeps the run before in the timeline, and the totals right', async () => {
  const row = await deliver({ raw: '{"id": 1' });
  expect(row).toMatchObject({ state: 'dead', reason: 'payload' });
  const before = await h.app.services.webhooks.summary();
  expect(await h.app.services.webhooks.rerun({ ids: [row.id] })).toEqual({ count: 1, taskId: null });
  await vi.waitFor(async () => expect((await h.app.services.webhooks.get(row.id)).attempts).toBe(2));
  const detail = await h.app.services.webhooks.get(row.id);
  expect(detail.attemptLog.map(({ number, outcome, code }) => [number, outcome, code])).toEqual([
    [1, 'dead', 'INVALID_JSON'],
    [2, 'dead', 'INVALID_JSON'],
  ]);
  expect(await h.app.services.webhooks.summary()).toEqual(before);
});

it('runs all that fit a filter again, as a task', async () => {
  const topic = 'moons/rise';
  const rows: WebhookRow[] = [];
  for (let at = 0; at < 3; at += 1) rows.push(await deliver({ topic, payload: { id: at } }));
  expect(await h.app.services.webhooks.count({ topic })).toEqual({ count: 3, more: false });
  const { count, taskId } = await h.app.services.webhooks.rerun({ filter: { topic } });
  expect([count, typeof taskId]).toEqual([3, 'string']);
  await vi.waitFor(async () => {
    const { items } = await h.app.services.webhooks.list({ topic, limit: 10 });
    expect(items.map(({ attempts, state }) => [attempts, state])).toEqual(rows.map(() => [2, 'ignored']));
  });
});

it('sends an edited one through the public door, signed anew', async () => {
  const row = await deliver({ payload: productPayload(7005, '2026-05-01T00:00:00Z') });
  const payload = JSON.stringify(productPayload(7005, '2026-06-01T00:00:00Z', { title: 'Edited here' }));
  const sent = await h.app.services.webhooks.send({
    fromId: row.id,
    shop: h.shop,
    topic: row.topic,
    payload,
    kind: 'edited',
  });
  expect(sent.status).toBe(200);
  const copy = await h.app.services.webhooks.get(sent.id ?? '');
  expect(copy).toMatchObject({ origin: 'edited', originId: row.id });
  await vi.waitFor(async () =>
    expect((await h.app.services.products.get('gid://shopify/Product/7005')).title).toBe('Edited here'),
  );
});

it('sends one on to a program on this computer, signed, and to nowhere else', async () => {
  const row = await deliver({ payload: productPayload(7006, '2026-05-01T00:00:00Z') });
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(String(request.headers['x-shopify-hmac-sha256']));
    request.resume().on('end', () => response.writeHead(418).end('a teapot'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const answer = await h.app.services.webhooks.forward({ id: row.id, url: `http://127.0.0.1:${port}/hook` });
  server.close();
  expect(answer).toMatchObject({ status: 418, body: 'a teapot', problem: null });
  expect(seen[0]).toHaveLength(44);
  for (const url of ['https://example.com/', 'http://10.0.0.1/', 'http://127.0.0.1.example.com/'])
    await expect(h.app.services.webhooks.forward({ id: row.id, url })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

it('makes a sample of a topic from the store’s own, and keeps bookmarks by name', async () => {
  const row = await deliver({ payload: productPayload(7007, '2026-05-01T00:00:00Z') });
  const sample = await h.app.services.webhooks.sample(h.shop, 'products/delete');
  expect(JSON.parse(sample.payload)).toEqual({ id: expect.any(Number) });
  await h.app.services.webhooks.bookmark(row.id, 'The odd one');
  expect((await h.app.services.webhooks.bookmarks()).items).toMatchObject([{ id: row.id, name: 'The odd one' }]);
  expect((await h.app.services.webhooks.list({ bookmarked: true, limit: 10 })).items).toHaveLength(1);
  await h.app.services.webhooks.bookmark(row.id, null);
  expect((await h.app.services.webhooks.bookmarks()).items).toEqual([]);
});

it.each(['products/create', 'products/delete', 'orders/create', 'customers/create', 'order_transactions/create'])(
  'makes a sample of %s from a stored record, which its handler takes like Shopify’s own',
  async (topic) => {
    await settled(h);
    const sample = await h.app.services.webhooks.sample(h.shop, topic);
    expect(sample.from).toBe('a record of this store');
    const before = await h.app.services.stats.all();
    const { id } = await h.app.services.webhooks.send({
      shop: h.shop,
      topic,
      // The delivery must not delete what other tests look at.
      payload: topic === 'products/delete' ? '{"id": 999999}' : sample.payload,
      kind: 'sample',
    });
    await vi.waitFor(async () =>
      expect(await h.app.services.webhooks.get(id ?? '')).toMatchObject({ state: 'processed', origin: 'sample' }),
    );
    // What is known already is told once more: nothing changes.
    expect((await h.app.services.stats.all()).total).toMatchObject({
      products: before.total.products,
      orders: before.total.orders,
      transactions: before.total.transactions,
      customers: before.total.customers,
    });
  },
);

it.each([
  ['customers/redact', { customer: { id: expect.any(Number) }, orders_to_redact: expect.any(Array) }],
  ['customers/data_request', { customer: { email: expect.any(String) } }],
  ['shop/redact', { shop_domain: expect.any(String) }],
  ['app/uninstalled', { myshopify_domain: expect.any(String) }],
  ['app/scopes_update', { current: expect.arrayContaining(['read_products']) }],
])('makes a sample of %s, which is about nobody’s invented data', async (topic, shape) => {
  await settled(h);
  const sample = await h.app.services.webhooks.sample(h.shop, topic);
  expect(JSON.parse(sample.payload)).toMatchObject(shape);
});

it('compares wanted and registered subscriptions, and puts them right', async () => {
  const check = await vi.waitFor(async () => {
    const [found] = (await h.app.services.webhooks.subscriptions()).items;
    if (!found?.checkedAt) throw new Error('not checked yet');
    return found;
  });
  const states = Object.fromEntries(check.subscriptions.map(({ topic, state }) => [topic, state]));
  expect(states).toMatchObject({ 'products/update': 'ok', 'app/uninstalled': 'ok', 'customers/redact': 'app_config' });
  expect(check.problem).toBeNull();
});
