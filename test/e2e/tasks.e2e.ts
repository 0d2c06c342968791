import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import sqlite3 from 'sqlite3';
import { seedTasks } from '../testing/seed-tasks.mjs';
import { accessibilityProblems, emulateScheme } from './axe.ts';
import { type OpenConsole, openConsole, SCREENS } from './server-fixture.ts';

/** The Tasks screen over 3,000 tasks that are invented, and a few that really run on the demo store. */
test.describe.configure({ mode: 'serial' });

let desk: OpenConsole;
let page: Page;

test.beforeAll(async () => {
  desk = await openConsole({
    screen: 'Tasks',
    fill: (dataDir) => seedTasks({ dataDir, tasks: 3000 }),
    context: { reducedMotion: 'reduce' },
  });
  page = desk.page;
  await expect(page.getByTestId('task-row').first()).toBeVisible();
});
test.afterAll(() => desk?.close());

const read = <Row>(sql: string, ...params: (string | number)[]): Promise<Row[]> =>
  new Promise((resolve, reject) => {
    const db = new sqlite3.Database(join(desk.server.dataDir, 'backroom.sqlite'), sqlite3.OPEN_READONLY);
    db.all<Row>(sql, params, (error, rows) => db.close(() => (error ? reject(error) : resolve(rows))));
  });

/** Screenshots in both sizes and schemes, and what axe finds in either scheme. */
const look = async (name: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await emulateScheme(page, colorScheme);
    expect(await accessibilityProblems(page)).toEqual([]);
    for (const [width, height] of [
      [2560, 1440],
      [1280, 800],
    ] as const) {
      await page.setViewportSize({ width, height });
      // Columns follow the width they measured, a frame later.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      await page.screenshot({ path: `${SCREENS}/tasks-${name}-${width}-${colorScheme}.png` });
    }
  }
};

const rows = () => page.getByTestId('task-row');
const detail = () => page.getByTestId('task-detail');
const tab = (name: string | RegExp) => page.getByRole('tab', { name });
const choose = async (button: RegExp, item: string | RegExp): Promise<void> => {
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('menuitem', { name: item }).click();
  await expect(page.getByRole('menuitem')).toHaveCount(0);
};
const openTasks = async (query: string): Promise<void> => {
  await page.goto(new URL(`/tasks${query}`, page.url()).href);
  await expect(page.getByTestId('loading')).toHaveCount(0);
};
const idOf = (): string => new URL(page.url()).searchParams.get('id')?.replaceAll('"', '') ?? '';

test('the list counts by state, and its filters say what they show', async () => {
  await choose(/^State:/, /^Failed/);
  await expect(rows().first()).toHaveAttribute('data-state', 'failed');
  await choose(/^Queue:/, 'sync');
  await choose(/^Task:/, 'sync.resource');
  await expect(rows().first()).toHaveAttribute('data-name', 'sync.resource');
  for (const row of await rows().all()) await expect(row).toHaveAttribute('data-state', 'failed');
  await look('list');
  await page.keyboard.press('/');
  await page.keyboard.type('did not answer');
  // The first row may have been such a one already; a search that is still to come would close what is opened next.
  await expect.poll(() => new URL(page.url()).searchParams.get('text')).toBe('did not answer');
  await expect(rows().first()).toContainText('Shopify did not answer');
});

test('a failed task is opened by keyboard: masked arguments, every attempt with its stack, its log and times', async () => {
  await rows().first().click();
  await expect(detail()).toBeVisible();
  await expect(detail().getByTestId('problem')).toBeVisible();
  await expect(detail().getByTestId('task-attempt')).toHaveCount(5);
  await expect(detail().getByTestId('task-attempt').first()).toContainText('ran');
  await detail().getByText('Stack').last().click();
  await expect(detail().getByText('at run (sync.ts:12:5)').last()).toBeVisible();
  await look('failed');
  await tab('Arguments').click();
  await expect(detail()).toContainText('[personal]');
  await expect(detail()).toContainText('[secret]');
  await expect(detail()).not.toContainText('planted.example');
  await expect(detail()).not.toContainText('shpat_');
  await look('arguments');
  await tab('Log 5').click();
  await expect(detail()).toContainText('page 5 was asked for');
  await look('log');
});

test('r runs it again as a linked task with the whole arguments', async () => {
  const id = idOf();
  await page.locator('body').press('r');
  await expect.poll(idOf).not.toBe(id);
  const [child] = await read<{ parent: string; isSame: number }>(
    `SELECT parent_id AS parent, input = (SELECT input FROM tasks WHERE seq = ?) AS isSame FROM tasks WHERE seq = ?`,
    Number(id),
    Number(idOf()),
  );
  expect(child).toEqual({ parent: id, isSame: 1 });
  await tab('Chain 2').click();
  await expect(detail().getByRole('listitem')).toHaveCount(2);
  await expect(detail().getByRole('listitem').first()).toContainText(id);
});

test('a queue is paused with a reason, holds what is added, and goes on', async () => {
  await tab('Queues and workers').click();
  await page.getByRole('button', { name: 'Pause maintenance' }).click();
  await page.getByLabel('Why').fill('The disk is being changed.');
  await page.getByRole('button', { name: 'Pause the queue' }).click();
  const queue = page.locator('tr[data-queue="maintenance"]');
  await expect(queue).toContainText('The disk is being changed.');
  await expect(queue.getByRole('link')).not.toHaveCount(1);
  await look('queues');
});

test('what waits in a paused queue is cancelled, c for short; what is delayed is run now', async () => {
  await tab('Schedules').click();
  const schedule = page.locator('tr[data-key="maintenance.retention"]');
  await expect(schedule).toContainText(/in \d/);
  await look('schedules');
  await schedule.getByRole('button', { name: 'Run now' }).click();
  await schedule.getByRole('link').click();
  await expect(detail()).toContainText('Waiting');
  await page.locator('body').press('c');
  await expect(detail()).toContainText('Cancelled');

  await openTasks('?state=delayed&name=maintenance.retention');
  await rows().first().click();
  await expect(detail().getByRole('button', { name: 'Run now' })).toBeVisible();
  await look('delayed');
  await detail().getByRole('button', { name: 'Run now' }).click();
  await expect(detail()).toContainText('Waiting');
  await tab('Queues and workers').click();
  await page.getByRole('button', { name: 'Resume maintenance' }).click();
  await expect(page.getByRole('button', { name: 'Pause maintenance' })).toBeVisible();
  await page.goBack();
  await expect(detail()).toContainText('Done');
});

test('what the filter shows is paused and resumed, counted before; one alone too', async () => {
  await openTasks('?state=delayed&queue=sync');
  await expect(rows().nth(1)).toBeVisible();
  const shown = await rows().count();
  const all = async (item: string, verb: string): Promise<void> => {
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    const dialog = page.getByRole('dialog', { name: `${verb} the tasks shown` });
    await expect(dialog).toContainText(`${shown} tasks with the filters as they are`);
    await dialog.getByRole('button', { name: `${verb} ${shown} tasks` }).click();
    await expect(dialog).toBeHidden();
  };
  await all('Pause waiting ones…', 'Pause');
  await expect(rows().filter({ hasText: 'paused until it is resumed' })).toHaveCount(shown);
  await rows().first().click();
  await expect(rows().first()).toContainText('Paused');
  await expect(detail()).toContainText('when it is resumed');
  await look('paused');
  await detail().getByRole('button', { name: 'Resume' }).click();
  await expect(detail().getByRole('button', { name: 'Pause' })).toBeVisible();
  await detail().getByRole('button', { name: 'Pause' }).click();
  await expect(detail().getByRole('button', { name: 'Resume' })).toBeVisible();
  await all('Resume paused ones…', 'Resume');
  await expect(rows().filter({ hasText: 'paused until it is resumed' })).toHaveCount(0);
});

test('all that the filter shows are cancelled at once, counted before', async () => {
  await openTasks('?state=delayed&queue=sync');
  await expect(rows().nth(1)).toBeVisible();
  const shown = await rows().count();
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Cancel unfinished ones…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cancel the tasks shown' });
  await expect(dialog).toContainText(`${shown} tasks with the filters as they are`);
  await look('bulk');
  await dialog.getByRole('button', { name: `Cancel ${shown} tasks` }).click();
  await expect(page.getByText('No tasks with these filters')).toBeVisible();
  await look('empty');
});

test('the chain of a webhook: its task, and what came of it', async () => {
  await page.getByRole('navigation').getByRole('link', { name: 'Webhooks' }).click();
  await page.getByTestId('webhook-menu').click();
  await page.getByRole('menuitem', { name: 'Send a sample…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send a sample' });
  await dialog.getByLabel('Topic').fill('customers/data_request');
  await dialog.getByRole('button', { name: 'Fill in from a real record' }).click();
  await expect(dialog.getByLabel('Payload')).toHaveValue(/orders_requested/);
  await dialog.getByRole('button', { name: 'Sign and send' }).click();
  await expect(dialog).toBeHidden();
  await openTasks('?name=privacy.collect');
  await rows().first().click();
  await expect(detail()).toContainText('Done');
  await tab('Chain 2').click();
  await expect(detail().getByRole('listitem').first().getByRole('link')).toHaveText('customers/data_request');
  await look('chain-webhook');
  await detail().getByRole('listitem').first().getByRole('link').click();
  await expect(page.getByTestId('webhook-detail')).toContainText('customers/data_request');
});

test('the chain of a look for changes: a task for each resource, and the sync that each made', async () => {
  await openTasks('?view=schedules');
  const schedule = page.locator('tr[data-key="sync.reconcile"]');
  await schedule.getByRole('button', { name: 'Run now' }).click();
  await schedule.getByRole('link').click();
  await tab('Chain 7').click({ timeout: 30_000 });
  await expect(
    detail()
      .getByText(/products: \d+ new, \d+ changed, \d+ deleted/)
      .first(),
  ).toBeVisible();
  await look('chain-sync');
});

test('rates and run times are drawn for three spans', async () => {
  await tab('Rates').click();
  await page.getByText('6 hours', { exact: true }).click();
  await expect(page.getByTestId('run-times').getByRole('rowheader', { name: 'sync.resource' })).toBeVisible();
  await expect(page.locator('.recharts-bar-rectangle').first()).toBeVisible();
  await look('rates');
});

test('a list that can’t be loaded says so and is tried again', async () => {
  await page.route(/tasks\.list/, (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/json',
      body: '[{"error":{"message":"no","code":-32603,"data":{"code":"INTERNAL_SERVER_ERROR","httpStatus":500}}}]',
    }),
  );
  await openTasks('?state=failed');
  await expect(page.getByText('The tasks could not be loaded')).toBeVisible({ timeout: 20_000 });
  await look('failing');
  await page.unroute(/tasks\.list/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(rows().first()).toBeVisible();
});
