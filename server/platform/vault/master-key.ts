import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { MasterKeySource } from '../../../shared/process-messages.ts';

export interface MasterKey {
  /** 32 bytes, base64. */
  readonly key: string;
  /** Keys before this one, newest first, while something may still be sealed with them. */
  readonly olderKeys: readonly string[];
  readonly source: MasterKeySource;
}

const FILE = 'master.key';
const isKey = (text: string): boolean => Buffer.from(text, 'base64').length === 32;

/** One key a line, the current one first. */
const readKeyFile = (file: string): [string, ...string[]] => {
  const [key, ...olderKeys] = readFileSync(file, 'utf8').split(/\s+/).filter(Boolean);
  if (key === undefined || ![key, ...olderKeys].every(isKey)) {
    throw new Error(
      `${file} does not hold a 32-byte key. Restore it from a backup; without it the stored tokens can't be read.`,
    );
  }
  return [key, ...olderKeys];
};

/** All or nothing: a crash in between leaves the old file. */
const writeKeyFile = (file: string, keys: readonly string[]): void => {
  const draft = `${file}.new`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, `${keys.join('\n')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
};

/**
 * The key for a headless backend: from the environment, else from `master.key` in the data folder (made with mode 0600 the first time).
 * A file that is there but can't be used is an error: a new key would make every stored token unreadable.
 */
export const headlessMasterKey = (
  fromEnvironment: string | undefined,
  dataDir: string,
  previous: readonly string[] = [],
): MasterKey => {
  if (fromEnvironment !== undefined) return { key: fromEnvironment, olderKeys: previous, source: 'environment' };
  const file = join(dataDir, FILE);
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
  const [key, ...olderKeys] = readKeyFile(file);
  return { key, olderKeys: [...olderKeys, ...previous], source: 'key-file' };
};

/**
 * Puts a new key before the present one. From the next start on it seals; everything else is sealed anew then, while the backend runs.
 * @throws Error when there is no key file: the key is the environment's or the keychain's
 */
export const addKeyToFile = (dataDir: string): void => {
  const file = join(dataDir, FILE);
  if (!existsSync(file))
    throw new Error(`There is no ${file}: the key is kept elsewhere, see docs/technical/secrets.md.`);
  writeKeyFile(file, [randomBytes(32).toString('base64'), ...readKeyFile(file)]);
};

/** Takes the older keys out of the file, if it still begins with this one: nothing is sealed with them any more. */
export const dropOlderKeys = (dataDir: string, current: string): void => {
  const file = join(dataDir, FILE);
  const [key] = readKeyFile(file);
  if (key === current) writeKeyFile(file, [key]);
};
