import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { personalDataHolders } from '../../server/compose/personal-data.ts';
import { bytesOf, onlyRequest, type PrivacyHarness, readZip, SHOP, startPrivacy } from './privacy-harness.ts';
import { CUSTOMER, PLANTED, plantEverywhere } from './privacy-plants.ts';

let h: PrivacyHarness;
beforeEach(async () => {
  h = await startPrivacy();
});
afterEach(async () => {
  await h.close();
  h.remove();
});

describe('a data request', () => {
  it('is collected by itself into an encrypted zip of a page, JSON and tables, and is delivered and completed by hand', async () => {
    const planted = await plantEverywhere(h);
    await h.deliver('customers/data_request', { customer: CUSTOMER, orders_requested: [] });
    expect(await onlyRequest(h)).toMatchObject({
      state: 'received',
      kind: 'data_request',
      daysLeft: 30,
      urgency: 'fine',
      label: 'a•••@p•••',
    });
    expect(await h.runTasks()).toEqual([]);
    const { id } = await onlyRequest(h);
    const ready = await h.privacy.service.get(id);
    expect(ready).toMatchObject({ state: 'ready', actions: ['collect', 'deliver', 'hold', 'refuse'] });
    expect(readFileSync(join(h.dataDir, 'privacy', 'packages', `${id}.package`)).includes('index.html')).toBe(false);

    const { stream, fileName } = await h.privacy.service.openPackage(id);
    expect(fileName).toBe('personal-data-request-1.zip');
    const files = readZip(await bytesOf(stream));
    // Indexes and lists of ids are erased with the person, but say nothing that their own tables do not.
    const tables = [...files.keys()].flatMap((name) => /^csv\/(.*)\.csv$/.exec(name)?.[1] ?? []);
    for (const table of tables) expect([...planted, 'privacy_requests']).toContain(table);
    expect(tables).toEqual(
      expect.arrayContaining(['customers', 'orders', 'transactions', 'webhook_bodies', 'pixel_events', 'tasks']),
    );
    expect([...files.keys()]).toEqual(expect.arrayContaining(['index.html', 'data.json']));
    expect(files.get('index.html')?.toString()).toContain('Analytical Street');
    expect(files.get('index.html')?.toString()).not.toContain('<script');
    expect(files.get('index.html')?.toString()).toContain('<summary>Record 1 of 1: #1001</summary>');
    expect(files.get('index.html')?.toString()).not.toContain('<dt>Pk</dt>');
    const data = JSON.parse(files.get('data.json')?.toString() ?? '') as {
      store: string;
      sections: { table: string; records: unknown[] }[];
    };
    expect(data.store).toBe('Proof store');
    // What the person looks for comes first.
    expect(data.sections[0]?.table).toBe('customers');
    expect(data.sections.at(-1)?.table).not.toBe('transactions');
    // Four planted deliveries and the request's own.
    expect(data.sections.find(({ table }) => table === 'webhook_bodies')?.records).toHaveLength(5);
    expect(files.get('csv/pixel_events.csv')?.toString().split('\r\n')).toHaveLength(4);

    await h.privacy.service.deliver(id, 'encrypted e-mail');
    await h.privacy.service.complete(id);
    const done = await h.privacy.service.get(id);
    expect(done).toMatchObject({
      state: 'completed',
      urgency: 'closed',
      deliveredHow: 'encrypted e-mail',
      actions: [],
    });
    expect(done.timeline.map(({ kind }) => kind)).toEqual([
      'request.received',
      'collecting',
      'collected',
      'package.downloaded',
      'delivered',
      'completed',
    ]);

    h.skip(24 * 31);
    await h.privacy.housekeeping();
    expect(existsSync(join(h.dataDir, 'privacy', 'packages', `${id}.package`))).toBe(false);
    expect(await h.privacy.service.get(id)).toMatchObject({ package: null, knowsPerson: false });
    await expect(h.privacy.service.openPackage(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('has the payments of the person’s orders that name nobody, amounts as people write them; the dry run leaves them out', async () => {
    await plantEverywhere(h);
    await h.db.write((tx) =>
      tx.query(`INSERT INTO transactions (pk, shop, order_pk, order_name, kind, status, gateway, amount, currency, processed_at, created_at, test, updated_at, synced_at, synced_by, raw)
        SELECT 3, shop, order_pk, order_name, 'REFUND', status, gateway, 500, currency, processed_at, created_at, test, updated_at, synced_at, synced_by, '{}' FROM transactions`),
    );
    await h.deliver('customers/data_request', { customer: CUSTOMER });
    await h.runTasks();
    const { id } = await onlyRequest(h);
    const files = readZip(await bytesOf((await h.privacy.service.openPackage(id)).stream));
    expect(files.get('csv/transactions.csv')?.toString()).toMatch(
      /SALE,SUCCESS,19\.90,EUR[\s\S]*REFUND,SUCCESS,5\.00,EUR/,
    );
    expect(files.get('index.html')?.toString()).toContain('<h2>Payments and refunds of your orders</h2>');
    const { tables } = await h.privacy.service.dryRun(id);
    expect(tables.find(({ table }) => table === 'transactions')?.rows).toBe(1);
  });

  it('is answered before its person is erased; then its package goes with them', async () => {
    await plantEverywhere(h);
    await h.deliver('customers/data_request', { customer: CUSTOMER });
    await h.runTasks();
    const request = await onlyRequest(h);
    await h.deliver('customers/redact', { customer: CUSTOMER });
    h.skip(25);
    expect(await h.runTasks()).toEqual([]);
    await h.privacy.housekeeping();
    await h.runTasks();
    const { items } = await h.privacy.service.list({ show: 'open', kind: 'redact', limit: 10 });
    expect(items).toMatchObject([
      { state: 'scheduled', problem: { message: expect.stringContaining('data request 1') } },
    ]);
    await h.privacy.service.deliver(request.id, 'in person');
    await h.privacy.housekeeping();
    expect(await h.runTasks()).toEqual([]);
    expect((await h.privacy.service.list({ show: 'open', limit: 10 })).items).toEqual([]);
    expect(existsSync(join(h.dataDir, 'privacy', 'packages', `${request.id}.package`))).toBe(false);
    expect(await h.privacy.service.get(request.id)).toMatchObject({
      state: 'completed',
      package: null,
      knowsPerson: false,
      label: 'Erased',
    });
  });

  it('that names nobody is a failed delivery with a hint, not a request', async () => {
    await expect(h.deliver('customers/data_request', { customer: {} })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      hint: expect.stringContaining('by hand'),
    });
  });

  it('is written once, however often its delivery is run', async () => {
    await h.deliver('customers/data_request', { customer: CUSTOMER });
    const handler = h.privacy.handlers['customers/data_request'];
    const delivery = {
      seq: 1,
      shop: SHOP,
      topic: 'customers/data_request',
      triggeredAt: null,
      receivedAt: new Date(0).toISOString(),
      attempts: 1,
      payload: '',
    };
    await h.db.write(async (tx) =>
      handler?.write(tx, [handler.prepare({ customer: CUSTOMER }, delivery)], () => undefined),
    );
    await onlyRequest(h);
  });

  it('warns once at seven and once at two days, and when it is overdue', async () => {
    await h.deliver('customers/data_request', { customer: CUSTOMER });
    await h.runTasks();
    for (let day = 0; day < 32; day += 1) {
      await h.privacy.housekeeping();
      await h.privacy.housekeeping();
      h.skip(24);
    }
    expect(h.warnings).toMatchObject([{ daysLeft: 7 }, { daysLeft: 2 }, { daysLeft: 0 }]);
    expect(await onlyRequest(h)).toMatchObject({ urgency: 'overdue' });
    expect(await h.privacy.service.summary()).toMatchObject({ due: 1, overdue: 1 });
  });
});

describe('an erasure', () => {
  it('waits for its time, and does not begin while it is on legal hold', async () => {
    await plantEverywhere(h);
    await h.deliver('customers/redact', { customer: CUSTOMER });
    const { id } = await onlyRequest(h);
    await h.runTasks();
    expect(await onlyRequest(h)).toMatchObject({ state: 'scheduled' });
    const held = await h.privacy.service.hold(id, 'A dispute over an order');
    expect(held).toMatchObject({ onHold: true, holdReason: 'A dispute over an order', actions: ['release', 'refuse'] });
    h.skip(48);
    await h.runTasks();
    await h.privacy.housekeeping();
    await h.runTasks();
    expect(await onlyRequest(h)).toMatchObject({ state: 'scheduled', onHold: true });
    await expect(h.privacy.service.run(id, 'erase')).rejects.toMatchObject({ code: 'CONFLICT' });
    await h.privacy.service.release(id);
    await h.privacy.housekeeping();
    expect(await h.runTasks()).toEqual([]);
    expect(await onlyRequest(h, 'closed')).toMatchObject({ state: 'verified' });
  });

  it('can be begun before its time', async () => {
    await plantEverywhere(h);
    await h.deliver('customers/redact', { customer: CUSTOMER });
    const { id } = await onlyRequest(h);
    await h.privacy.service.run(id, 'erase');
    expect(await h.runTasks()).toEqual([]);
    expect(await onlyRequest(h, 'closed')).toMatchObject({ state: 'verified' });
    h.skip(48);
    expect(await h.runTasks()).toEqual([]);
  });

  it('can be refused with a reason, and taken up again', async () => {
    await h.deliver('customers/redact', { customer: CUSTOMER });
    const { id } = await onlyRequest(h);
    const refused = await h.privacy.service.refuse(id, 'Invoices must be kept');
    expect(refused).toMatchObject({ state: 'refused', refusalReason: 'Invoices must be kept', actions: ['reopen'] });
    expect(JSON.stringify(refused.timeline)).not.toContain('Invoices');
    h.skip(48);
    expect(await h.runTasks()).toEqual([]);
    expect(await h.privacy.service.reopen(id)).toMatchObject({ state: 'scheduled', closedAt: null });
  });

  it('tells before what would go, and changes nothing by that', async () => {
    const planted = await plantEverywhere(h);
    await h.deliver('customers/redact', { customer: { email: PLANTED.email } });
    const { id } = await onlyRequest(h);
    const plan = await h.privacy.service.dryRun(id);
    const rows = Object.fromEntries(plan.tables.map(({ table, rows: found }) => [table, found]));
    for (const table of Object.keys(rows)) expect([...planted]).toContain(table);
    expect(rows).toMatchObject({ webhook_bodies: 5, pixel_events: 2, pixel_quarantine: 1 });
    expect(await h.privacy.service.dryRun(id)).toEqual(plan);
    expect((await h.db.read<{ raw: string }>('SELECT raw FROM pixel_quarantine')).length).toBe(1);
  });

  it('goes on after a failed step, when it is run again', async () => {
    await h.close();
    h.remove();
    let broken = true;
    const first = personalDataHolders[0];
    if (!first) throw new Error('no holders');
    h = await startPrivacy({
      holders: [
        ...personalDataHolders,
        {
          ...first,
          name: 'moody',
          tables: [],
          erase: async () => {
            if (broken) throw new Error('disk is full');
            return [];
          },
        },
      ],
    });
    await plantEverywhere(h);
    await h.deliver('customers/redact', { customer: CUSTOMER });
    h.skip(25);
    expect(await h.runTasks()).toHaveLength(1);
    const failed = await onlyRequest(h);
    expect(failed).toMatchObject({ state: 'erasing', problem: { code: 'INTERNAL', hint: expect.any(String) } });
    expect(h.privacy.suppression.isSuppressed(SHOP, { email: PLANTED.email })).toBe(true);
    broken = false;
    h.skip(24 * 20);
    await h.privacy.service.run(failed.id, 'erase');
    expect(await h.runTasks()).toEqual([]);
    expect(await onlyRequest(h, 'closed')).toMatchObject({ state: 'verified', problem: null });
  });

  it('shows whom it is about only when asked, and writes down that it did', async () => {
    await h.deliver('customers/redact', { customer: CUSTOMER });
    const { id } = await onlyRequest(h);
    expect(JSON.stringify(await h.privacy.service.get(id))).not.toContain(PLANTED.email);
    expect(await h.privacy.service.revealPerson(id)).toMatchObject({ emails: [PLANTED.email] });
    await h.privacy.service.noteDisclosure({
      kind: 'field.revealed',
      shop: SHOP,
      facts: { record: 'customer', field: 'email' },
      subject: { name: 'recordDigest', text: `customer/${PLANTED.id}` },
    });
    const { items } = await h.privacy.service.evidence.list({ limit: 2 });
    expect(items.map(({ kind }) => kind)).toEqual(['field.revealed', 'person.revealed']);
    expect(JSON.stringify(items)).not.toContain(PLANTED.id);
  });

  it('entered by hand takes a gid, an address or a number, in any spelling', async () => {
    const entered = await h.privacy.service.enter({
      shop: SHOP,
      kind: 'redact',
      customerId: `gid://shopify/Customer/${PLANTED.id}`,
      email: ' Ada.Lovelace@Planted.example ',
      phone: '+49 151 1234-5678',
      note: 'By letter',
    });
    expect(entered).toMatchObject({
      source: 'operator',
      note: 'By letter',
      identifiers: { customerIds: 1, emails: 1, phones: 1 },
    });
    expect(await h.privacy.service.revealPerson(entered.id)).toMatchObject({
      customerIds: [PLANTED.id],
      emails: [PLANTED.email],
      phones: ['4915112345678'],
    });
  });
});
