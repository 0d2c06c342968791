import type { App, Session, WebContents } from 'electron';
import { isConsoleUrl } from './app-protocol.ts';

/** "Copy" buttons need it: the page can write text it shows, never read the clipboard. */
const ALLOWED_PERMISSIONS = new Set(['clipboard-sanitized-write']);

const isAllowed = (permission: string, url: string): boolean =>
  ALLOWED_PERMISSIONS.has(permission) && isConsoleUrl(url);

const guardContents = (contents: WebContents): void => {
  const stay = (event: { preventDefault: () => void }, url: string): void => {
    if (!isConsoleUrl(url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
};

/** Whatever a page might be tricked into: leaving the console, opening windows, asking for permissions. Holds for every window. */
export const guardApp = (app: App, session: Session): void => {
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(isAllowed(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowed(permission, origin));
};
