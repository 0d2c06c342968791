import { eventKey } from '../../server/features/pixel/event-key.ts';
import type { SqlValue } from '../../server/platform/db/database.ts';
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

/** The person as Shopify's compliance topics name them. */
export const CUSTOMER = { id: Number(PLANTED.id), email: PLANTED.email, phone: PLANTED.phone };

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
    event_key: eventKey(SHOP, id),
    name: 'page_viewed',
    client_id: 'browser-of-ada',
    occurred_at: Date.parse('2026-10-01T00:00:00.000Z'),
    received_at: Date.parse('2026-10-01T00:00:00.000Z'),
    raw: JSON.stringify({ id, name: 'page_viewed', clientId: 'browser-of-ada', data }),
  });

const AT = '2026-10-01T00:00:00.000Z';
const STAMP = { synced_at: AT, synced_by: 'import' };
const orderRow = (pk: number) => ({
  pk,
  shop: SHOP,
  name: '#1001',
  number: 1001,
  created_at: AT,
  processed_at: AT,
  updated_at: AT,
  financial_status: 'PAID',
  fulfillment_status: 'UNFULFILLED',
  test: 0,
  currency: 'EUR',
  total: 1990,
  subtotal: 1990,
  discounts: 0,
  shipping: 0,
  tax: 0,
  refunded: 0,
  outstanding: 0,
  items: 1,
  gateways: '[]',
  discount_codes: '[]',
  tags: '[]',
  ...STAMP,
});

/** On the newest delivery, which the plant before has made. */
const noteOnLast = async (h: PrivacyHarness, table: string, row: Readonly<Record<string, SqlValue>>): Promise<void> => {
  const [last] = await h.db.read<{ seq: number }>('SELECT max(seq) AS seq FROM webhook_deliveries');
  await h.insert(table, { seq: last?.seq ?? 0, ...row });
};

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
  webhook_attempts: (h) =>
    noteOnLast(h, 'webhook_attempts', {
      number: 1,
      at: AT,
      outcome: 'dead',
      code: 'BAD_REQUEST',
      message: `${PLANTED.email} is no address`,
    }),
  webhook_bookmarks: (h) =>
    noteOnLast(h, 'webhook_bookmarks', { name: `the wrong order of ${PLANTED.email}`, created_at: AT }),
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
  orders: (h) =>
    h.insert('orders', {
      ...orderRow(Number(PLANTED.orderId)),
      customer_pk: Number(PLANTED.id),
      customer_name: 'Ada Lovelace',
      email: PLANTED.email,
      phone: PLANTED.phone,
    }),
  order_documents: async (h) => {
    await h.insert('order_documents', {
      pk: Number(PLANTED.orderId),
      shop: SHOP,
      raw: JSON.stringify({
        id: `gid://shopify/Order/${PLANTED.orderId}`,
        email: PLANTED.email,
        customer: { id: `gid://shopify/Customer/${PLANTED.id}`, displayName: 'Ada Lovelace' },
        shippingAddress: { name: 'Ada Lovelace', address1: '1 Analytical Street', phone: '0151 1234 5678' },
        note: 'for Ada Lovelace',
        totalPriceSet: { shopMoney: { amount: '19.90', currencyCode: 'EUR' } },
      }),
    });
  },
  orders_fts: async (h) => {
    await h.db.write((tx) =>
      tx.query(
        `INSERT INTO orders_fts (rowid, name, email, customer_name, phone) SELECT pk, name, email, customer_name, phone FROM orders`,
      ),
    );
  },
  order_lines: (h) =>
    h.insert('order_lines', {
      pk: 1,
      order_pk: Number(PLANTED.orderId),
      shop: SHOP,
      title: 'Hat',
      quantity: 1,
      current_quantity: 1,
      unit_price: 1990,
      total: 1990,
      raw: JSON.stringify({ title: 'Hat', customAttributes: [{ key: 'Send to', value: PLANTED.email }] }),
    }),
  transactions: (h) =>
    h.insert('transactions', {
      pk: 2,
      shop: SHOP,
      order_pk: Number(PLANTED.orderId),
      order_name: '#1001',
      kind: 'SALE',
      status: 'SUCCESS',
      gateway: 'shopify_payments',
      amount: 1990,
      currency: 'EUR',
      processed_at: AT,
      created_at: AT,
      test: 0,
      updated_at: AT,
      ...STAMP,
      raw: JSON.stringify({ id: 2, receipt: { payer: PLANTED.email, name: 'Ada Lovelace' } }),
    }),
  customers: async (h) => {
    await h.insert('customers', {
      pk: Number(PLANTED.id),
      shop: SHOP,
      display_name: 'Ada Lovelace',
      first_name: 'Ada',
      last_name: 'Lovelace',
      email: PLANTED.email,
      phone: PLANTED.phone,
      state: 'ENABLED',
      tags: '[]',
      orders_count: 1,
      amount_spent: 1990,
      currency: 'EUR',
      verified_email: 1,
      tax_exempt: 0,
      created_at: AT,
      updated_at: AT,
      ...STAMP,
    });
  },
  customers_fts: async (h) => {
    await h.db.write((tx) =>
      tx.query(
        'INSERT INTO customers_fts (rowid, name, email, phone) SELECT pk, display_name, email, phone FROM customers',
      ),
    );
  },
  customer_documents: (h) =>
    h.insert('customer_documents', {
      pk: Number(PLANTED.id),
      shop: SHOP,
      raw: JSON.stringify({
        id: `gid://shopify/Customer/${PLANTED.id}`,
        firstName: 'Ada',
        lastName: 'Lovelace',
        defaultEmailAddress: { emailAddress: PLANTED.email },
        defaultPhoneNumber: { phoneNumber: PLANTED.phone },
      }),
    }),
  customer_addresses: (h) =>
    h.insert('customer_addresses', {
      pk: 3,
      customer_pk: Number(PLANTED.id),
      shop: SHOP,
      name: 'Ada Lovelace',
      address1: '1 Analytical Street',
      phone: PLANTED.phone,
      raw: JSON.stringify({ id: 3, name: 'Ada Lovelace', address1: '1 Analytical Street' }),
    }),
  record_changes: (h) =>
    h.insert('record_changes', {
      shop: SHOP,
      resource: 'customers',
      pk: Number(PLANTED.id),
      at: AT,
      source: 'sync',
      changes: '[{"field":"email"}]',
    }),
  deleted_records: (h) =>
    h.insert('deleted_records', { resource: 'customers', pk: Number(PLANTED.id), shop: SHOP, deleted_at: AT }),
  sync_ids: (h) => h.insert('sync_ids', { resource: 'customers', pk: Number(PLANTED.id), shop: SHOP }),
  pixel_sessions: (h) =>
    h.insert('pixel_sessions', {
      shop: SHOP,
      client_id: 'browser-of-ada',
      started_at: 1,
      last_at: 2,
      steps: 1,
      events: 1,
      source: 'direct',
      landing: `/account/${PLANTED.email}`,
      path: JSON.stringify([{ t: 1, n: 'page_viewed', p: `/account/${PLANTED.email}` }]),
    }),
  pixel_quarantine: (h) =>
    h.insert('pixel_quarantine', {
      shop: SHOP,
      event_id: 'event-3',
      name: 'odd',
      reason: 'does not fit',
      received_at: Date.parse('2026-10-01T00:00:00.000Z'),
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
