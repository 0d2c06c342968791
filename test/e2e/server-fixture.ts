import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { keepLog } from '../testing/keep-log.ts';
import { launchChromium } from './chromium.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export interface RunningServer {
  /** Works once. */
  readonly loginUrl: string;
  /** Of the first start. */
  readonly doors: Doors;
  readonly dataDir: string;
  /** Ends it and starts it again on the same data; resolves with a new login link. */
  readonly restart: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Where the backend listens. */
interface Doors {
  readonly private: string;
  readonly public: string;
}

const launch = async (dataDir: string, env: Readonly<Record<string, string>>) => {
  const server: ChildProcess = spawn(process.execPath, [join(ROOT, 'dist/server/index.mjs')], {
    cwd: dataDir,
    env: {
      PATH: process.env.PATH,
      BACKROOM_DATA_DIR: dataDir,
      BACKROOM_PRIVATE_PORT: '0',
      BACKROOM_PUBLIC_PORT: '0',
      BACKROOM_PRINT_LOGIN: '1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
  let doors: Doors | null = null;
  const loginUrl = await new Promise<string>((resolve, reject) => {
    let login: string | null = null;
    void ended.then((code) => reject(new Error(`the server ended with ${code}`)));
    if (!server.stdout) throw new Error('no stdout');
    createInterface({ input: server.stdout }).on('line', (line) => {
      const message = JSON.parse(line) as { event?: string; url?: string } & Partial<Doors>;
      // The login link is printed for the person at the terminal; it is no log line.
      if (message.event === 'login' && message.url !== undefined) login = message.url;
      else keepLog(line);
      if (message.event === 'ready' && message.private !== undefined && message.public !== undefined)
        doors = { private: message.private, public: message.public };
      if (login !== null && doors !== null) resolve(login);
    });
  });
  const end = async (): Promise<void> => {
    server.kill('SIGTERM');
    await ended;
  };
  if (doors === null) throw new Error('the doors are not known');
  return { loginUrl, doors: doors as Doors, end };
};

const run = async (dataDir: string, env: Readonly<Record<string, string>>): Promise<RunningServer> => {
  let running = await launch(dataDir, env);
  const { loginUrl, doors } = running;
  return {
    loginUrl,
    doors,
    dataDir,
    restart: async () => {
      await running.end();
      running = await launch(dataDir, env);
      return running.loginUrl;
    },
    stop: async () => {
      await running.end();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

/**
 * The built backend on the demo store, as `npm start` runs it without a display, in a data folder of its own that goes with it. `fill` gets
 * the folder with an empty database first: a second writer beside the running backend would be in its way.
 */
export const startServer = async (fill?: (dataDir: string) => Promise<void>): Promise<RunningServer> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'backroom-headless-'));
  if (fill) {
    const first = await launch(dataDir, { BACKROOM_DEMO: 'off' });
    await first.end();
    await fill(dataDir);
  }
  return run(dataDir, { BACKROOM_DEMO: 'auto' });
};

/** The built backend in a data folder of its own, with these settings and without the demo. */
export const startServerWith = async (env: Readonly<Record<string, string>>): Promise<RunningServer> =>
  run(mkdtempSync(join(tmpdir(), 'backroom-headless-')), { BACKROOM_DEMO: 'off', ...env });

/** Where screenshots go, to be looked at. */
export const SCREENS = '.runtime/screens';

export interface OpenConsole {
  readonly server: RunningServer;
  readonly browser: Browser;
  readonly page: Page;
  /** Closes the browser and ends the server. */
  readonly close: () => Promise<void>;
}

/** The built backend on the demo store, and its console in a browser, logged in, on the screen of this name in the navigation. */
export const openConsole = async (
  options: {
    readonly screen?: string;
    readonly fill?: (dataDir: string) => Promise<void>;
    readonly context?: BrowserContextOptions;
    /** Before anything is loaded. */
    readonly prepare?: (page: Page) => unknown;
  } = {},
): Promise<OpenConsole> => {
  mkdirSync(SCREENS, { recursive: true });
  const server = await startServer(options.fill);
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options.context });
  await options.prepare?.(page);
  await page.goto(server.loginUrl);
  if (options.screen !== undefined)
    await page.getByRole('navigation').getByRole('link', { name: options.screen }).click();
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
  };
  return { server, browser, page, close };
};
