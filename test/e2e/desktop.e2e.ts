import { createHmac } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { launchChromium } from './chromium.ts';
import { launchBackroom, type RunningBackroom } from './electron-fixture.ts';
import { catchOpenedLinks } from './opened-links.ts';

const SCREENS = '.runtime/screens';
const SECOND_SHOP = 'second-street.myshopify.com';

test.describe.configure({ mode: 'serial' });

let backroom: RunningBackroom;
let window: Page;

const go = (name: string): Promise<void> => window.getByRole('navigation').getByRole('link', { name }).click();
const shot = (name: string): Promise<Buffer> => window.screenshot({ path: `${SCREENS}/desktop-${name}.png` });
const publicUrl = async (): Promise<string> => {
  const text = await window.getByTestId('public-address').textContent();
  const url = /https?:\/\/[\d.]+:\d+/.exec(text ?? '')?.[0];
  if (url === undefined) throw new Error(`no address in "${text}"`);
  return url;
};

test.beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  backroom = await launchBackroom({ env: { BACKROOM_DEMO: 'auto' } });
  window = backroom.window;
});
test.afterAll(async () => {
  await backroom?.close();
});

test('the window opens on the demo store, labelled as such, with products', async () => {
  await expect(window).toHaveTitle(/Backroom/);
  await expect(window.getByTestId('demo-label')).toBeVisible();
  await go('Stores');
  await expect(window.locator('[data-testid=store-card][data-shop="backroom-demo.myshopify.com"]')).toContainText(
    'Northwind Outfitters',
  );
  await shot('stores');
  await go('Products');
  await expect(window.getByTestId('product-row').first()).toBeVisible();
  // Four resources share the store's API budget while it is fetched for the first time.
  await expect(window.getByTestId('products-count')).toContainText('120', { timeout: 45_000 });
  await shot('products');
});

test('the renderer is sandboxed and the page policy is strict', async () => {
  const facts = await window.evaluate(() => ({
    require: typeof (globalThis as { require?: unknown }).require,
    process: typeof (globalThis as { process?: unknown }).process,
    opened: globalThis.open('https://example.com') === null,
    bridge: Object.keys((globalThis as { backroom?: object }).backroom ?? {}).sort(),
  }));
  expect(facts).toEqual({
    require: 'undefined',
    process: 'undefined',
    opened: true,
    bridge: ['openExternal', 'platform'],
  });
  const policy = await window.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
});

test('search finds products as one types, and the detail pane shows one', async () => {
  const count = window.getByTestId('products-count');
  await window.getByPlaceholder('Search products').fill('rain jack');
  await expect(count).not.toContainText('120');
  const row = window.getByTestId('product-row').first();
  await expect(row).toContainText(/Rain Jacket/);
  await row.click();
  await expect(window.getByTestId('product-detail')).toContainText(/Rain Jacket/);
  await expect(window.getByTestId('variants-table')).toBeVisible();
  await shot('product-detail');
  await window.getByPlaceholder('Search products').fill('');
});

test('a second store is connected by OAuth in the system browser, and appears without a reload', async () => {
  // The system browser can't be driven from here: what main would open is opened in Chromium instead.
  const links = await catchOpenedLinks(backroom.app);
  await go('Stores');
  await window.getByRole('button', { name: 'Connect a store' }).first().click();
  await window.getByRole('button', { name: 'Next' }).click();
  await window.getByLabel('Shop domain').fill(SECOND_SHOP);
  await window.getByLabel('Shop domain').press('Enter');
  await expect(window.getByTestId('connect-waiting')).toBeVisible();
  await shot('connect-waiting');
  const url = await links.next();
  expect(url).toContain('/auth/start?ticket=');

  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.screenshot({ path: `${SCREENS}/install-page.png` });
    await page.getByRole('button', { name: 'Install app' }).click();
    await expect(page.getByRole('heading')).toHaveText('The store is connected');
    await page.screenshot({ path: `${SCREENS}/connected-page.png` });
    // The same answer a second time is refused.
    await page.goBack();
    await page.goto(url);
    await expect(page.getByRole('heading')).toHaveText('The store was not connected');
  } finally {
    await browser.close();
  }
  await expect(window.getByTestId('connect-success')).toBeVisible();
  await shot('connect-success');
  await window.keyboard.press('Escape');
  const card = window.locator(`[data-testid=store-card][data-shop="${SECOND_SHOP}"]`);
  await expect(card).toHaveAttribute('data-state', 'connected');
});

test('webhooks arrive live; a forged one is refused and shows as refused', async () => {
  await go('Webhooks');
  await expect(window.locator('[data-testid=webhook-row][data-state=processed]').first()).toBeVisible({
    timeout: 20_000,
  });
  const body = '{"id":1}';
  const answer = await fetch(`${await publicUrl()}/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': 'products/update',
      'x-shopify-webhook-id': 'forged-1',
      'x-shopify-shop-domain': 'backroom-demo.myshopify.com',
      'x-shopify-hmac-sha256': createHmac('sha256', 'not the secret').update(body).digest('base64'),
    },
  });
  expect(answer.status).toBe(401);
  const refused = window.locator('[data-testid=webhook-row][data-state=refused]').first();
  await expect(refused).toBeVisible();
  await refused.click();
  await expect(window.getByTestId('webhook-detail')).toContainText('signature');
  await shot('webhook-refused');
});

test('pixel events arrive live, accepted and quarantined ones apart', async () => {
  await go('Pixel');
  await expect(window.locator('[data-testid=pixel-row][data-outcome=accepted]').first()).toBeVisible({
    timeout: 20_000,
  });
  const key = await window.evaluate(async () => {
    const answer = (await (await fetch('/api/v1/stores')).json()) as { items: { pixelKey: string }[] };
    return answer.items[0]?.pixelKey ?? '';
  });
  const answer = await fetch(`${await publicUrl()}/pixel/v1/events?key=${key}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ id: 'bad-1', clientId: 'c', name: 'product_viewed', timestamp: 'yesterday', data: {} }),
  });
  expect(answer.status).toBe(204);
  await window.getByRole('tab', { name: /Quarantined/ }).click();
  const quarantined = window
    .locator('[data-testid=pixel-row][data-outcome=quarantined]')
    .filter({ hasText: 'timestamp' })
    .first();
  await expect(quarantined).toBeVisible();
  await quarantined.click();
  await expect(window.getByTestId('pixel-detail')).toContainText('timestamp');
  await shot('pixel-quarantined');
});

test('the backend is killed: it runs again within 2 s and the console recovers by itself', async () => {
  await go('Products');
  await expect(window.getByTestId('product-row').first()).toBeVisible();
  const pid = await backroom.backendPid();
  if (pid === null) throw new Error('the backend does not run');
  process.kill(pid, 'SIGKILL');
  const next = await backroom.nextBackendPid(pid);
  expect(next).not.toBe(pid);
  await expect(window.getByTestId('backend-state')).toContainText('Connected', { timeout: 15_000 });
  await expect(window.getByTestId('product-row').first()).toBeVisible();
  await go('Webhooks');
  await expect(window.locator('[data-testid=webhook-row][data-state=refused]').first()).toBeVisible();
});
