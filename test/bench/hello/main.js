import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';

// The least an Electron app can be: one window, one page, nothing else.
const open = async () => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false, webPreferences: { sandbox: true } });
  window.once('ready-to-show', () => window.show());
  await window.loadFile(join(import.meta.dirname, 'index.html'));
};

app.setPath('userData', process.env.HELLO_DATA_DIR);
app.on('window-all-closed', () => app.quit());
// Not awaited: Electron gets ready only after this module has run to its end.
app.whenReady().then(open);
