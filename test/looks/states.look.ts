import { expect, type Page, test } from '@playwright/test';
import { startDemoStore } from '../../demo/store.ts';
import { launchBackroom, type RunningBackroom, storeByToken } from '../e2e/electron-fixture.ts';
import { look, makeContactSheets } from './camera.ts';
import { arrive, go, SCREENS } from './views.ts';

/** Each screen with nothing in it, while it loads, when that fails, and when the backend is away. */
const SCREEN_PATHS = Object.entries(SCREENS);
const WITH_DETAILS: readonly (readonly [string, string])[] = [
  ...SCREEN_PATHS,
  ...['orders', 'webhooks', 'tasks', 'privacy'].map((screen) => [`${screen}-detail`, `/${screen}?id=1`] as const),
];

test.describe.configure({ mode: 'default', timeout: 600_000 });
test.afterAll(makeContactSheets);

/** A desktop window of its own with these settings, as long as `work` looks at it. */
const withBackroom = async (
  env: Readonly<Record<string, string>>,
  work: (backroom: RunningBackroom) => Promise<void>,
): Promise<void> => {
  const backroom = await launchBackroom({ env });
  try {
    await backroom.window.emulateMedia({ reducedMotion: 'reduce' });
    await expect(backroom.window.getByRole('navigation')).toBeVisible();
    await work(backroom);
  } finally {
    await backroom.close();
  }
};

test('nothing connected', async () => {
  await withBackroom({ BACKROOM_DEMO: 'off' }, async (backroom) => {
    for (const [screen, path] of SCREEN_PATHS) {
      await arrive(backroom.window, path);
      await look(backroom, screen, 'empty-no-store');
    }
    await arrive(backroom.window, '/stores?connect=new');
    await look(backroom, 'connect', 'no-credentials');
  });
});

test('a store without rows', async () => {
  const demo = await startDemoStore({ products: 0, orders: 0, customers: 0 });
  const env = {
    BACKROOM_DEMO: 'off',
    ...storeByToken(demo),
  };
  try {
    await withBackroom(env, async (backroom) => {
      for (const [screen, path] of SCREEN_PATHS) {
        await arrive(backroom.window, path);
        await look(backroom, screen, 'empty-store');
      }
    });
  } finally {
    await demo.close();
  }
});

const failEachCall = (page: Page): Promise<unknown> =>
  page.route('**/trpc/**', (route) => {
    const url = new URL(route.request().url());
    const names = decodeURIComponent(url.pathname.replace('/trpc/', '')).split(',');
    const app = {
      code: 'INTERNAL',
      message: 'The database could not be read.',
      hint: 'Look at the free space of the disk.',
    };
    const error = { message: app.message, code: -32603, data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, app } };
    return route.fulfill({
      status: 500,
      contentType: 'application/json',
      body: JSON.stringify(url.searchParams.has('batch') ? names.map(() => ({ error })) : { error }),
    });
  });

test('loading', async () => {
  await withBackroom({ BACKROOM_DEMO: 'auto' }, async (backroom) => {
    const page = backroom.window;
    await arrive(page, '/orders');
    // Held until the page goes on, which gives them up.
    await page.route('**/trpc/**', () => new Promise<void>(() => undefined));
    for (const [screen, path] of WITH_DETAILS) {
      await go(page, path);
      await expect(page.getByRole('main')).toBeVisible();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('main')).not.toBeEmpty();
      await look(backroom, screen, 'loading');
    }
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });
});

test('failing', async () => {
  await withBackroom({ BACKROOM_DEMO: 'auto' }, async (backroom) => {
    const page = backroom.window;
    await arrive(page, '/orders');
    await failEachCall(page);
    for (const [screen, path] of WITH_DETAILS) {
      await go(page, path);
      await expect(page.getByTestId('error-state').first()).toBeVisible();
      await expect(page.getByTestId('loading')).toHaveCount(0);
      await look(backroom, screen, 'failing');
    }
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });
});

test('away', async () => {
  await withBackroom({ BACKROOM_DEMO: 'auto' }, async (backroom) => {
    const page = backroom.window;
    await arrive(page, '/orders');
    await expect(page.getByTestId('order-row').first()).toBeVisible({ timeout: 60_000 });
    const pid = await backroom.backendPid();
    if (pid === null) throw new Error('The backend is not running.');
    process.kill(pid, 'SIGKILL');
    // The one that follows gets no further than its start.
    const next = await backroom.nextBackendPid(pid);
    process.kill(next, 'SIGSTOP');
    try {
      await expect(page.getByTestId('away-banner')).toBeVisible();
      await look(backroom, 'shell', 'away');
      await page.getByRole('navigation').getByRole('link', { name: 'Tasks' }).click();
      await look(backroom, 'shell', 'away-other-screen');
      await go(page, '/');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await look(backroom, 'shell', 'starting');
    } finally {
      process.kill(next, 'SIGCONT');
    }
  });
});
