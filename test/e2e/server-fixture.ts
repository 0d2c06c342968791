import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { keepLog } from '../testing/keep-log.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export interface RunningServer {
  /** Works once. */
  readonly loginUrl: string;
  readonly dataDir: string;
  readonly stop: () => Promise<void>;
}

/** The built backend on the demo store, as `npm start` runs it without a display, in a data folder of its own that goes with it. */
export const startServer = async (): Promise<RunningServer> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'backroom-headless-'));
  const server: ChildProcess = spawn(process.execPath, [join(ROOT, 'dist/server/index.mjs')], {
    cwd: dataDir,
    env: {
      PATH: process.env.PATH,
      BACKROOM_DATA_DIR: dataDir,
      BACKROOM_PRIVATE_PORT: '0',
      BACKROOM_PUBLIC_PORT: '0',
      BACKROOM_DEMO: 'auto',
      BACKROOM_PRINT_LOGIN: '1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
  const loginUrl = await new Promise<string>((resolve, reject) => {
    void ended.then((code) => reject(new Error(`the server ended with ${code}`)));
    if (!server.stdout) throw new Error('no stdout');
    createInterface({ input: server.stdout }).on('line', (line) => {
      const message = JSON.parse(line) as { event?: string; url?: string };
      // The login link is printed for the person at the terminal; it is no log line.
      if (message.event === 'login' && message.url !== undefined) resolve(message.url);
      else keepLog(line);
    });
  });
  return {
    loginUrl,
    dataDir,
    stop: async () => {
      server.kill('SIGTERM');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
