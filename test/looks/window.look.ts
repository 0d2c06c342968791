import { expect, test } from '@playwright/test';
import { launchBackroom, type RunningBackroom } from '../e2e/electron-fixture.ts';
import { look, makeContactSheets } from './camera.ts';
import { makePrivacyRequests } from './fill.ts';
import { arrive, FULL } from './views.ts';

/** The same views in the real window, on the demo store as it is; nothing has failed there. */
let backroom: RunningBackroom;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  backroom = await launchBackroom({ env: { BACKROOM_DEMO: 'auto' } });
  const { window } = backroom;
  await window.emulateMedia({ reducedMotion: 'reduce' });
  await arrive(window, '/webhooks?topic=products%2Fupdate&state=processed');
  await expect(window.getByTestId('webhook-row').first()).toBeVisible({ timeout: 60_000 });
  await arrive(window, '/transactions');
  await expect(window.getByTestId('transaction-row').first()).toBeVisible({ timeout: 60_000 });
  await makePrivacyRequests(window);
});
test.afterAll(async () => {
  await backroom?.close();
  makeContactSheets();
});

const VIEWS = FULL.filter(
  ({ screen, state }) =>
    ['full', 'detail', 'palette', 'credentials'].includes(state) && !(screen === 'tasks' && state === 'detail'),
);

for (const { screen, state, open } of VIEWS)
  test(`${screen}: ${state}`, async () => {
    await backroom.window.setViewportSize({ width: 1280, height: 800 });
    await open(backroom.window);
    await look(backroom.window, screen, `window-${state}`);
  });
