import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import { launchChromium } from './chromium.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SCREENS = '.runtime/screens';

test.describe.configure({ mode: 'serial' });

let dataDir: string;
let server: ChildProcess;
let browser: Browser;
let page: Page;

test.beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  dataDir = mkdtempSync(join(tmpdir(), 'backroom-inspector-'));
  const login = await new Promise<string>((resolve, reject) => {
    server = spawn(process.execPath, [join(ROOT, 'dist/server/index.mjs')], {
      cwd: dataDir,
      env: {
        PATH: process.env.PATH,
        BACKROOM_DATA_DIR: dataDir,
        BACKROOM_PRIVATE_PORT: '0',
        BACKROOM_PUBLIC_PORT: '0',
        BACKROOM_DEMO: 'auto',
        BACKROOM_PRINT_LOGIN: '1',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    if (!server.stdout) throw new Error('no stdout');
    createInterface({ input: server.stdout }).on('line', (line) => {
      const message = JSON.parse(line) as { event?: string; url?: string };
      if (message.event === 'login' && message.url !== undefined) resolve(message.url);
    });
  });
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(login);
  await page.getByRole('navigation').getByRole('link', { name: 'Webhooks' }).click();
  // The demo store's own traffic.
  await expect(page.locator('[data-testid="webhook-row"][data-topic^="products/"]').first()).toBeVisible({
    timeout: 30_000,
  });
});
test.afterAll(async () => {
  await browser?.close();
  server?.kill('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
});

const shot = (name: string): Promise<Buffer> => page.screenshot({ path: `${SCREENS}/inspector-${name}.png` });

test('a delivery is opened by keyboard, and its parts are shown', async () => {
  await page.keyboard.press('Space');
  await page.locator('[data-testid="webhook-row"][data-topic^="products/"]').first().click();
  await expect(page.getByTestId('webhook-detail')).toBeVisible();
  // The first import of the demo store may still be under way.
  await expect(page.getByTestId('webhook-rerun')).toBeVisible({ timeout: 30_000 });
  await shot('detail');
  await page.getByRole('tab', { name: 'Changes' }).click();
  await shot('changes');
  await page.getByRole('tab', { name: /^Attempts/ }).click();
  await expect(page.locator('.br-attempts li').first()).toBeVisible();
  await shot('attempts');
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('r runs it again, and the timeline shows both runs', async () => {
  await page.locator('body').press('r');
  await expect(page.getByRole('tab', { name: 'Attempts 2' })).toBeVisible();
});

test('e edits it; what is sent goes through the public door and opens', async () => {
  const before = page.url();
  await page.locator('body').press('e');
  await expect(page.getByRole('dialog', { name: 'Edit and send' })).toBeVisible();
  await shot('edit');
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await expect(page.getByText('Open what it was made from')).toBeVisible();
  expect(page.url()).not.toBe(before);
});

test('a search in bodies finds, and Escape clears it', async () => {
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('no body has this text');
  await expect(page.getByText('No webhooks with these filters')).toBeVisible();
  await shot('search');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('webhook-row').first()).toBeVisible();
});

test('subscriptions stand beside what is wanted, in both schemes', async () => {
  await page.getByTestId('webhook-menu').click();
  await page.getByRole('menuitem', { name: /Subscriptions/ }).click();
  await expect(page.getByRole('rowheader', { name: 'products/update' })).toBeVisible();
  await shot('subscriptions');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot('subscriptions-dark');
  await page.keyboard.press('Escape');
  await shot('dark');
});

test('many are run again in three ways, each counted before', async () => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByTestId('webhook-menu').click();
  await page.getByRole('menuitem', { name: 'Run again…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Run again' });
  await expect(dialog.getByTestId('rerun-count')).toHaveText(/^\d+ deliver/);
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: 'All that failed since' })).toBeChecked();
  await page.keyboard.press('ArrowDown');
  // It asks the stand-in, which is busy with the first import.
  await expect(dialog.getByTestId('missed-table').getByRole('rowheader', { name: 'orders' })).toBeVisible({
    timeout: 30_000,
  });
  await shot('missed');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot('missed-dark');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('a sample of a topic is made from a record of the store, with a word where sending it has consequences', async () => {
  await page.getByTestId('webhook-menu').click();
  await page.getByRole('menuitem', { name: 'Send a sample…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send a sample' });
  await dialog.getByLabel('Topic').fill('customers/redact');
  await dialog.getByRole('button', { name: 'Fill in from a real record' }).click();
  await expect(dialog.getByLabel('Payload')).toHaveValue(/orders_to_redact/);
  await expect(dialog.getByText('opens a real request')).toBeVisible();
  await shot('sample');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
});
