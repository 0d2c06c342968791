import { contextBridge, ipcRenderer } from 'electron';
import { OPEN_EXTERNAL } from './ipc-channels.ts';

contextBridge.exposeInMainWorld('backroom', {
  platform: process.platform,
  /** Opens an address in the system browser; rejects one that is not allowed. */
  openExternal: (url: string): Promise<void> => ipcRenderer.invoke(OPEN_EXTERNAL, url),
});
