import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchBackroom, type RunningBackroom } from '../e2e/electron-fixture.ts';
import { catchOpenedLinks } from '../e2e/opened-links.ts';
import { seedTasks } from '../testing/seed-tasks.mjs';
import { look, makeContactSheets, resize, SIZES } from './camera.ts';
import { makePrivacyRequests } from './fill.ts';
import { arrive, FULL } from './views.ts';

/** Everything there is, on the demo store with tasks, webhooks and privacy requests. */
let dataDir: string;
let backroom: RunningBackroom;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  dataDir = mkdtempSync(join(tmpdir(), 'backroom-looks-'));
  // Tasks are written beside a backend that is not running, into the database that its first start made.
  const first = await launchBackroom({ dataDir, env: { BACKROOM_DEMO: 'off' } });
  await arrive(first.window, '/tasks');
  await first.close();
  await seedTasks({ dataDir, tasks: 2000 });

  backroom = await launchBackroom({ dataDir, env: { BACKROOM_DEMO: 'auto' } });
  const { window } = backroom;
  // A page that would open in the person's browser is not opened.
  await catchOpenedLinks(backroom.app);
  await window.emulateMedia({ reducedMotion: 'reduce' });
  await arrive(window, '/webhooks?topic=products%2Fupdate&state=processed');
  await expect(window.getByTestId('webhook-row').first()).toBeVisible({ timeout: 60_000 });
  await arrive(window, '/transactions');
  await expect(window.getByTestId('transaction-row').first()).toBeVisible({ timeout: 60_000 });
  await makePrivacyRequests(window);
});
test.afterAll(async () => {
  await backroom?.close();
  rmSync(dataDir, { recursive: true, force: true });
  makeContactSheets();
});

for (const { screen, state, open } of FULL)
  test(`${screen}: ${state}`, async () => {
    await resize(backroom, SIZES[0]);
    await open(backroom.window);
    await look(backroom, screen, state);
  });
