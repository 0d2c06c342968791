import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { personalDataHolders } from '../../server/compose/personal-data.ts';
import { type PrivacyHarness, SHOP, startPrivacy } from './privacy-harness.ts';
import { PLANTED, plantEverywhere } from './privacy-plants.ts';

let h: PrivacyHarness;
const folders: string[] = [];
beforeEach(async () => {
  h = await startPrivacy();
  folders.push(h.dataDir);
});
afterEach(async () => {
  await h.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const filesOf = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile());

/** Every way in which the planted customer could be recognised, in the bytes of every file. */
const traces = (directory: string): string[] =>
  filesOf(directory).flatMap((path) => {
    const text = readFileSync(path).toString('latin1').toLowerCase();
    return PLANTED.words.filter((word) => text.includes(word.toLowerCase())).map((word) => `${word} in ${path}`);
  });

const redact = {
  customer: { id: Number(PLANTED.id), email: PLANTED.email, phone: PLANTED.phone },
  orders_to_redact: [Number(PLANTED.orderId)],
};
const openRequests = async () => (await h.privacy.service.list({ show: 'open', limit: 50 })).items;
const closedRequests = async () => (await h.privacy.service.list({ show: 'closed', limit: 50 })).items;

const eraseByWebhook = async (payload: unknown = redact): Promise<void> => {
  await h.deliver('customers/redact', payload);
  h.skip(25);
  expect(await h.runTasks()).toEqual([]);
};

describe('a customer in every place that can hold one', () => {
  it('is planted in each table that is declared to hold people', async () => {
    const planted = await plantEverywhere(h);
    const declared = personalDataHolders.flatMap(({ tables }) => tables).filter(({ holds }) => holds === 'personal');
    expect([...planted].sort(), 'plant the customer in test/integration/privacy-plants.ts').toEqual(
      declared.map(({ table }) => table).sort(),
    );
  });

  it.each([
    ['id, e-mail and phone', redact],
    ['the id alone', { customer: { id: Number(PLANTED.id) } }],
    ['the e-mail alone', { customer: { email: PLANTED.email.toUpperCase() } }],
    ['the phone alone', { customer: { phone: PLANTED.phone } }],
  ])('is gone from tables and from the bytes of all files after a redact that names %s', async (_name, payload) => {
    await plantEverywhere(h);
    expect(traces(h.dataDir).length).toBeGreaterThan(3);
    const before = await h.db.read('SELECT count(*) AS rows FROM webhook_deliveries');
    await eraseByWebhook(payload);
    const [closed] = await closedRequests();
    expect(closed).toMatchObject({ state: 'verified', problem: null, label: 'Erased' });
    expect(traces(h.dataDir)).toEqual([]);
    // The deliveries stay as facts; the redact itself came on top.
    const [{ rows } = { rows: 0 }] = before as { rows: number }[];
    expect(await h.db.read('SELECT count(*) AS rows FROM webhook_deliveries')).toEqual([{ rows: rows + 1 }]);
    const detail = await h.privacy.service.get(closed?.id ?? '');
    expect(detail.timeline.map(({ kind }) => kind)).toEqual([
      'request.received',
      'erasing',
      'suppressed',
      'erased',
      'verified',
    ]);
    expect(JSON.stringify(detail.timeline)).not.toMatch(new RegExp(PLANTED.words.join('|'), 'i'));
    expect((await h.privacy.service.evidence.check()).ok).toBe(true);
    expect(h.lines.join('\n')).not.toMatch(new RegExp(PLANTED.words.join('|'), 'i'));
  });

  it('keeps the amounts of orders, and everybody else', async () => {
    await plantEverywhere(h);
    await h.insert('webhook_deliveries', {
      shop: SHOP,
      topic: 'orders/create',
      received_at: 'x',
      state: 'processed',
      bytes: 1,
      headers: '{}',
      payload: JSON.stringify({ id: 9, total_price: '5.00', email: 'grace@other.example', customer: { id: 1234567 } }),
    });
    await eraseByWebhook();
    const rows = await h.db.read<{ payload: string }>(
      `SELECT payload FROM webhook_bodies WHERE topic = 'orders/create'`,
    );
    const orders = rows.map(({ payload }) => JSON.parse(payload) as Record<string, unknown>);
    expect(orders.find((order) => order.id === Number(PLANTED.orderId))).toMatchObject({
      total_price: '19.90',
      customer: null,
      email: null,
    });
    expect(orders.find((order) => order.id === 9)).toMatchObject({ email: 'grace@other.example' });
  });

  it('is erased from an old copy of the database that is put back, at the start, without anybody asking', async () => {
    await plantEverywhere(h);
    await h.db.purge({ searchIndexes: [] });
    const backup = mkdtempSync(join(tmpdir(), 'backroom-backup-'));
    folders.push(backup);
    copyFileSync(join(h.dataDir, 'backroom.sqlite'), join(backup, 'backroom.sqlite'));
    await eraseByWebhook();
    await h.close();

    for (const name of readdirSync(h.dataDir).filter((file) => file.startsWith('backroom.sqlite')))
      rmSync(join(h.dataDir, name));
    copyFileSync(join(backup, 'backroom.sqlite'), join(h.dataDir, 'backroom.sqlite'));
    expect(traces(h.dataDir).length).toBeGreaterThan(3);
    h = await startPrivacy({ dataDir: h.dataDir });
    expect(traces(h.dataDir)).toEqual([]);
    const { items } = await h.privacy.service.evidence.list({ limit: 10 });
    expect(items[0]).toMatchObject({ kind: 'restored.copy', facts: { entries: 3 } });
    expect((await h.privacy.service.evidence.check()).ok).toBe(true);
    expect(h.privacy.suppression.isSuppressed(SHOP, { email: PLANTED.email })).toBe(true);
  });

  it('does not come back through a later delivery or import, unless they come back themselves', async () => {
    await plantEverywhere(h);
    expect(h.privacy.suppression.isEmpty).toBe(true);
    await eraseByWebhook();
    const { suppression } = h.privacy;
    expect(suppression.isSuppressed(SHOP, { customerId: PLANTED.id })).toBe(true);
    expect(suppression.isSuppressed(SHOP, { customerId: `gid://shopify/Customer/${PLANTED.id}` })).toBe(true);
    expect(suppression.isSuppressed(SHOP, { phone: '+49 151 1234 5678' })).toBe(true);
    expect(suppression.isSuppressed('other.myshopify.com', { email: PLANTED.email })).toBe(false);
    const old = { id: 1, created_at: '2026-01-01T00:00:00Z', total_price: '3.00', email: PLANTED.email };
    expect(JSON.parse(suppression.screen(SHOP, JSON.stringify(old), 'orders/updated'))).toEqual({
      ...old,
      email: null,
    });
    const again = JSON.stringify({ ...old, created_at: '2027-01-01T00:00:00Z' });
    expect(suppression.screen(SHOP, again, 'orders/create')).toBe(again);
    const request = JSON.stringify(redact);
    expect(suppression.screen(SHOP, request, 'customers/redact')).toBe(request);
  });

  it('that a step misses is found by the search afterwards, and the request says where', async () => {
    await plantEverywhere(h);
    await h.db.write((tx) => tx.query('CREATE TABLE forgotten (id INTEGER PRIMARY KEY, words TEXT)'));
    await h.insert('forgotten', { words: `call ${PLANTED.email}` });
    await h.deliver('customers/redact', redact);
    h.skip(25);
    expect(await h.runTasks()).toHaveLength(1);
    const [request] = await openRequests();
    expect(request).toMatchObject({
      state: 'erased',
      problem: { message: expect.stringContaining('table forgotten (1)') },
    });
    // Put right, it can be run again at any later time.
    await h.db.write((tx) => tx.query('DELETE FROM forgotten'));
    h.skip(24 * 10);
    await h.privacy.service.run(request?.id ?? '', 'verify');
    expect(await h.runTasks()).toEqual([]);
    expect((await closedRequests())[0]).toMatchObject({ state: 'verified' });
    expect(traces(h.dataDir)).toEqual([]);
  });
});
