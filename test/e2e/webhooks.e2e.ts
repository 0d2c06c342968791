import { expect, type Page, test } from '@playwright/test';
import { failureOf, handling, instead, success } from './answers.ts';
import { accessibilityProblems, emulateScheme } from './axe.ts';
import { type OpenConsole, openConsole, SCREENS } from './server-fixture.ts';

test.describe.configure({ mode: 'serial' });

let desk: OpenConsole;
let page: Page;

test.beforeAll(async () => {
  desk = await openConsole({ screen: 'Webhooks' });
  page = desk.page;
  // The demo store's own traffic.
  await expect(page.locator('[data-testid="webhook-row"][data-topic^="products/"]').first()).toBeVisible({
    timeout: 30_000,
  });
});
test.afterAll(() => desk?.close());

const shot = (name: string): Promise<Buffer> => page.screenshot({ path: `${SCREENS}/inspector-${name}.png` });

test('a delivery is opened by keyboard, and its parts are shown', async () => {
  // Now and then the demo's traffic has a forged delivery of a product: the newest row may be one, and a refused delivery has nothing to run.
  await page.goto(new URL('/webhooks?state=processed&topic=products/update', page.url()).href);
  await expect(page.getByTestId('webhook-row').first()).toBeVisible({ timeout: 30_000 });
  await page.locator('body').press('Space');
  await page.getByRole('grid', { name: 'Webhooks, newest first' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('webhook-detail')).toBeVisible();
  await expect(page.getByTestId('webhook-rerun')).toBeVisible();
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
  await dialog.getByRole('button', { name: /^Run \d+ again$/ }).click();
  await expect(dialog.getByTestId('rerun-progress')).toContainText(/It is done: \d+ of \d+/);
  await shot('rerun-done');
  await page.keyboard.press('Escape');
  await page.getByTestId('webhook-menu').click();
  await page.getByRole('menuitem', { name: 'Run again…' }).click();
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

test('while nothing can be stored every screen says so, why and since when, and no longer once it can', async () => {
  const problem = {
    code: 'STORAGE_UNAVAILABLE',
    message: 'The disk is full, so nothing can be stored.',
    hint: 'Free some space on the disk.',
    at: new Date().toISOString(),
  };
  const note = page.getByTestId('storage-note');
  const full = instead('system.status', (real) => {
    const { data } = (real as { result: { data: { database: object } } }).result;
    return success({ ...data, database: { ...data.database, problem } });
  });
  await handling(page, 'system.status', full, async () => {
    for (const scheme of ['light', 'dark'] as const) {
      await emulateScheme(page, scheme);
      await page.goto(new URL('/webhooks', page.url()).href);
      await expect(note).toContainText('The disk is full');
      await expect(page.getByTestId('webhook-row').first()).toBeVisible();
      expect(await accessibilityProblems(page)).toEqual([]);
      await shot(`storage-${scheme}`);
    }
  });
  await page.reload();
  await expect(page.getByTestId('webhook-row').first()).toBeVisible();
  await expect(note).toBeEmpty();
});

test('what can’t be counted is not run, and the dialog says why', async () => {
  await handling(
    page,
    'webhooks.count',
    instead('webhooks.count', () => failureOf('The bodies could not be read.')),
    async () => {
      await page.getByTestId('webhook-menu').click();
      await page.getByRole('menuitem', { name: 'Run again…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Run again' });
      await expect(dialog.getByRole('alert')).toContainText('They could not be counted. The bodies could not be read.');
      await expect(dialog.getByRole('button', { name: /^Run/ })).toBeDisabled();
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    },
  );
});
