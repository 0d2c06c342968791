import { expect, type Page } from '@playwright/test';

/** One thing to look at: which screen's contact sheet it is on, under which name, and how to come to it. */
export interface View {
  readonly screen: string;
  readonly state: string;
  readonly open: (page: Page) => Promise<unknown>;
}

export const SCREENS = {
  overview: '/',
  stores: '/stores',
  products: '/products',
  orders: '/orders',
  transactions: '/transactions',
  customers: '/customers',
  webhooks: '/webhooks',
  privacy: '/privacy',
  'privacy-evidence': '/privacy?tab=evidence',
  tasks: '/tasks',
  'tasks-queues': '/tasks?view=queues',
  'tasks-rates': '/tasks?view=rates',
  'tasks-schedules': '/tasks?view=schedules',
  settings: '/settings',
} as const;

export const go = (page: Page, path: string) => page.goto(new URL(path, page.url()).href);
/** With what it shows: nothing is on its way any more. */
export const arrive = async (page: Page, path: string): Promise<void> => {
  await go(page, path);
  await expect(page.getByRole('main')).toBeVisible();
  await expect(page.getByTestId('loading')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Colour scheme/ })).toBeVisible();
};

const view = (screen: string, state: string, path: string, then?: View['open']): View => ({
  screen,
  state,
  open: async (page) => {
    await arrive(page, path);
    await then?.(page);
  },
});
const row = (page: Page, one: string) => page.getByTestId(`${one}-row`).first();
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const tab = (page: Page, name: string | RegExp) => page.getByRole('tab', { name }).click();
const dialog = (page: Page) => expect(page.getByRole('dialog')).toBeVisible();
/** An item of a menu that opens a dialog. */
const menu = async (page: Page, button: string | RegExp, item: string | RegExp): Promise<void> => {
  await press(page, button);
  await page.getByRole('menuitem', { name: item }).click();
  await dialog(page);
  await expect(page.getByTestId('loading')).toHaveCount(0);
};

const records = (screen: string, one: string, tabs: readonly (string | RegExp)[]): View[] => [
  view(screen, 'full', `/${screen}`, (page) => row(page, one).waitFor()),
  view(screen, 'detail', `/${screen}`, async (page) => {
    await row(page, one).click();
    await expect(page.getByTestId(`${one}-detail`).getByRole('tablist')).toBeVisible();
  }),
  ...tabs.map((name) =>
    view(screen, `detail-${String(name).replace(/[^A-Za-z]/g, '')}`, `/${screen}`, async (page) => {
      await row(page, one).click();
      await tab(page, name);
    }),
  ),
  view(screen, 'nothing-found', `/${screen}?search=%22nothing+is+called+so%22`),
  view(screen, 'columns', `/${screen}`, (page) => press(page, 'Columns')),
  view(screen, 'filter', `/${screen}`, (page) => press(page, 'Filter')),
  view(screen, 'export', `/${screen}`, (page) => press(page, 'Export')),
  view(screen, 'views', `/${screen}`, (page) => press(page, /Views/)),
  view(screen, 'filter-editor', `/${screen}`, async (page) => {
    await press(page, 'Filter');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: one === 'transaction' ? 'Date' : 'Updated' })
      .click();
  }),
  view(screen, 'save-view', `/${screen}`, async (page) => {
    await press(page, /Views/);
    await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  }),
  view(screen, 'selection', `/${screen}`, async (page) => {
    await row(page, one).getByRole('checkbox').click();
  }),
];

const webhook = async (page: Page, name: string | RegExp): Promise<void> => {
  await row(page, 'webhook').click();
  await tab(page, name);
};
const task = async (page: Page, name: string | RegExp): Promise<void> => {
  await row(page, 'task').click();
  await tab(page, name);
};
const section = (id: string) =>
  view('settings', id, '/settings', (page) => page.locator(`#${id}`).evaluate((element) => element.scrollIntoView()));
const way = (name: string): View =>
  view('connect', name, '/stores?connect=new', async (page) => {
    await page.getByTestId(`way-${name}`).click();
    await press(page, 'Next');
  });

const toShopDomain = async (page: Page, by: string, domain: string): Promise<void> => {
  await page.getByTestId(`way-${by}`).click();
  await press(page, 'Next');
  await page.getByLabel('Shop domain').fill(domain);
  await page.getByLabel('Shop domain').press('Enter');
};

/** All of it, on a store with everything in it. */
export const FULL: readonly View[] = [
  view('overview', 'full', '/', (page) => expect(page.getByTestId('order-charts')).toBeVisible()),
  view('stores', 'full', '/stores'),
  view('stores', 'rename', '/stores', (page) => menu(page, /^More for/, 'Rename…')),
  view('stores', 'reimport', '/stores', (page) => menu(page, /^More for/, 'Fetch everything anew…')),
  view('stores', 'disconnect', '/stores', (page) => menu(page, /^More for/, 'Disconnect…')),
  view('connect', 'ways', '/stores?connect=new'),
  way('authorization_code'),
  way('client_credentials'),
  way('admin_token'),
  ...records('products', 'product', ['Media', 'History', /JSON/]),
  ...records('orders', 'order', [/Payments/, 'History', /JSON/]),
  ...records('transactions', 'transaction', [/JSON/]),
  ...records('customers', 'customer', [/Addresses/, 'History', /JSON/]),
  view('webhooks', 'full', '/webhooks', (page) => row(page, 'webhook').waitFor()),
  view('webhooks', 'detail', '/webhooks?state=processed', (page) => row(page, 'webhook').click()),
  view('webhooks', 'changes', '/webhooks?topic=customers%2Fupdate&state=processed', async (page) => {
    await row(page, 'webhook').click();
    await press(page, /^Edit and send/);
    const payload = page.getByRole('dialog').getByLabel('Payload');
    await payload.fill((await payload.inputValue()).replace('{', '{"looked_at": true,'));
    await press(page, 'Sign and send');
    await expect(page.getByText('Open what it was made from')).toBeVisible();
    await tab(page, 'Changes');
  }),
  view('webhooks', 'edit', '/webhooks?topic=products%2Fupdate&state=processed', async (page) => {
    await row(page, 'webhook').click();
    await press(page, /^Edit and send/);
    await dialog(page);
  }),
  ...['Send to a local address…', 'Bookmark…'].map((name) =>
    view('webhooks', name.replace(/[^a-z]+/gi, '-').toLowerCase(), '/webhooks?state=processed', async (page) => {
      await row(page, 'webhook').click();
      await page.getByTestId('webhook-detail').getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name }).click();
      await dialog(page);
    }),
  ),
  view('webhooks', 'attempts', '/webhooks?state=processed', (page) => webhook(page, /^Attempts/)),
  view('webhooks', 'headers', '/webhooks?state=processed', (page) => webhook(page, /^Headers/)),
  view('webhooks', 'refused', '/webhooks?state=refused', (page) => row(page, 'webhook').click()),
  view('webhooks', 'nothing-found', '/webhooks?topic=no%2Fsuch'),
  view('webhooks', 'subscriptions', '/webhooks', (page) => menu(page, 'Actions', /Subscriptions/)),
  view('webhooks', 'rerun', '/webhooks', async (page) => {
    await menu(page, 'Actions', 'Run again…');
    await expect(page.getByTestId('rerun-count')).toHaveText(/^\d+ deliver/);
  }),
  view('webhooks', 'missed', '/webhooks', async (page) => {
    await menu(page, 'Actions', 'Run again…');
    await page.getByRole('radio', { name: /never arrived/ }).check();
    await expect(page.getByTestId('missed-table').getByRole('rowheader', { name: 'orders' })).toBeVisible({
      timeout: 30_000,
    });
  }),
  view('webhooks', 'sample', '/webhooks', (page) => menu(page, 'Actions', 'Send a sample…')),
  view('tasks', 'full', '/tasks', (page) => row(page, 'task').waitFor()),
  view('tasks', 'detail', '/tasks?state=failed', (page) => row(page, 'task').click()),
  view('tasks', 'arguments', '/tasks?state=failed', (page) => task(page, 'Arguments')),
  view('tasks', 'log', '/tasks?state=failed', (page) => task(page, /^Log/)),
  view('tasks', 'chain', '/tasks?name=sync.reconcile&state=done', (page) => task(page, /^Chain/)),
  view('tasks', 'bulk', '/tasks?state=delayed', async (page) => {
    await menu(page, 'Actions', /Cancel/);
  }),
  view('tasks', 'nothing-found', '/tasks?text=nothing-has-this'),
  view('tasks-queues', 'full', SCREENS['tasks-queues']),
  view('tasks-queues', 'pause', SCREENS['tasks-queues'], (page) => press(page, 'Pause maintenance')),
  view('tasks-rates', 'full', SCREENS['tasks-rates']),
  view('tasks-schedules', 'full', SCREENS['tasks-schedules']),
  view('privacy', 'full', '/privacy'),
  view('privacy', 'closed', '/privacy?show=closed'),
  view('privacy', 'data-request', '/privacy?kind=data_request', (page) => row(page, 'privacy').click()),
  view('privacy', 'erasure', '/privacy?kind=redact', async (page) => {
    await row(page, 'privacy').click();
    await press(page, /^Dry run/);
    await expect(page.getByTestId('privacy-dry-run')).toBeVisible();
  }),
  view('privacy', 'erase-confirm', '/privacy?kind=redact', async (page) => {
    await row(page, 'privacy').click();
    await press(page, 'Erase now');
    await dialog(page);
  }),
  view('privacy', 'erased', '/privacy?kind=redact&show=closed', (page) => row(page, 'privacy').click()),
  ...['Put on hold', 'Refuse', 'Note the delivery'].map((name) =>
    view('privacy', name.toLowerCase().replaceAll(' ', '-'), '/privacy?kind=data_request', async (page) => {
      await row(page, 'privacy').click();
      await press(page, name);
      await dialog(page);
    }),
  ),
  view('privacy', 'enter', '/privacy?enter=true'),
  view('privacy-evidence', 'full', SCREENS['privacy-evidence']),
  ...['credentials', 'tunnel', 'addresses', 'api', 'security', 'privacy', 'backups', 'cache', 'appearance'].map(
    section,
  ),
  view('settings', 'pixel-events', '/settings', (page) => page.locator('#pixel').evaluate((it) => it.scrollIntoView())),
  view('settings', 'toml', '/settings', async (page) => {
    await page.getByText('The matching shopify.app.toml').click();
    await page.locator('#addresses').evaluate((element) => element.scrollIntoView());
  }),
  ...['ngrok tunnel', 'Own public URL'].map((name) =>
    view('settings', `tunnel-${name.split(' ')[0]?.toLowerCase()}`, '/settings', async (page) => {
      await page.getByText(name, { exact: true }).click();
      await page.locator('#tunnel').getByRole('button', { name: /^Save/ }).click();
      await page.locator('#tunnel').evaluate((element) => element.scrollIntoView());
    }),
  ),
  view('settings', 'wrong-number', '/settings', async (page) => {
    const form = page.getByTestId('privacy-form');
    await form.getByLabel('Wait before a customer is erased').fill('');
    await form.getByLabel('Keep a package for').fill('4000');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.locator('#privacy').evaluate((element) => element.scrollIntoView());
  }),
  view('settings', 'backup-made', '/settings', async (page) => {
    await press(page, 'Back up now');
    await expect(page.getByTestId('backup-row').first()).toBeVisible({ timeout: 30_000 });
    await page.locator('#backups').evaluate((element) => element.scrollIntoView());
  }),
  view('settings', 'restore', '/settings', async (page) => {
    await press(page, /^Restore /);
    await dialog(page);
  }),
  view('settings', 'change-key', '/settings', async (page) => {
    await press(page, 'Change the key');
    await expect(page.getByTestId('change-key-ask')).toBeVisible();
    await page.locator('#security').evaluate((element) => element.scrollIntoView());
  }),
  view('shell', 'palette', '/orders', async (page) => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog').getByRole('button', { name: /Overview/ })).toBeVisible();
  }),
  view('shell', 'search', '/orders', async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByLabel('Search records, screens and actions').pressSequentially('tent');
    await expect(page.getByRole('dialog').getByText('Two-Person Tent').first()).toBeVisible();
  }),
  view('shell', 'search-nothing', '/orders', async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByLabel('Search records, screens and actions').pressSequentially('qqqqqq');
    await expect(
      page
        .getByRole('dialog')
        .getByText(/Nothing|No /)
        .first(),
    ).toBeVisible();
  }),
  view('shell', 'shortcuts', '/orders', async (page) => {
    await page.locator('body').press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
  }),
  view('shell', 'colour-menu', '/orders', (page) => press(page, /^Colour scheme/)),
  view('shell', 'toast', '/stores', async (page) => {
    await press(page, 'Check and repair');
    await expect(page.getByText('Store checked')).toBeVisible();
  }),
  view('shell', 'not-found', '/there-is-no-such-screen'),
  view('connect', 'wrong-domain', '/stores?connect=new', async (page) => {
    await toShopDomain(page, 'client_credentials', 'not a domain');
    await expect(page.getByLabel('Shop domain')).toHaveAttribute('aria-invalid', 'true');
  }),
  view('connect', 'refused', '/stores?connect=new', async (page) => {
    await toShopDomain(page, 'client_credentials', 'there-is-none.myshopify.com');
    await expect(page.getByTestId('connect-failure')).toBeVisible();
  }),
  view('connect', 'waiting', '/stores?connect=new', async (page) => {
    await toShopDomain(page, 'authorization_code', 'harbour-lane.myshopify.com');
    await expect(page.getByTestId('connect-waiting')).toBeVisible();
  }),
  // From here on there are two stores.
  view('connect', 'connected', '/stores?connect=new', async (page) => {
    await toShopDomain(page, 'client_credentials', 'second-street.myshopify.com');
    await expect(page.getByTestId('connect-success')).toBeVisible();
  }),
  view('overview', 'two-stores', '/'),
  view('stores', 'two-stores', '/stores'),
  view('orders', 'two-stores', '/orders', (page) => row(page, 'order').waitFor()),
];
