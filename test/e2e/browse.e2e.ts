import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { failureOf, handling, instead, success } from './answers.ts';
import { accessibilityProblems } from './axe.ts';
import { type OpenConsole, openConsole, SCREENS } from './server-fixture.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 },
] as const;
const LISTS = [
  {
    screen: 'Products',
    many: 'products',
    one: 'product',
    column: 'Inventory',
    sort: 'totalInventory',
    search: 'jacket',
  },
  { screen: 'Orders', many: 'orders', one: 'order', column: 'Total', sort: 'total', search: '#1100' },
  {
    screen: 'Transactions',
    many: 'transactions',
    one: 'transaction',
    column: 'Amount',
    sort: 'amount',
    search: '#1100',
  },
  { screen: 'Customers', many: 'customers', one: 'customer', column: 'Spent', sort: 'amountSpent', search: 'example' },
] as const;
type List = (typeof LISTS)[number];

// Pictures in two sizes and themes of each state take their time.
test.describe.configure({ mode: 'default', timeout: 120_000 });

let desk: OpenConsole;
let page: Page;

const rows = ({ one }: List): Locator => page.getByTestId(`${one}-row`);
const detail = ({ one }: List): Locator => page.getByTestId(`${one}-detail`);
const count = ({ many }: List): Locator => page.getByTestId(`${many}-count`);
const go = async ({ screen, one }: List): Promise<void> => {
  await page.getByRole('navigation').getByRole('link', { name: screen }).click();
  await expect(page.getByTestId(`${one}-row`).first()).toBeVisible();
};
const addressHas = (key: string, value: string | RegExp): Promise<void> =>
  expect.poll(() => new URL(page.url()).searchParams.get(key)).toMatch(value);
/** The screen in both sizes and themes; with `axe`, each of them is examined. */
const shots = async (name: string, options: { readonly axe: boolean } = { axe: false }): Promise<void> => {
  for (const size of SIZES)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
      // Colours pass over from one theme to the other; axe and the picture want the end of that.
      await page.evaluate(() => Promise.allSettled(document.getAnimations().map((each) => each.finished)));
      await page.screenshot({ path: `${SCREENS}/browse-${name}-${size.width}-${colorScheme}.png` });
      if (options.axe) expect(await accessibilityProblems(page), `${size.width} ${colorScheme}`).toEqual([]);
    }
  await page.setViewportSize(SIZES[0]);
};
test.beforeAll(async () => {
  desk = await openConsole({ context: { viewport: SIZES[0], reducedMotion: 'reduce' } });
  page = desk.page;
  // The demo store's first import: transactions come with the orders, customers last.
  for (const list of LISTS) {
    await page.getByRole('navigation').getByRole('link', { name: list.screen }).click();
    await expect(count(list)).toContainText(/\d{2,}/, { timeout: 60_000 });
  }
});
test.afterAll(() => desk?.close());

for (const list of LISTS) {
  test(`${list.screen}: a column sorts, and the order is in the address`, async () => {
    await go(list);
    const header = page.getByRole('columnheader', { name: list.column, exact: true });
    await header.getByRole('button').click();
    await addressHas('sort', list.sort);
    await expect(header).toHaveAttribute('aria-sort', 'descending');
    await header.getByRole('button').click();
    await addressHas('order', 'asc');
    await expect(header).toHaveAttribute('aria-sort', 'ascending');
  });

  test(`${list.screen}: / searches, j and k and Enter open, Escape closes and keeps the place`, async () => {
    await go(list);
    await page.keyboard.press('/');
    await expect(page.getByLabel(`Search ${list.many}`)).toBeFocused();
    await page.keyboard.type(list.search);
    await addressHas('search', list.search);
    await expect(count(list)).toContainText('found');
    await page.keyboard.press('Escape');
    await expect.poll(() => new URL(page.url()).searchParams.get('search')).toBeNull();
    await page.keyboard.press('Escape');

    await expect(rows(list).nth(2)).toBeVisible();
    await page.locator('body').press('j');
    await page.locator('body').press('j');
    await page.locator('body').press('k');
    await page.locator('body').press('Enter');
    await expect(detail(list)).toBeVisible();
    const opened = new URL(page.url()).searchParams.get('id');
    await expect(page.locator('[role="row"][aria-selected="true"]')).toHaveAttribute('data-id', opened ?? 'no id');
    // With the details open they follow.
    await page.locator('body').press('j');
    await expect.poll(() => new URL(page.url()).searchParams.get('id')).not.toBe(opened);
    await expect(page.locator('[role="row"][aria-selected="true"]')).toHaveAttribute(
      'data-id',
      new URL(page.url()).searchParams.get('id') ?? 'no id',
    );
    await page.keyboard.press('Escape');
    await expect(detail(list)).toBeHidden();
  });

  test(`${list.screen}: the open record reads well, and axe finds nothing`, async () => {
    await go(list);
    await rows(list).nth(1).click();
    await expect(detail(list).getByTestId('refresh-record')).toBeVisible();
    await shots(list.many, { axe: true });
  });

  test(`${list.screen}: the record is fetched anew; what fails and what is gone is said`, async () => {
    await go(list);
    await rows(list).nth(1).click();
    const refresh = detail(list).getByTestId('refresh-record');
    await refresh.click();
    await expect(detail(list).getByTestId('refresh-outcome')).toContainText(/changed/);

    await handling(
      page,
      'records.refresh',
      instead('records.refresh', () => failureOf('Shopify did not answer.')),
      async () => {
        await refresh.click();
        await expect(detail(list).getByRole('alert')).toContainText(
          `The ${list.one} could not be fetched: Shopify did not answer.`,
        );
        await shots(`${list.many}-refresh-failed`);
        expect(await accessibilityProblems(page)).toEqual([]);
      },
    );
    await handling(
      page,
      'records.refresh',
      instead('records.refresh', () => success({ outcome: 'gone', at: '2026-11-28T00:00:00.000Z' })),
      async () => {
        await refresh.click();
        await expect(page.getByTestId('record-gone')).toContainText(`The ${list.one} is gone at Shopify`);
        await shots(`${list.many}-gone`);
      },
    );
    await page.getByTestId('record-gone').getByRole('button', { name: 'Close' }).click();
    await expect(detail(list)).toBeHidden();
  });

  test(`${list.screen}: its JSON is searched`, async () => {
    await go(list);
    await rows(list).first().click();
    await detail(list).getByRole('tab', { name: 'JSON' }).click();
    // A masked record is shown as it is masked.
    await detail(list).getByLabel(`Search in ${list.one}`).fill('id');
    await expect(detail(list).getByTestId('json-view')).toContainText(/1 \/ \d+/);
    await page.keyboard.press('Escape');
    await detail(list).getByRole('button', { name: 'Close details' }).click();
  });

  test(`${list.screen}: nothing found, still loading, and failing have their own words`, async () => {
    await go(list);
    await page.getByLabel(`Search ${list.many}`).fill('zzzzzzzzqq');
    await expect(page.getByRole('heading', { name: `No ${list.many} match` })).toBeVisible();
    await shots(`${list.many}-empty`);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await expect(rows(list).first()).toBeVisible();

    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await handling(
      page,
      `${list.many}.list`,
      async (route) => {
        await held;
        await route.continue();
      },
      async () => {
        await page.reload();
        await expect(page.getByTestId(`${list.many}-table`).getByTestId('loading')).toBeVisible();
        await shots(`${list.many}-loading`);
        release();
        await expect(rows(list).first()).toBeVisible();
      },
    );
    await handling(
      page,
      `${list.many}.list`,
      // A list is asked for by itself, and its answer is one.
      (route) => route.fulfill({ status: 400, json: failureOf('The rows could not be read.') }),
      async () => {
        await page.reload();
        await expect(page.getByTestId('error-state')).toContainText(`The ${list.many} could not be loaded`);
        await shots(`${list.many}-failing`);
        expect(await accessibilityProblems(page)).toEqual([]);
      },
    );
    // A change in the store may have loaded them already.
    await page.getByRole('button', { name: 'Try again' }).or(rows(list).first()).click();
    await expect(rows(list).first()).toBeVisible();
  });
}

const [products, orders] = [LISTS[0], LISTS[1]];

const filterPaid = async (): Promise<void> => {
  await go(orders);
  await page.getByTestId('add-filter').click();
  await page.getByRole('group', { name: 'Filter by' }).getByRole('button', { name: 'Payment' }).click();
  const editor = page.getByRole('form', { name: 'Filter by Payment' });
  await editor.getByLabel('Values').and(page.locator('input')).fill('PAID');
  await page.keyboard.press('Enter');
  await editor.getByRole('button', { name: 'Apply' }).click();
  await addressHas('filters', 'financialStatus.is.PAID');
};

test('a filter becomes a chip and stands in the address', async () => {
  await filterPaid();
  await expect(page.getByRole('button', { name: 'Payment is Paid', exact: true })).toBeVisible();
  await expect(page.locator('[data-testid="order-row"]:not([data-status="PAID"])')).toHaveCount(0);
  await shots('orders-filter', { axe: true });
});

test('what is shown is kept as a view, and the columns with it', async () => {
  await filterPaid();
  await page.getByTestId('layout-menu').click();
  await page.getByRole('checkbox', { name: 'Country' }).check();
  await page.getByRole('checkbox', { name: 'Items' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Country' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Items' })).toHaveCount(0);

  await page.getByTestId('views-menu').click();
  await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  await page.getByLabel('Name of the view').fill('Paid, by country');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove the filter Payment is Paid' }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get('filters')).toBeNull();
  await page.getByTestId('layout-menu').click();
  await page.getByRole('button', { name: 'Reset the columns' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Country' })).toHaveCount(0);

  await page.getByTestId('views-menu').click();
  await page.getByRole('menuitem', { name: 'Paid, by country' }).click();
  await addressHas('filters', 'financialStatus.is.PAID');
  await expect(page.getByRole('columnheader', { name: 'Country' })).toBeVisible();
  await page.getByTestId('views-menu').click();
  await page.getByRole('button', { name: 'Forget the view Paid, by country' }).click();
  await page.keyboard.press('Escape');
  await page.getByTestId('layout-menu').click();
  await page.getByRole('button', { name: 'Reset the columns' }).click();
  await page.keyboard.press('Escape');
});

test('a list that one comes back to is as it was left', async () => {
  await go(products);
  await page.getByLabel('Search products').fill('trail');
  await addressHas('search', 'trail');
  await expect(count(products)).toContainText('found');
  await rows(products).nth(3).click();
  await expect(detail(products)).toBeVisible();
  const left = page.url();
  await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).click();
  await expect(page).toHaveTitle('Overview · Backroom');
  await page.goBack();
  await expect(page).toHaveURL(left);
  await expect(detail(products)).toBeVisible();
  await expect(page.locator('[data-testid="product-row"][aria-selected="true"]')).toBeVisible();
});

test('a list that was scrolled is found where it was left', async () => {
  await go(orders);
  // The oldest first: orders that come meanwhile stand at the end, and move nothing.
  await page.getByRole('columnheader', { name: 'Order' }).getByRole('button', { name: 'Order', exact: true }).click();
  await addressHas('order', 'asc');
  await expect(page.locator('.br-split-list')).toHaveAttribute('data-stale', 'false');
  const grid = page.getByTestId('orders-table');
  const top = (): Promise<number> => grid.evaluate((element) => element.scrollTop);
  await grid.evaluate((element) => {
    element.scrollTop = 1600;
  });
  await expect.poll(top).toBe(1600);
  await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).click();
  await expect(page).toHaveTitle('Overview · Backroom');
  await page.goBack();
  await expect.poll(top).toBe(1600);
  // Another list begins at its top.
  await page.getByRole('columnheader', { name: 'Total' }).getByRole('button', { name: 'Total', exact: true }).click();
  await expect.poll(top).toBe(0);
});

test('selected rows are exported and fetched anew', async () => {
  await go(orders);
  for (const row of [0, 1]) await rows(orders).nth(row).getByRole('checkbox').click();
  const bar = page.getByTestId('selection-bar');
  await expect(bar).toContainText('2 orders selected');
  const download = page.waitForEvent('download');
  await bar.getByRole('link', { name: 'Export as CSV' }).click();
  const csv = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split('\n');
  expect(csv).toHaveLength(3);
  await bar.getByRole('button', { name: 'Refresh now' }).click();
  await expect(page.getByText(/^2 orders: /)).toBeVisible();
  await shots('orders-selected', { axe: true });
  await bar.getByRole('button', { name: 'Clear' }).click();
});

test('every column sorts, also one without an index, and charts lead to what they show', async () => {
  await go(orders);
  await page.getByRole('columnheader', { name: 'Items' }).getByRole('button', { name: 'Items', exact: true }).click();
  await addressHas('sort', 'items');
  await expect(page.locator('.br-split-list')).toHaveAttribute('data-stale', 'false');
  const column = await page
    .getByRole('columnheader')
    .evaluateAll((all) => all.findIndex((each) => each.textContent === 'Items'));
  const items = await rows(orders).evaluateAll(
    (all, at) => all.slice(0, 10).map((row) => Number(row.querySelectorAll('[role="gridcell"]')[at]?.textContent)),
    column,
  );
  expect(items).toEqual([...items].sort((a, b) => b - a));
  // With more columns than fit, the head is as wide as its rows: they would shine through beside it.
  await page.getByTestId('layout-menu').click();
  for (const name of ['E-mail', 'Channel', 'Tags']) await page.getByRole('checkbox', { name, exact: true }).check();
  const widths = await page
    .getByTestId('orders-table')
    .evaluate((grid) =>
      ['.br-grid-head', '.br-grid-body .br-grid-row'].map(
        (part) => grid.querySelector(part)?.getBoundingClientRect().width,
      ),
    );
  expect(widths[0]).toBe(widths[1]);
  expect(widths[0]).toBeGreaterThan(SIZES[0].width);
  await page.getByRole('button', { name: 'Reset the columns' }).click();
  await page.keyboard.press('Escape');
  await page.getByTestId('order-charts').getByRole('link', { name: 'Sales, 30 days' }).click();
  await addressHas('filters', 'processedAt.last.30');
  await page.getByTestId('order-charts').getByRole('link', { name: 'returning customers' }).click();
  await addressHas('filters', 'ordersCount.gte.2');
});

test('charts that fail say so and are asked for again, and the rows are there all the same', async () => {
  for (const [{ screen, one }, path] of [
    [products, 'browse.productCharts'],
    [LISTS[2], 'browse.transactionCharts'],
    [LISTS[3], 'browse.customerCharts'],
  ] as const) {
    await handling(
      page,
      path,
      instead(path, () => failureOf('The sums could not be read.')),
      async () => {
        await page.getByRole('navigation').getByRole('link', { name: screen }).click();
        await page.reload();
        await expect(page.getByRole('region', { name: 'Charts' })).toContainText('The charts could not be loaded');
        await expect(page.getByTestId(`${one}-row`).first()).toBeVisible();
        await shots(`${one}-charts-failing`);
        expect(await accessibilityProblems(page)).toEqual([]);
        const again = page.waitForRequest((request) => request.url().includes(path));
        await page.getByRole('region', { name: 'Charts' }).getByRole('button', { name: 'Try again' }).click();
        await again;
      },
    );
    await page.reload();
    await expect(page.getByTestId(`${one}-charts`)).toBeVisible();
  }
});

test('links lead from an order to its customer and products and back', async () => {
  await go(orders);
  await page.getByLabel('Search orders').fill('#1100');
  await expect(rows(orders).first()).toContainText('#1100');
  await rows(orders).first().click();
  await detail(orders).getByTestId('lines-table').getByRole('link').first().click();
  await expect(detail(products)).toBeVisible();
  await detail(products).getByRole('link', { name: 'Orders with this product' }).click();
  await addressHas('filters', /^productId\.is\.\d+$/);
  await expect(page.getByTestId('order-row').filter({ hasText: '#1100' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^With product no\. is/ })).toBeVisible();
});

test('an export starts, shows how far it is, and is cancelled', async () => {
  await go(orders);
  const running = {
    id: 'e1',
    resource: 'orders',
    format: 'csv',
    rows: 1200,
    total: 4800,
    startedAt: '2026-11-28T00:00:00.000Z',
  };
  let cancelled = false;
  const answer = instead('browse.exports', () => success({ items: cancelled ? [] : [running] }));
  // The demo store is exported in an instant: a long export is played, what is sent to the backend is real.
  await page.getByTestId('export-menu').click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'CSV, for spreadsheets' }).click();
  expect((await download).suggestedFilename()).toMatch(/^orders-\d{4}-\d{2}-\d{2}\.csv$/);
  await handling(page, 'browse.exports', answer, async () => {
    await page.reload();
    await expect(page.getByTestId('running-export')).toContainText('Exporting orders: 1,200 of 4,800 (25%)');
    await shots('orders-exporting');
    cancelled = true;
    const asked = page.waitForRequest((request) => request.url().includes('browse.cancelExport'));
    await page.getByRole('button', { name: 'Cancel the export of orders' }).click();
    expect((await asked).method()).toBe('POST');
  });
});
