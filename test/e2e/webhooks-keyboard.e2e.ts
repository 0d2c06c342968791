import { expect, type Page, test } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import { type OpenConsole, openConsole, SCREENS } from './server-fixture.ts';

/** The inspector by keyboard alone: no pointer is used in this file. */
test.describe.configure({ mode: 'serial' });

let desk: OpenConsole;
let page: Page;
const detail = () => page.getByTestId('webhook-detail');
const shot = (name: string): Promise<Buffer> => page.screenshot({ path: `${SCREENS}/keyboard-${name}.png` });
const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
/** Opens a menu that has the focus on its button and presses Enter on one of its items. */
const menu = async (button: string, item: string | RegExp): Promise<void> => {
  await page.getByRole('button', { name: button }).press('Enter');
  await page.getByRole('menuitem', { name: item }).press('Enter');
};
const openFirst = async (query: string): Promise<void> => {
  await page.goto(new URL(`/webhooks${query}`, page.url()).href);
  await expect(page.getByTestId('webhook-row').first()).toBeVisible({ timeout: 30_000 });
  await page.locator('body').press('Space');
  await page.getByRole('grid', { name: 'Webhooks, newest first' }).focus();
  await press('ArrowDown', 'Enter');
  await expect(page.getByTestId('webhook-rerun')).toBeVisible();
};

test.beforeAll(async () => {
  desk = await openConsole({ context: { permissions: ['clipboard-read', 'clipboard-write'] } });
  page = desk.page;
});
test.afterAll(() => desk?.close());

test('the payload is searched: Enter goes to the next match, Escape ends it', async () => {
  await openFirst('?state=processed&topic=products/update');
  const search = detail().getByLabel('Search in payload');
  await search.press('i');
  await search.pressSequentially('d');
  const count = detail().getByText(/^1 \/ \d+$/);
  await expect(count).toBeVisible();
  await search.press('Enter');
  await expect(detail().getByText(/^2 \/ \d+$/)).toBeVisible();
  await search.press('Shift+Enter');
  await expect(count).toBeVisible();
  await shot('payload');
  await search.press('Escape');
  await expect(search).toHaveValue('');
});

test('a delivery is copied as a signed cURL command', async () => {
  await menu('More', 'Copy as cURL, signed');
  await expect(page.getByText('Copied as cURL')).toBeVisible();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toMatch(/^curl /);
  expect(command).toContain('x-shopify-hmac-sha256: ');
  expect(command).toContain('127.0.0.1');
});

test('a bookmark has a name, and the filter shows those that have one', async () => {
  await menu('More', 'Bookmark…');
  await expect(page.getByRole('dialog', { name: 'Bookmark' }).getByLabel('Name')).toBeFocused();
  await page.keyboard.type('price of mugs');
  await press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: 'Bookmarks' }).press('Enter');
  await expect(page.getByTestId('webhook-row')).toHaveCount(1);
  await shot('bookmarks');
  await page.getByRole('button', { name: 'Bookmarks' }).press('Enter');
});

test('e edits it; changed and signed anew it is a delivery of its own', async () => {
  await openFirst('?state=processed&topic=products/update');
  await page.locator('body').press('e');
  const payload = page.getByRole('dialog', { name: 'Edit and send' }).getByLabel('Payload');
  await expect(payload).toBeFocused();
  await payload.fill((await payload.inputValue()).replace(/"title":\s*"[^"]*"/, '"title": "Edited by hand"'));
  await payload.press('Control+Enter');
  await expect(page.getByText('Open what it was made from')).toBeVisible();
  await expect(detail()).toContainText('Edited by hand');
});

test('what the list shows is run again, and stopped on the way', async () => {
  // Held back by its queue, so that there is something to stop however fast the machine is.
  const pause = (path: string, body: object): Promise<number> =>
    page.evaluate(
      async ([to, text]) =>
        (
          await fetch(`/trpc/${to}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: text ?? '',
          })
        ).status,
      [path, JSON.stringify(body)],
    );
  expect(await pause('tasks.pause', { queue: 'webhooks', reason: 'A test looks at it.' })).toBe(200);
  await menu('Actions', 'Run again…');
  const dialog = page.getByRole('dialog', { name: 'Run again' });
  await expect(dialog.getByTestId('rerun-count')).toHaveText(/^\d+ deliver/);
  await dialog.getByRole('button', { name: /^Run \d+ again/ }).press('Enter');
  await expect(dialog.getByTestId('rerun-progress')).toBeVisible();
  await dialog.getByRole('button', { name: 'Stop it' }).press('Enter');
  await expect(page.getByText('What was run again already stays so.')).toBeVisible();
  await expect(dialog).toBeHidden();
  expect(await pause('tasks.resume', { queue: 'webhooks' })).toBe(200);
});

test('what never arrived is counted and fetched, and stands among the periods that were filled', async () => {
  await menu('Actions', 'Run again…');
  const dialog = page.getByRole('dialog', { name: 'Run again' });
  await dialog.getByRole('radio', { name: 'What the list shows' }).press('ArrowDown');
  await press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: 'All that never arrived since' })).toBeChecked();
  const fetch = dialog.getByRole('button', { name: /^Fetch [1-9]/ });
  await expect(fetch).toBeEnabled({ timeout: 30_000 });
  await fetch.press('Enter');
  await expect(dialog.getByTestId('rerun-progress')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().press('Enter');
  await menu('Actions', /Subscriptions/);
  const gaps = page.getByRole('region', { name: 'Gaps' });
  await expect(gaps).toContainText('Asked for by hand');
  await expect(gaps).toContainText(/task \d+/, { timeout: 30_000 });
  await shot('gaps');
  expect(await accessibilityProblems(page)).toEqual([]);
  await press('Escape');
});

test('after a restart of a store that forgot its subscriptions, a note says which period was filled, with how much and by which runs', async () => {
  await page.goto(await desk.server.restart());
  await page.goto(new URL('/webhooks', page.url()).href);
  const note = page.getByTestId('gap-note');
  await expect(note).toContainText(/A subscription was gone from .+ to .+ \(backroom-demo\)/, { timeout: 30_000 });
  await expect(note).toContainText(/Filled with \d+ \w+.*by sync runs? |Nothing had changed meanwhile/, {
    timeout: 30_000,
  });
  await shot('gap-note');
  expect(await accessibilityProblems(page)).toEqual([]);
});
