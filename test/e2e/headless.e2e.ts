import { expect, type Page, test } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import { type OpenConsole, openConsole, SCREENS } from './server-fixture.ts';

test.describe.configure({ mode: 'serial' });

let desk: OpenConsole;
let page: Page;
const consoleProblems: string[] = [];

test.beforeAll(async () => {
  desk = await openConsole({
    prepare: (opened) => {
      opened.on('console', (message) => {
        if (message.type() === 'error') consoleProblems.push(message.text());
      });
      opened.on('pageerror', (error) => consoleProblems.push(error.message));
    },
  });
  page = desk.page;
});
test.afterAll(() => desk?.close());

for (const scheme of ['light', 'dark'] as const) {
  for (const screen of ['Overview', 'Stores', 'Products', 'Webhooks', 'Pixel', 'Settings']) {
    test(`${screen}, ${scheme}: shows data and axe finds nothing`, async () => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.getByRole('navigation').getByRole('link', { name: screen }).click();
      await expect(page).toHaveTitle(`${screen} · Backroom`);
      await expect(page.getByTestId('demo-label')).toBeVisible();
      await expect(page.getByTestId('loading')).toHaveCount(0);
      await page.screenshot({ path: `${SCREENS}/headless-${screen.toLowerCase()}-${scheme}.png` });
      expect(await accessibilityProblems(page)).toEqual([]);
    });
  }
}

test('a screen whose code was not loaded yet waits for a backend that is away', async () => {
  const context = await desk.browser.newContext({ storageState: await page.context().storageState() });
  // A window that is never idle calls back only what names a time: no other screen's code is loaded ahead.
  await context.addInitScript(() => {
    window.requestIdleCallback = (callback, options) =>
      options?.timeout === undefined
        ? 0
        : window.setTimeout(() => callback({ didTimeout: true, timeRemaining: () => 0 }), options.timeout);
  });
  try {
    const other = await context.newPage();
    await other.goto(new URL('/', page.url()).href);
    await expect(other.getByTestId('demo-label')).toBeVisible();
    await other.keyboard.press('Control+k');
    const search = other.getByLabel('Search records, screens and actions');
    await search.click();
    // The live stream outlasts this: only a call finds out.
    await context.setOffline(true);
    await search.fill('mug');
    await expect(other.getByTestId('away-banner')).toBeVisible({ timeout: 20_000 });
    await other.keyboard.press('Escape');
    await other.getByRole('navigation').getByRole('link', { name: 'Tasks' }).click();
    await expect(other.getByTestId('route-away')).toContainText('when the backend answers again');
    await context.setOffline(false);
    await expect(other.getByRole('tab', { name: 'Schedules' })).toBeVisible({ timeout: 20_000 });
  } finally {
    await context.close();
  }
});

test('screens are loaded ahead, so that each opens also while the backend is away', async () => {
  const context = await desk.browser.newContext({ storageState: await page.context().storageState() });
  try {
    const other = await context.newPage();
    await other.goto(new URL('/', page.url()).href);
    await other.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('settings-page')),
    );
    await context.setOffline(true);
    await other.getByRole('navigation').getByRole('link', { name: 'Tasks' }).click();
    await expect(other.getByRole('tab', { name: 'Schedules' })).toBeVisible();
    await expect(other.getByTestId('route-away')).toHaveCount(0);
  } finally {
    await context.close();
  }
});

test('the login link works once, and without a session the API says so', async () => {
  const other = await desk.browser.newContext();
  try {
    const stranger = await other.newPage();
    await stranger.goto(page.url());
    await expect(stranger.getByTestId('session-ended')).toBeVisible();
  } finally {
    await other.close();
  }
});

test('the pages broke no policy and logged no error', () => {
  expect(consoleProblems).toEqual([]);
});
