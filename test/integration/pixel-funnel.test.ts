import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createRandom } from '../../demo/data/random.ts';
import { createShops } from '../../demo/shop/shop.ts';
import { createStorefront } from '../../demo/traffic/storefront.ts';
import { PIXEL_EXTENSION_VERSION, PIXEL_SCHEMA_VERSION } from '../../shared/pixel/event.ts';
import { type Harness, pixelEvent, startHarness } from './harness.ts';
import { plantedOrder } from './privacy-plants.ts';

let h: Harness;
let bundle = '';
beforeAll(async () => {
  h = await startHarness({ byToken: true, env: { BACKROOM_LIMITS: 'off' } });
  await h.storeWhen((store) => store.pixelActive);
  const { outputFiles } = await build({
    entryPoints: ['extensions/web-pixel/src/index.ts'],
    bundle: true,
    write: false,
    target: 'es2020',
    format: 'iife',
  });
  bundle = outputFiles[0]?.text ?? '';
});
afterAll(() => h.close());

type Listener = (event: unknown) => void;

/** One page of a shop that runs the built extension as Shopify would; answers how to publish on it. */
const openPage = async (): Promise<Listener> => {
  const store = await h.store();
  const listeners = new Map<string, Listener>();
  let start: ((api: unknown) => void) | undefined;
  const context = createContext({
    shopify: { extend: (_point: string, extend: (api: unknown) => void) => (start = extend) },
    fetch,
    AbortController,
    setTimeout,
    clearTimeout,
    crypto: globalThis.crypto,
    console,
  });
  runInContext(bundle, context);
  start?.({
    settings: { accountID: store?.pixelKey, endpoint: `${h.app.publicUrl}/pixel/v1/events` },
    analytics: { subscribe: (name: string, listener: Listener) => listeners.set(name, listener) },
    customerPrivacy: { subscribe: () => undefined },
    init: { customerPrivacy: { analyticsProcessingAllowed: true, marketingAllowed: true } },
  });
  return (event) => listeners.get('all_standard_events')?.(event);
};

/** The analysis waits while many events arrive. */
const ANALYSED = { timeout: 15_000 };

const STEPS = [
  ['viewed', 'product_viewed'],
  ['added', 'product_added_to_cart'],
  ['started', 'checkout_started'],
  ['paid', 'checkout_completed'],
] as const;

it('the funnel of shoppers who ran the built extension equals what they did, exactly', async () => {
  const [shop] = createShops({
    seed: 3,
    products: 40,
    orders: 0,
    customers: 0,
    throttle: { maximum: 1, restoreRate: 1 },
    now: Date.now,
  });
  if (!shop) throw new Error('no shop');
  const storefront = createStorefront(shop, createRandom(11), Date.now);
  const publish = await openPage();
  const truth = new Map<string, Set<string>>([
    ['sessions', new Set()],
    ...STEPS.map(([step]) => [step, new Set()] as [string, Set<string>]),
  ]);
  const searches = new Map<string, number>();
  const COUNT = 900;
  for (let sent = 0; sent < COUNT; sent += 1) {
    const event = storefront.next();
    const client = String(event.clientId);
    truth.get('sessions')?.add(client);
    for (const [step, name] of STEPS) if (event.name === name) truth.get(step)?.add(client);
    if (event.name === 'search_submitted') {
      const { query } = (event.data as { searchResult: { query: string } }).searchResult;
      searches.set(query, (searches.get(query) ?? 0) + 1);
    }
    publish(event);
    // The extension keeps a bounded number; a real page has seconds between its steps.
    if (sent % 100 === 99)
      await vi.waitFor(async () => expect((await h.app.services.pixel.summary()).accepted).toBe(sent + 1), {
        timeout: 10_000,
      });
  }
  await vi.waitFor(async () => {
    const funnel = await h.app.services.pixel.funnel({ period: 'day', shop: h.shop });
    expect(funnel.waiting).toBe(0);
    expect(funnel.current).toEqual(Object.fromEntries([...truth].map(([step, clients]) => [step, clients.size])));
    const counted = [...searches].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 10);
    expect(funnel.searches.map(({ label, seen }) => [label, seen])).toEqual(counted);
  }, ANALYSED);
  const health = await h.app.services.pixel.health({ period: 'hour', shop: h.shop });
  expect(health.counts).toEqual({ accepted: COUNT, quarantined: 0, duplicate: 0, limited: 0, withheld: 0 });
  expect(health.versions).toEqual([
    {
      version: PIXEL_EXTENSION_VERSION,
      accepted: COUNT,
      quarantined: 0,
      duplicate: 0,
      withheld: 0,
      lagMs: expect.any(Number),
    },
  ]);
  const [status] = (await h.app.services.pixel.stores()).items;
  expect(status).toMatchObject({
    status: 'receiving',
    versions: [{ version: PIXEL_EXTENSION_VERSION, supported: true }],
  });
  const { items } = await h.app.services.pixel.sessions({ limit: 100 });
  expect(items.length).toBeGreaterThan(5);
  expect(items[0]?.path.length).toBeGreaterThan(0);
});

it('late and repeated events change sessions as if they had come in time', async () => {
  const now = Date.now();
  const at = (minutes: number, name: string, id: string) =>
    pixelEvent({
      id,
      name,
      clientId: 'late-client',
      timestamp: new Date(now - minutes * 60_000).toISOString(),
      data:
        name === 'product_viewed'
          ? { productVariant: { id: '1', price: null, product: { id: '2', title: 'Late' } } }
          : {},
    });
  const before = (await h.app.services.pixel.funnel({ period: 'day' })).current;
  await h.pixel([at(1, 'page_viewed', 'late-2')]);
  await h.pixel([at(20, 'product_viewed', 'late-1'), at(1, 'page_viewed', 'late-2')]);
  await vi.waitFor(async () => {
    const { current, waiting } = await h.app.services.pixel.funnel({ period: 'day' });
    expect(waiting).toBe(0);
    expect([current.sessions - before.sessions, current.viewed - before.viewed]).toEqual([1, 1]);
  }, ANALYSED);
});

it('a session and the order of its checkout find each other', async () => {
  const checkout = { token: 'token-of-order', order: { id: '7001' }, lineItems: [], currencyCode: 'EUR' };
  await h.pixel(pixelEvent({ id: 'linked-1', name: 'checkout_completed', clientId: 'linked', data: { checkout } }));
  const asked = { shop: h.shop, checkoutToken: 'token-of-order' };
  const session = await vi.waitFor(async () => {
    const { session: found } = await h.app.services.pixel.session(asked);
    expect(found).not.toBeNull();
    return found;
  }, ANALYSED);
  expect(session).toMatchObject({ shop: h.shop, order: null });
  await h.webhook({
    topic: 'orders/create',
    payload: { ...plantedOrder, id: 7001, checkout_token: 'token-of-order', line_items: [] },
  });
  await vi.waitFor(async () => {
    const { session: found } = await h.app.services.pixel.session({ id: session?.id ?? '' });
    expect(found?.order).toEqual({ id: 'gid://shopify/Order/7001', name: plantedOrder.name });
  }, ANALYSED);
  expect(await h.app.services.pixel.session({ ...asked, checkoutToken: 'another' })).toEqual({ session: null });
});

it('consent, versions and clocks: withheld, upgraded or put aside, corrected', async () => {
  const stamp = {
    extension: '1.0.0',
    schema: PIXEL_SCHEMA_VERSION,
    page: 'p',
    n: 1,
    privacy: 'a',
    sentAt: new Date().toISOString(),
  };
  const before = await h.app.services.pixel.summary();
  const no = await h.pixel(pixelEvent({ backroom: { ...stamp, privacy: 'm' } }));
  expect([no.status, no.headers.get('x-backroom-withheld')]).toEqual([204, '1']);
  const newer = pixelEvent({ id: 'newer', backroom: { ...stamp, schema: 99 } });
  expect((await h.pixel(newer)).headers.get('x-backroom-quarantined')).toBe('1');
  const wrongClock = Date.now() - 3_600_000;
  await h.pixel(
    pixelEvent({
      id: 'clock',
      timestamp: new Date(wrongClock - 2000).toISOString(),
      backroom: { ...stamp, sentAt: new Date(wrongClock).toISOString() },
      context: { document: { location: { href: 'https://shop.example/?gclid=person1&utm_source=mail' } } },
    }),
  );
  const after = await h.app.services.pixel.summary();
  expect([after.accepted - before.accepted, after.quarantined - before.quarantined]).toEqual([1, 1]);
  const [row] = (await h.app.services.pixel.list({ outcome: 'accepted', limit: 1 })).items;
  expect(Math.abs(Date.parse(row?.occurredAt ?? '') - Date.now())).toBeLessThan(60_000);
  expect(JSON.stringify(await h.app.services.pixel.get(row?.id ?? ''))).not.toContain('person1');

  const { items } = await h.app.services.pixel.quarantineGroups(h.shop);
  const group = items.find(({ reason }) => reason.includes('newer'));
  expect(group).toMatchObject({ events: 1, names: ['page_viewed'] });
  expect(await h.app.services.pixel.rerun({ shop: h.shop, reason: group?.reason ?? '' })).toEqual({
    accepted: 0,
    remaining: 1,
  });
});

it('the pixel is paused, activated, repaired, given a new key, and tried through the public address', async () => {
  const { pixel } = h.app.services;
  const old = (await h.store())?.pixelKey ?? '';
  const rotated = await pixel.rotateKey({ shop: h.shop, graceHours: 1 });
  expect(rotated.pixelKey).not.toBe(old);
  expect(rotated.oldKeys.map(({ pixelKey }) => pixelKey)).toEqual([old]);
  expect((await h.pixel(pixelEvent(), { key: old })).status).toBe(204);
  expect((await h.pixel(pixelEvent(), { key: rotated.pixelKey })).status).toBe(204);
  h.skip(3_700_000);
  expect((await h.pixel(pixelEvent(), { key: old })).status).toBe(403);

  expect((await pixel.deactivate(h.shop)).status).toBe('paused');
  expect((await h.app.services.stores.repair(h.shop)).pixelActive).toBe(false);
  expect((await pixel.activate(h.shop)).status).not.toBe('paused');
  expect((await pixel.check(h.shop)).problem).toBeNull();

  expect(await pixel.test(h.shop)).toMatchObject({ ok: true, problem: null });
});

it('the console knows the version that the extension says it has', () => {
  const source = readFileSync('extensions/web-pixel/src/version.ts', 'utf8');
  expect(source).toContain(`EXTENSION_VERSION = '${PIXEL_EXTENSION_VERSION}'`);
  expect(source).toContain(`SCHEMA_VERSION = ${PIXEL_SCHEMA_VERSION}`);
  expect(JSON.parse(readFileSync('extensions/web-pixel/package.json', 'utf8'))).toMatchObject({
    version: PIXEL_EXTENSION_VERSION,
  });
});
