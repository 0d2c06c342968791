import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import {
  app,
  type BrowserWindow,
  dialog,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  utilityProcess,
} from 'electron';
import { APP_SCHEME, CONSOLE_URL, handleAppProtocol } from './app-protocol.ts';
import { type BackendProblem, createBackendSupervisor } from './backend-supervisor.ts';
import { guardApp } from './guards.ts';
import { createImportBar } from './import-bar.ts';
import { registerIpc } from './ipc.ts';
import { addMasterKey, type DesktopMasterKey, dropOlderMasterKeys, loadMasterKey, MasterKeyError } from './keychain.ts';
import { type LogFile, openLogFile } from './log-file.ts';
import { setApplicationMenu } from './menu.ts';
import { createNotices } from './notices.ts';
import { createRestartPolicy } from './restart-policy.ts';
import { createSocketPaths } from './socket-paths.ts';
import { createTray } from './tray.ts';
import { focusWindow, openMainWindow } from './windows.ts';

/** `dist/`: this file is bundled to `dist/main/index.mjs`. */
const DIST = join(import.meta.dirname, '..');

const writeEvent = (log: LogFile, level: 'info' | 'error', event: string, facts: Record<string, unknown>): void => {
  log.write(`${JSON.stringify({ level, time: new Date().toISOString(), process: 'main', event, ...facts })}\n`);
};

const masterKeyOrExplain = (dataDir: string): DesktopMasterKey | null => {
  try {
    return loadMasterKey(dataDir, safeStorage);
  } catch (error) {
    if (!(error instanceof MasterKeyError)) throw error;
    process.stderr.write(`${error.message} ${error.hint}\n`);
    dialog.showErrorBox('Backroom can’t open its stored access tokens', `${error.message}\n\n${error.hint}`);
    return null;
  }
};

const run = async (): Promise<void> => {
  await app.whenReady();
  const dataDir = app.getPath('userData');
  const logsDir = join(dataDir, 'logs');
  const mainLog = openLogFile(join(logsDir, 'main.log'));
  const backendLog = openLogFile(join(logsDir, 'backend.log'));
  const warn = (message: string, error: unknown): void => {
    writeEvent(mainLog, 'error', 'warning', { message, ...(error === null ? {} : { error: String(error) }) });
  };

  /** Set before the backend starts: the window is opened first, since a keychain may take its time. */
  let key: DesktopMasterKey;
  const changeKey = (): ReturnType<Parameters<typeof createBackendSupervisor>[0]['onChangeKey']> => {
    try {
      key = addMasterKey(dataDir, safeStorage);
      return { type: 'key-changed', masterKey: key.masterKey, olderMasterKeys: [...key.olderMasterKeys] };
    } catch (error) {
      warn('The master key could not be changed.', error);
      const known = error instanceof MasterKeyError;
      return {
        type: 'key-unchanged',
        message: known ? error.message : 'The new master key could not be kept.',
        hint: known ? error.hint : 'Look at the free space and the permissions of the data folder, then try again.',
      };
    }
  };
  const dropOlderKeys = (currentKey: string): void => {
    try {
      key = dropOlderMasterKeys(dataDir, safeStorage, currentKey);
    } catch (error) {
      // They open what nothing is sealed with; the next start says again that they can go.
      warn('The older master keys could not be removed.', error);
    }
  };

  let window: BrowserWindow | null = null;
  const importBar = createImportBar(() => window);
  const shown = new Set<string>();
  const explain = ({ message, hint }: BackendProblem): void => {
    // Once for each reason: the backend is tried again and again meanwhile.
    if (shown.has(message)) return;
    shown.add(message);
    const box = {
      type: 'error',
      title: 'Backroom',
      message: 'The backend can’t start',
      detail: hint === undefined ? message : `${message}\n\n${hint}`,
    } as const;
    const answer = window === null ? dialog.showMessageBox(box) : dialog.showMessageBox(window, box);
    answer.catch((error: unknown) => warn('The reason why the backend does not start could not be shown.', error));
  };

  const doorKey = randomBytes(32).toString('base64url');
  const sockets = createSocketPaths();
  const backend = createBackendSupervisor({
    fork: () =>
      utilityProcess.fork(join(DIST, 'server', 'index.mjs'), [], {
        serviceName: 'backroom-backend',
        stdio: 'pipe',
        env: { ...process.env, BACKROOM_DEMO: process.env.BACKROOM_DEMO ?? 'auto' },
      }),
    nextSocketPath: sockets.next,
    startMessage: (socketPath) => ({
      type: 'start',
      dataDir,
      socketPath,
      doorKey,
      masterKey: key.masterKey,
      olderMasterKeys: [...key.olderMasterKeys],
      masterKeySource: key.source,
    }),
    onChangeKey: changeKey,
    onOlderKeysUnused: dropOlderKeys,
    policy: createRestartPolicy(Date.now),
    output: backendLog.write,
    event: (level, event, facts) => writeEvent(mainLog, level, event, facts),
    onProblem: explain,
    onNews: (news) => {
      if (news.type === 'notice') notice(news);
      else if (news.type === 'import') importBar.show(news);
      else tray.show(news);
    },
  });

  guardApp(app, session.defaultSession);
  handleAppProtocol(protocol, { rendererDir: join(DIST, 'renderer'), backend, doorKey, warn });
  registerIpc();
  setApplicationMenu({ platform: process.platform, development: !app.isPackaged, logsDir, warn });

  const open = (): void => {
    if (window !== null) {
      focusWindow(window);
      return;
    }
    window = openMainWindow({
      preload: join(DIST, 'main', 'preload.cjs'),
      stateFile: join(dataDir, 'window-state.json'),
      warn,
    });
    importBar.apply();
    window.once('closed', () => {
      window = null;
    });
  };
  const openAt = (path?: string): void => {
    open();
    if (path === undefined || window === null) return;
    window
      .loadURL(new URL(path, CONSOLE_URL).href)
      .catch((error: unknown) => warn(`The console could not be opened at ${path}.`, error));
  };
  const notice = createNotices(openAt);
  open();
  const keyAtStart = masterKeyOrExplain(dataDir);
  if (keyAtStart === null) {
    app.exit(1);
    return;
  }
  key = keyAtStart;
  backend.start();
  const tray = createTray({ open: openAt, quit: () => app.quit(), warn });
  powerMonitor.on('resume', backend.woke);

  app.on('activate', open);
  app.on('second-instance', open);
  // `backroom://` links carry nothing yet; they bring the window up.
  app.on('open-url', (event) => {
    event.preventDefault();
    open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.once('will-quit', (event) => {
    event.preventDefault();
    const leave = (code: number): void => {
      sockets.close();
      app.exit(code);
    };
    backend.stop().then(
      () => leave(0),
      (error: unknown) => {
        warn('The backend could not be stopped.', error);
        leave(1);
      },
    );
  });
};

protocol.registerSchemesAsPrivileged([APP_SCHEME]);
const { BACKROOM_DATA_DIR } = process.env;
if (BACKROOM_DATA_DIR !== undefined && BACKROOM_DATA_DIR !== '') app.setPath('userData', resolve(BACKROOM_DATA_DIR));
// Chromium's own files stay apart from ours.
app.setPath('sessionData', join(app.getPath('userData'), 'session'));

if (app.requestSingleInstanceLock()) {
  // From a checkout this would register a bare Electron for the whole account.
  if (app.isPackaged) app.setAsDefaultProtocolClient('backroom');
  run().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    app.exit(1);
  });
} else {
  // The instance that runs brings its window to the front.
  app.quit();
}
