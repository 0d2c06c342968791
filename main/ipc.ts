import { type IpcMainInvokeEvent, ipcMain, shell } from 'electron';
import { isConsoleUrl } from './app-protocol.ts';
import { isAllowedExternalUrl } from './external-url.ts';
import { OPEN_EXTERNAL } from './ipc-channels.ts';

type Handler = (argument: unknown) => Promise<void>;

/** Every IPC handler is registered here, so that none can forget to ask who calls: only the console's own top frame may. */
const handleFromConsole = (channel: string, handler: Handler): void => {
  ipcMain.handle(channel, (event: IpcMainInvokeEvent, argument: unknown) => {
    const frame = event.senderFrame;
    if (frame === null || frame.parent !== null || !isConsoleUrl(frame.url))
      throw new Error(`${channel} is for the console only.`);
    return handler(argument);
  });
};

/** Registers what the preload script offers to the console. */
export const registerIpc = (): void => {
  handleFromConsole(OPEN_EXTERNAL, async (url) => {
    if (!isAllowedExternalUrl(url))
      throw new Error('Only https addresses, and http on this computer, can be opened in the browser.');
    await shell.openExternal(url);
  });
};
