import { expect, type Page, test } from '@playwright/test';
import { accessibilityProblems, emulateScheme } from './axe.ts';
import { type OpenConsole, openConsole, SCREENS } from './server-fixture.ts';

test.describe.configure({ mode: 'serial' });

let desk: OpenConsole;
let page: Page;

test.beforeAll(async () => {
  desk = await openConsole({ screen: 'Pixel' });
  page = desk.page;
  // The demo's shoppers.
  await expect(page.getByTestId('pixel-row').nth(3)).toBeVisible({ timeout: 60_000 });
});
test.afterAll(() => desk?.close());

const tab = (name: string | RegExp) => page.getByRole('tab', { name });
const TABS = [
  ['accepted', /^Accepted/, 'pixel-table'],
  ['quarantined', /^Quarantined/, 'pixel-table'],
  ['funnel', 'Funnel', 'pixel-funnel'],
  ['health', 'Health', 'pixel-health'],
  ['rules', 'Rules', 'pixel-rules'],
  ['stores', 'Stores', 'pixel-stores'],
] as const;

test('every tab in both themes: axe finds nothing', async () => {
  for (const scheme of ['light', 'dark'] as const) {
    await emulateScheme(page, scheme);
    for (const [name, label, testId] of TABS) {
      await tab(label).click();
      await expect(page.getByTestId(testId)).toBeVisible({ timeout: 30_000 });
      await page.screenshot({ path: `${SCREENS}/pixel-${name}-${scheme}.png` });
      expect(await accessibilityProblems(page), `${name}, ${scheme}`).toEqual([]);
    }
  }
});

test('the chart’s legend follows the steps', async () => {
  await tab('Funnel').click();
  await expect(page.locator('.recharts-legend-wrapper')).toHaveText(/Viewed.*Added to cart.*Started checkout.*Paid/s);
});

test('pages that hold nothing to press scroll by keyboard', async () => {
  for (const [label, testId] of [
    ['Funnel', 'pixel-funnel'],
    ['Health', 'pixel-health'],
  ] as const) {
    await tab(label).click();
    const body = page.getByTestId(testId);
    await expect(body.getByRole('table').first()).toBeVisible();
    await body.focus();
    await page.keyboard.press('PageDown');
    await expect.poll(() => body.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
  }
});

test('what is kept: limits beside what is taken, a warning before anything goes, and Health says the same', async () => {
  await tab('Health').click();
  const kept = page.getByTestId('pixel-kept');
  await expect(kept).toContainText(/about .* of 20 GB/);
  await page.getByRole('link', { name: 'Change', exact: true }).click();
  const form = page.getByTestId('pixel-retention-form');
  await expect(form.getByLabel('Keep single events for')).toHaveValue('90 days');
  await form.getByLabel('Let them take at most').fill('5');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('This must be at least 10.')).toBeVisible();
  for (const scheme of ['light', 'dark'] as const) {
    await emulateScheme(page, scheme);
    expect(await accessibilityProblems(page), scheme).toEqual([]);
  }
  await form.getByLabel('Let them take at most').fill('5000');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Limits of pixel events saved')).toBeVisible();
  await expect(form.getByTestId('pixel-kept')).toContainText('of 5.0 GB');
  await page.getByRole('navigation').getByRole('link', { name: 'Tasks' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'pixel.retention' }).first()).toBeVisible();
  await page.getByRole('navigation').getByRole('link', { name: 'Pixel' }).click();
  await tab('Health').click();
  await expect(kept).toContainText('of 5.0 GB');
});

test('the live list by keyboard: held still, walked through, an event opened and closed', async () => {
  await tab(/^Accepted/).click();
  await page.getByTestId('pixel-row').first().waitFor();
  // On a tab the space bar presses the tab.
  await page.getByTestId('pixel-table').focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  const held = await page.getByTestId('pixel-row').first().getAttribute('data-id');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('pixel-detail')).toBeVisible();
  await expect(page.getByTestId('validation')).toBeVisible();
  for (const scheme of ['light', 'dark'] as const) {
    await emulateScheme(page, scheme);
    expect(await accessibilityProblems(page), scheme).toEqual([]);
  }
  // More arrives meanwhile; the list stands still and says so.
  await expect(page.getByTestId('new-rows')).toBeVisible({ timeout: 30_000 });
  expect(await page.getByTestId('pixel-row').first().getAttribute('data-id')).toBe(held);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('pixel-detail')).toHaveCount(0);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect.poll(() => page.getByTestId('pixel-row').first().getAttribute('data-id')).not.toBe(held);
});

test('a rule that was edited is not left without asking, whichever way', async () => {
  await tab('Rules').click();
  await page.getByRole('button', { name: 'New rule' }).first().click();
  const schema = page.getByLabel(/JSON schema/);
  await expect(schema).toBeVisible();
  const asked = page.getByRole('dialog', { name: 'Leave the new rule unsaved?' });

  // Nothing typed: nothing to ask.
  await tab('Health').click();
  await expect(page.getByTestId('pixel-health')).toBeVisible();
  await tab('Rules').click();
  await page.getByRole('button', { name: 'New rule' }).first().click();

  await page.getByLabel('Event', { exact: true }).fill('newsletter_joined');
  await schema.fill('{"type":"object","title":"mine"}');
  const leaveBy = [
    () => page.getByRole('button', { name: 'Close details' }).click(),
    () => tab('Health').click(),
    () => page.getByRole('navigation').getByRole('link', { name: 'Overview' }).click(),
    () => page.goBack(),
  ];
  for (const leave of leaveBy) {
    await leave();
    await expect(asked).toBeVisible();
    await asked.getByRole('button', { name: 'Keep editing' }).click();
    await expect(asked).toHaveCount(0);
    await expect(schema).toHaveValue('{"type":"object","title":"mine"}');
  }
  expect(await accessibilityProblems(page)).toEqual([]);

  // Saved, it is left as it likes.
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByTestId('rule-editor').getByRole('heading', { name: 'newsletter_joined' })).toBeVisible();
  await tab('Health').click();
  await expect(page.getByTestId('pixel-health')).toBeVisible();

  await tab('Rules').click();
  await page.getByRole('button', { name: 'newsletter_joined' }).click();
  await schema.fill('{"type":"object","title":"other"}');
  await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('button', { name: 'Leave without saving' }).click();
  await expect(page).toHaveURL(/\/overview|\/$/);
});
