import { Notification } from 'electron';

interface Notice {
  readonly title: string;
  readonly body: string;
  readonly open: string;
}

/** Notifications of the system. Where the desktop has no service for them the console's own places say the same. */
export const createNotices = (open: (path: string) => void): ((notice: Notice) => void) => {
  // Held while they are shown: a notification that is collected loses its click.
  const shown = new Set<Notification>();
  return ({ title, body, open: path }) => {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    shown.add(notification);
    notification.on('click', () => open(path));
    notification.on('close', () => shown.delete(notification));
    notification.show();
  };
};
