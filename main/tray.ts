import { Menu, nativeImage, Tray } from 'electron';
import { TRAY_ICON } from './tray-icon.ts';
import { type Deadlines, deadlineLines, tooltipOf } from './tray-words.ts';

interface TrayOptions {
  /** Brings the window up, at a path of the console when one is given. */
  readonly open: (path?: string) => void;
  readonly quit: () => void;
  readonly warn: (message: string, error: unknown) => void;
}

const image = () => {
  const icon = nativeImage.createFromDataURL(TRAY_ICON).resize({ width: 16, height: 16 });
  icon.setTemplateImage(true);
  return icon;
};

/** The icon in the system's tray, with the privacy deadlines. Where the desktop has no tray, the console and the notifications say them. */
export const createTray = ({ open, quit, warn }: TrayOptions): { readonly show: (deadlines: Deadlines) => void } => {
  let tray: Tray;
  try {
    tray = new Tray(image());
  } catch (error) {
    warn('This desktop has no tray; deadlines are shown in the console and as notifications.', error);
    return { show: () => undefined };
  }
  const show = (deadlines: Deadlines): void => {
    const lines = deadlineLines(deadlines);
    tray.setToolTip(tooltipOf(deadlines));
    // Only macOS has room for a number beside the icon.
    if (process.platform === 'darwin') tray.setTitle(deadlines.due > 0 ? String(deadlines.due) : '');
    tray.setContextMenu(
      Menu.buildFromTemplate([
        ...(lines.length === 0
          ? [{ label: 'No privacy request is due', enabled: false }]
          : lines.map((label) => ({ label, click: () => open('/privacy') }))),
        { type: 'separator' },
        { label: 'Open Backroom', click: () => open() },
        { label: 'Quit', click: quit },
      ]),
    );
  };
  tray.on('click', () => open());
  show({ due: 0, urgent: 0, overdue: 0 });
  return { show };
};
