import { randomBytes } from 'node:crypto';
import type { CustomScheme, Protocol } from 'electron';
import { CONSOLE_HEADERS, consolePage } from '../shared/console-headers.ts';
import { backendAway, forwardToBackend } from './backend-door.ts';
import type { BackendSupervisor } from './backend-supervisor.ts';
import { readStaticFile } from './static-files.ts';

const SCHEME = 'app';
const HOST = 'backroom';

/** The console's address; everything else is foreign. */
export const CONSOLE_URL = `${SCHEME}://${HOST}/`;

/** Whether an address belongs to the console, which alone may be shown and may call main. */
export const isConsoleUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === `${SCHEME}:` && url.host === HOST;
};

/** To be registered before Electron is ready. `codeCache` keeps compiled scripts between starts. */
export const APP_SCHEME: CustomScheme = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
};

const FORWARDED = /^\/(trpc\/|api\/|live$|healthz$|readyz$)/;

const serveFile = async (root: string, pathname: string): Promise<Response> => {
  const file = await readStaticFile(root, pathname);
  if (file === null)
    return new Response('Not found', { status: 404, headers: { ...CONSOLE_HEADERS, 'content-type': 'text/plain' } });
  if (!file.isPage) {
    return new Response(new Uint8Array(file.content), {
      headers: { ...CONSOLE_HEADERS, 'content-type': file.contentType },
    });
  }
  const page = consolePage(file.content.toString('utf8'), randomBytes(16).toString('base64'));
  return new Response(page.text, { headers: page.headers });
};

interface ProtocolOptions {
  readonly rendererDir: string;
  readonly backend: Pick<BackendSupervisor, 'address' | 'problem'>;
  readonly doorKey: string;
  readonly warn: (message: string, error: unknown) => void;
}

/** Answers the console's requests: its own files from disk, everything else through the backend's private door. */
export const createAppHandler =
  ({ rendererDir, backend, doorKey, warn }: ProtocolOptions) =>
  async (request: Request): Promise<Response> => {
    if (!isConsoleUrl(request.url)) return new Response('Not found', { status: 404 });
    const { pathname } = new URL(request.url);
    if (!FORWARDED.test(pathname)) return serveFile(rendererDir, pathname);
    const address = await backend.address();
    if (address === null) return backendAway(backend.problem());
    try {
      return await forwardToBackend(request, address, doorKey);
    } catch (error) {
      if (!request.signal.aborted) warn(`${request.method} ${pathname} did not reach the backend`, error);
      return backendAway(backend.problem());
    }
  };

/** Puts the handler in charge of `app://`. */
export const handleAppProtocol = (protocol: Pick<Protocol, 'handle'>, options: ProtocolOptions): void => {
  protocol.handle(SCHEME, createAppHandler(options));
};
