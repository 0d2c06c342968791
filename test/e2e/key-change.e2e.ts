import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { startDemoStore } from '../../demo/store.ts';
import { launchBackroom, type RunningBackroom } from './electron-fixture.ts';

/** The key is changed in the real window; a display server without a keychain has `basic_text`, so it lies in a file. */
const SCREENS = '.runtime/screens';

test.describe.configure({ mode: 'serial' });

let demo: Awaited<ReturnType<typeof startDemoStore>>;
let dataDir = '';
let backroom: RunningBackroom;
let window: Page;

const keys = (): string[] => readFileSync(join(dataDir, 'master.key'), 'utf8').split('\n').filter(Boolean);
const openSettings = async (): Promise<void> => {
  await window.getByRole('navigation').getByRole('link', { name: 'Settings' }).click();
  await window.locator('#security').scrollIntoViewIfNeeded();
};
const launch = async (): Promise<void> => {
  backroom = await launchBackroom({
    dataDir,
    env: { BACKROOM_DEMO: 'off', BACKROOM_SHOPIFY_ORIGIN: demo.ready.origin },
  });
  window = backroom.window;
  await window.setViewportSize({ width: 1280, height: 800 });
};
/** A call to Shopify works only with a token that could be opened. */
const expectStoreToWork = async (): Promise<void> => {
  await window.getByRole('navigation').getByRole('link', { name: 'Stores' }).click();
  await window.getByRole('button', { name: 'Check and repair' }).click();
  await expect(window.getByText('Store checked').first()).toBeVisible();
};

test.beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  dataDir = mkdtempSync(join(tmpdir(), 'backroom-e2e-key-'));
  demo = await startDemoStore({ products: 5, orders: 1, customers: 1 });
  await launch();
  await window.getByRole('navigation').getByRole('link', { name: 'Stores' }).click();
  await window.getByRole('button', { name: 'Connect a store' }).first().click();
  await window.getByTestId('way-admin_token').click();
  await window.getByRole('button', { name: 'Next' }).click();
  await window.getByLabel('Shop domain').fill(demo.ready.shop);
  await window.getByLabel('Admin API access token').fill(demo.ready.adminToken);
  await window.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(window.getByTestId('connect-success')).toBeVisible();
  await window.getByRole('button', { name: 'Done' }).click();
});
test.afterAll(async () => {
  await backroom?.close();
  await demo?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('a new key is made in Settings, everything is sealed with it, and the old one is forgotten', async () => {
  const [before] = keys();
  await openSettings();
  await window.getByRole('button', { name: 'Change the key' }).click();
  await window.screenshot({ path: `${SCREENS}/key-ask-light.png` });
  await window.getByRole('button', { name: 'Make a new key' }).click();
  await expect(window.getByTestId('key-rotation')).toHaveAttribute('data-phase', 'done', { timeout: 20_000 });
  await expect.poll(keys).toHaveLength(1);
  expect(keys()).not.toContain(before);
  await window.screenshot({ path: `${SCREENS}/key-done-light.png` });
  await window.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'dark'));
  await window.screenshot({ path: `${SCREENS}/key-done-dark.png` });
  await expectStoreToWork();
});

test('the backend is killed right after: the change is taken up by the next one', async () => {
  const [before] = keys();
  await openSettings();
  const pid = await backroom.backendPid();
  await window.getByRole('button', { name: 'Change the key' }).click();
  await window.getByRole('button', { name: 'Make a new key' }).click();
  await expect.poll(() => keys()[0], { intervals: [1] }).not.toBe(before);
  if (pid !== null) process.kill(pid, 'SIGKILL');
  await backroom.nextBackendPid(pid);
  await expect.poll(keys, { timeout: 20_000 }).toHaveLength(1);
  expect(keys()).not.toContain(before);
  await expectStoreToWork();
});

test('a change that a closed app left half done goes on at its next start', async () => {
  await backroom.close();
  const [before = ''] = keys();
  writeFileSync(join(dataDir, 'master.key'), `${randomBytes(32).toString('base64')}\n${before}\n`, { mode: 0o600 });
  await launch();
  await expect.poll(keys, { timeout: 20_000 }).toHaveLength(1);
  expect(keys()).not.toContain(before);
  await expectStoreToWork();
});
