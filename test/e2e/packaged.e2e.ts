import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, expect, test } from '@playwright/test';
import { environment, ROOT_ARGUMENTS } from './electron-fixture.ts';

const PACKAGED = join(import.meta.dirname, '..', '..', 'release', 'linux-unpacked', 'backroom');

/** The address of Chromium's own debugger. The inspector, which Playwright's Electron support needs, is fused off in a package. */
const debuggerAddress = (app: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    if (app.stderr === null) throw new Error('stderr is not piped');
    createInterface({ input: app.stderr }).on('line', (line) => {
      const found = /^DevTools listening on ws:\/\/([\d.]+:\d+)\//.exec(line);
      if (found) resolve(`http://${found[1]}`);
    });
    app.once('exit', (code) => reject(new Error(`the packaged app ended with code ${code}`)));
  });

const isOpen = async (address: string): Promise<boolean> => {
  const targets = (await (await fetch(`${address}/json/list`)).json()) as { title: string; url: string }[];
  return targets.some((target) => target.url.startsWith('app://backroom/') && target.title.includes('Backroom'));
};

test.describe('the packaged app', () => {
  // biome-ignore lint/suspicious/noSkippedTests: the reason is printed, and CI makes the package first
  test.skip(!existsSync(PACKAGED), 'there is no packaged app: run `npm run package` first');

  test('opens its window, serves it from its own backend, and ends both', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'backroom-packaged-'));
    const app = spawn(PACKAGED, [...ROOT_ARGUMENTS, '--remote-debugging-port=0'], {
      cwd: dataDir,
      env: environment(dataDir, {}),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const exited = new Promise<number | null>((resolve) => app.once('exit', resolve));
    try {
      const address = await debuggerAddress(app);
      await expect.poll(() => isOpen(address), { timeout: 20_000 }).toBe(true);
      const browser = await chromium.connectOverCDP(address);
      const window = browser.contexts()[0]?.pages()[0];
      if (window === undefined) throw new Error('the packaged app has no window');
      await expect(window).toHaveTitle(/Backroom/);
      // The native module is loaded from outside the archive; the backend is ready only when that worked.
      const ready = (): Promise<number> => window.evaluate(async () => (await fetch('/readyz')).status);
      await expect.poll(ready, { timeout: 20_000 }).toBe(200);
      await browser.close();
      app.kill('SIGTERM');
      expect(await exited).toBe(0);
      expect(readFileSync(join(dataDir, 'logs', 'main.log'), 'utf8')).toContain('"event":"backend-stopped","code":0');
    } finally {
      app.kill('SIGKILL');
      await exited;
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
