import { type Browser, expect, type Page, test } from '@playwright/test';
import { type DemoStore, startDemoStore } from '../../demo/store.ts';
import { launchChromium } from './chromium.ts';
import { type RunningServer, startServerWith } from './server-fixture.ts';

/** A store's pixel as its screen tells it, without the screen being opened anew: from before the store is connected until it is uninstalled. */
test.describe.configure({ mode: 'serial' });

let demo: DemoStore;
let server: RunningServer;
let browser: Browser;
let page: Page;

test.beforeAll(async () => {
  demo = await startDemoStore({ products: 3, orders: 3, customers: 3 });
  server = await startServerWith({
    BACKROOM_SHOPIFY_ORIGIN: demo.ready.origin,
    SHOPIFY_API_KEY: demo.ready.clientId,
    SHOPIFY_API_SECRET: demo.ready.clientSecret,
  });
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(server.loginUrl);
  await page.getByRole('navigation').getByRole('link', { name: 'Pixel' }).click();
});
test.afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await demo?.close();
});

const tab = (name: string | RegExp) => page.getByRole('tab', { name });
const store = () => page.getByTestId('pixel-stores');
const choose = async (item: string): Promise<void> => {
  await store().getByRole('button', { name: 'Pixel', exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
/** What another program with the app's token does at Shopify. */
const admin = async <Data>(query: string, variables: object = {}): Promise<Data> => {
  const answer = await fetch(`${demo.ready.origin}/admin/api/2026-10/graphql.json`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-shopify-access-token': demo.ready.adminToken,
      'x-shopify-shop-domain': demo.ready.shop,
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await answer.json()) as { data: Data; errors?: unknown };
  expect(body.errors).toBeUndefined();
  return body.data;
};
const pixelId = async (): Promise<string> =>
  (await admin<{ webPixel: { id: string } }>('{ webPixel { id } }')).webPixel.id;

test('a store that is connected meanwhile appears, and a test event does not make its pixel receive', async () => {
  await tab('Rules').click();
  await expect(page.getByRole('button', { name: 'New rule' })).toBeDisabled();
  await tab('Stores').click();
  await expect(page.getByText('No store is connected')).toBeVisible();
  const status = await page.evaluate(
    async (input) =>
      (
        await fetch('/trpc/stores.connectWithToken', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(input),
        })
      ).status,
    { shop: demo.ready.shop, token: demo.ready.adminToken },
  );
  expect(status).toBe(200);
  await expect(store()).toContainText('no shopper’s event has come yet', { timeout: 30_000 });
  await store().getByRole('button', { name: 'Send a test event' }).click();
  await expect(page.getByText('The test event came back')).toBeVisible();
  await expect(tab(/^Accepted 1/)).toBeVisible();
  await expect(store()).toContainText('Silent');
  // A list that is empty by its filters says so.
  await page.goto(new URL('/pixel?outcome=accepted&name=never_sent', page.url()).href);
  await expect(page.getByText('No events with these filters')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(page.getByTestId('pixel-row')).toHaveCount(1);
  await tab('Stores').click();
});

test('a notice takes its own room: it covers nothing', async () => {
  await choose('Compare with Shopify');
  const notice = page.locator('.br-toast').filter({ hasText: 'Compared with Shopify' });
  await expect(notice).toBeVisible();
  const rectOf = (selector: string) => page.locator(selector).evaluate((element) => element.getBoundingClientRect());
  // Once it has all its height.
  await expect
    .poll(async () => (await rectOf('.br-main')).bottom - (await notice.evaluate((e) => e.getBoundingClientRect().top)))
    .toBeLessThanOrEqual(0.5);
  const last = page.locator('.br-toast').last();
  const [own, bar] = [await last.evaluate((e) => e.getBoundingClientRect()), await rectOf('.br-status')];
  expect(own.bottom).toBeLessThanOrEqual(bar.top + 0.5);
  expect(own.height).toBeGreaterThan(20);
});

test('deleted and edited at Shopify are found and put right', async () => {
  await admin('mutation ($id: ID!) { webPixelDelete(id: $id) { deletedWebPixelId } }', { id: await pixelId() });
  await choose('Compare with Shopify');
  await expect(store()).toContainText('Differs at Shopify');
  await expect(store()).toContainText('no web pixel of this app any more. Activate the pixel again');
  await choose('Activate, or put right');
  await expect(store()).toContainText('Silent');
  await admin(
    'mutation ($id: ID!, $settings: JSON!) { webPixelUpdate(id: $id, webPixel: { settings: $settings }) { webPixel { id } } }',
    { id: await pixelId(), settings: { accountID: 'px_other', endpoint: 'https://elsewhere.example' } },
  );
  await choose('Compare with Shopify');
  await expect(store()).toContainText('another key or another address');
  await choose('Activate, or put right');
  await expect(store()).toContainText('Silent');
});

test('a failed answer that is none of the API is shown on every tab at once, in words and with what to do', async () => {
  await page.route('**/trpc/**', (route) => route.fulfill({ status: 500, body: 'Internal Server Error' }));
  for (const view of [
    'outcome=accepted',
    'outcome=quarantined',
    'view=funnel',
    'view=health',
    'view=rules',
    'view=status',
  ]) {
    await page.goto(new URL(`/pixel?${view}`, page.url()).href);
    const error = page.getByTestId('error-state').first();
    await expect(error, view).toContainText('error 500');
    await expect(error).toContainText('Try again');
    await expect(page.getByTestId('loading')).toHaveCount(0);
  }
  // A streamed list.
  await page.goto(new URL('/orders', page.url()).href);
  const failed = page.getByTestId('error-state').filter({ hasText: 'The orders could not be loaded' });
  await expect(failed).toContainText('error 500');
  await page.unroute('**/trpc/**');
  await failed.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('order-row').first()).toBeVisible({ timeout: 30_000 });
});

test('an uninstalled app is told at once', async () => {
  await page.goto(new URL('/pixel?view=status', page.url()).href);
  await expect(store()).toContainText('Silent');
  const answer = await fetch(`${demo.ready.origin}/_demo/uninstall`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ shop: demo.ready.shop }),
  });
  expect(answer.status).toBeLessThan(300);
  await expect(store()).toContainText('Uninstalled', { timeout: 30_000 });
  await expect(store()).toContainText('Connect the store again');
});
