import { mkdirSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { startDemoStore } from '../../demo/store.ts';
import { accessibilityProblems } from './axe.ts';
import { launchBackroom, type RunningBackroom, storeByToken } from './electron-fixture.ts';

/** An import in the real window: each resource with its progress, the status bar, the taskbar; paused, gone on with, and begun anew. */
const SCREENS = '.runtime/screens';

let demo: Awaited<ReturnType<typeof startDemoStore>>;
let backroom: RunningBackroom;
let window: Page;

const look = async (name: string): Promise<void> => {
  for (const scheme of ['light', 'dark'] as const) {
    await window.evaluate((value) => document.documentElement.setAttribute('data-mantine-color-scheme', value), scheme);
    await window.screenshot({ path: `${SCREENS}/import-${name}-${scheme}.png` });
    expect(await accessibilityProblems(window)).toEqual([]);
  }
};
/** What the icon in the taskbar was told last. */
const taskbar = (): Promise<number | undefined> =>
  backroom.app.evaluate(() => (globalThis as { shares?: number[] }).shares?.at(-1));

/** The file of the orders does not come before they are paused, or given up. */
const NO_FILE = { kind: 'slow', path: '/bulk/', ms: 60_000 };
const faults = async (change: { readonly clear?: true; readonly next: readonly object[] }): Promise<void> => {
  const response = await fetch(`${demo.ready.origin}/_demo/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });
  expect(response.status).toBe(200);
};

test.beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  demo = await startDemoStore({ products: 20, orders: 40, customers: 10 });
  await faults({ next: [NO_FILE] });
  backroom = await launchBackroom({
    env: {
      BACKROOM_DEMO: 'off',
      ...storeByToken(demo),
    },
  });
  ({ window } = backroom);
  await backroom.app.evaluate(({ BrowserWindow }) => {
    const shares: number[] = [];
    (globalThis as { shares?: number[] }).shares = shares;
    for (const each of BrowserWindow.getAllWindows()) each.setProgressBar = (share) => shares.push(share);
  });
});

test.afterAll(async () => {
  await backroom.close();
  await demo.close();
});

test('an import shows how far it is, is paused and gone on with, and can be begun anew', async () => {
  await window.getByRole('navigation').getByRole('link', { name: 'Stores', exact: true }).click();
  const orders = window.getByTestId('sync-orders');
  await expect(orders).toHaveAttribute('data-phase', 'downloading', { timeout: 30_000 });
  await expect(orders).toContainText('0 of 40');
  await expect(window.getByTestId('running-import')).toContainText('Importing Northwind Outfitters: 66%');
  await expect.poll(taskbar).toBeCloseTo(2 / 3);
  await look('running');

  await window.getByRole('button', { name: 'Pause orders' }).click();
  await expect(orders).toHaveAttribute('data-phase', 'paused');
  await expect(window.getByTestId('sync-state')).toContainText('Fetching orders is paused');
  await expect(window.getByTestId('running-import')).toHaveCount(0);
  await expect.poll(taskbar).toBe(-1);
  await look('paused');

  // Given up in the middle of its file: nothing of it goes on, and it is begun again when asked.
  await faults({ next: [NO_FILE] });
  await window.getByRole('button', { name: 'Go on with orders' }).click();
  await expect(orders).toHaveAttribute('data-phase', 'downloading', { timeout: 30_000 });
  await expect.poll(taskbar).toBeCloseTo(2 / 3);
  await window.getByRole('button', { name: 'Give up fetching orders' }).click();
  await expect(orders).toHaveAttribute('data-phase', 'never');
  await expect(window.getByTestId('running-import')).toHaveCount(0);
  await expect.poll(taskbar).toBe(-1);
  await look('given-up');

  // Shopify's operation fails as often as it is asked for: only a person's click is waited for, whatever the queue tries meanwhile.
  await faults({ clear: true, next: [{ kind: 'bulk', path: 'bulk/fail', times: 1000 }] });
  await window.getByRole('button', { name: 'Fetch orders' }).click();
  await expect(orders).toHaveAttribute('data-phase', 'failed', { timeout: 30_000 });
  await expect(window.getByTestId('sync-state')).toHaveAttribute('data-phase', 'failed');
  await look('failed');
  const asked = window.waitForRequest((request) => request.url().includes('stores.sync'));
  await window.getByRole('button', { name: 'Try orders again' }).click();
  await asked;
  await faults({ clear: true, next: [] });
  await expect(window.getByTestId('sync-state')).toHaveAttribute('data-phase', 'done', { timeout: 30_000 });
  await expect(orders).toContainText('40');
  await expect(orders).toContainText('as many as at Shopify');
  await window.getByRole('button', { name: 'Compare orders with Shopify and repair what differs' }).click();
  await expect(window.getByTestId('sync-state')).toHaveAttribute('data-phase', 'done', { timeout: 30_000 });
  await expect(orders).toContainText('as many as at Shopify');
  await window.getByRole('navigation').getByRole('link', { name: 'Orders', exact: true }).click();
  await expect(window.getByTestId('orders-fresh')).toContainText('complete as of');
  await window.getByRole('navigation').getByRole('link', { name: 'Stores', exact: true }).click();

  await window.getByRole('button', { name: 'More for Northwind Outfitters' }).click();
  await window.getByRole('menuitem', { name: 'Fetch everything anew…' }).click();
  const dialog = window.getByRole('dialog');
  const begin = dialog.getByRole('button', { name: 'Fetch everything anew' });
  await expect(begin).toBeDisabled();
  await dialog.getByRole('textbox').fill(demo.ready.shop);
  await look('anew');
  await expect(orders).toHaveAttribute('data-phase', 'done');
  await begin.click();
  await expect(dialog).toHaveCount(0);
  await expect(window.getByTestId('sync-state')).toHaveAttribute('data-phase', 'done', { timeout: 30_000 });
});
