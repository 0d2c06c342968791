import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The smallest limit of the systems: macOS has 104 bytes for a socket's path, Linux 108. */
const MAX_SOCKET_PATH = 100;

export interface SocketPaths {
  readonly next: () => string;
  /** Removes what was made on disk. */
  readonly close: () => void;
}

/** Paths for the backend's private door: sockets in a folder that only this user can enter, or named pipes with names that can't be guessed. */
export const createSocketPaths = (
  platform: NodeJS.Platform = process.platform,
  temporary: string = tmpdir(),
): SocketPaths => {
  let count = 0;
  const next = (): number => {
    count += 1;
    return count;
  };
  if (platform === 'win32') {
    const base = `\\\\.\\pipe\\backroom-${randomBytes(16).toString('hex')}`;
    return { next: () => `${base}-${next()}`, close: () => undefined };
  }
  const parent = Buffer.byteLength(join(temporary, 'backroom-XXXXXX', 's9999')) <= MAX_SOCKET_PATH ? temporary : '/tmp';
  // mkdtemp makes the folder with mode 0700.
  const folder = mkdtempSync(join(parent, 'backroom-'));
  return {
    next: () => join(folder, `s${next()}`),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
};
