import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import sqlite3 from 'sqlite3';
import { launchBackroom } from './electron-fixture.ts';

/** What a version after this one leaves in the list of what was done to the database. */
const leaveNewerMark = (dataDir: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const database = new sqlite3.Database(join(dataDir, 'backroom.sqlite'));
    database.exec(`INSERT INTO migrations (timestamp, name) VALUES (1900000000000, 'Later1900000000000')`, (error) =>
      database.close(() => (error ? reject(error) : resolve())),
    );
  });

test('a data folder that a newer version used is left alone, and the window says what to do', async () => {
  mkdirSync('.runtime/screens', { recursive: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'backroom-e2e-newer-'));
  const first = await launchBackroom({ dataDir, env: { BACKROOM_DEMO: 'off' } });
  await expect(first.window.getByRole('navigation')).toBeVisible();
  await first.close();
  await leaveNewerMark(dataDir);
  const backroom = await launchBackroom({ dataDir, env: { BACKROOM_DEMO: 'off' } });
  try {
    await backroom.window.setViewportSize({ width: 1280, height: 800 });
    await expect(backroom.window.getByText('used by a newer version of Backroom').first()).toBeVisible({
      timeout: 20_000,
    });
    await expect(backroom.window.getByText('Install the newest version').first()).toBeVisible();
    await backroom.window.screenshot({ path: '.runtime/screens/newer-data.png' });
  } finally {
    await backroom.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
