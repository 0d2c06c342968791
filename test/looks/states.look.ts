import { type Browser, expect, type Page, test } from '@playwright/test';
import { startDemoStore } from '../../demo/store.ts';
import { launchChromium } from '../e2e/chromium.ts';
import { startServer, startServerWith } from '../e2e/server-fixture.ts';
import { look, makeContactSheets } from './camera.ts';
import { arrive, go, SCREENS } from './views.ts';

/** Each screen with nothing in it, while it loads, when that fails, and when the backend is away. */
let browser: Browser;
const SCREEN_PATHS = Object.entries(SCREENS);
const WITH_DETAILS: readonly (readonly [string, string])[] = [
  ...SCREEN_PATHS,
  ...['orders', 'webhooks', 'tasks', 'privacy'].map((screen) => [`${screen}-detail`, `/${screen}?id=1`] as const),
];

test.describe.configure({ mode: 'default', timeout: 600_000 });

test.beforeAll(async () => {
  browser = await launchChromium();
});
test.afterAll(async () => {
  await browser?.close();
  makeContactSheets();
});

const open = async (loginUrl: string): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  await page.goto(loginUrl);
  await expect(page.getByRole('navigation')).toBeVisible();
  return page;
};

test('nothing connected', async () => {
  const server = await startServerWith({});
  try {
    const page = await open(server.loginUrl);
    for (const [screen, path] of SCREEN_PATHS) {
      await arrive(page, path);
      await look(page, screen, 'empty-no-store');
    }
    await arrive(page, '/stores?connect=new');
    await look(page, 'connect', 'no-credentials');
  } finally {
    await server.stop();
  }
});

test('a store without rows', async () => {
  const demo = await startDemoStore({ products: 0, orders: 0, customers: 0 });
  const server = await startServerWith({
    BACKROOM_SHOPIFY_ORIGIN: demo.ready.origin,
    SHOPIFY_API_KEY: demo.ready.clientId,
    SHOPIFY_API_SECRET: demo.ready.clientSecret,
    SHOPIFY_SHOP: demo.ready.shop,
    SHOPIFY_ADMIN_TOKEN: demo.ready.adminToken,
  });
  try {
    const page = await open(server.loginUrl);
    for (const [screen, path] of SCREEN_PATHS) {
      await arrive(page, path);
      await look(page, screen, 'empty-store');
    }
  } finally {
    await server.stop();
    await demo.close();
  }
});

test('loading, failing, away', async () => {
  const server = await startServer();
  const page = await open(server.loginUrl);
  await arrive(page, '/orders');
  await expect(page.getByTestId('order-row').first()).toBeVisible({ timeout: 60_000 });

  // Held until the page goes on, which gives them up.
  await page.route('**/trpc/**', () => new Promise<void>(() => undefined));
  for (const [screen, path] of WITH_DETAILS) {
    await go(page, path);
    await expect(page.getByRole('main')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('main')).not.toBeEmpty();
    await look(page, screen, 'loading');
  }
  await page.unrouteAll({ behavior: 'ignoreErrors' });

  await page.route('**/trpc/**', (route) => {
    const url = new URL(route.request().url());
    const names = decodeURIComponent(url.pathname.replace('/trpc/', '')).split(',');
    const app = {
      code: 'INTERNAL',
      message: 'The database could not be read.',
      hint: 'Look at the free space of the disk.',
    };
    const error = { message: app.message, code: -32603, data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, app } };
    return route.fulfill({
      status: 500,
      contentType: 'application/json',
      body: JSON.stringify(url.searchParams.has('batch') ? names.map(() => ({ error })) : { error }),
    });
  });
  for (const [screen, path] of WITH_DETAILS) {
    await go(page, path);
    await expect(page.getByTestId('error-state').first()).toBeVisible();
    await expect(page.getByTestId('loading')).toHaveCount(0);
    await look(page, screen, 'failing');
  }
  await page.unroute('**/trpc/**');

  await arrive(page, '/orders');
  await server.stop();
  await expect(page.getByTestId('away-banner')).toBeVisible();
  await look(page, 'shell', 'away');
  await page.getByRole('navigation').getByRole('link', { name: 'Tasks' }).click();
  await look(page, 'shell', 'away-other-screen');
});
