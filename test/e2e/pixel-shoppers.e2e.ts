import { type Browser, expect, type Page, test } from '@playwright/test';
import { type DemoStore, startDemoStore } from '../../demo/store.ts';
import { launchChromium } from './chromium.ts';
import { type ProxyMode, startFlakyProxy } from './flaky-proxy.ts';
import { createSandbox, type PixelSettings, type Privacy } from './pixel-sandbox.ts';
import { type RunningServer, startServerWith } from './server-fixture.ts';
import { createShoppers, type Row, type Shopper, type ShopperEvent, truthOf } from './shoppers-truth.ts';

/**
 * The demo's shoppers run the built extension in Chromium, in sandboxed workers, over a network that is good and bad in turn, to the built
 * backend; what the console then shows equals what the shoppers did, exactly.
 */
const SEED = 7;
const PRODUCTS = 40;
const SHOPPERS = 90;
const WAVE = 15;
/** A bad time ends after the pages have met it; then they have to bring what they kept. */
const MODES: readonly ProxyMode[] = ['ok', 'failing', 'lost', 'slow', 'gone', 'ok'];
const ADMIN_KEY = 'shoppers-admin-key-0123456789';

const ALL: Privacy = {
  analyticsProcessingAllowed: true,
  marketingAllowed: true,
  preferencesProcessingAllowed: true,
  saleOfDataAllowed: true,
};
const ANALYTICS: Privacy = { ...ALL, marketingAllowed: false, saleOfDataAllowed: false };
const NOTHING: Privacy = {
  analyticsProcessingAllowed: false,
  marketingAllowed: false,
  preferencesProcessingAllowed: false,
  saleOfDataAllowed: false,
};

test.setTimeout(300_000);

let demo: DemoStore;
let server: RunningServer & { readonly doors: { readonly private: string; readonly public: string } };
let browser: Browser;
let proxy: Awaited<ReturnType<typeof startFlakyProxy>>;

test.beforeAll(async () => {
  demo = await startDemoStore({ seed: SEED, products: PRODUCTS, orders: 0, customers: 0 });
  const { origin, shop, clientId, clientSecret, adminToken } = demo.ready;
  server = await startServerWith({
    BACKROOM_SHOPIFY_ORIGIN: origin,
    BACKROOM_ADMIN_KEY: ADMIN_KEY,
    BACKROOM_LIMITS: 'off',
    SHOPIFY_API_KEY: clientId,
    SHOPIFY_API_SECRET: clientSecret,
    SHOPIFY_SHOP: shop,
    SHOPIFY_ADMIN_TOKEN: adminToken,
  });
  proxy = await startFlakyProxy(server.doors.public);
  browser = await launchChromium();
});
test.afterAll(async () => {
  await browser?.close();
  proxy?.close();
  await server?.stop();
  await demo?.close();
});

const get = async <Body>(path: string): Promise<Body> => {
  const answer = await fetch(new URL(`/api/v1${path}`, server.doors.private), {
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
  });
  if (!answer.ok) throw new Error(`GET ${path}: ${answer.status}`);
  return (await answer.json()) as Body;
};

const settingsOf = async (): Promise<PixelSettings> => {
  const store = async () => (await get<{ items: { pixelKey: string; pixelActive: boolean }[] }>('/stores')).items[0];
  await expect.poll(async () => (await store())?.pixelActive, { timeout: 30_000 }).toBe(true);
  return { accountID: (await store())?.pixelKey ?? '', endpoint: `${proxy.url}/pixel/v1/events` };
};

/** Who pays has an order in the shop, whatever the pixel may see. */
const placeOrder = async ({ token, products }: NonNullable<Shopper['bought']>): Promise<void> => {
  const answer = await fetch(new URL('/_demo/orders/place', demo.ready.origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ customer: null, products: products.slice(0, 6), checkoutToken: token }),
  });
  if (!answer.ok) throw new Error(`the order was not placed: ${answer.status} ${await answer.text()}`);
};

type Kind = 'all' | 'analytics' | 'denied' | 'withdraws' | 'agrees later' | 'unknown' | 'twice';
/** How a shopper deals with being asked, by number: most agree. */
const kindOf = (index: number): Kind => {
  const kinds: Partial<Record<number, Kind>> = {
    3: 'denied',
    6: 'withdraws',
    9: 'agrees later',
    12: 'unknown',
    14: 'twice',
  };
  return kinds[index % WAVE] ?? (index % 2 === 0 ? 'all' : 'analytics');
};

/** A page begins with its view. */
const pagesOf = (events: readonly ShopperEvent[]): ShopperEvent[][] => {
  const pages: ShopperEvent[][] = [];
  for (const event of events) {
    if (event.name === 'page_viewed' || pages.length === 0) pages.push([]);
    pages.at(-1)?.push(event);
  }
  return pages;
};

const acknowledged = (events: readonly ShopperEvent[]) =>
  expect.poll(() => events.filter(({ id }) => !proxy.acknowledged.has(id)).length, { timeout: 60_000 }).toBe(0);

test('the funnel, products, searches, sources and orders equal what the shoppers did', async () => {
  const settings = await settingsOf();
  const sandbox = await createSandbox(await browser.newPage(), proxy.url);
  const shoppers = createShoppers(SEED, PRODUCTS, SHOPPERS);
  const withheld: ShopperEvent[] = [];
  /** Events that a page published a second time. */
  let published = 0;

  /** Resolves with the events that count, once the pixel was told of all. */
  const visit = async (shopper: Shopper, kind: Kind, mode: ProxyMode): Promise<readonly ShopperEvent[]> => {
    const { events } = shopper;
    const half = Math.ceil(events.length / 2);
    if (kind === 'denied') {
      await (await sandbox.open(settings, NOTHING)).tell({ publish: events });
      return [];
    }
    if (kind === 'withdraws') {
      const page = await sandbox.open(settings, ALL);
      await page.tell({ publish: events.slice(0, half) });
      // What was not sent when consent ends is forgotten, as it should be.
      await acknowledged(events.slice(0, half));
      await page.tell({ privacy: NOTHING });
      await page.tell({ publish: events.slice(half) });
      return events.slice(0, half);
    }
    if (kind === 'agrees later') {
      const page = await sandbox.open(settings, NOTHING);
      await page.tell({ publish: events.slice(0, half) });
      await page.tell({ privacy: ANALYTICS });
      await page.tell({ publish: events.slice(half) });
      return events.slice(half);
    }
    if (kind === 'unknown') {
      await (await sandbox.open(settings, null)).tell({ publish: events });
      withheld.push(...events);
      return [];
    }
    if (kind === 'twice') {
      const page = await sandbox.open(settings, ALL);
      await page.tell({ publish: [...events, ...events] });
      published += events.length;
      return events;
    }
    const privacy = kind === 'all' ? ALL : ANALYTICS;
    if (mode !== 'ok') {
      // While the backend is not there, what a page could not send goes with it: these shoppers stay on theirs.
      await (await sandbox.open(settings, privacy)).tell({ publish: events });
      return events;
    }
    for (const published of pagesOf(events)) {
      const page = await sandbox.open(settings, privacy);
      await page.tell({ publish: published });
      // Leaving waits for nothing; what the page had goes out with the browser's keepalive.
      if (published.at(-1)?.id !== events.at(-1)?.id) await page.leave();
    }
    return events;
  };

  const visits: (readonly ShopperEvent[])[] = [];
  for (let from = 0; from < shoppers.length; from += WAVE) {
    const mode = MODES[(from / WAVE) % MODES.length] ?? 'ok';
    const wave = shoppers.slice(from, from + WAVE);
    // Withdrawing needs an answer first, and what is withheld counts each time it comes: both belong to good times.
    const isPatient = (_: Shopper, index: number): boolean => {
      const kind = kindOf(index);
      return kind === 'withdraws' || kind === 'unknown' || kind === 'twice';
    };
    proxy.setMode('ok');
    const good = await Promise.all(
      wave.map((each, index) => (isPatient(each, index) ? visit(each, kindOf(index), 'ok') : null)),
    );
    await acknowledged([...good.flatMap((each) => each ?? []), ...withheld]);
    proxy.setMode(mode);
    const bad = await Promise.all(
      wave.map((each, index) => (isPatient(each, index) ? null : visit(each, kindOf(index), mode))),
    );
    if (mode === 'failing' || mode === 'gone' || mode === 'lost') proxy.setMode('ok');
    const counted = [...good, ...bad].filter((each) => each !== null);
    await acknowledged(counted.flat());
    visits.push(...counted);
    await Promise.all(wave.map(({ bought }) => bought && placeOrder(bought)));
  }
  expect(await sandbox.problems()).toEqual([]);

  const counted = new Set(visits.flat().map(({ id }) => id));
  const timesTaken = (ids: Iterable<string>): number =>
    [...ids].reduce((sum, id) => sum + (proxy.taken.get(id) ?? 0), 0);
  const duplicates = timesTaken(counted) - counted.size;
  // The bad times were met: requests were refused, answers were lost, and what came again was noticed.
  expect(proxy.refused()).toBeGreaterThan(0);
  expect(duplicates).toBeGreaterThan(published);
  const health = await get<{ counts: Record<string, number> }>('/pixel/health?period=day');
  expect(health.counts).toEqual({
    accepted: counted.size,
    duplicate: duplicates,
    quarantined: 0,
    limited: 0,
    withheld: timesTaken(withheld.map(({ id }) => id)),
  });
  expect([...proxy.taken.keys()].sort()).toEqual([...counted, ...withheld.map(({ id }) => id)].sort());

  const screen = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await screen.goto(server.loginUrl);
  await screen.getByRole('navigation').getByRole('link', { name: 'Pixel' }).click();
  await screen.getByRole('tab', { name: 'Funnel' }).click();
  const truth = truthOf(visits);
  await expect.poll(() => rowsOf(screen, 'funnel-steps', 1), { timeout: 30_000 }).toEqual(truth.steps);
  expect(await rowsOf(screen, 'funnel-products', 3)).toEqual(truth.products);
  expect(await rowsOf(screen, 'funnel-sources', 3)).toEqual(truth.sources);
  expect(await rowsOf(screen, 'funnel-searches', 1)).toEqual(truth.searches);

  const paid = shoppers.filter(({ bought }) => bought !== null);
  const seenPaid = visits.filter((events) => events.some(({ name }) => name === 'checkout_completed')).length;
  const unknown = paid.filter((each) => kindOf(shoppers.indexOf(each) % WAVE) === 'unknown').length;
  await expect
    .poll(() => rowsOf(screen, 'funnel-orders', 1), { timeout: 30_000 })
    .toEqual([
      ['Seen by the pixel', seenPaid],
      [expect.stringContaining('did not allow analytics'), unknown],
      [expect.stringContaining('blocked'), 0],
      // So soon after the order, an event may still be on its way.
      [expect.stringContaining('late'), paid.length - seenPaid - unknown],
      [expect.stringContaining('quarantine'), 0],
      [expect.stringContaining('in that hour'), 0],
      [expect.stringContaining('Without a browser'), 0],
      ['Paid sessions whose order never came', 0],
    ]);
  expect(seenPaid).toBeGreaterThan(5);
  await screen.screenshot({ path: '.runtime/screens/pixel-shoppers.png' });
});

/** The table's rows: label and first numbers. */
const rowsOf = async (page: Page, testId: string, numbers: number): Promise<Row[]> => {
  const rows = await page.getByTestId(testId).locator('tbody tr').all();
  return Promise.all(
    rows.map(async (row): Promise<Row> => {
      const cells = (await row.locator('th, td').allTextContents()).slice(0, 1 + numbers);
      return [cells[0] ?? '', ...cells.slice(1).map((text) => Number(text.replaceAll(/[^\d]/g, '')))];
    }),
  );
};
