import { mkdirSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { startDemoStore } from '../../demo/store.ts';
import { accessibilityProblems } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { launchBackroom, type RunningBackroom } from './electron-fixture.ts';
import { catchOpenedLinks } from './opened-links.ts';

/** Each of the three ways in the real window, against a stand-in of its own; every step in both themes is photographed. */
const SCREENS = '.runtime/screens';

test.describe.configure({ mode: 'serial' });

let demo: Awaited<ReturnType<typeof startDemoStore>>;
let backroom: RunningBackroom;
let window: Page;

const shot = async (name: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.evaluate(
      (scheme) => document.documentElement.setAttribute('data-mantine-color-scheme', scheme),
      colorScheme,
    );
    await window.screenshot({ path: `${SCREENS}/connect-${name}-${colorScheme}.png` });
  }
};
const openWizard = async (way: string): Promise<void> => {
  await window.getByRole('button', { name: 'Connect a store' }).first().click();
  await window.getByTestId(`way-${way}`).click();
};
const card = (shop: string) => window.locator(`[data-testid=store-card][data-shop="${shop}"]`);

test.beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  demo = await startDemoStore({ products: 40, orders: 5, customers: 5 });
  backroom = await launchBackroom({
    env: {
      BACKROOM_DEMO: 'off',
      BACKROOM_SHOPIFY_ORIGIN: demo.ready.origin,
      SHOPIFY_API_KEY: demo.ready.clientId,
      SHOPIFY_API_SECRET: demo.ready.clientSecret,
    },
  });
  window = backroom.window;
  await window.setViewportSize({ width: 1280, height: 800 });
  await window.getByRole('navigation').getByRole('link', { name: 'Stores' }).click();
});
test.afterAll(async () => {
  await backroom?.close();
  await demo?.close();
});

test('a pasted token connects its store; a wrong one says what to correct', async () => {
  await openWizard('admin_token');
  await shot('way');
  await window.getByRole('button', { name: 'Next' }).click();
  await window.getByLabel('Shop domain').fill(demo.ready.shop);
  await window.getByLabel('Admin API access token').fill(`shpat_${'0'.repeat(32)}`);
  await shot('token');
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(window.getByTestId('connect-failure')).toContainText('does not accept this token');
  await expect(window.getByLabel('Admin API access token')).toHaveValue('');
  await shot('token-refused');
  await window.getByLabel('Admin API access token').fill(demo.ready.adminToken);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(window.getByTestId('connect-success')).toBeVisible();
  await shot('token-connected');
  await window.getByRole('button', { name: 'Done' }).click();
  await expect(card(demo.ready.shop)).toHaveAttribute('data-state', 'connected');
});

test('client credentials connect a store of the same organisation, and say when it is another’s', async () => {
  await openWizard('client_credentials');
  await window.getByRole('button', { name: 'Next' }).click();
  await window.getByLabel('Shop domain').fill(demo.shops[2] ?? '');
  await window.getByLabel('Shop domain').press('Enter');
  await expect(window.getByTestId('connect-failure')).toContainText('same organisation');
  await shot('credentials-refused');
  await window.getByLabel('Shop domain').fill(demo.shops[1] ?? '');
  await window.getByLabel('Shop domain').press('Enter');
  await expect(window.getByTestId('connect-success')).toBeVisible();
  await window.getByRole('button', { name: 'Done' }).click();
  await expect(card(demo.shops[1] ?? '')).toHaveAttribute('data-state', 'connected');
});

test('approval in the browser connects a store, and what fails there is said here', async () => {
  const links = await catchOpenedLinks(backroom.app);
  await openWizard('authorization_code');
  await window.getByRole('button', { name: 'Next' }).click();
  await window.getByLabel('Shop domain').fill(demo.shops[2] ?? '');
  await shot('browser-form');
  await window.getByLabel('Shop domain').press('Enter');
  await expect(window.getByTestId('connect-waiting')).toBeVisible();
  await shot('browser-waiting');
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(await links.next());
    await expect(window.getByTestId('connect-waiting')).toHaveAttribute('data-phase', 'browser');
    await window.getByText('Shopify shows an error instead?').click();
    await shot('browser-open');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Install app' }).click();
    await expect(window.getByTestId('connect-failed')).toContainText('another browser');
    await shot('browser-failed');
    await window.getByRole('button', { name: 'Try again' }).click();
    await expect(window.getByTestId('connect-waiting')).toBeVisible();
    await page.goto(await links.next());
    await page.getByRole('button', { name: 'Install app' }).click();
  } finally {
    await browser.close();
  }
  await expect(window.getByTestId('connect-success')).toBeVisible();
  await window.getByRole('button', { name: 'Done' }).click();
  await shot('stores');
});

test('the status bar says how the chosen store’s connection is, and leads to where that is explained', async () => {
  const shop = demo.shops[1] ?? '';
  const bar = window.getByTestId('status-bar');
  await expect(bar.getByTestId('stores-item')).toHaveText('3 stores connected');
  await card(shop).getByRole('link', { name: 'Products' }).click();
  await expect(bar.getByTestId('store-access')).toContainText('Token renews in 23 h');
  await expect(bar.getByTestId('store-last-call')).toContainText('Last call');
  await expect(bar.getByTestId('store-budget')).toContainText(/API budget [\d,]+ of 2,000/);
  await shot('status-bar');
  for (const scheme of ['light', 'dark']) {
    await window.evaluate((name) => document.documentElement.setAttribute('data-mantine-color-scheme', name), scheme);
    expect(await accessibilityProblems(window)).toEqual([]);
  }
  for (const [item, fact] of [
    ['store-budget', 'budget'],
    ['store-last-call', 'last-call'],
    ['store-access', 'access'],
  ] as const) {
    await bar.getByTestId(item).click();
    await expect(window.locator(`[id="${fact}-${shop}"]`)).toBeFocused();
  }
  await shot('status-bar-explained');
  await bar.getByTestId('tunnel-item').click();
  await expect(window.locator('#tunnel')).toBeInViewport();
  await bar.getByTestId('backend-state').click();
  await expect(window.locator('#about')).toBeInViewport();
  await window.getByRole('navigation').getByRole('link', { name: 'Stores' }).click();
});

test('the status bar hears of a store that has to be reconnected', async () => {
  const shop = demo.shops[1] ?? '';
  const bar = window.getByTestId('status-bar');
  await card(shop).getByRole('link', { name: 'Products' }).click();
  const response = await fetch(`${demo.ready.origin}/_demo/uninstall`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ shop }),
  });
  expect(response.status).toBe(200);
  await expect(bar.getByTestId('store-access')).toContainText('Uninstalled');
  await bar.getByTestId('store-access').click();
  await card(shop).getByRole('button', { name: 'Reconnect', exact: true }).click();
  await expect(card(shop)).toHaveAttribute('data-state', 'connected');
  await expect(bar.getByTestId('store-access')).toContainText('Token renews');
});

test('a store is disconnected by name', async () => {
  const shop = demo.shops[2] ?? '';
  await card(shop)
    .getByRole('button', { name: /^More for/ })
    .click();
  await window.getByRole('menuitem', { name: 'Disconnect…' }).click();
  await expect(window.getByRole('button', { name: 'Disconnect', exact: true })).toBeDisabled();
  await window.getByLabel(/^Type/).fill(shop);
  await shot('disconnect');
  await window.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(card(shop)).toHaveAttribute('data-state', 'disconnected');
  await window.getByRole('navigation').getByRole('link', { name: 'Settings' }).click();
  await window.getByText('The matching shopify.app.toml').click();
  await window.getByTestId('app-toml').scrollIntoViewIfNeeded();
  await shot('settings');
});
