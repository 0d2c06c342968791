import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { personalDataHolders } from '../../server/compose/personal-data.ts';
import { htmlReport, jsonReport } from '../../server/features/privacy/report.ts';
import { type PrivacyHarness, readZip, SHOP, startPrivacy } from './privacy-harness.ts';
import { PLANTED, plantEverywhere } from './privacy-plants.ts';

let h: PrivacyHarness;
beforeEach(async () => {
  h = await startPrivacy();
});
afterEach(async () => {
  await h.close();
  h.remove();
});

const customer = { id: Number(PLANTED.id), email: PLANTED.email, phone: PLANTED.phone };
const only = async (show: 'open' | 'closed' = 'open') => {
  const { items } = await h.privacy.service.list({ show, limit: 10 });
  const [item] = items;
  if (!item || items.length !== 1) throw new Error(`expected one request, found ${items.length}`);
  return item;
};
const textOf = async (stream: AsyncIterable<unknown>): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part as Buffer));
  return Buffer.concat(parts);
};

describe('a data request', () => {
  it('is collected by itself into an encrypted zip of a page, JSON and tables, and is delivered and completed by hand', async () => {
    const planted = await plantEverywhere(h);
    await h.deliver('customers/data_request', { customer, orders_requested: [] });
    expect(await only()).toMatchObject({
      state: 'received',
      kind: 'data_request',
      daysLeft: 30,
      urgency: 'fine',
      label: 'a•••@p•••',
    });
    expect(await h.runTasks()).toEqual([]);
    const { id } = await only();
    const ready = await h.privacy.service.get(id);
    expect(ready).toMatchObject({ state: 'ready', actions: ['collect', 'deliver', 'hold', 'refuse'] });
    expect(readFileSync(join(h.dataDir, 'privacy', 'packages', `${id}.package`)).includes('index.html')).toBe(false);

    const { stream, fileName } = await h.privacy.service.openPackage(id);
    expect(fileName).toBe('personal-data-request-1.zip');
    const files = readZip(await textOf(stream));
    // Indexes and lists of ids are erased with the person, but say nothing that their own tables do not.
    const tables = [...files.keys()].flatMap((name) => /^csv\/(.*)\.csv$/.exec(name)?.[1] ?? []);
    for (const table of tables) expect([...planted, 'privacy_requests']).toContain(table);
    expect(tables).toEqual(
      expect.arrayContaining(['customers', 'orders', 'transactions', 'webhook_bodies', 'pixel_events', 'tasks']),
    );
    expect([...files.keys()]).toEqual(expect.arrayContaining(['index.html', 'data.json']));
    expect(files.get('index.html')?.toString()).toContain('Analytical Street');
    expect(files.get('index.html')?.toString()).not.toContain('<script');
    const data = JSON.parse(files.get('data.json')?.toString() ?? '') as {
      store: string;
      sections: { table: string; records: unknown[] }[];
    };
    expect(data.store).toBe('Proof store');
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
    await h.deliver('customers/data_request', { customer });
    await h.runTasks();
    const { id } = await only();
    const files = readZip(await textOf((await h.privacy.service.openPackage(id)).stream));
    expect(files.get('csv/transactions.csv')?.toString()).toMatch(
      /SALE,SUCCESS,19\.90,EUR[\s\S]*REFUND,SUCCESS,5\.00,EUR/,
    );
    expect(files.get('index.html')?.toString()).toContain('<h2>Payments and refunds of your orders</h2>');
    const { tables } = await h.privacy.service.dryRun(id);
    expect(tables.find(({ table }) => table === 'transactions')?.rows).toBe(1);
  });

  it('is answered before its person is erased; then its package goes with them', async () => {
    await plantEverywhere(h);
    await h.deliver('customers/data_request', { customer });
    await h.runTasks();
    const request = await only();
    await h.deliver('customers/redact', { customer });
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
    await h.deliver('customers/data_request', { customer });
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
    await h.db.write(async (tx) => handler?.write(tx, [handler.prepare({ customer }, delivery)]));
    await only();
  });

  it('warns once at seven and once at two days, and when it is overdue', async () => {
    await h.deliver('customers/data_request', { customer });
    await h.runTasks();
    for (let day = 0; day < 32; day += 1) {
      await h.privacy.housekeeping();
      await h.privacy.housekeeping();
      h.skip(24);
    }
    expect(h.warnings).toMatchObject([{ daysLeft: 7 }, { daysLeft: 2 }, { daysLeft: 0 }]);
    expect(await only()).toMatchObject({ urgency: 'overdue' });
    expect(await h.privacy.service.summary()).toMatchObject({ due: 1, overdue: 1 });
  });
});

describe('an erasure', () => {
  it('waits for its time, and does not begin while it is on legal hold', async () => {
    await plantEverywhere(h);
    await h.deliver('customers/redact', { customer });
    const { id } = await only();
    await h.runTasks();
    expect(await only()).toMatchObject({ state: 'scheduled' });
    const held = await h.privacy.service.hold(id, 'A dispute over an order');
    expect(held).toMatchObject({ onHold: true, holdReason: 'A dispute over an order', actions: ['release', 'refuse'] });
    h.skip(48);
    await h.runTasks();
    await h.privacy.housekeeping();
    await h.runTasks();
    expect(await only()).toMatchObject({ state: 'scheduled', onHold: true });
    await expect(h.privacy.service.run(id, 'erase')).rejects.toMatchObject({ code: 'CONFLICT' });
    await h.privacy.service.release(id);
    await h.privacy.housekeeping();
    expect(await h.runTasks()).toEqual([]);
    expect(await only('closed')).toMatchObject({ state: 'verified' });
  });

  it('can be begun before its time', async () => {
    await plantEverywhere(h);
    await h.deliver('customers/redact', { customer });
    const { id } = await only();
    await h.privacy.service.run(id, 'erase');
    expect(await h.runTasks()).toEqual([]);
    expect(await only('closed')).toMatchObject({ state: 'verified' });
    h.skip(48);
    expect(await h.runTasks()).toEqual([]);
  });

  it('can be refused with a reason, and taken up again', async () => {
    await h.deliver('customers/redact', { customer });
    const { id } = await only();
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
    const { id } = await only();
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
    await h.deliver('customers/redact', { customer });
    h.skip(25);
    expect(await h.runTasks()).toHaveLength(1);
    const failed = await only();
    expect(failed).toMatchObject({ state: 'erasing', problem: { code: 'INTERNAL', hint: expect.any(String) } });
    expect(h.privacy.suppression.isSuppressed(SHOP, { email: PLANTED.email })).toBe(true);
    broken = false;
    h.skip(24 * 20);
    await h.privacy.service.run(failed.id, 'erase');
    expect(await h.runTasks()).toEqual([]);
    expect(await only('closed')).toMatchObject({ state: 'verified', problem: null });
  });

  it('shows whom it is about only when asked, and writes down that it did', async () => {
    await h.deliver('customers/redact', { customer });
    const { id } = await only();
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

describe('the erasure of a store', () => {
  const OTHER = 'other.myshopify.com';
  const rowsOf = async (shop: string): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const { table, holds } of personalDataHolders.flatMap(({ tables }) => tables)) {
      const columns = await h.db.read<{ name: string }>('SELECT name FROM pragma_table_info(?)', [table]);
      if (holds === 'nothing' || !columns.some(({ name }) => name === 'shop')) continue;
      const [row] = await h.db.read<{ rows: number }>(`SELECT count(*) AS rows FROM "${table}" WHERE shop = ?`, [shop]);
      if (row && row.rows > 0) counts[table] = row.rows;
    }
    return counts;
  };
  const plantStores = async (): Promise<void> => {
    await plantEverywhere(h);
    await h.insert('counters', { shop: SHOP, name: 'webhooks.received', value: 4 });
    await h.insert('extensions', { shop: SHOP, pixel_key: 'px_1', status: 'active', updated_at: 'x' });
    await h.insert('oauth_states', { id: '1', shop: SHOP, created_at: 'x', expires_at: 'x' });
    await h.insert('counters', { shop: OTHER, name: 'webhooks.received', value: 4 });
    await h.insert('webhook_deliveries', {
      shop: OTHER,
      topic: 'a/b',
      received_at: 'x',
      state: 'processed',
      bytes: 1,
      headers: '{}',
    });
    const [other] = await h.db.read<{ seq: number }>('SELECT max(seq) AS seq FROM webhook_deliveries');
    const seq = other?.seq ?? 0;
    await h.insert('webhook_attempts', { seq, number: 1, at: 'x', outcome: 'failed', message: 'not now' });
    await h.insert('webhook_bookmarks', { seq, name: 'the odd one', created_at: 'x' });
  };

  it('takes everything of it and nothing of others, after the grace period, without Shopify', async () => {
    await plantStores();
    const others = await rowsOf(OTHER);
    await h.deliver('customers/data_request', { customer });
    await h.runTasks();
    await h.deliver('shop/redact', { shop_id: 1, shop_domain: SHOP });
    h.skip(47);
    await h.runTasks();
    expect(Object.keys(await rowsOf(SHOP)).length).toBeGreaterThan(5);
    h.skip(2);
    expect(await h.runTasks()).toEqual([]);
    expect(await rowsOf(SHOP)).toEqual({});
    expect(await rowsOf(OTHER)).toEqual(others);
    // These name no store: what is left of them is the other store's.
    for (const table of ['webhook_attempts', 'webhook_bookmarks'])
      expect(
        await h.db.read(`SELECT d.shop FROM ${table} AS n LEFT JOIN webhook_deliveries AS d ON d.seq = n.seq`),
        table,
      ).toEqual([{ shop: OTHER }]);
    expect(h.stopped).toEqual([SHOP]);
    const { items } = await h.privacy.service.list({ show: 'closed', limit: 10 });
    expect(items.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
      'data_request cancelled',
      'shop_redact verified',
    ]);
    expect(readFileSync(join(h.dataDir, 'backroom.sqlite')).toString('latin1')).not.toMatch(/lovelace/i);
  });

  it('is cancelled when the app was installed again after the request', async () => {
    await plantStores();
    const before = await rowsOf(SHOP);
    await h.deliver('shop/redact', {});
    h.installed.set(SHOP, new Date(h.clock.now() + 3_600_000).toISOString());
    h.skip(49);
    expect(await h.runTasks()).toEqual([]);
    expect(await only('closed')).toMatchObject({ state: 'cancelled' });
    expect(await rowsOf(SHOP)).toEqual({
      ...before,
      webhook_deliveries: (before.webhook_deliveries ?? 0) + 1,
      webhook_bodies: (before.webhook_bodies ?? 0) + 1,
    });
  });
});

describe('the report for an auditor', () => {
  const write = async (): Promise<string> => {
    await h.deliver('customers/redact', { customer });
    h.skip(25);
    await h.runTasks();
    const check = await h.privacy.service.evidence.check();
    const file = join(h.dataDir, 'report.json');
    writeFileSync(file, await textOf(jsonReport(check, h.privacy.service.evidence.all(), 'Grace Hopper')));
    const html = (
      await textOf(
        htmlReport(check, h.privacy.service.evidence.all(), {
          owner: 'Grace Hopper',
          numberOf: await h.privacy.service.numberOfRequest(),
        }),
      )
    ).toString();
    expect(html).toContain('The log is whole');
    expect(html).toContain('answered by Grace Hopper');
    expect(html).toContain('>Request 1<');
    expect(html).not.toMatch(/lovelace|7300000000001/i);
    return file;
  };
  const verify = (...args: string[]) => {
    const run = spawnSync(process.execPath, ['scripts/verify-evidence.mjs', ...args], { encoding: 'utf8' });
    return { code: run.status, text: run.stdout + run.stderr };
  };

  it('is checked by a command without a key, and a changed letter is found', async () => {
    const file = await write();
    expect(verify(file)).toMatchObject({ code: 0, text: expect.stringContaining('5 entries') });
    writeFileSync(file, readFileSync(file, 'utf8').replace('"erased"', '"erasEd"'));
    expect(verify(file)).toMatchObject({ code: 1, text: expect.stringContaining('entry 4') });
    rmSync(file);
    expect(verify(file).code).toBe(2);
  });

  it('is not needed: the command reads the data folder, and with the key the seals', async () => {
    await write();
    expect(verify('--data', h.dataDir)).toMatchObject({ code: 0, text: expect.stringContaining('5 entries') });
  });
});
