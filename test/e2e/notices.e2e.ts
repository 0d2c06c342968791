import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { readData, writeData } from './data-folder.ts';
import { launchBackroom, type RunningBackroom } from './electron-fixture.ts';

/**
 * What is told outside of the window, as main hands it to the system: no notification service and no tray host run here, so the last call
 * of each is recorded instead of shown.
 */
test.describe.configure({ mode: 'serial' });

const FAILING = 8;
const DAY_MS = 86_400_000;
const SHOP = 'north-pine.myshopify.com';

interface Told {
  readonly notices: { title: string; body: string }[];
  readonly tooltips: string[];
  readonly menus: string[][];
}

let dataDir: string;
let backroom: RunningBackroom;
let window: Page;

const count = async (sql: string): Promise<number> => (await readData<{ n: number }>(dataDir, sql)).n;

const record = (): Promise<void> =>
  backroom.app.evaluate(({ Notification, Tray }) => {
    const told: Told = { notices: [], tooltips: [], menus: [] };
    (globalThis as unknown as { told: Told }).told = told;
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Electron.Notification) {
      told.notices.push({ title: this.title, body: this.body });
    };
    Tray.prototype.setToolTip = (text: string) => void told.tooltips.push(text);
    Tray.prototype.setContextMenu = (menu: Electron.Menu | null) =>
      void told.menus.push(menu?.items.map(({ label }) => label) ?? []);
  });
const told = (): Promise<Told> => backroom.app.evaluate(() => (globalThis as unknown as { told: Told }).told);
const call = (path: string, input: object): Promise<number> =>
  window.evaluate(
    async ([to, body]) =>
      (
        await fetch(`/trpc/${to}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: body ?? '',
        })
      ).status,
    [path, JSON.stringify(input)],
  );
/** The queues are held until main's calls are recorded, then let go. */
const launch = async (): Promise<void> => {
  backroom = await launchBackroom({ dataDir, env: { BACKROOM_DEMO: 'off' } });
  window = backroom.window;
  await record();
  await expect(window.getByRole('navigation')).toBeVisible();
};
const housekeeping = async (): Promise<void> => {
  const sql = `SELECT count(*) AS n FROM tasks WHERE name = 'privacy.housekeeping' AND state = 'done'`;
  const before = await count(sql);
  await expect.poll(() => call('tasks.runSchedule', { key: 'privacy.housekeeping' })).toBe(200);
  await expect.poll(() => count(sql)).toBeGreaterThan(before);
};

test.beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'backroom-notices-'));
  const first = await launchBackroom({ dataDir, env: { BACKROOM_DEMO: 'off' } });
  await expect(first.window.getByRole('navigation')).toBeVisible();
  await first.close();
  const now = Date.now();
  const dueIn = [20 * DAY_MS, 6.5 * DAY_MS, 1.5 * DAY_MS, -1.5 * DAY_MS];
  await writeData(dataDir, [
    ...dueIn.map(
      (ms, at) =>
        [
          `INSERT INTO privacy_requests (id, number, shop, kind, source, state, label, received_at, due_at, held_at, hold_reason)
           VALUES (?, ?, ?, 'redact', 'operator', 'scheduled', 'a•••@p•••', ?, ?, ?, 'A test looks at it.')`,
          `seeded-${at}`,
          at + 1,
          SHOP,
          new Date(now + ms - 30 * DAY_MS).toISOString(),
          new Date(now + ms).toISOString(),
          new Date(now).toISOString(),
        ] as const,
    ),
    ...Array.from(
      { length: FAILING },
      (_, at) =>
        [
          `INSERT INTO tasks (queue, name, shop, state, priority, due_ms, created_ms, input) VALUES ('webhooks', 'privacy.collect', ?, 'waiting', 0, ?, ?, ?)`,
          SHOP,
          now,
          now,
          JSON.stringify({ requestId: `nobody-${at}` }),
        ] as const,
    ),
    ...['webhooks', 'privacy'].map(
      (queue) =>
        [
          `INSERT INTO task_queues (queue, waiting, paused_ms, paused_by, paused_reason) VALUES (?, ?, ?, 'operator', 'A test looks at it.')
           ON CONFLICT (queue) DO UPDATE SET waiting = excluded.waiting, paused_ms = excluded.paused_ms, paused_by = excluded.paused_by, paused_reason = excluded.paused_reason`,
          queue,
          queue === 'webhooks' ? FAILING : 0,
          now,
        ] as const,
    ),
  ]);
  await launch();
});
test.afterAll(async () => {
  await backroom?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('many tasks that fail at once are one notification, which names neither store nor error', async () => {
  await expect.poll(() => call('tasks.resume', { queue: 'webhooks' })).toBe(200);
  // Five in a row for one reason pause the queue again.
  await expect
    .poll(() => count(`SELECT count(*) AS n FROM tasks WHERE state = 'failed'`), { timeout: 20_000 })
    .toBeGreaterThanOrEqual(5);
  const { notices } = await told();
  expect(notices).toEqual([
    { title: 'Failed: Collect what is held on a customer', body: 'Open Tasks to see why, and to run it again.' },
  ]);
});

test('each deadline within 7 days, within 2 and past is one notification, said once', async () => {
  const failed = (await told()).notices.length;
  await expect.poll(() => call('tasks.resume', { queue: 'privacy' })).toBe(200);
  await housekeeping();
  const titles = async (): Promise<string[]> =>
    (await told()).notices
      .slice(failed)
      .map(({ title }) => title)
      .sort();
  await expect
    .poll(titles)
    .toEqual([
      expect.stringMatching(/^Privacy request 2: 7 days left$/),
      expect.stringMatching(/^Privacy request 3: 2 days left$/),
      expect.stringMatching(/^Privacy request 4: 2 days overdue$/),
    ]);
  const once = await titles();
  await housekeeping();
  expect(await titles()).toEqual(once);
});

test('the tray’s menu and tooltip tell the deadlines, the most pressing first', async () => {
  const lines = [
    '1 privacy request overdue',
    '1 privacy request due within 2 days',
    '1 privacy request due within 7 days',
  ];
  await expect.poll(async () => (await told()).tooltips.at(-1)).toBe(['Backroom', ...lines].join('\n'));
  expect((await told()).menus.at(-1)?.slice(0, 3)).toEqual(lines);
  await window.getByRole('navigation').getByRole('link', { name: 'Privacy' }).click();
  await expect(window.getByTestId('privacy-row').first()).toContainText('2 days overdue');
  await window.screenshot({ path: '.runtime/screens/notices-privacy.png' });
});

test('after a restart nothing is said again', async () => {
  await backroom.close();
  await launch();
  await housekeeping();
  expect((await told()).notices).toEqual([]);
});
