import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { keepLog } from '../testing/keep-log.ts';
import { accessibilityProblems } from './axe.ts';
import { launchChromium } from './chromium.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SCREENS = '.runtime/screens';

test.describe.configure({ mode: 'serial' });

let dataDir: string;
let server: ChildProcess;
let browser: Browser;
let page: Page;
const consoleProblems: string[] = [];

/** Starts the backend as `npm start` does without a display; resolves with the login link. */
const startServer = (): Promise<string> =>
  new Promise((resolve, reject) => {
    server = spawn(process.execPath, [join(ROOT, 'dist/server/index.mjs')], {
      cwd: dataDir,
      env: {
        PATH: process.env.PATH,
        BACKROOM_DATA_DIR: dataDir,
        BACKROOM_PRIVATE_PORT: '0',
        BACKROOM_PUBLIC_PORT: '0',
        BACKROOM_DEMO: 'auto',
        BACKROOM_PRINT_LOGIN: '1',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    if (!server.stdout) throw new Error('no stdout');
    createInterface({ input: server.stdout }).on('line', (line) => {
      const message = JSON.parse(line) as { event?: string; url?: string };
      // The login link is printed for the person at the terminal; it is no log line.
      if (message.event === 'login' && message.url !== undefined) resolve(message.url);
      else keepLog(line);
    });
  });

test.beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  dataDir = mkdtempSync(join(tmpdir(), 'backroom-headless-'));
  const login = await startServer();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('console', (message) => {
    if (message.type() === 'error') consoleProblems.push(message.text());
  });
  page.on('pageerror', (error) => consoleProblems.push(error.message));
  await page.goto(login);
});
test.afterAll(async () => {
  await browser?.close();
  server?.kill('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
});

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

test('the login link works once, and without a session the API says so', async () => {
  const other = await browser.newContext();
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
