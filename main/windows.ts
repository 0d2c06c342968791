import { BrowserWindow, nativeTheme, screen } from 'electron';
import { CONSOLE_URL } from './app-protocol.ts';
import { fitWindowState, MIN_HEIGHT, MIN_WIDTH, readWindowState, writeWindowState } from './window-state.ts';

/** The page's own backgrounds, so that nothing flashes before its first paint. */
const BACKGROUND = { light: '#f6f6f8', dark: '#131417' };
const RELOADS_PER_MINUTE = 3;

interface WindowOptions {
  readonly preload: string;
  readonly stateFile: string;
  readonly warn: (message: string, error: unknown) => void;
}

const keepState = (window: BrowserWindow, { stateFile, warn }: WindowOptions): void => {
  const save = (): void => {
    try {
      writeWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() });
    } catch (error) {
      // Not worth stopping the person from closing the window.
      warn(`The window's place could not be saved in ${stateFile}.`, error);
    }
  };
  window.on('close', save);
};

/** A crashed page is loaded again, but not for ever. */
const reloadAfterCrash = (window: BrowserWindow, warn: WindowOptions['warn']): void => {
  let reloads: number[] = [];
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    const now = Date.now();
    reloads = [...reloads.filter((time) => now - time < 60_000), now];
    warn(`The console's page ended: ${details.reason} (exit code ${details.exitCode}).`, null);
    if (reloads.length <= RELOADS_PER_MINUTE) window.webContents.reload();
  });
};

/** Opens the console's window where it was closed. It shows at the first paint, whether or not the backend has started by then. */
export const openMainWindow = (options: WindowOptions): BrowserWindow => {
  const state = fitWindowState(
    readWindowState(options.stateFile, options.warn),
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...state.place,
    width: state.width,
    height: state.height,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    title: 'Backroom',
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    if (state.maximized) window.maximize();
    window.show();
  });
  keepState(window, options);
  reloadAfterCrash(window, options.warn);
  window.loadURL(CONSOLE_URL).catch((error: unknown) => options.warn('The console could not be loaded.', error));
  return window;
};

/** Brings the window to the front, e.g. when the app is started a second time. */
export const focusWindow = (window: BrowserWindow): void => {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
};
