import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { startDemoStore } from '../../demo/store.ts';
import { makeCertificate } from '../tunnel-edge/certificate.ts';
import { type Edge, startEdge } from '../tunnel-edge/edge.ts';
import { accessibilityProblems } from './axe.ts';
import { launchBackroom, type RunningBackroom } from './electron-fixture.ts';

/** What the console says about a connection that needs somebody, in the real window: each note and dialog in both themes, looked through by axe. */
const SCREENS = '.runtime/screens';
const TOKEN = '2abcdefghijklmnopqrstuvwxyz_4Stand1nEdgeToken9';
const SCOPES = ['read_products', 'read_orders', 'read_customers', 'write_pixels', 'read_customer_events'];

test.describe.configure({ mode: 'serial' });

let folder: string;
let edge: Edge;
let demo: Awaited<ReturnType<typeof startDemoStore>>;
let backroom: RunningBackroom;
let window: Page;

const call = async (path: string, input: unknown): Promise<void> => {
  const status = await window.evaluate(
    async ([procedure, body]) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`/trpc/${procedure}`, { method: 'POST', headers, body })).status;
    },
    [path, JSON.stringify(input)] as const,
  );
  expect(status).toBe(200);
};
const control = async (path: string, body: unknown): Promise<void> => {
  const response = await fetch(`${demo.ready.origin}/_demo/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
};
const go = (screen: string): Promise<void> =>
  window.getByRole('navigation').getByRole('link', { name: screen, exact: true }).click();
const look = async (name: string): Promise<void> => {
  for (const scheme of ['light', 'dark'] as const) {
    await window.evaluate((value) => document.documentElement.setAttribute('data-mantine-color-scheme', value), scheme);
    await window.screenshot({ path: `${SCREENS}/connection-${name}-${scheme}.png` });
    expect(await accessibilityProblems(window)).toEqual([]);
  }
};

test.beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  const certificate = makeCertificate();
  folder = mkdtempSync(join(tmpdir(), 'backroom-notes-'));
  writeFileSync(join(folder, 'ca.pem'), certificate.ca);
  edge = await startEdge({ certificate, authtoken: TOKEN });
  demo = await startDemoStore({ products: 10, orders: 10, customers: 5 });
  backroom = await launchBackroom({
    env: {
      BACKROOM_DEMO: 'off',
      BACKROOM_SHOPIFY_ORIGIN: demo.ready.origin,
      // Over since 2026: the stand-in answers with another one, as Shopify does.
      SHOPIFY_API_VERSION: '2025-01',
      NGROK_SERVER_ADDR: edge.agentAddress,
      NGROK_ROOT_CAS: join(folder, 'ca.pem'),
    },
  });
  window = backroom.window;
  await window.setViewportSize({ width: 1280, height: 900 });
  await window.emulateMedia({ reducedMotion: 'reduce' });
  await go('Settings');
});
test.afterAll(async () => {
  await backroom?.close();
  await demo?.close();
  await edge?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a secret that was replaced is named with its end', async () => {
  await call('settings.saveCredentials', { apiKey: demo.ready.clientId, apiSecret: 'the-old-secret', scopes: SCOPES });
  await call('settings.saveCredentials', {
    apiKey: demo.ready.clientId,
    apiSecret: demo.ready.clientSecret,
    scopes: SCOPES,
  });
  await expect(window.getByTestId('previous-secrets')).toContainText('cret; this is over in 5 h');
  await look('previous-secrets');
});

test('what differs from the shopify.app.toml that was taken stands field by field', async () => {
  await window.getByText('The matching shopify.app.toml').click();
  await window.getByRole('button', { name: 'Save as a file' }).click();
  await expect(window.getByTestId('app-toml-taken')).toBeVisible();
  await call('tunnel.save', { mode: 'ngrok', token: TOKEN, limit: 200 });
  await expect(window.getByTestId('tunnel-item')).toHaveAttribute('data-phase', 'online');
  const changes = window.getByTestId('app-toml-changes');
  await expect(changes.locator('tbody tr')).toHaveCount(3);
  await expect(changes).toContainText(`${edge.publicUrl}/auth/callback`);
  await changes.scrollIntoViewIfNeeded();
  await look('app-toml');
});

test('a scope that is missing is said where it is missed, and leads to reconnecting', async () => {
  await call('stores.connectWithToken', { shop: demo.ready.shop, token: demo.ready.adminToken });
  await go('Stores');
  await expect(window.getByTestId('sync-state')).toHaveAttribute('data-phase', 'done', { timeout: 30_000 });
  await control('scopes', { shop: demo.ready.shop, previous: SCOPES, current: ['read_products', 'write_pixels'] });
  await expect(window.getByTestId('missing-scopes')).toContainText('Orders and transactions need read_orders');
  await look('missing-scopes');
  await go('Orders');
  const notes = window.getByTestId('scope-notes');
  await expect(notes).toContainText('Orders need read_orders');
  await look('scope-notes');
  await notes.getByRole('link', { name: 'Reconnect' }).click();
  await expect(window.getByRole('dialog')).toContainText('Reconnect Northwind Outfitters');
  await look('reconnect');
  await window.getByRole('button', { name: 'Close' }).click();
});

test('an API version that is over is warned of, with what Shopify said about it', async () => {
  await go('Settings');
  const warning = window.getByTestId('api-version-warning');
  await expect(warning).toContainText('Shopify no longer answers this version');
  await expect(window.getByTestId('api-notices')).toContainText('2025-01');
  await warning.scrollIntoViewIfNeeded();
  await look('api-version');
});

test('when the tunnel’s plan is nearly used up it is said that pixels wait, and until when', async () => {
  await go('Settings');
  for (let visits = 0; visits < 190; visits += 1) await fetch(`${edge.publicUrl}/healthz`);
  const note = window.getByTestId('pixel-stopped');
  await expect(note).toContainText('Pixel intake is stopped');
  await expect(note.getByRole('button', { name: 'Let pixels send again' })).toBeVisible();
  await expect(window.getByTestId('tunnel-item')).toContainText('pixel stopped');
  await note.scrollIntoViewIfNeeded();
  await look('pixel-stopped');
});

test('a store is disconnected, and what could not be removed at Shopify stays on the screen', async () => {
  await go('Stores');
  await window.getByRole('button', { name: /^More for/ }).click();
  await window.getByRole('menuitem', { name: 'Disconnect…' }).click();
  await window.getByLabel(/^Type/).fill(demo.ready.shop);
  await look('disconnect');
  await control('faults', { clear: true, next: [{ kind: 'access-denied', times: 100 }] });
  await window.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(window.getByText(/could not be removed and go on sending/)).toBeVisible();
  await look('disconnected');
});
