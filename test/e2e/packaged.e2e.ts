import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchBackroom } from './electron-fixture.ts';

const PACKAGED = join(import.meta.dirname, '..', '..', 'release', 'linux-unpacked', 'backroom');

test.describe('the packaged app', () => {
  // biome-ignore lint/suspicious/noSkippedTests: the reason is printed, and CI makes the package first
  test.skip(!existsSync(PACKAGED), 'there is no packaged app: run `npm run package -- --for-tests` first');

  test('opens its window and serves it from its own backend', async () => {
    const backroom = await launchBackroom({ executablePath: PACKAGED });
    try {
      await expect(backroom.window).toHaveTitle(/Backroom/);
      expect(backroom.window.url()).toMatch(/^app:\/\/backroom\//);
      expect(await backroom.app.evaluate(({ app }) => app.isPackaged)).toBe(true);
      // The native module is loaded from outside the archive; the backend is ready only when that worked.
      await expect
        .poll(() => backroom.window.evaluate(async () => (await fetch('/readyz')).status), { timeout: 20_000 })
        .toBe(200);
    } finally {
      await backroom.close();
    }
  });
});
