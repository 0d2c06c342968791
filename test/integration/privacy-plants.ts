import type { PrivacyHarness } from './privacy-harness.ts';
import { SHOP } from './privacy-harness.ts';

/** One invented customer, and every word by which a file would give them away. */
export const PLANTED = {
  id: '7300000000001',
  orderId: '5500000000001',
  email: 'ada.lovelace@planted.example',
  phone: '+4915112345678',
  words: [
    '7300000000001',
    'ada.lovelace',
    'planted.example',
    '15112345678',
    '151 1234 5678',
    'Lovelace',
    'Analytical Street',
    'browser-of-ada',
  ],
};

const person = {
  id: Number(PLANTED.id),
  first_name: 'Ada',
  last_name: 'Lovelace',
  email: PLANTED.email,
  phone: PLANTED.phone,
};
const address = { name: 'Ada Lovelace', address1: '1 Analytical Street', phone: '0151 1234 5678' };
export const plantedOrder = {
  id: Number(PLANTED.orderId),
  name: '#1001',
  created_at: '2026-10-01T00:00:00Z',
  updated_at: '2026-10-01T00:00:00Z',
  currency: 'EUR',
  total_price: '19.90',
  email: PLANTED.email,
  contact_email: PLANTED.email,
  phone: PLANTED.phone,
  customer: person,
  billing_address: address,
  shipping_address: address,
  note: 'for Ada Lovelace',
  line_items: [{ title: 'Hat', price: '19.90', properties: [{ name: 'Engraving', value: 'Lovelace' }] }],
};

type Plant = (h: PrivacyHarness) => Promise<void>;

const delivery = (h: PrivacyHarness, topic: string, payload: unknown): Promise<void> => {
  const text = JSON.stringify(payload);
  return h.insert('webhook_deliveries', {
    shop: SHOP,
    topic,
    webhook_id: `planted ${topic}`,
    received_at: '2026-10-01T00:00:00.000Z',
    state: 'processed',
    bytes: text.length,
    headers: '{}',
    payload: text,
  });
};
const pixelEvent = (h: PrivacyHarness, id: string, data: unknown): Promise<void> =>
  h.insert('pixel_events', {
    shop: SHOP,
    event_id: id,
    name: 'page_viewed',
    client_id: 'browser-of-ada',
    occurred_at: '2026-10-01T00:00:00.000Z',
    received_at: '2026-10-01T00:00:00.000Z',
    raw: JSON.stringify({ id, name: 'page_viewed', clientId: 'browser-of-ada', data }),
  });

/** How the customer gets into each table that is declared to hold people. A new table needs its line here. */
const PLANTS: Readonly<Record<string, Plant>> = {
  webhook_deliveries: (h) =>
    h.insert('webhook_deliveries', {
      shop: SHOP,
      topic: 'customers/create',
      received_at: '2026-10-01T00:00:00.000Z',
      state: 'dead',
      bytes: 1,
      resource: `customers/${PLANTED.id}`,
      problem: JSON.stringify({ code: 'BAD_REQUEST', message: `${PLANTED.email} is no address` }),
    }),
  webhook_bodies: async (h) => {
    await delivery(h, 'orders/create', plantedOrder);
    await delivery(h, 'customers/update', { ...person, default_address: address });
    await delivery(h, 'customers/data_request', { customer: person, orders_requested: [] });
    await delivery(h, 'checkouts/update', {
      token: 'x',
      email: PLANTED.email.toUpperCase(),
      customer: person,
      phone: PLANTED.phone,
    });
  },
  pixel_events: async (h) => {
    await pixelEvent(h, 'event-1', {
      checkout: { order: { customer: { id: PLANTED.id } }, email: PLANTED.email, phone: PLANTED.phone },
    });
    // Carries nothing but the browser's id.
    await pixelEvent(h, 'event-2', {});
  },
  pixel_quarantine: (h) =>
    h.insert('pixel_quarantine', {
      shop: SHOP,
      event_id: 'event-3',
      name: 'odd',
      reason: 'does not fit',
      received_at: '2026-10-01T00:00:00.000Z',
      // Cut at its limit, so it is no JSON any more.
      raw: JSON.stringify({ who: PLANTED.email, customerId: PLANTED.id, tel: PLANTED.phone }).slice(0, -1),
    }),
  tasks: (h) =>
    h.insert('tasks', {
      queue: 'webhooks',
      name: 'replay',
      shop: SHOP,
      state: 'done',
      priority: 0,
      due_ms: 0,
      created_ms: 0,
      input: JSON.stringify(plantedOrder),
      result: JSON.stringify({ sentTo: PLANTED.email }),
      problem: JSON.stringify({ message: `No answer for ${PLANTED.email}` }),
    }),
  task_attempts: (h) =>
    h.insert('task_attempts', {
      task: 1,
      attempt: 1,
      shop: SHOP,
      outcome: 'failed',
      started_ms: 0,
      finished_ms: 0,
      class: 'Error',
      message: `customer ${PLANTED.id} <${PLANTED.email}> is unknown`,
    }),
  task_logs: (h) =>
    h.insert('task_logs', { task: 1, shop: SHOP, attempt: 1, at_ms: 0, message: `mailed ${PLANTED.email}` }),
};

/** Plants the customer, also as an old version and as deleted rows, whose bytes SQLite leaves behind. Answers the tables. */
export const plantEverywhere = async (h: PrivacyHarness): Promise<Set<string>> => {
  await h.insert('shops', {
    shop: SHOP,
    name: 'Proof store',
    state: 'connected',
    grant_type: 'admin_token',
    scopes: '[]',
    connected_at: '2026-01-01T00:00:00.000Z',
  });
  for (const plant of Object.values(PLANTS)) await plant(h);
  const big = { ...plantedOrder, note: 'Ada Lovelace '.repeat(2000) };
  await delivery(h, 'orders/paid', big);
  for (const table of ['webhook_deliveries', 'webhook_bodies'])
    await h.db.write((tx) => tx.query(`DELETE FROM ${table} WHERE topic = 'orders/paid'`));
  return new Set(Object.keys(PLANTS));
};
