import { type Browser, expect, type Page, test } from '@playwright/test';
import { launchChromium } from '../e2e/chromium.ts';
import { type RunningServer, startServer } from '../e2e/server-fixture.ts';
import { seedTasks } from '../testing/seed-tasks.mjs';
import { look, makeContactSheets } from './camera.ts';
import { makePrivacyRequests } from './fill.ts';
import { arrive, FULL } from './views.ts';

/** Everything there is, on the demo store with tasks, webhooks and privacy requests; at the end without its backend. */
let server: RunningServer;
let browser: Browser;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  server = await startServer((dataDir) => seedTasks({ dataDir, tasks: 2000 }));
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  await page.goto(server.loginUrl);
  await expect(page.getByRole('navigation')).toBeVisible();
  await arrive(page, '/webhooks?topic=products%2Fupdate&state=processed');
  await expect(page.getByTestId('webhook-row').first()).toBeVisible({ timeout: 60_000 });
  await arrive(page, '/transactions');
  await expect(page.getByTestId('transaction-row').first()).toBeVisible({ timeout: 60_000 });
  await makePrivacyRequests(page);
});
test.afterAll(async () => {
  await browser?.close();
  await server?.stop();
  makeContactSheets();
});

for (const { screen, state, open } of FULL)
  test(`${screen}: ${state}`, async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await open(page);
    await look(page, screen, state);
  });
