import { Menu, type MenuItemConstructorOptions, shell } from 'electron';

interface MenuOptions {
  readonly platform: NodeJS.Platform;
  readonly development: boolean;
  readonly logsDir: string;
  readonly warn: (message: string, error: unknown) => void;
}

/** The application menu: the system's own items, and the way to the log files. */
export const setApplicationMenu = ({ platform, development, logsDir, warn }: MenuOptions): void => {
  const isMac = platform === 'darwin';
  const showLogs = async (): Promise<void> => {
    const failure = await shell.openPath(logsDir);
    if (failure !== '') warn(`The folder ${logsDir} could not be opened.`, failure);
  };
  const view: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(development ? [{ type: 'separator' } as const, { role: 'toggleDevTools' } as const] : []),
  ];
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: [isMac ? { role: 'close' } : { role: 'quit' }] },
    { role: 'editMenu' },
    { label: '&View', submenu: view },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        {
          label: 'Show log files',
          click: () => {
            showLogs().catch((error: unknown) => warn('The log files could not be shown.', error));
          },
        },
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
};
