import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { DemoStore } from '../../demo/store.ts';
import { keepLogFiles } from '../testing/keep-log.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Port 0 and no real credentials: tests may run side by side, and never touch the person's own stores. */
const NEUTRAL_ENVIRONMENT = { BACKROOM_PUBLIC_PORT: '0', BACKROOM_PRIVATE_PORT: '0' };
const FOREIGN_KEYS = /^(SHOPIFY_|BACKROOM_|NGROK_|DATABASE_URL$|REDIS_URL$|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$)/;

/** CI runs as root, where Chromium's sandbox can't be set up; the app itself never switches it off. */
export const ROOT_ARGUMENTS = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];

interface LaunchOptions {
  /** Added to a neutral environment, e.g. `{ BACKROOM_DEMO: 'off' }`. */
  readonly env?: Readonly<Record<string, string>>;
  /** A folder to keep between launches; by default a new one that goes away with `close`. */
  readonly dataDir?: string;
}

export interface RunningBackroom {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly dataDir: string;
  /** The backend's process id, or null while it is away. */
  readonly backendPid: () => Promise<number | null>;
  /** Resolves with the id of a backend process other than `previous`. */
  readonly nextBackendPid: (previous: number | null) => Promise<number>;
  readonly close: () => Promise<void>;
}

interface Runtime {
  readonly executablePath: string;
  readonly source: 'electron' | 'carried';
}

const readRuntime = (): Runtime => {
  const file = join(ROOT, '.runtime', 'electron.json');
  if (!existsSync(file)) throw new Error('There is no Electron runtime yet: run `node scripts/setup.mjs test`.');
  return JSON.parse(readFileSync(file, 'utf8')) as Runtime;
};

/**
 * Playwright's own way to hold Electron back until it is connected. Playwright loads it by itself only for an Electron that it found
 * itself; without it, it may attach while the first page is being exchanged, and then waits for that page for ever.
 */
const LOADER = join(
  dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
  'lib/server/electron/loader.js',
);

/** The declared Electron is told which app to run and what to load before; the carried one has the app in its resources. */
const programOf = ({
  executablePath,
  source,
}: Runtime): { executablePath: string; args: string[]; env: Record<string, string> } =>
  source === 'electron'
    ? { executablePath, args: ['-r', LOADER, ROOT], env: {} }
    : { executablePath, args: [], env: { PLAYWRIGHT_ELECTRON_LOADER: LOADER } };

/** What the app's process gets: nothing of the person's own settings, so that a test never reaches a real store. */
export const environment = (dataDir: string, extra: Readonly<Record<string, string>>): Record<string, string> => {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !FOREIGN_KEYS.test(entry[0]),
  );
  return { ...Object.fromEntries(inherited), ...NEUTRAL_ENVIRONMENT, BACKROOM_DATA_DIR: dataDir, ...extra };
};

/** The environment in which a stand-in's first store is connected at the start, by its token. */
export const storeByToken = ({ ready }: Pick<DemoStore, 'ready'>): Record<string, string> => ({
  BACKROOM_SHOPIFY_ORIGIN: ready.origin,
  SHOPIFY_API_KEY: ready.clientId,
  SHOPIFY_API_SECRET: ready.clientSecret,
  SHOPIFY_SHOP: ready.shop,
  SHOPIFY_ADMIN_TOKEN: ready.adminToken,
});

/** Starts the desktop app as a person would see it and waits for its first window. */
export const launchBackroom = async (options: LaunchOptions = {}): Promise<RunningBackroom> => {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'backroom-e2e-'));
  const { executablePath, args, env } = programOf(readRuntime());
  const app = await _electron.launch({
    executablePath,
    args: [...args, ...ROOT_ARGUMENTS],
    cwd: dataDir,
    env: { ...environment(dataDir, options.env ?? {}), ...env },
    timeout: 60_000,
  });
  const window = await app.firstWindow();

  const backendPid = (): Promise<number | null> =>
    app.evaluate(({ app: electronApp }) => {
      const metric = electronApp
        .getAppMetrics()
        .find((each) => each.type === 'Utility' && each.name === 'backroom-backend');
      return metric?.pid ?? null;
    });
  const nextBackendPid = async (previous: number | null): Promise<number> => {
    const deadline = Date.now() + 15_000;
    while (Date.now() < deadline) {
      const pid = await backendPid();
      if (pid !== null && pid !== previous) return pid;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('The backend was not started again within 15 s.');
  };
  const close = async (): Promise<void> => {
    await app.close();
    keepLogFiles(dataDir);
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  return { app, window, dataDir, backendPid, nextBackendPid, close };
};
