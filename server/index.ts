import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import { type BackendToMain, MainToBackend } from '../shared/process-messages.ts';
import { type App, type AppOptions, startApp } from './app.ts';
import { startDemoStore } from './demo-mode.ts';
import { ConfigError, parseConfig, splitKeys } from './platform/config/config.ts';
import { withDotEnv } from './platform/config/dot-env.ts';
import { createLog } from './platform/log/log.ts';
import { createRedactor } from './platform/log/redact.ts';
import { addKeyToFile, headlessMasterKey } from './platform/vault/master-key.ts';

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

/** Runs the app, composes it anew when it asks for that, and stops it once. */
const createRunner = (onStarted: (app: App) => void) => {
  let app: App | null = null;
  let chain: Promise<void> = Promise.resolve();
  const enqueue = (work: () => Promise<void>): Promise<void> => {
    chain = chain.then(work);
    return chain;
  };
  const start = (options: Omit<AppOptions, 'onRestartNeeded'>): Promise<void> =>
    enqueue(async () => {
      app = await startApp({
        ...options,
        onRestartNeeded: () => {
          log.info('the credentials changed: composing the backend anew');
          void enqueue(async () => {
            await app?.close();
            app = null;
          })
            .then(() => start(options))
            .catch(fail);
        },
      });
      onStarted(app);
    });
  return { start, stop: () => enqueue(async () => app?.close()), recheckNetwork: () => app?.recheckNetwork() };
};

const explain = (error: unknown): { message: string; hint?: string } =>
  error instanceof ConfigError
    ? { message: error.message, hint: error.hint }
    : { message: error instanceof Error ? error.message : String(error) };

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

const runner = createRunner((app) => {
  log.info({ event: 'ready', private: app.privateUrl, public: app.publicUrl }, 'ready');
  tell({ type: 'ready', publicUrl: app.publicUrl });
  const loginUrl = process.env.BACKROOM_PRINT_LOGIN === '1' ? app.createLoginUrl() : null;
  // For the person at this terminal; it goes round the log on purpose, since the log must not hold a working link.
  if (loginUrl !== null) write(`${JSON.stringify({ event: 'login', url: loginUrl })}\n`);
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
  const masterKey = headlessMasterKey(BACKROOM_MASTER_KEY, dataDir, splitKeys(BACKROOM_MASTER_KEY_PREVIOUS ?? ''));
  const consoleDirectory = fileURLToPath(new URL('../renderer', import.meta.url));
  await runner.start({
    ...options,
    masterKey,
    desktop: null,
    consoleDirectory: existsSync(consoleDirectory) ? consoleDirectory : null,
  });
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

const startDesktop = async (message: Extract<MainToBackend, { type: 'start' }>): Promise<void> => {
  const options = common({ ...withDotEnv(process.env, '.env'), BACKROOM_DATA_DIR: message.dataDir });
  await runner.start({
    ...options,
    masterKey: { key: message.masterKey, source: message.masterKeySource },
    desktop: { socketPath: message.socketPath, doorKey: message.doorKey },
    consoleDirectory: null,
  });
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
    if (message.data.type === 'stop') void stop('main');
    else if (message.data.type === 'woke') runner.recheckNetwork();
    else startDesktop(message.data).catch(fail);
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
