import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { startDemoStore } from '../../demo/store.ts';
import { readZip } from '../integration/privacy-harness.ts';
import { accessibilityProblems } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { readData, writeData } from './data-folder.ts';
import { launchBackroom, type RunningBackroom } from './electron-fixture.ts';

/** What Shopify sends about people and about the store, dealt with in the real window from its receipt to its proof. */
const SCREENS = '.runtime/screens';
test.describe.configure({ mode: 'serial' });

let demo: Awaited<ReturnType<typeof startDemoStore>>;
let dataDir: string;
let shop = '';
let backroom: RunningBackroom;
let window: Page;

const look = async (name: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await window.screenshot({ path: `${SCREENS}/privacy-shopify-${name}-${colorScheme}.png` });
  }
  expect(await accessibilityProblems(window)).toEqual([]);
};
const call = (path: string, input: object): Promise<number> =>
  window.evaluate(
    async ([to, body]) =>
      (
        await fetch(`/trpc/${to}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: body ?? '',
        })
      ).status,
    [path, JSON.stringify(input)],
  );
const control = async (path: string, body: object = {}): Promise<void> => {
  const answer = await fetch(`${demo.ready.origin}/_demo/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ shop, ...body }),
  });
  expect(answer.status).toBe(200);
};
const go = (screen: string): Promise<void> =>
  window.getByRole('navigation').getByRole('link', { name: screen, exact: true }).click();
const launch = async (): Promise<void> => {
  backroom = await launchBackroom({
    dataDir,
    env: {
      BACKROOM_DEMO: 'off',
      BACKROOM_SHOPIFY_ORIGIN: demo.ready.origin,
      SHOPIFY_API_KEY: demo.ready.clientId,
      SHOPIFY_API_SECRET: demo.ready.clientSecret,
    },
  });
  window = backroom.window;
  await window.setViewportSize({ width: 1280, height: 900 });
  await expect(window.getByRole('navigation')).toBeVisible();
};
const connect = async (): Promise<void> => {
  await expect.poll(() => call('stores.connectWithCredentials', { shop })).toBe(200);
  await go('Stores');
  await expect(card()).toHaveAttribute('data-state', 'connected');
  await expect(card().getByTestId('sync-state')).toHaveAttribute('data-phase', 'done', { timeout: 60_000 });
};
const card = () => window.locator(`[data-testid=store-card][data-shop="${shop}"]`);
const detail = () => window.getByTestId('privacy-detail');
const timeline = () => window.getByTestId('privacy-timeline');
const row = (kind: string) => window.getByTestId('privacy-row').filter({ hasText: kind });
const openRequest = async (kind: string): Promise<void> => {
  await go('Privacy');
  await row(kind).click();
  await expect(detail()).toBeVisible();
};
const act = (name: string | RegExp): Promise<void> => detail().getByRole('button', { name, exact: true }).click();
const give = async (label: string, text: string, button: string): Promise<void> => {
  const dialog = window.getByRole('dialog');
  await dialog.getByLabel(label).fill(text);
  const confirm = dialog.getByLabel(/to confirm/);
  if (await confirm.isVisible()) await confirm.fill((await dialog.locator('label strong').textContent()) ?? '');
  await dialog.getByRole('button', { name: button, exact: true }).click();
};
const eraseNow = async (): Promise<void> => {
  await act('Erase now');
  const dialog = window.getByRole('dialog');
  await dialog.getByLabel(/to confirm/).fill((await dialog.locator('label strong').textContent()) ?? '');
  await dialog.getByRole('button', { name: 'Erase', exact: true }).click();
  await expect(timeline()).toContainText('Nothing found in', { timeout: 60_000 });
};
const save = async (name: string, click: () => Promise<void>): Promise<string> => {
  const target = join(dataDir, '..', `saved-${name}`);
  const saved = backroom.app.evaluate(
    ({ session }, path) =>
      new Promise<string>((resolve) => {
        session.defaultSession.once('will-download', (_event, item) => {
          item.setSavePath(path);
          item.once('done', (_done, state) => resolve(state));
        });
      }),
    target,
  );
  await click();
  expect(await saved).toBe('completed');
  return target;
};
const picture = async (name: string, html: string): Promise<void> => {
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1000, height: 1000 } });
  await page.setContent(html);
  await page.screenshot({ path: `${SCREENS}/privacy-shopify-${name}.png`, fullPage: true });
  await browser.close();
};
const customerCount = async (): Promise<number> =>
  (await readData<{ n: number }>(dataDir, 'SELECT count(*) AS n FROM customers WHERE shop = ?', shop)).n;
const whoHasOrders = () =>
  readData<{ pk: number; email: string; display_name: string }>(
    dataDir,
    `SELECT pk, email, display_name FROM customers WHERE shop = ? AND email <> '' AND pk IN (SELECT customer_pk FROM orders) ORDER BY pk LIMIT 1`,
    shop,
  );
/** Moves the dates of what is scheduled into the past, as if its grace period were over. */
const endGracePeriod = async (): Promise<void> => {
  await backroom.close();
  await writeData(dataDir, [
    [`UPDATE privacy_requests SET starts_at = '2026-01-01T00:00:00.000Z' WHERE state = 'scheduled'`],
  ]);
  await launch();
  await expect.poll(() => call('tasks.runSchedule', { key: 'privacy.housekeeping' })).toBe(200);
};

let folder: string;
let person: { pk: number; email: string; display_name: string };
test.beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), 'backroom-privacy-walk-'));
  dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  demo = await startDemoStore({ products: 5, orders: 30, customers: 12 });
  shop = demo.shops[1] ?? '';
  await launch();
  await connect();
  person = await whoHasOrders();
});
test.afterAll(async () => {
  await backroom?.close();
  await demo?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('people are masked until a field is asked for, and that is in the evidence', async () => {
  await go('Customers');
  const row = window.getByTestId('customer-row').first();
  await expect(row).toContainText('•••@');
  await look('masked');
  await row.click();
  await window.getByRole('button', { name: 'Show the e-mail' }).click();
  await expect(window.getByRole('button', { name: 'Mask', exact: true })).toBeVisible();
  await look('revealed');
  await go('Privacy');
  await window.getByRole('tab', { name: 'Evidence' }).click();
  await expect(window.getByTestId('evidence-row').first()).toContainText(
    'A masked field was shown: email of a customer',
  );
});

test('a data request whose package can’t be written says so, and is collected when that is mended', async () => {
  mkdirSync(join(dataDir, 'privacy'), { recursive: true });
  rmSync(join(dataDir, 'privacy', 'packages'), { recursive: true, force: true });
  writeFileSync(join(dataDir, 'privacy', 'packages'), 'in the way');
  await control('customers/data-request', { id: person.pk });
  await go('Privacy');
  await expect(row('Data request')).toContainText('Needs you', { timeout: 60_000 });
  await row('Data request').click();
  await expect(detail()).toContainText('A file in the data folder could not be read or written');
  await look('failed');
  rmSync(join(dataDir, 'privacy', 'packages'));
  await act('Collect again');
  const download = detail().getByRole('link', { name: 'Download the package' });
  await expect(download).toBeVisible({ timeout: 30_000 });
  await look('ready');
  const files = readZip(readFileSync(await save('package.zip', () => download.click())));
  expect([...files.keys()].sort()).toEqual(
    expect.arrayContaining(['csv/customers.csv', 'csv/orders.csv', 'data.json', 'index.html']),
  );
  const page = files.get('index.html')?.toString() ?? '';
  expect(page).toContain(person.email);
  await picture('package', page);
});

test('an erasure waits for the data request of the same person, can be refused with a reason and taken up again', async () => {
  await control('customers/redact', { id: person.pk });
  await openRequest('Erase a customer');
  await act(/^Dry run/);
  await expect(window.getByTestId('privacy-dry-run')).toContainText('customers');
  await look('dry-run');
  await act('Refuse');
  await look('refuse');
  await give('Reason', 'kept for the tax office', 'Refuse');
  await expect(detail()).toContainText('kept for the tax office');
  await look('refused');
  await act('Take up again');
  await openRequest('Data request');
  await act('Note the delivery');
  await give('How was the package handed over?', 'in person', 'Note it');
  await act('Complete');
  await expect(timeline()).toContainText('Completed');
});

test('who was erased is not there any more after an older backup was restored', async () => {
  await go('Settings');
  const backups = window.getByTestId('backups');
  await backups.getByRole('button', { name: /^Back up/ }).click();
  await expect(backups.getByTestId('backup-row')).toHaveCount(1);
  const before = await customerCount();
  await openRequest('Erase a customer');
  await eraseNow();
  await look('erased');
  expect(await customerCount()).toBe(before - 1);

  await go('Settings');
  await backups
    .getByTestId('backup-row')
    .last()
    .getByRole('button', { name: /^Restore/ })
    .click();
  const dialog = window.getByRole('dialog');
  await dialog.getByLabel(/to confirm/).fill((await dialog.locator('label strong').textContent()) ?? '');
  await look('restore');
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await go('Privacy');
  await window.getByRole('tab', { name: 'Evidence' }).click();
  await expect(window.getByTestId('evidence-table')).toContainText('An older database was put in place', {
    timeout: 30_000,
  });
  await look('restored');
  expect(await readData(dataDir, 'SELECT count(*) AS n FROM customers WHERE pk = ?', person.pk)).toEqual({ n: 0 });
  await window.getByRole('tab', { name: 'Suppression list' }).click();
  await expect(window.getByTestId('suppression-row').first()).toBeVisible();
  await look('suppressed');
});

test('an uninstall of an earlier install changes nothing; one of this install ends its access and keeps its data', async () => {
  const { publicUrl } = await window.evaluate(async () => {
    const answer = await fetch('/trpc/system.status');
    return ((await answer.json()) as { result: { data: { publicUrl: string } } }).result.data;
  });
  const body = JSON.stringify({ myshopify_domain: shop });
  const old = await fetch(`${publicUrl}/webhooks`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': 'app/uninstalled',
      'x-shopify-shop-domain': shop,
      'x-shopify-webhook-id': 'an-old-uninstall',
      'x-shopify-triggered-at': '2026-01-01T00:00:00.000Z',
      'x-shopify-api-version': '2026-10',
      'x-shopify-hmac-sha256': createHmac('sha256', demo.ready.clientSecret).update(body).digest('base64'),
    },
    body,
  });
  expect(old.status).toBe(200);
  await go('Webhooks');
  await expect(window.getByText('app/uninstalled').first()).toBeVisible();
  await go('Stores');
  await expect(card()).toHaveAttribute('data-state', 'connected');

  const kept = await customerCount();
  await control('uninstall');
  await expect(card()).toHaveAttribute('data-state', 'uninstalled');
  await look('uninstalled');
  expect(
    await readData(dataDir, 'SELECT access_token, refresh_token, webhook_topics FROM shops WHERE shop = ?', shop),
  ).toEqual({ access_token: null, refresh_token: null, webhook_topics: '[]' });
  expect(await customerCount()).toBe(kept);
});

test('the erasure of a store that is installed again in its grace period is cancelled', async () => {
  await control('shop/redact');
  await go('Privacy');
  await expect(row('Erase the store')).toContainText('Scheduled');
  await row('Erase the store').click();
  await look('store-scheduled');
  await connect();
  await endGracePeriod();
  await go('Privacy');
  await expect(row('Erase the store')).toHaveCount(0);
  await window.getByRole('button', { name: 'Show: open' }).click();
  await window.getByRole('menuitem', { name: 'closed' }).click();
  await row('Erase the store').click();
  await expect(timeline()).toContainText('The app was installed again after the request.');
  await look('store-cancelled');
});

test('the erasure of an uninstalled store takes everything of it after the grace period', async () => {
  await control('uninstall');
  await go('Stores');
  await expect(card()).toHaveAttribute('data-state', 'uninstalled');
  await control('shop/redact');
  await go('Privacy');
  await expect(row('Erase the store')).toContainText('Scheduled');
  await endGracePeriod();
  await go('Stores');
  await expect(card()).toHaveCount(0, { timeout: 30_000 });
  expect(await customerCount()).toBe(0);
});

test('the evidence of all that is whole, by the button and by the command, and its report can be read', async () => {
  await go('Privacy');
  await window.getByRole('tab', { name: 'Evidence' }).click();
  await window.getByRole('button', { name: 'Check the log' }).click();
  await expect(window.getByTestId('evidence-check')).toContainText('The log is whole');
  await look('evidence');
  const report = (name: string): Promise<void> => window.getByRole('link', { name }).click();
  await picture('report', readFileSync(await save('report.html', () => report('Report as HTML')), 'utf8'));
  const json = await save('report.json', () => report('Report as JSON'));
  const check = (...of: string[]): string =>
    execFileSync(process.execPath, ['scripts/verify-evidence.mjs', ...of], { encoding: 'utf8' });
  expect(check(json)).toContain('whole');
  expect(check('--data', dataDir)).toContain('whole');
  expect(readFileSync(json, 'utf8')).not.toContain(person.email);
});
