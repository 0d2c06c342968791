import { mkdirSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { accessibilityProblems } from './axe.ts';
import { launchBackroom, type RunningBackroom } from './electron-fixture.ts';
import { catchOpenedLinks } from './opened-links.ts';

/** What a person does to a grid in the real window: lays out its columns, goes to a day by its bar, and opens a record at Shopify. */
const SCREENS = '.runtime/screens';
const GRIDS = [
  { screen: 'Orders', one: 'order', many: 'orders' },
  { screen: 'Products', one: 'product', many: 'products' },
  { screen: 'Customers', one: 'customer', many: 'customers' },
  { screen: 'Transactions', one: 'transaction', many: 'transactions' },
] as const;

test.describe.configure({ mode: 'default', timeout: 90_000 });

let backroom: RunningBackroom;
let window: Page;

const go = async (screen: string): Promise<void> => {
  await window.getByRole('navigation').getByRole('link', { name: screen, exact: true }).click();
  await expect(window.locator('.br-grid-body .br-grid-row[data-id]').first()).toBeVisible({ timeout: 60_000 });
};
const header = (name: string): Locator => window.getByRole('columnheader', { name, exact: true });
const widthOf = async (name: string): Promise<number> => Math.round((await header(name).boundingBox())?.width ?? 0);
const headings = (): Promise<string[]> =>
  window.getByRole('columnheader').evaluateAll((all) => all.map((each) => each.textContent ?? '').filter(Boolean));
const filtersNow = (): string | null => new URL(window.url()).searchParams.get('filters');
const look = async (name: string): Promise<void> => {
  for (const scheme of ['light', 'dark'] as const) {
    await window.evaluate((value) => document.documentElement.setAttribute('data-mantine-color-scheme', value), scheme);
    await window.screenshot({ path: `${SCREENS}/grids-${name}-${scheme}.png` });
    expect(await accessibilityProblems(window)).toEqual([]);
  }
};

test.beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  backroom = await launchBackroom();
  ({ window } = backroom);
  // Search and charts come at the end of each resource's import.
  for (const { screen, many } of GRIDS) {
    await go(screen);
    await expect(window.getByTestId(`${many}-fresh`)).toBeVisible({ timeout: 60_000 });
  }
});
test.afterAll(() => backroom?.close());

test('columns are made wider, moved, pinned and hidden, rows made low, and all of it is found again', async () => {
  await go('Orders');
  const before = await widthOf('Payment');
  const edge = await header('Payment').locator('.br-grid-edge').boundingBox();
  if (edge === null) throw new Error('the heading has no edge');
  await window.mouse.move(edge.x + 2, edge.y + 4);
  await window.mouse.down();
  await window.mouse.move(edge.x + 62, edge.y + 4, { steps: 4 });
  await window.mouse.up();
  const wider = await widthOf('Payment');
  expect(wider).toBeGreaterThan(before + 20);
  // Dragging an edge is no click on its heading.
  expect(new URL(window.url()).searchParams.get('sort')).toBeNull();

  await window.getByTestId('layout-menu').click();
  await window.getByRole('button', { name: 'Move Total up' }).click();
  await window.getByRole('checkbox', { name: 'Updated', exact: true }).uncheck();
  await window.getByText('Pin 2', { exact: true }).click();
  await window.getByText('Compact', { exact: true }).click();
  await look('columns');
  await window.keyboard.press('Escape');
  const isAsLaidOut = async (): Promise<void> => {
    expect(await headings()).toEqual(['Order', 'Date', 'Customer', 'Payment', 'Fulfilment', 'Total', 'Items']);
    expect(await widthOf('Payment')).toBe(wider);
    await expect(header('Date')).toHaveAttribute('data-pinned', 'true');
    expect((await window.getByTestId('order-row').first().boundingBox())?.height).toBe(32);
  };
  await isAsLaidOut();
  await go('Products');
  expect(await headings()).toContain('Updated');
  await go('Orders');
  await isAsLaidOut();
  await window.reload();
  await expect(window.getByTestId('order-row').first()).toBeVisible();
  await isAsLaidOut();

  // What scrolls sideways passes under the boxes and the pinned columns, and shows nowhere beside them.
  await window.getByTestId('layout-menu').click();
  for (const name of ['E-mail', 'Channel', 'Tags', 'Country', 'Gateway'])
    await window.getByRole('checkbox', { name, exact: true }).check();
  await window.keyboard.press('Escape');
  await window.getByTestId('orders-table').evaluate((grid) => {
    grid.scrollLeft = 260;
  });
  const covering = await window
    .getByTestId('order-row')
    .nth(1)
    .evaluate((row) => {
      const box = row.getBoundingClientRect();
      const from = row.parentElement?.parentElement?.getBoundingClientRect().left ?? 0;
      const end = row.querySelectorAll('[data-pinned]')[2]?.getBoundingClientRect().right ?? 0;
      return Array.from({ length: Math.floor((end - from) / 4) }, (_, step) => {
        const hit = document.elementFromPoint(from + 2 + step * 4, box.top + box.height / 2);
        return hit?.closest('[role="gridcell"]')?.hasAttribute('data-pinned') ?? false;
      });
    });
  expect(covering.length).toBeGreaterThan(40);
  expect(covering.every(Boolean)).toBe(true);
  await look('scrolled');
  await window.getByTestId('layout-menu').click();
  await window.getByRole('button', { name: 'Reset the columns' }).click();
  await window.keyboard.press('Escape');
});

for (const { screen, one, many } of GRIDS) {
  test(`${screen}: the charts above the grid lead to the rows that they count`, async () => {
    await go(screen);
    const charts = window.getByTestId(`${one}-charts`);
    await expect(charts).toBeVisible();
    await look(`${one}-charts`);
    const bar = charts.locator('.br-bars a').first();
    await bar.click();
    await expect.poll(filtersNow).not.toBeNull();
    await expect(window.getByTestId(`${many}-count`)).not.toBeEmpty();
    if (one === 'product') return;

    // By keyboard: one stop of Tab, arrows from day to day.
    const days = charts.locator('.br-days a');
    await expect(charts.locator('.br-days a[tabindex="0"]')).toHaveCount(1);
    await days.last().focus();
    await window.keyboard.press('Home');
    await expect(days.first()).toBeFocused();
    await window.keyboard.press('End');
    await window.keyboard.press('ArrowLeft');
    const day = days.nth((await days.count()) - 2);
    await expect(day).toBeFocused();
    await expect(charts.locator('.br-days-word')).toBeVisible();
    await window.keyboard.press('Enter');
    await expect.poll(filtersNow).toMatch(/^(processedAt|createdAt)\.between\.(\d{4}-\d\d-\d\d)(,|%2C)\2$/);
    const [, counted] =
      /(\d[\d,]*) (?:new |order|transaction)/.exec((await day.getAttribute('aria-label')) ?? '') ?? [];
    await expect(window.getByTestId(`${many}-count`)).toContainText(`${counted} `);
    // By mouse, where the day has no bar to be hit.
    await days.nth(3).click({ position: { x: 4, y: 4 } });
    await expect.poll(filtersNow).toMatch(/\.between\./);
  });
}

test('a record is opened at Shopify under its own address', async () => {
  const links = await catchOpenedLinks(backroom.app);
  for (const { screen, one, many } of GRIDS) {
    if (one === 'transaction') continue;
    await go(screen);
    await window.getByTestId(`${one}-row`).nth(1).click();
    await window.getByTestId(`${one}-detail`).getByRole('button', { name: 'Open in Shopify' }).click();
    // Rows move while the demo store lives: the record that is open is the one in the address.
    const number = new URL(window.url()).searchParams.get('id')?.split('/').at(-1);
    expect(await links.next()).toBe(`https://admin.shopify.com/store/backroom-demo/${many}/${number}`);
    await window.keyboard.press('Escape');
  }
});

test('the palette says when an order was, as the grids do', async () => {
  await window.keyboard.press('Control+k');
  await window.getByLabel('Search records, screens and actions').fill('#1100');
  const found = window
    .getByTestId('command-palette')
    .getByRole('button', { name: /^#1100/ })
    .first();
  await expect(found).toContainText(/\d+ (min|h|d) ago|\d{1,2} [A-Z][a-z]{2}/);
  await expect(found).not.toContainText(/\d{4}-\d\d-\d\d/);
  await look('palette');
  await window.keyboard.press('Escape');
});
