import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import type { CustomerPage, EvidencePage, OrderPage } from '../../shared/api.ts';
import { holdsMask } from '../../shared/mask.ts';
import { ADMIN_KEY, type Harness, startHarness } from './harness.ts';
import { PLANTED, plantedOrder } from './privacy-plants.ts';

const customer = {
  id: Number(PLANTED.id),
  admin_graphql_api_id: `gid://shopify/Customer/${PLANTED.id}`,
  first_name: 'Ada',
  last_name: 'Lovelace',
  email: PLANTED.email,
  phone: PLANTED.phone,
  state: 'enabled',
  orders_count: 1,
  total_spent: '19.90',
  currency: 'EUR',
  tags: '',
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  addresses: [{ id: 1, name: 'Ada Lovelace', address1: '1 Analytical Street', city: 'London', country_code: 'GB' }],
};
const order = { ...plantedOrder, line_items: plantedOrder.line_items.map((line) => ({ id: 1, ...line })) };
/** Nobody who may not see people gets one of these. */
const PERSONAL = /lovelace|ada@|analytical|15112345678/i;

let h: Harness;
let orderId = '';
let webhookId = '';
const customerId = `gid://shopify/Customer/${PLANTED.id}`;
const start = async (env: Record<string, string> = {}): Promise<void> => {
  h = await startHarness({ byToken: true, env });
  await h.storeWhen((store) => store.state === 'connected');
  await h.webhook({ topic: 'customers/create', payload: customer });
  await h.webhook({ topic: 'orders/create', payload: order });
  await vi.waitFor(
    async () => {
      const { items } = await h.app.services.webhooks.list({ limit: 50, topic: 'orders/create' });
      if (items[0]?.state !== 'processed') throw new Error('not yet');
      webhookId = items[0].id;
    },
    { timeout: 10_000, interval: 20 },
  );
  orderId = `gid://shopify/Order/${order.id}`;
};
const evidence = async (): Promise<z.output<typeof EvidencePage>['items']> =>
  (await h.app.services.privacy.evidence.list({ limit: 50 })).items;
const exported = (query: string): Promise<Response> =>
  fetch(`${h.app.privateUrl}/api/v1/export?${query}`, { headers: { authorization: `Bearer ${ADMIN_KEY}` } });

describe('a caller that may not see people', () => {
  beforeAll(() => start());
  afterAll(() => h.close());

  it('gets lists, records, bodies and comparisons with the person masked', async () => {
    const { services } = h.app;
    const list = { order: 'desc', limit: 100 } as const;
    const seen = [
      await services.customers.list(list),
      await services.orders.list(list),
      await services.customers.get(customerId),
      await services.orders.get(orderId),
      await services.webhooks.get(webhookId),
      await services.browse.everything({ search: 'lovelace' }),
      await services.browse.values({ resource: 'customers', column: 'email' }),
      (await h.api<z.output<typeof CustomerPage>>('/customers')).body,
      (await h.api<z.output<typeof OrderPage>>('/orders')).body,
    ].map((answer) => JSON.stringify(answer));
    for (const answer of seen) expect(answer).not.toMatch(PERSONAL);
    expect(seen.filter(holdsMask).length).toBeGreaterThanOrEqual(8);
  });

  it('finds hits whose one field with a name is masked, and the rest as it is', async () => {
    const { hits } = await h.app.services.browse.everything({ search: 'lovelace' });
    const people = hits.filter(({ person }) => person !== null);
    expect(people.map(({ resource }) => resource).sort()).toEqual(['customers', 'orders']);
    for (const hit of people) expect(hit.person).toBe('A••• L•••');
    expect(people.find(({ resource }) => resource === 'customers')).toMatchObject({ title: null });
    expect(holdsMask(JSON.stringify(hits.map((hit) => ({ ...hit, person: null }))))).toBe(false);
  });

  it('still finds people by what is masked', async () => {
    const found = await h.app.services.customers.list({ search: PLANTED.email, order: 'desc', limit: 10 });
    expect(found.items.map(({ id }) => id)).toEqual([customerId]);
  });

  it('gets one field when it asks, and the evidence has it before', async () => {
    const { privacy } = h.app.services;
    const { value } = await privacy.reveal({ record: 'customer', id: customerId, field: 'email' });
    expect(value).toBe(PLANTED.email);
    const payload = await privacy.reveal({ record: 'webhook', id: webhookId, field: 'payload' });
    expect(JSON.parse(String(payload.value))).toEqual(order);
    const [last, before] = await evidence();
    expect(before).toMatchObject({
      kind: 'field.revealed',
      shop: h.shop,
      facts: { record: 'customer', field: 'email' },
    });
    expect(last).toMatchObject({ facts: { record: 'webhook', field: 'payload' } });
    expect(JSON.stringify([last, before])).not.toMatch(new RegExp(`${PERSONAL.source}|${PLANTED.id}`, 'i'));
  });

  it('can’t send a masked body, which would be stored over the real one', async () => {
    const { payload } = await h.app.services.webhooks.get(webhookId);
    const sent = h.app.services.webhooks.send({
      shop: h.shop,
      topic: 'orders/updated',
      payload: payload ?? '',
      kind: 'edited',
    });
    await expect(sent).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('with a key uncovers nothing: no field, no command or sample with a body in it, no package', async () => {
    const request = await h.app.services.privacy.enter({
      kind: 'data_request',
      shop: h.shop,
      customerId: PLANTED.id,
      email: PLANTED.email,
      note: '',
    });
    await vi.waitFor(
      async () => {
        const { state } = await h.app.services.privacy.get(request.id);
        if (state !== 'ready') throw new Error(`still ${state}`);
      },
      { timeout: 10_000, interval: 20 },
    );
    const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' };
    const call = (path: string, input: unknown) =>
      fetch(`${h.app.privateUrl}/trpc/${path}`, { method: 'POST', headers, body: JSON.stringify(input) });
    const ask = (path: string, input: unknown) =>
      fetch(`${h.app.privateUrl}/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, { headers });
    const answers = await Promise.all([
      call('privacy.reveal', { record: 'customer', id: customerId, field: 'email' }),
      call('privacy.revealPerson', { id: request.id }),
      ask('webhooks.curl', { id: webhookId }),
      ask('webhooks.sample', { shop: h.shop, topic: 'orders/create' }),
      call('webhooks.forward', { id: webhookId, url: 'http://127.0.0.1:9/' }),
      fetch(`${h.app.privateUrl}/api/v1/privacy/requests/${request.id}/package`, { headers }),
    ]);
    for (const answer of answers) {
      const text = await answer.text();
      expect(text).not.toMatch(PERSONAL);
      expect(text).toContain('NOT_PERMITTED');
    }
    expect((await evidence()).map(({ kind }) => kind)).not.toContain('person.revealed');
  });

  it('exports no columns of people, and may not ask for them with a key', async () => {
    const plain = await (await exported('resource=customers')).text();
    expect(plain).not.toMatch(PERSONAL);
    expect(plain.split('\r\n')[0]).not.toMatch(/,(Name|E-mail|Phone)(,|$)/);
    const refused = await exported('resource=customers&personal=1');
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: { code: 'NOT_PERMITTED' } });
  });
});

describe('a key with the scope “personal”', () => {
  beforeAll(() => start({ BACKROOM_ADMIN_KEY_SCOPES: 'personal' }));
  afterAll(() => h.close());

  it('sees people, and each answer is in the evidence', async () => {
    const { items } = (await h.api<z.output<typeof CustomerPage>>(`/customers?search=${PLANTED.email}`)).body;
    expect(items[0]).toMatchObject({ email: PLANTED.email, displayName: 'Ada Lovelace' });
    const [entry] = await evidence();
    expect(entry).toMatchObject({ kind: 'api.personal', facts: { what: 'customers', rows: 1 } });
    expect(JSON.stringify(entry)).not.toMatch(PERSONAL);
  });

  it('has each other way to people in the evidence too: search, a comparison, a command, a sample', async () => {
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    const ask = async (path: string, input: unknown): Promise<string> =>
      (
        await fetch(`${h.app.privateUrl}/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, { headers })
      ).text();
    expect(await ask('browse.everything', { search: 'lovelace' })).toMatch(PERSONAL);
    expect(await ask('browse.values', { resource: 'customers', column: 'email' })).toMatch(PERSONAL);
    expect(await ask('webhooks.curl', { id: webhookId })).toMatch(PERSONAL);
    await ask('webhooks.compare', { id: webhookId });
    await ask('webhooks.sample', { shop: h.shop, topic: 'orders/create' });
    const noted = (await evidence()).filter(({ kind }) => kind === 'api.personal').map(({ facts }) => facts.what);
    for (const what of ['search', 'values of email', 'webhook command', 'webhook comparison', 'webhook sample'])
      expect(noted).toContain(what);
  });

  it('exports people where it asks for them; the evidence says what, by whom, how many', async () => {
    expect(await (await exported('resource=customers')).text()).not.toMatch(PERSONAL);
    const withPeople = await (await exported(`resource=customers&personal=1&search=${PLANTED.email}`)).text();
    expect(withPeople).toContain(PLANTED.email);
    const [ended, started] = await vi.waitFor(async () => {
      const found = (await evidence()).filter(({ kind }) => kind.startsWith('export.'));
      if (found.length < 2) throw new Error('not yet');
      return found;
    });
    expect(started).toMatchObject({ kind: 'export.started', facts: { what: 'customers', by: 'key' } });
    expect(ended).toMatchObject({ kind: 'export.ended', facts: { rows: 1, complete: true } });
    expect(JSON.stringify([ended, started])).not.toMatch(PERSONAL);
  });
});
