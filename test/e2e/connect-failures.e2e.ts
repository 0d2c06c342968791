import { mkdirSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { startDemoStore } from '../../demo/store.ts';
import { launchChromium } from './chromium.ts';
import { launchBackroom, type RunningBackroom } from './electron-fixture.ts';
import { catchOpenedLinks } from './opened-links.ts';

/** What goes wrong when a store is connected, and what the wizard then says, in the real window; each message is photographed. */
const SCREENS = '.runtime/screens';

test.describe.configure({ mode: 'serial' });

let demo: Awaited<ReturnType<typeof startDemoStore>>;
let backroom: RunningBackroom;
let window: Page;
let links: Awaited<ReturnType<typeof catchOpenedLinks>>;

const control = async (path: string, body: unknown): Promise<void> => {
  const response = await fetch(`${demo.ready.origin}/_demo/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
};
const saveCredentials = (secret: string, scopes: readonly string[]): Promise<number> =>
  window.evaluate(
    async (input) => {
      const response = await fetch('/trpc/settings.saveCredentials', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      return response.status;
    },
    { apiKey: demo.ready.clientId, apiSecret: secret, scopes: [...scopes] },
  );
const openForm = async (way: string, shop: string): Promise<void> => {
  await window.getByRole('button', { name: 'Connect a store' }).first().click();
  await window.getByTestId(`way-${way}`).click();
  await window.getByRole('button', { name: 'Next' }).click();
  await window.getByLabel('Shop domain').fill(shop);
};
/** The approval as far as Shopify's page, in a browser of its own. */
const openInBrowser = async (shop: string, visit: (page: Page) => Promise<void>): Promise<void> => {
  await openForm('authorization_code', shop);
  await window.getByRole('button', { name: 'Continue in the browser' }).click();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(await links.next());
    await visit(page);
  } finally {
    await browser.close();
  }
};
const close = (): Promise<void> => window.getByRole('button', { name: 'Close' }).click();
const shot = (name: string) => window.screenshot({ path: `${SCREENS}/connect-failure-${name}-light.png` });
const openStores = (): Promise<void> => window.getByRole('navigation').getByRole('link', { name: 'Stores' }).click();
const SCOPES = ['read_products', 'read_orders', 'read_customers'];

test.beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  demo = await startDemoStore({ products: 5, orders: 1, customers: 1 });
  backroom = await launchBackroom({
    env: { BACKROOM_DEMO: 'off', BACKROOM_SHOPIFY_ORIGIN: demo.ready.origin },
  });
  window = backroom.window;
  links = await catchOpenedLinks(backroom.app);
  await window.setViewportSize({ width: 1280, height: 800 });
  await openStores();
});
test.afterAll(async () => {
  await backroom?.close();
  await demo?.close();
});

test('a wrong client secret', async () => {
  expect(await saveCredentials('not-the-secret-of-this-app', SCOPES)).toBe(200);
  await openForm('client_credentials', demo.shops[1] ?? '');
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(window.getByTestId('connect-failure')).toContainText('does not accept the app’s client secret');
  await shot('secret');
  await close();
  expect(await saveCredentials(demo.ready.clientSecret, SCOPES)).toBe(200);
});

test('the app is not installed', async () => {
  await control('access', { credentialsNeedInstall: true });
  await openForm('client_credentials', demo.shops[1] ?? '');
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(window.getByTestId('connect-failure')).toContainText(`The app is not installed on ${demo.shops[1]}`);
  await shot('not-installed');
  await close();
  await control('access', { credentialsNeedInstall: false });
});

test('a wrong domain', async () => {
  await openForm('admin_token', 'no-such-store.myshopify.com');
  await window.getByLabel('Admin API access token').fill(demo.ready.adminToken);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(window.getByTestId('connect-failure')).toContainText('There is no store at no-such-store.myshopify.com');
  await shot('domain');
  await window.getByLabel('Shop domain').fill('www.example.com');
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(window.getByText('This is the store’s own domain.')).toBeVisible();
  await close();
});

test('a redirect address that is not allowed: Shopify keeps the browser, and the wizard explains its page', async () => {
  await control('access', { loopbackRedirects: false });
  await openInBrowser(demo.shops[2] ?? '', async (page) => {
    await expect(page.getByText('The redirect_uri is not whitelisted')).toBeVisible();
    await page.screenshot({ path: `${SCREENS}/connect-failure-redirect-at-shopify.png` });
    await expect(window.getByTestId('connect-waiting')).toHaveAttribute('data-phase', 'browser');
    const help = window.getByTestId('shopify-page-help');
    await help.getByText('Shopify shows an error instead?').click();
    await expect(help).toContainText('redirect_uri is not whitelisted');
    await expect(help).toContainText('The redirect address is not allowed.');
    await expect(help.getByText('/auth/callback')).toBeVisible();
    await shot('redirect');
  });
  await close();
  await control('access', { loopbackRedirects: true });
});

test('a clock that differs by more than 90 seconds', async () => {
  await control('time', { ms: 95_000 });
  await openInBrowser(demo.shops[2] ?? '', async (page) => {
    await page.getByRole('button', { name: 'Install app' }).click();
    await expect(page.getByText('clock is wrong')).toBeVisible();
    await page.screenshot({ path: `${SCREENS}/connect-failure-clock-in-browser.png` });
  });
  await expect(window.getByTestId('connect-failed')).toContainText('this computer’s clock is wrong');
  await expect(window.getByTestId('connect-failed')).toContainText('90 seconds');
  await shot('clock');
  await close();
});

test('a scope that is not granted is said at the end', async () => {
  expect(await saveCredentials(demo.ready.clientSecret, [...SCOPES, 'read_shopify_payments_payouts'])).toBe(200);
  await openForm('admin_token', demo.ready.shop);
  await window.getByLabel('Admin API access token').fill(demo.ready.adminToken);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(window.getByTestId('connect-missing-scopes')).toContainText('read_shopify_payments_payouts');
  await shot('scope');
  await window.getByRole('button', { name: 'Done' }).click();
});

test('a tunnel that is down', async () => {
  const other = await launchBackroom({
    // Nothing of this reaches Shopify: without an address the attempt ends before it.
    env: {
      BACKROOM_DEMO: 'off',
      SHOPIFY_API_KEY: 'client-id-of-a-test',
      SHOPIFY_API_SECRET: 'client-secret-of-a-test',
      NGROK_AUTHTOKEN: 'authtoken_of_a_test',
      NGROK_SERVER_ADDR: 'localhost:1',
    },
  });
  try {
    window = other.window;
    await window.setViewportSize({ width: 1280, height: 800 });
    await openStores();
    await expect(window.getByTestId('tunnel-item')).toHaveAttribute('data-phase', 'failed', { timeout: 20_000 });
    await openForm('authorization_code', 'a-store.myshopify.com');
    await window.getByLabel('Shop domain').press('Enter');
    await expect(window.getByTestId('connect-failure')).toContainText('The public address does not work at the moment');
    await expect(window.getByTestId('connect-failure')).toContainText('need no public address');
    await shot('tunnel');
  } finally {
    await other.close();
  }
});
