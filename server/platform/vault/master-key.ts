import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { MasterKeySource } from '../../../shared/process-messages.ts';

export interface MasterKey {
  /** 32 bytes, base64. */
  readonly key: string;
  readonly source: MasterKeySource;
}

/**
 * The key for a headless backend: from the environment, else from `master.key` in the data folder (made with mode 0600 the first time).
 * A file that is there but can't be used is an error: a new key would make every stored token unreadable.
 */
export const headlessMasterKey = (fromEnvironment: string | undefined, dataDir: string): MasterKey => {
  if (fromEnvironment !== undefined) return { key: fromEnvironment, source: 'environment' };
  const file = join(dataDir, 'master.key');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    const handle = openSync(file, 'wx', 0o600);
    try {
      writeSync(handle, `${randomBytes(32).toString('base64')}\n`);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = readFileSync(file, 'utf8').trim();
  if (Buffer.from(key, 'base64').length !== 32) {
    throw new Error(
      `${file} does not hold a 32-byte key. Restore it from a backup; without it the stored tokens can't be read.`,
    );
  }
  return { key, source: 'key-file' };
};
