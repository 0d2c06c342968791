import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { PrivacySettings } from '../../shared/api.ts';
import { ADMIN_KEY, type Harness, startHarness } from './harness.ts';
import { plantedOrder } from './privacy-plants.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness({ byToken: true, env: { BACKROOM_PRIVACY_REDACT_DELAY_HOURS: '12' } });
  await h.storeWhen((store) => store.state === 'connected');
});
afterAll(() => h.close());

const save = (settings: object) =>
  h.api<PrivacySettings>('/privacy/settings', { method: 'PUT', body: JSON.stringify(settings) });
const read = async (): Promise<PrivacySettings> => (await h.api<PrivacySettings>('/privacy/settings')).body;
const enterErasure = async (): Promise<number> => {
  const shop = (await h.app.services.stores.list())[0]?.shop ?? '';
  const { receivedAt, startsAt } = await h.app.services.privacy.enter({
    shop,
    kind: 'redact',
    email: `${crypto.randomUUID()}@settings.example`,
    note: '',
  });
  return (Date.parse(startsAt ?? '') - Date.parse(receivedAt)) / 3_600_000;
};

it('the environment gives the values until somebody saves others; requests that come then have the new dates', async () => {
  const before = await read();
  expect(before).toEqual({ redactHours: 12, shopRedactHours: 48, packageDays: 30, masking: 'everything', owner: '' });
  expect(await enterErasure()).toBe(12);
  expect((await save({ ...before, redactHours: 72, owner: 'Grace Hopper' })).status).toBe(200);
  expect(await read()).toEqual({ ...before, redactHours: 72, owner: 'Grace Hopper' });
  expect(await enterErasure()).toBe(72);
});

it('a change is one entry of the evidence, which names nobody; saving the same again is none', async () => {
  const now = await read();
  const entries = async () =>
    (await h.app.services.privacy.evidence.list({ limit: 50 })).items.filter(({ kind }) => kind === 'settings.changed');
  const [last, ...others] = await entries();
  expect(others).toEqual([]);
  expect(last?.facts).toEqual({ redactHours: { from: 12, to: 72 }, owner: 'changed' });
  await save(now);
  expect(await entries()).toHaveLength(1);
});

it('refuses values outside of their bounds by name, and keeps what was', async () => {
  const now = await read();
  for (const wrong of [{ redactHours: 481 }, { packageDays: 0 }, { masking: 'nothing' }, { owner: 'x'.repeat(101) }]) {
    const { status, body } = await save({ ...now, ...wrong });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(Object.keys(wrong)[0]);
  }
  expect(await read()).toEqual(now);
});

it('the level of masking holds from the next answer on', async () => {
  const order = { ...plantedOrder, line_items: plantedOrder.line_items.map((line) => ({ id: 1, ...line })) };
  await h.webhook({ topic: 'orders/create', payload: order });
  const nameOf = async (): Promise<string | null | undefined> =>
    (await h.app.services.orders.list({ order: 'desc', limit: 5, search: 'lovelace' })).items[0]?.customerName;
  await vi.waitFor(async () => expect(await nameOf()).toBe('A••• L•••'), { timeout: 10_000, interval: 20 });
  await save({ ...(await read()), masking: 'contacts' });
  expect(await nameOf()).toBe('Ada Lovelace');
});

it('whoever answers stands in the report, and the settings are there after a restart', async () => {
  const report = await fetch(`${h.app.privateUrl}/api/v1/privacy/evidence/report.json`, {
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
  });
  expect(await report.json()).toMatchObject({ owner: 'Grace Hopper' });
  const before = await read();
  await h.restart();
  expect(await read()).toEqual(before);
});
