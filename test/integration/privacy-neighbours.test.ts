import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PrivacyHarness, SHOP, startPrivacy } from './privacy-harness.ts';

/** Customers whose identifiers hold another's, as `joann@…` holds `ann@…`: who is erased must be one of them alone. */
let h: PrivacyHarness;
beforeEach(async () => {
  h = await startPrivacy();
});
afterEach(async () => {
  await h.close();
  rmSync(h.dataDir, { recursive: true, force: true });
});

const AT = '2026-10-01T00:00:00.000Z';
const customer = async (pk: number, email: string, phone: string): Promise<void> => {
  const common = { pk, shop: SHOP };
  await h.insert('customers', {
    ...common,
    display_name: `Name ${pk}`,
    email,
    phone,
    state: 'ENABLED',
    tags: '[]',
    orders_count: 0,
    amount_spent: 0,
    currency: 'EUR',
    verified_email: 1,
    tax_exempt: 0,
    created_at: AT,
    updated_at: AT,
    synced_at: AT,
    synced_by: 'import',
  });
  await h.insert('customer_documents', {
    ...common,
    raw: JSON.stringify({
      id: `gid://shopify/Customer/${pk}`,
      defaultEmailAddress: { emailAddress: email },
      defaultPhoneNumber: { phoneNumber: phone },
    }),
  });
  await h.db.write((tx) =>
    tx.query('INSERT INTO customers_fts (rowid, name, email, phone) VALUES (?, ?, ?, ?)', [
      pk,
      `Name ${pk}`,
      email,
      phone,
    ]),
  );
  await h.insert('webhook_deliveries', {
    shop: SHOP,
    topic: 'orders/create',
    received_at: AT,
    state: 'processed',
    bytes: 1,
    headers: '{}',
    payload: JSON.stringify({ id: pk * 10, total_price: '5.00', email, customer: { id: pk, email, phone } }),
  });
};

const noteInAddresses = (pk: number, phone: string): Promise<unknown> =>
  h.db.write((tx) =>
    tx.query(`UPDATE customer_documents SET raw = json_set(raw, '$.addressesV2', json(?)) WHERE pk = ?`, [
      JSON.stringify([{ phone }]),
      pk,
    ]),
  );
const left = async () => ({
  customers: (await h.db.read<{ pk: number }>('SELECT pk FROM customers ORDER BY pk')).map(({ pk }) => pk),
  documents: (await h.db.read<{ pk: number }>('SELECT pk FROM customer_documents ORDER BY pk')).map(({ pk }) => pk),
  orders: (
    await h.db.read<{ email: string | null }>(
      `SELECT payload->>'email' AS email FROM webhook_bodies WHERE topic = 'orders/create' ORDER BY seq`,
    )
  ).map(({ email }) => email),
});

const ONE = 7300000000001;
const OTHER = 7300000000002;

describe('another customer', () => {
  it.each([
    ['begins', 'ann@mail.example', 'joann@mail.example'],
    ['begins after a dot', 'ann@mail.example', 'mary.ann@mail.example'],
    ['begins after a plus', 'ann@mail.example', 'x+ann@mail.example'],
    ['ends', 'ann@mail.example', 'ann@mail.example.org'],
  ])('whose address %s with the address of the erased is left as they are', async (_where, email, longer) => {
    await customer(ONE, email, '+4915112340001');
    await customer(OTHER, longer, '+4915112340002');
    await h.deliver('customers/redact', { customer: { email } });
    h.skip(25);
    expect(await h.runTasks()).toEqual([]);
    expect(await left()).toEqual({ customers: [OTHER], documents: [OTHER], orders: [null, longer] });
    expect((await h.privacy.service.list({ show: 'closed', limit: 10 })).items).toMatchObject([{ state: 'verified' }]);
  });

  it('whose phone number has the few digits that were entered is left as they are', async () => {
    await customer(ONE, 'one@mail.example', '+4915112340001');
    await customer(OTHER, 'two@mail.example', '112');
    const { id } = await h.privacy.service.enter({ shop: SHOP, kind: 'redact', phone: '112', note: '' });
    await h.privacy.service.run(id, 'erase');
    expect(await h.runTasks()).toEqual([]);
    expect(await left()).toMatchObject({ customers: [ONE], documents: [ONE], orders: ['one@mail.example', null] });
  });

  it('whose address shows a number of the erased keeps their document; the search says where the number is', async () => {
    await customer(ONE, 'one@mail.example', '+4915112340001');
    await customer(OTHER, 'two@mail.example', '+4915112340002');
    await noteInAddresses(OTHER, '+49 151 1234 0001');
    await h.deliver('customers/redact', { customer: { id: ONE } });
    h.skip(25);
    await h.runTasks();
    expect(await left()).toMatchObject({ customers: [OTHER], documents: [OTHER] });
    expect((await h.privacy.service.list({ show: 'open', limit: 10 })).items).toMatchObject([
      { state: 'erased', problem: { message: expect.stringContaining('table customer_documents (1)') } },
    ]);
  });

  it('leaves an erasure that the operator closes with a reason; nothing can be run for it afterwards', async () => {
    const { service } = h.privacy;
    await customer(ONE, 'one@mail.example', '+4915112340001');
    await h.deliver('customers/redact', { customer: { id: ONE } });
    const [request] = (await service.list({ show: 'open', limit: 10 })).items;
    const id = request?.id ?? '';
    await expect(service.accept(id, 'Too early')).rejects.toMatchObject({ code: 'CONFLICT' });
    await customer(OTHER, 'two@mail.example', '+4915112340002');
    await noteInAddresses(OTHER, '+49 151 1234 0001');
    h.skip(25);
    await h.runTasks();
    expect((await service.get(id)).actions).toEqual(['erase', 'verify', 'accept']);
    const closed = await service.accept(id, 'The number is another customer’s too');
    expect(closed).toMatchObject({
      state: 'completed',
      label: 'Erased',
      acceptedReason: 'The number is another customer’s too',
      problem: null,
      knowsPerson: false,
      actions: [],
    });
    expect(closed.timeline.at(-1)).toMatchObject({ kind: 'remains.accepted', facts: {} });
    expect(await left()).toMatchObject({ customers: [OTHER], documents: [OTHER] });
    expect((await service.evidence.check()).ok).toBe(true);
  });
});
