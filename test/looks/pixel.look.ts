import { expect, type Page, test } from '@playwright/test';
import { type DemoStore, startDemoStore } from '../../demo/store.ts';
import { launchBackroom, type RunningBackroom, storeByToken } from '../e2e/electron-fixture.ts';
import { look, makeContactSheets } from './camera.ts';
import { createSender, oddSenders, openDatabase, ordersSeen, twoDays } from './pixel-life.ts';
import { arrive, go } from './views.ts';

/**
 * The pixel's screen in the real window: everything full, each status and its repair, empty, loading, failing, away. It needs a display
 * that holds the larger size: `xvfb-run -s "-screen 0 2700x1600x24"`.
 */
test.describe.configure({ mode: 'serial', timeout: 300_000 });

let demo: DemoStore;
let backroom: RunningBackroom;
let page: Page;

const TABS = {
  accepted: '/pixel?outcome=accepted',
  quarantined: '/pixel?outcome=quarantined',
  funnel: '/pixel?view=funnel',
  health: '/pixel?view=health',
  rules: '/pixel?view=rules',
  stores: '/pixel?view=status',
} as const;

const photograph = (state: string) => look(backroom, 'pixel', state);
const press = (name: string | RegExp) =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click();
const store = () => page.getByTestId('pixel-stores').locator('.br-pixel-store').first();
const choose = async (item: string): Promise<void> => {
  await store().getByRole('button', { name: 'Pixel', exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

/** The app's own call to the store's admin, as anybody with its token could make it. */
const admin = async (query: string, variables: object = {}): Promise<unknown> => {
  const answer = await fetch(`${demo.ready.origin}/admin/api/2026-10/graphql.json`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-shopify-access-token': demo.ready.adminToken,
      'x-shopify-shop-domain': demo.ready.shop,
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await answer.json()) as { data?: unknown; errors?: unknown };
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  return body.data;
};
const pixelId = async (): Promise<string> =>
  ((await admin('{ webPixel { id } }')) as { webPixel: { id: string } }).webPixel.id;
const control = async (path: string, body: object): Promise<void> => {
  const answer = await fetch(`${demo.ready.origin}/_demo/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ shop: demo.ready.shop, ...body }),
  });
  expect(answer.status).toBeLessThan(300);
};

test.beforeAll(async () => {
  test.setTimeout(300_000);
  demo = await startDemoStore({ products: 40, orders: 3000, customers: 300, epoch: Date.now() });
});
test.afterAll(async () => {
  await backroom?.close();
  await demo?.close();
  makeContactSheets();
});

const connected = (env: Readonly<Record<string, string>> = {}, dataDir?: string) =>
  launchBackroom({
    ...(dataDir === undefined ? {} : { dataDir }),
    env: {
      BACKROOM_DEMO: 'off',
      BACKROOM_LIMITS: 'off',
      ...storeByToken(demo),
      ...env,
    },
  });

test('no store', async () => {
  backroom = await launchBackroom({ env: { BACKROOM_DEMO: 'off' } });
  page = backroom.window;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const [name, path] of Object.entries(TABS)) {
    await arrive(page, path);
    await photograph(`${name}-no-store`);
  }
  await backroom.close();
});

test('a store whose pixel cannot be activated, then one that never was', async () => {
  await control('traps', { hasPixelExtension: false });
  backroom = await connected();
  page = backroom.window;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await arrive(page, TABS.stores);
  await expect(store()).toContainText('Differs at Shopify', { timeout: 60_000 });
  await photograph('stores-no-extension');
  await choose('Activate, or put right');
  await expect(page.locator('.br-toast')).toBeVisible();
  await photograph('stores-activation-refused');
  const db = openDatabase(backroom.dataDir);
  await db.exec(
    `UPDATE extensions SET problem = NULL, status = 'inactive', web_pixel_id = NULL, activated_at = NULL, checked_at = NULL`,
  );
  for (const [name, path] of Object.entries(TABS)) {
    await arrive(page, path);
    await photograph(`${name}-never`);
  }
  await control('traps', { hasPixelExtension: true });
  await arrive(page, TABS.stores);
  await choose('Activate, or put right');
  await expect(store()).toContainText('Silent');
  await photograph('stores-activated');
});

test('full', async () => {
  const now = Date.now();
  const db = openDatabase(backroom.dataDir);
  const orders = () =>
    db.all<{ id: string; checkout: string; at: number }>(
      `SELECT CAST(replace(id, 'gid://shopify/Order/', '') AS TEXT) AS id, checkout_token AS checkout, created_at AS at FROM orders
      WHERE checkout_token IS NOT NULL ORDER BY created_at DESC LIMIT 40`,
    );
  await expect.poll(async () => (await orders()).length, { timeout: 120_000 }).toBe(40);
  const recent = (await orders()).map((order) => ({ ...order, at: new Date(order.at).getTime() }));
  const send = createSender(page);
  await send([...twoDays(now), ...ordersSeen(recent.filter(({ at }) => now - at < 86_400_000)), ...oddSenders(now)]);
  await send([{ name: 'page_viewed', client: 'now', at: Date.now() }]);
  // Received in each of the last hours but one, so that an order without events was blocked in some and unseen in the other.
  const seconds = Math.floor(now / 3_600_000) * 3600;
  await db.exec(`WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 30)
    INSERT INTO pixel_rollups (shop, grain, at, name, outcome, version, events, lag_ms)
    SELECT '${demo.ready.shop}', grain.value, ${seconds} - i * 3600, 'page_viewed', outcome.value, '1.0.0', (i * 7) % 40 / outcome.key + 2, 9000
    FROM n, json_each('["accepted","duplicate","quarantined","limited"]') AS outcome, json_each('[3600]') AS grain WHERE i % 5 AND outcome.key + 0 > 0
    UNION ALL SELECT '${demo.ready.shop}', 3600, ${seconds} - i * 3600, 'page_viewed', 'accepted', '1.0.0', (i * 13) % 90 + 20, 90000 FROM n WHERE i % 5`);
  for (const [name, path] of Object.entries(TABS)) {
    await arrive(page, path);
    await expect(page.getByText(/events are being counted/)).toHaveCount(0, { timeout: 30_000 });
    await photograph(`${name}-full`);
  }
  for (const period of ['hour', 'week', 'month']) {
    await arrive(page, `${TABS.funnel}&period=${period}`);
    await photograph(`funnel-${period}`);
  }
  await arrive(page, TABS.funnel);
  for (const [state, heading] of [
    ['orders', 'Orders and what the pixel saw'],
    ['sessions', 'Sessions'],
    ['numbers', 'The chart’s numbers'],
  ] as const) {
    const at = page.getByRole('heading', { name: heading, exact: true });
    if (state === 'sessions') await page.getByTestId('sessions-table').getByRole('button').first().click();
    await at.evaluate((element) => element.scrollIntoView());
    await photograph(`funnel-${state}`);
  }
  await arrive(page, TABS.health);
  await page
    .getByRole('heading', { name: 'By version of the extension' })
    .evaluate((element) => element.scrollIntoView());
  await photograph('health-below');
});

test('details, reasons and rules', async () => {
  await arrive(page, TABS.accepted);
  await page.getByTestId('pixel-row').nth(3).click();
  await expect(page.getByTestId('validation')).toBeVisible();
  await photograph('accepted-detail');
  await page.getByRole('tab', { name: 'Raw JSON' }).click();
  await photograph('accepted-raw');
  await arrive(page, TABS.quarantined);
  await page.getByTestId('pixel-row').first().click();
  await expect(page.getByTestId('problem')).toBeVisible();
  await photograph('quarantined-detail');
  await press('Close details');
  await press(/^Reason/);
  await photograph('quarantined-reasons');
  await page.getByRole('menuitem').filter({ hasText: 'newer' }).click();
  await press('Check again');
  await expect(page.getByText('Checked again')).toBeVisible();
  await photograph('quarantined-checked-again');

  await arrive(page, TABS.rules);
  await press('New rule');
  await page.getByLabel('Event', { exact: true }).fill('newsletter_joined');
  await press('Draft from recent events');
  await expect(page.getByTestId('rule-test')).toBeVisible();
  await photograph('rules-drafted');
  await page
    .getByLabel(/JSON schema/)
    .fill('{"type":"object","required":["plan"],"properties":{"plan":{"enum":["weekly"]}}}');
  await press('Test');
  await expect(page.getByText(/would be quarantined/)).toBeVisible();
  await photograph('rules-tested');
  await page.getByLabel(/JSON schema/).fill('{"type":"object","pattern":"(a+)+$","$ref":"https://x"}');
  await press('Test');
  await expect(page.getByTestId('rule-problems')).toBeVisible();
  await photograph('rules-refused');
  await page
    .getByLabel(/JSON schema/)
    .fill('{"type":"object","required":["plan"],"properties":{"plan":{"enum":["weekly"]}}}');
  await press('Test');
  await expect(page.getByText(/would be quarantined/)).toBeVisible();
  await press('Save');
  await expect(page.getByText('Rule saved')).toBeVisible();
  await createSender(page)([
    { name: 'newsletter_joined', client: 'late', at: Date.now(), customData: { plan: 'never' } },
  ]);
  await photograph('rules-saved');
});

test('each status, and what puts it right', async () => {
  const db = openDatabase(backroom.dataDir);
  await arrive(page, TABS.stores);
  await expect(store()).toContainText('Receiving');
  await press('Send a test event');
  await expect(page.getByText('The test event came back')).toBeVisible();
  await photograph('stores-test-event');

  await choose('New key, old one for 24 hours');
  await expect(store()).toContainText('Old key, still taken');
  await photograph('stores-new-key');

  await admin('mutation ($id: ID!) { webPixelDelete(id: $id) { deletedWebPixelId } }', { id: await pixelId() });
  await choose('Compare with Shopify');
  await expect(store()).toContainText('no web pixel of this app');
  await photograph('stores-deleted-there');
  await choose('Activate, or put right');
  await expect(store()).toContainText('Receiving');

  await admin(
    'mutation ($id: ID!, $s: JSON!) { webPixelUpdate(id: $id, webPixel: { settings: $s }) { webPixel { id } } }',
    {
      id: await pixelId(),
      s: { accountID: 'px_somebody_else', endpoint: 'https://elsewhere.example' },
    },
  );
  await choose('Compare with Shopify');
  await expect(store()).toContainText('settings at Shopify differ');
  await photograph('stores-edited-there');
  await choose('Activate, or put right');
  await expect(store()).toContainText('Receiving');

  await db.exec(`UPDATE extensions SET endpoint = 'https://old-address.ngrok.app/pixel/v1/events'`);
  await arrive(page, TABS.stores);
  await expect(store()).toContainText('not Backroom’s public address');
  await photograph('stores-address-changed');
  await choose('Activate, or put right');
  await expect(store()).toContainText('Receiving');

  await choose('Take out of the store');
  await expect(store()).toContainText('Paused');
  await photograph('stores-paused');
  await choose('Activate, or put right');
  await expect(store()).toContainText('Receiving');

  await db.exec(
    `DELETE FROM pixel_rollups WHERE version = '0.9.2'; UPDATE pixel_rollups SET version = '0.9.2' WHERE version = '1.0.0'`,
  );
  await arrive(page, TABS.stores);
  await expect(store()).toContainText('Outdated');
  await photograph('stores-outdated');
  await db.exec(`UPDATE OR REPLACE pixel_rollups SET version = '1.0.0' WHERE version = '0.9.2'`);
  await db.exec(`DELETE FROM pixel_rollups WHERE grain < 86400 AND at > unixepoch() - 14400`);
  await arrive(page, TABS.stores);
  await expect(store()).toContainText('Silent');
  await photograph('stores-silent');

  await control('uninstall', {});
  await expect(store()).toContainText('Uninstalled', { timeout: 30_000 });
  await photograph('stores-uninstalled');
});

test('loading, failing, away', async () => {
  await page.route('**/trpc/**', () => new Promise<void>(() => undefined));
  for (const [name, path] of Object.entries(TABS)) {
    await go(page, path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await photograph(`${name}-loading`);
  }
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.route('**/trpc/**', (route) => route.fulfill({ status: 500, body: 'Internal Server Error' }));
  for (const [name, path] of Object.entries(TABS)) {
    await go(page, path);
    await expect(page.getByTestId('error-state').first()).toBeVisible();
    await expect(page.getByTestId('loading')).toHaveCount(0);
    await photograph(`${name}-failing`);
  }
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.route('**/trpc/**', (route) =>
    route.fulfill({ status: 503, contentType: 'application/json', body: '{"error":{"code":"BACKEND_RESTARTING"}}' }),
  );
  for (const [name, path] of Object.entries(TABS)) {
    await go(page, path);
    await expect(page.getByTestId('away-banner')).toBeVisible({ timeout: 30_000 });
    await photograph(`${name}-away`);
  }
});
