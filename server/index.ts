import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import { AppError } from '../shared/errors.ts';
import { type BackendToMain, MainToBackend } from '../shared/process-messages.ts';
import { type App, type AppOptions, startApp } from './app.ts';
import { startDemoStore } from './demo-mode.ts';
import { ConfigError, parseConfig, splitKeys } from './platform/config/config.ts';
import { withDotEnv } from './platform/config/dot-env.ts';
import { createLog } from './platform/log/log.ts';
import { createRedactor } from './platform/log/redact.ts';
import { type KeyStore, keyDigest } from './platform/vault/key-store.ts';
import { addKeyToFile, dropOlderKeys, headlessMasterKey } from './platform/vault/master-key.ts';
import { createRunner } from './runner.ts';

/** Electron gives a utility process this port to main; a plain Node process has none. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}
const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort };

const redactor = createRedactor();
const write = (line: string): void => {
  process.stdout.write(line);
};
let log = createLog({ level: 'info', redactor, write });

type RunOptions = Omit<AppOptions, 'onRestartNeeded'>;
/** What the app is composed of now; asked at each start, since the master key may be another one. */
let optionsNow: () => RunOptions = () => {
  throw new Error('The backend does not know yet how to start.');
};
const NEW_KEY = 'the master key is another one: composing the backend anew';

const explain = (error: unknown): { message: string; hint?: string } => {
  const message = error instanceof Error ? error.message : String(error);
  const hint = error instanceof ConfigError || error instanceof AppError ? error.hint : undefined;
  return { message, ...(hint === undefined ? {} : { hint }) };
};

const tell = (message: BackendToMain): void => parentPort?.postMessage(message);
const fail = (error: unknown): void => {
  const { message, hint } = explain(error);
  log.fatal(
    { event: 'failed', ...(hint === undefined ? {} : { hint }), err: error instanceof ConfigError ? undefined : error },
    message,
  );
  tell({ type: 'failed', message, ...(hint === undefined ? {} : { hint }) });
  process.exitCode = 1;
  // The message to main and the log line must leave before the process does.
  setTimeout(() => process.exit(1), 100);
};

const runner = createRunner<App>({
  start: (onRestartNeeded) => startApp({ ...optionsNow(), onRestartNeeded }),
  onRestart: (why) => log.info(why),
  onFailed: fail,
  onStarted: (app) => {
    log.info({ event: 'ready', private: app.privateUrl, public: app.publicUrl }, 'ready');
    tell({ type: 'ready', publicUrl: app.publicUrl });
    const loginUrl = process.env.BACKROOM_PRINT_LOGIN === '1' ? app.createLoginUrl() : null;
    // For the person at this terminal; it goes round the log on purpose, since the log must not hold a working link.
    if (loginUrl !== null) write(`${JSON.stringify({ event: 'login', url: loginUrl })}\n`);
  },
});

const stop = async (signal: string): Promise<void> => {
  log.info({ signal }, 'stopping');
  try {
    await runner.stop();
    log.info('stopped');
    process.exit(0);
  } catch (error) {
    fail(error);
  }
};

const common = (env: NodeJS.ProcessEnv) => {
  const config = parseConfig(env);
  log = createLog({ level: config.BACKROOM_LOG_LEVEL, redactor, write });
  return {
    config,
    log,
    redactor,
    version: packageJson.version,
    startDemo: () => startDemoStore(new URL('../demo/worker.mjs', import.meta.url)),
  };
};

const startHeadless = async (): Promise<void> => {
  const options = common(withDotEnv(process.env, '.env'));
  const { BACKROOM_MASTER_KEY, BACKROOM_MASTER_KEY_PREVIOUS, dataDir } = options.config;
  const consoleDirectory = fileURLToPath(new URL('../renderer', import.meta.url));
  const keyFile: KeyStore = {
    change: async () => {
      addKeyToFile(dataDir);
      runner.restart(NEW_KEY);
    },
    forgetOlder: (current) => dropOlderKeys(dataDir, current),
  };
  optionsNow = () => ({
    ...options,
    masterKey: headlessMasterKey(BACKROOM_MASTER_KEY, dataDir, splitKeys(BACKROOM_MASTER_KEY_PREVIOUS ?? '')),
    keyStore: BACKROOM_MASTER_KEY === undefined ? keyFile : null,
    desktop: null,
    consoleDirectory: existsSync(consoleDirectory) ? consoleDirectory : null,
  });
  await runner.start();
};

/** `rotate-key`: the next start seals with a new key, and everything else anew while it runs. */
const rotateKey = (): void => {
  const { config } = common(withDotEnv(process.env, '.env'));
  if (config.BACKROOM_MASTER_KEY !== undefined)
    throw new Error(
      'The master key is set by BACKROOM_MASTER_KEY. Put the new key there and the present one in BACKROOM_MASTER_KEY_PREVIOUS, then restart.',
    );
  addKeyToFile(config.dataDir);
  log.info({ event: 'key-added' }, 'a new master key was added; restart the backend, which then seals everything anew');
};

/** Main keeps the desktop's key; it answers `change-key` with the keys from now on, or says why there is no new one. */
const createDesktopKeys = (first: DesktopKeys) => {
  let keys = first;
  const waiting: { readonly resolve: () => void; readonly reject: (error: AppError) => void }[] = [];
  const settle = (how: (one: (typeof waiting)[number]) => void): void => {
    for (const one of waiting.splice(0)) how(one);
  };
  const store: KeyStore = {
    change: () =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        tell({ type: 'change-key' });
      }),
    forgetOlder: (current) => tell({ type: 'older-keys-unused', currentKey: keyDigest(current) }),
  };
  return {
    store,
    now: () => ({ key: keys.masterKey, olderKeys: keys.olderMasterKeys }),
    changed: (next: DesktopKeys): void => {
      keys = next;
      settle(({ resolve }) => resolve());
      runner.restart(NEW_KEY);
    },
    unchanged: ({ message, hint }: { message: string; hint: string }): void =>
      settle(({ reject }) => reject(new AppError('CONFLICT', message, { hint }))),
  };
};
type DesktopKeys = Pick<Extract<MainToBackend, { type: 'start' }>, 'masterKey' | 'olderMasterKeys'>;
let desktopKeys: ReturnType<typeof createDesktopKeys> | null = null;

const startDesktop = async (message: Extract<MainToBackend, { type: 'start' }>): Promise<void> => {
  const options = common({ ...withDotEnv(process.env, '.env'), BACKROOM_DATA_DIR: message.dataDir });
  const keys = createDesktopKeys(message);
  desktopKeys = keys;
  optionsNow = () => ({
    ...options,
    masterKey: { ...keys.now(), source: message.masterKeySource },
    keyStore: keys.store,
    desktop: { socketPath: message.socketPath, doorKey: message.doorKey },
    tellDesktop: tell,
    consoleDirectory: null,
  });
  await runner.start();
};

const receive = (message: MainToBackend): void => {
  switch (message.type) {
    case 'stop':
      void stop('main');
      return;
    case 'woke':
      runner.recheckNetwork();
      return;
    case 'key-changed':
      desktopKeys?.changed(message);
      return;
    case 'key-unchanged':
      desktopKeys?.unchanged(message);
      return;
    case 'start':
      startDesktop(message).catch(fail);
  }
};

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
if (parentPort) {
  parentPort.on('message', ({ data }) => {
    const message = MainToBackend.safeParse(data);
    if (!message.success) {
      log.error(
        { issues: message.error.issues.map((issue) => issue.path.join('.')) },
        'main sent a message of unknown form',
      );
      return;
    }
    receive(message.data);
  });
} else if (process.argv[2] === 'rotate-key') {
  try {
    rotateKey();
  } catch (error) {
    fail(error);
  }
} else {
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  startHeadless().catch(fail);
}
