import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import sqlite3 from 'sqlite3';
import { startDemoStore } from '../../demo/store.ts';
import { accessibilityProblems } from './axe.ts';
import { launchBackroom, type RunningBackroom, storeByToken } from './electron-fixture.ts';

/** Everything fails for one reason, in the real window: what is paused, what is said, and that nothing is given up meanwhile. */
test.describe.configure({ mode: 'serial' });

const SCREENS = '.runtime/screens';
/** Calls are repeated for some seconds each, and trials come after 15 s and more: this much on the busiest machine. */
const PATIENCE = { timeout: 240_000 };

let demo: Awaited<ReturnType<typeof startDemoStore>>;
let backroom: RunningBackroom;
let window: Page;

const query = <Row>(sql: string): Promise<Row[]> =>
  new Promise((resolve, reject) => {
    const db = new sqlite3.Database(join(backroom.dataDir, 'backroom.sqlite'));
    db.configure('busyTimeout', 10_000);
    db.all<Row>(sql, (error, rows) => db.close(() => (error ? reject(error) : resolve(rows))));
  });
const count = async (sql: string): Promise<number> => (await query<{ n: number }>(sql))[0]?.n ?? 0;
const control = async (path: string, body: object): Promise<void> => {
  const response = await fetch(`${demo.ready.origin}/_demo/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
};
const open = (path: string) => window.goto(new URL(path, window.url()).href);
const look = async (name: string): Promise<void> => {
  await window.screenshot({ path: `${SCREENS}/breaker-${name}.png` });
  expect(await accessibilityProblems(window)).toEqual([]);
};

test.beforeAll(async () => {
  test.setTimeout(600_000);
  mkdirSync(SCREENS, { recursive: true });
  demo = await startDemoStore({ products: 20, orders: 20, customers: 10 });
  backroom = await launchBackroom({
    env: {
      BACKROOM_DEMO: 'off',
      ...storeByToken(demo),
    },
  });
  ({ window } = backroom);
  await expect(window.getByRole('navigation')).toBeVisible();
  await window.getByRole('navigation').getByRole('link', { name: 'Stores', exact: true }).click();
  await expect(window.getByTestId('sync-state')).toHaveAttribute('data-phase', 'done', PATIENCE);
});
test.afterAll(async () => {
  await backroom?.close();
  await demo?.close();
});

test('while Shopify is down the queue is paused and says so, nothing is given up, and it goes on by itself', async () => {
  test.setTimeout(600_000);
  await control('faults', { next: [{ kind: '502', times: 100_000, path: '/admin/' }] });
  await open('/tasks?view=schedules');
  await window.locator('tr[data-key="sync.reconcile"]').getByRole('button', { name: 'Run now' }).click();
  await open('/tasks');
  const note = window.getByTestId('queue-pauses');
  await expect(note).toContainText(
    'The queue sync is paused by itself. Everything failed for the same reason: Shopify has a problem: it answered with HTTP 502.',
    PATIENCE,
  );
  await expect(note).toContainText('Its tasks wait instead of being given up (3)', PATIENCE);
  await look('shopify-down');
  expect(await count(`SELECT count(*) AS n FROM tasks WHERE state = 'failed'`)).toBe(0);
  await control('faults', { next: [], clear: true });
  await expect(note).toHaveCount(0, PATIENCE);
  await expect
    .poll(() => count(`SELECT count(*) AS n FROM tasks WHERE queue = 'sync' AND state <> 'done'`), PATIENCE)
    .toBe(0);
});

test('after a bug in an update processing is paused and says why, nothing is given up, and it goes on once it is mended', async () => {
  test.setTimeout(600_000);
  await query('ALTER TABLE record_changes RENAME TO record_changes_as_it_was');
  await control('burst', { count: 60 });
  await open('/webhooks');
  const note = window.getByTestId('webhook-pauses');
  await expect(note).toContainText(
    'is paused: Backroom could not process it (SQLITE_ERROR: no such table: record_changes).',
  );
  await expect(note).toContainText('An update may mend it');
  await look('bug');
  expect(await count(`SELECT count(*) AS n FROM webhook_deliveries WHERE state = 'dead'`)).toBe(0);
  await query('ALTER TABLE record_changes_as_it_was RENAME TO record_changes');
  await expect(note).toHaveCount(0, PATIENCE);
  await expect
    .poll(() => count(`SELECT count(*) AS n FROM webhook_deliveries WHERE state <> 'processed'`), PATIENCE)
    .toBe(0);
});
