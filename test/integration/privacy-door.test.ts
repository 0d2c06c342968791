import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import type { PrivacyDetail, PrivacyPage } from '../../shared/api.ts';
import { ADMIN_KEY, databaseBytes, type Harness, productsOf, startHarness } from './harness.ts';
import { readZip } from './privacy-harness.ts';
import { PLANTED, plantedOrder } from './privacy-plants.ts';
import { query, reconcile } from './sync-harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness({
    byToken: true,
    env: {
      BACKROOM_ADMIN_KEY_SCOPES: 'personal',
      BACKROOM_PRIVACY_REDACT_DELAY_HOURS: '0',
      BACKROOM_PRIVACY_SHOP_REDACT_DELAY_HOURS: '0',
    },
  });
  await h.storeWhen((store) => productsOf(store)?.phase === 'done');
});
afterAll(() => h.close());

type Page = z.output<typeof PrivacyPage>;
const requests = async (query: string): Promise<Page['items']> =>
  (await h.api<Page>(`/privacy/requests?${query}`)).body.items;
const when = <T>(look: () => Promise<T | undefined>): Promise<T> =>
  vi.waitFor(
    async () => {
      const found = await look();
      if (found === undefined) throw new Error('not yet');
      return found;
    },
    { timeout: 15_000, interval: 20 },
  );
const customer = { id: Number(PLANTED.id), email: PLANTED.email, phone: PLANTED.phone };

it('a data request that Shopify signs becomes a package behind the private door, and an erasure leaves nothing of the person', async () => {
  expect((await h.webhook({ topic: 'orders/create', payload: plantedOrder })).status).toBe(200);
  const body = { shop_id: 1, shop_domain: h.shop, customer, orders_requested: [], data_request: { id: 1 } };
  expect((await h.webhook({ topic: 'customers/data_request', payload: body })).status).toBe(200);
  const ready = await when(async () => (await requests('show=open')).find(({ state }) => state === 'ready'));
  expect(ready).toMatchObject({ kind: 'data_request', shop: h.shop, daysLeft: 30 });

  const path = `${h.app.privateUrl}/api/v1/privacy/requests/${ready.id}/package`;
  expect((await fetch(path)).status).toBe(401);
  const download = await fetch(path, { headers: { authorization: `Bearer ${ADMIN_KEY}` } });
  expect(download.headers.get('content-disposition')).toContain('personal-data-request-1.zip');
  const page = readZip(Buffer.from(await download.arrayBuffer()))
    .get('index.html')
    ?.toString();
  expect(page).toContain('Analytical Street');

  const hand = { method: 'POST', body: JSON.stringify({ how: 'in person' }) };
  expect((await h.api(`/privacy/requests/${ready.id}/deliver`, hand)).status).toBe(200);
  expect((await h.webhook({ topic: 'customers/redact', payload: { ...body, orders_to_redact: [] } })).status).toBe(200);
  const verified = await when(async () => (await requests('show=closed')).find(({ state }) => state === 'verified'));
  expect(verified.problem).toBeNull();
  expect(databaseBytes(h.dataDir).toString('latin1').toLowerCase()).not.toMatch(/lovelace|7300000000001|15112345678/);
  expect(h.lines.join('\n').toLowerCase()).not.toMatch(/lovelace|7300000000001|15112345678/);

  // A late delivery about the person is kept, without the person.
  expect((await h.webhook({ topic: 'orders/updated', payload: plantedOrder })).status).toBe(200);
  const late = await when(async () =>
    (await h.app.services.webhooks.list({ limit: 10 })).items.find(({ topic }) => topic === 'orders/updated'),
  );
  expect(JSON.parse((await h.app.services.webhooks.get(late.id)).payload ?? '')).toMatchObject({
    total_price: '19.90',
    customer: null,
  });

  const detail = (await h.api<PrivacyDetail>(`/privacy/requests/${verified.id}`)).body;
  expect(detail.timeline.at(-1)?.kind).toBe('verified');
  expect((await h.api<{ ok: boolean }>('/privacy/evidence/check')).body.ok).toBe(true);
  const report = await h.api<{ entries: unknown[] }>('/privacy/evidence/report.json');
  expect(report.headers.get('content-disposition')).toContain('privacy-evidence.json');
  expect(report.body.entries.length).toBeGreaterThan(8);
});

it('an erased customer whom Shopify still has is no missing row, and their ids are not compared again for it', async () => {
  const [{ pk = 0 } = {}] = await query<{ pk: number }>(h.dataDir, 'SELECT pk FROM customers ORDER BY pk LIMIT 1');
  const payload = {
    shop_id: 1,
    shop_domain: h.shop,
    customer: { id: pk, email: null, phone: null },
    orders_to_redact: [],
  };
  const verified = async (): Promise<number> =>
    (await requests('show=closed')).filter(({ state }) => state === 'verified').length;
  const before = await verified();
  expect((await h.webhook({ topic: 'customers/redact', payload })).status).toBe(200);
  await when(async () => ((await verified()) > before ? true : undefined));

  const customers = async () => (await reconcile(h)).syncs.find(({ resource }) => resource === 'customers');
  const sync = await customers();
  expect(sync).toMatchObject({ withheldCount: 1, localCount: (sync?.remoteCount ?? 0) - 1 });
  const sweptAt = () => query(h.dataDir, `SELECT swept_at FROM sync_states WHERE resource = 'customers'`);
  const swept = await sweptAt();
  expect(await customers()).toMatchObject({ withheldCount: 1 });
  expect(await sweptAt()).toEqual(swept);
  expect(await query(h.dataDir, `SELECT pk FROM customers WHERE pk = ${pk}`)).toEqual([]);
});

it('an uninstalled store loses its token and pixel at once, and everything with Shopify’s erasure', async () => {
  const uninstalled = { topic: 'app/uninstalled', payload: {}, triggeredAt: new Date().toISOString() };
  expect((await h.webhook(uninstalled)).status).toBe(200);
  const gone = await h.storeWhen((store) => store.state === 'uninstalled' && !store.pixelActive);
  expect(gone).toMatchObject({ pixelActive: false, webhookTopics: [] });

  expect((await h.webhook({ topic: 'shop/redact', payload: { shop_id: 1, shop_domain: h.shop } })).status).toBe(200);
  const verified = await when(async () =>
    (await requests('show=closed')).find(({ kind, state }) => kind === 'shop_redact' && state === 'verified'),
  );
  expect(verified.problem).toBeNull();
  expect(await h.app.services.stores.list()).toEqual([]);
  expect((await h.api<{ items: unknown[] }>('/products')).body.items).toEqual([]);
  expect((await h.api<{ ok: boolean }>('/privacy/evidence/check')).body.ok).toBe(true);
});
