import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import { launchBackroom, type RunningBackroom } from './electron-fixture.ts';

const SCREENS = '.runtime/screens';
test.describe.configure({ mode: 'serial' });

let backroom: RunningBackroom;
let window: Page;
const shot = async (name: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme });
    await window.screenshot({ path: `${SCREENS}/privacy-${name}-${colorScheme}.png` });
  }
};
const detail = () => window.getByTestId('privacy-detail');
const timeline = () => window.getByTestId('privacy-timeline');

const enter = async (kind: string, email: string): Promise<void> => {
  await window.getByRole('button', { name: 'Enter a request' }).click();
  const dialog = window.getByRole('dialog', { name: 'Enter a privacy request' });
  await dialog.getByText(kind, { exact: true }).click();
  await dialog.getByLabel('E-mail address').fill(email);
  await dialog.getByLabel('Note').fill('By letter');
  await shot('enter');
  await dialog.getByRole('button', { name: 'Enter the request' }).click();
  await expect(dialog).toBeHidden();
  await expect(detail()).toBeVisible();
};

test.beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  backroom = await launchBackroom({ env: { BACKROOM_DEMO: 'auto' } });
  window = backroom.window;
});
test.afterAll(async () => {
  await backroom?.close();
});

test('an empty screen says what will come and what has to be set for it', async () => {
  await window.getByRole('navigation').getByRole('link', { name: 'Privacy' }).click();
  await expect(window.getByText('compliance_topics')).toBeVisible();
  await shot('empty');
  expect(await accessibilityProblems(window)).toEqual([]);
  await window.getByRole('tab', { name: 'Suppression list' }).click();
  await expect(window.getByText('Nobody is on the list')).toBeVisible();
  await shot('suppressed-empty');
  expect(await accessibilityProblems(window)).toEqual([]);
  await window.getByRole('tab', { name: 'Requests' }).click();
});

test('a data request entered by hand is collected, and its package is saved as a zip', async () => {
  await enter('Data request', 'ada@planted.example');
  await expect(window.getByTestId('privacy-row')).toHaveCount(1);
  await expect(detail().getByRole('link', { name: 'Download the package' })).toBeVisible();
  await expect(window.getByTestId('privacy-row')).toContainText('30 days left');
  await expect(detail()).not.toContainText('ada@planted.example');
  await detail().getByRole('button', { name: 'Show', exact: true }).click();
  await expect(detail()).toContainText('ada@planted.example');
  await shot('request');
  expect(await accessibilityProblems(window)).toEqual([]);

  const target = join(backroom.dataDir, 'saved.zip');
  const saved = backroom.app.evaluate(
    ({ session }, path) =>
      new Promise<string>((resolve) => {
        session.defaultSession.once('will-download', (_event, item) => {
          item.setSavePath(path);
          item.once('done', (_done, state) => resolve(`${state} ${item.getFilename()}`));
        });
      }),
    target,
  );
  await detail().getByRole('link', { name: 'Download the package' }).click();
  expect(await saved).toBe('completed personal-data-request-1.zip');
  expect(readFileSync(target).subarray(0, 2).toString()).toBe('PK');

  await detail().getByRole('button', { name: 'Note the delivery' }).click();
  await window.getByLabel('How was the package handed over?').fill('in person');
  await window.getByRole('button', { name: 'Note it' }).click();
  await detail().getByRole('button', { name: 'Complete' }).click();
  await expect(timeline()).toContainText('Completed');
});

test('an erasure shows first what would go, asks by name, and ends verified', async () => {
  await enter('Erase a customer', 'grace@planted.example');
  await detail()
    .getByRole('button', { name: /^Dry run/ })
    .click();
  await expect(window.getByTestId('privacy-dry-run')).toContainText('Nothing is held');
  await detail().getByRole('button', { name: 'Put on hold' }).click();
  await window.getByLabel('Reason').fill('open dispute');
  await window.getByRole('dialog').getByRole('button', { name: 'Put on hold' }).click();
  await expect(window.getByTestId('privacy-row')).toContainText('On hold');
  await shot('held');
  await detail().getByRole('button', { name: 'Release the hold' }).click();
  await detail().getByRole('button', { name: 'Erase now' }).click();
  const confirm = window.getByRole('dialog');
  await expect(confirm.getByRole('button', { name: 'Erase' })).toBeDisabled();
  await confirm.getByLabel(/to confirm/).fill('request 2');
  await shot('confirm');
  await confirm.getByRole('button', { name: 'Erase' }).click();
  await expect(timeline()).toContainText('Nothing found in');
  await shot('verified');
  expect(await accessibilityProblems(window)).toEqual([]);
});

test('the evidence lists what was done and can be checked', async () => {
  await window.getByRole('tab', { name: 'Evidence' }).click();
  await expect(window.getByTestId('evidence-row').first()).toBeVisible();
  await window.getByRole('button', { name: 'Check the log' }).click();
  await expect(window.getByTestId('evidence-check')).toContainText('The log is whole');
  await shot('evidence');
  expect(await accessibilityProblems(window)).toEqual([]);
  await window
    .getByTestId('evidence-row')
    .filter({ hasText: 'Nothing found in' })
    .getByRole('link', { name: 'Open' })
    .click();
  await expect(detail()).toContainText('Request 2');
});

test('the suppression list shows what the erasure put there, and answers whether somebody is on it', async () => {
  await window.getByRole('tab', { name: 'Suppression list' }).click();
  const rows = window.getByTestId('suppression-row');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('E-mail address');
  const form = window.getByTestId('suppression-check');
  const answer = window.getByTestId('suppression-answer');
  await form.getByLabel('E-mail address').fill('Grace@Planted.example');
  await form.getByRole('button', { name: 'Is it suppressed?' }).click();
  await expect(answer).toContainText('by request 2');
  await shot('suppressed');
  expect(await accessibilityProblems(window)).toEqual([]);
  await form.getByLabel('E-mail address').fill('ada@planted.example');
  await expect(answer).toBeHidden();
  await form.getByLabel('E-mail address').press('Enter');
  await expect(answer).toContainText('Not suppressed');
  await form.getByLabel('E-mail address').fill('no address');
  await form.getByLabel('E-mail address').press('Enter');
  await expect(window.getByText('This is no e-mail address.')).toBeVisible();
  await shot('suppressed-refused');
  await rows.getByRole('link', { name: 'Request 2' }).click();
  await expect(detail()).toContainText('Request 2');
});

test('how requests are dealt with is set in Settings: checked, kept, and in the evidence', async () => {
  await window.getByRole('navigation').getByRole('link', { name: 'Settings' }).click();
  const form = window.getByTestId('privacy-form');
  await form.getByLabel('Keep a package for').fill('400');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('This must be between 1 and 365 days.')).toBeVisible();
  await form.getByLabel('Keep a package for').fill('14');
  await form.getByLabel('Who answers for requests').fill('Grace Hopper');
  await form.getByRole('combobox', { name: 'Hide in the console' }).click();
  await window.getByRole('option', { name: /names are shown/ }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(window.getByText('Privacy settings saved')).toBeVisible();
  await form.scrollIntoViewIfNeeded();
  await shot('settings');
  expect(await accessibilityProblems(window)).toEqual([]);
  await window.getByRole('navigation').getByRole('link', { name: 'Privacy' }).click();
  await window.getByRole('tab', { name: 'Evidence' }).click();
  await expect(window.getByTestId('evidence-row').first()).toContainText(
    'days a package is kept, masking, who answers',
  );
});

test('a store is erased by hand only after it was disconnected, and by its whole name', async () => {
  const shop = 'backroom-demo.myshopify.com';
  const open = async () => {
    await window.getByRole('button', { name: 'Enter a request' }).click();
    const dialog = window.getByRole('dialog', { name: 'Enter a privacy request' });
    await dialog.getByText('Erase a store', { exact: true }).click();
    return dialog;
  };
  const refused = await open();
  await expect(refused.getByTestId('store-still-connected')).toBeVisible();
  await expect(refused.getByRole('button', { name: 'Enter the erasure' })).toBeDisabled();
  await shot('enter-store-connected');
  expect(await accessibilityProblems(window)).toEqual([]);
  await refused.getByRole('link', { name: 'Disconnect it in Stores' }).click();
  await expect(refused).toBeHidden();
  const card = window.locator(`[data-testid="store-card"][data-shop="${shop}"]`);
  await card.getByRole('button', { name: /^More for/ }).click();
  await window.getByRole('menuitem', { name: 'Disconnect…' }).click();
  await window.getByLabel(/^Type/).fill(shop);
  await window.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(card).toHaveAttribute('data-state', 'disconnected');
  await window.getByTestId('disconnected-dialog').getByRole('button', { name: 'Close' }).last().click();

  await window.getByRole('navigation').getByRole('link', { name: 'Privacy' }).click();
  const dialog = await open();
  const submit = dialog.getByRole('button', { name: 'Enter the erasure' });
  await expect(submit).toBeDisabled();
  await dialog.getByLabel(/to confirm/).fill('north-pine');
  await expect(submit).toBeDisabled();
  await dialog.getByLabel(/to confirm/).fill(shop);
  await dialog.getByLabel('Note').fill('By letter');
  await shot('enter-store');
  expect(await accessibilityProblems(window)).toEqual([]);
  await submit.click();
  await expect(detail()).toContainText('Request 3: Erase the store');
  await expect(window.getByTestId('privacy-row')).toContainText('Scheduled');
  await shot('store-scheduled');
  await detail().getByRole('button', { name: 'Erase now' }).click();
  const confirm = window.getByRole('dialog');
  await confirm.getByLabel(/to confirm/).fill(shop);
  await confirm.getByRole('button', { name: 'Erase' }).click();
  await expect(timeline()).toContainText('Nothing found in', { timeout: 60_000 });
  await shot('store-verified');
  await window.getByRole('navigation').getByRole('link', { name: 'Stores' }).click();
  await expect(card).toBeHidden();
});
