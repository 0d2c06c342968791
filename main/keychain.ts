import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { MasterKeySource } from '../shared/process-messages.ts';

/** The part of Electron's `safeStorage` that is used, so that tests can stand in for it. */
export interface SafeStorage {
  readonly isEncryptionAvailable: () => boolean;
  /** Linux only; `basic_text` is no keychain, it "encrypts" with a password that is part of Chromium. */
  readonly getSelectedStorageBackend?: () => string;
  readonly encryptString: (text: string) => Buffer;
  readonly decryptString: (data: Buffer) => string;
}

export interface DesktopMasterKey {
  /** 32 bytes, base64. */
  readonly masterKey: string;
  /** Keys before it, newest first, until nothing is sealed with them any more. */
  readonly olderMasterKeys: readonly string[];
  readonly source: Extract<MasterKeySource, 'keychain' | 'key-file'>;
}

/** The master key exists but can't be read. Making a new one would make every stored token unreadable for good, so nothing is changed. */
export class MasterKeyError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'MasterKeyError';
    this.hint = hint;
  }
}

const isKey = (text: string): boolean => Buffer.from(text, 'base64').length === 32;
type Keys = readonly [string, ...string[]];

/** One key a line, the current one first; null when it is anything else. */
const parseKeys = (text: string): Keys | null => {
  const [current, ...older] = text.split(/\s+/).filter(Boolean);
  return current !== undefined && [current, ...older].every(isKey) ? [current, ...older] : null;
};

/** All or nothing: a crash in between leaves no half-written key. */
const writeSafely = (file: string, data: Buffer): void => {
  const draft = `${file}.new`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, data);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
};

const hasKeychain = (storage: SafeStorage, platform: NodeJS.Platform): boolean => {
  if (!storage.isEncryptionAvailable()) return false;
  if (platform !== 'linux') return true;
  const backend = storage.getSelectedStorageBackend?.() ?? 'unknown';
  return backend !== 'basic_text' && backend !== 'unknown';
};

const readEncrypted = (file: string, storage: SafeStorage, keychain: boolean): Keys => {
  if (!keychain) {
    throw new MasterKeyError(
      'The master key is kept by the system keychain, which is not available now.',
      `Unlock or start the keychain (on Linux: GNOME Keyring or KWallet) and open Backroom again. The key is in ${file}.`,
    );
  }
  const unusable = (cause?: unknown): MasterKeyError =>
    new MasterKeyError(
      'The system keychain could not decrypt the master key.',
      `Sign in as the user who set Backroom up, or restore ${file} together with its keychain from a backup. To begin anew without the stored access tokens, move that file away.`,
      cause,
    );
  let text: string;
  try {
    text = storage.decryptString(readFileSync(file));
  } catch (cause) {
    throw unusable(cause);
  }
  const keys = parseKeys(text);
  if (keys === null) throw unusable();
  return keys;
};

const readPlain = (file: string): Keys => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new MasterKeyError(
      `The master key in ${file} can't be read.`,
      'Correct the permissions of that file: it must be readable for you only.',
      cause,
    );
  }
  const keys = parseKeys(text);
  if (keys !== null) return keys;
  throw new MasterKeyError(
    `${file} does not hold a 32-byte key.`,
    'Restore it from a backup. To begin anew without the stored access tokens, move that file away.',
  );
};

/** Where the keys are, and how they are written there. */
const storeOf = (dataDir: string, storage: SafeStorage, platform: NodeJS.Platform) => {
  const encryptedFile = join(dataDir, 'master-key.encrypted');
  // The headless backend reads the same file, so that one data folder serves both.
  const plainFile = join(dataDir, 'master.key');
  const keychain = hasKeychain(storage, platform);
  const source = existsSync(encryptedFile)
    ? ('keychain' as const)
    : existsSync(plainFile)
      ? ('key-file' as const)
      : null;
  return {
    read: (): DesktopMasterKey | null => {
      if (source === null) return null;
      const keys = source === 'keychain' ? readEncrypted(encryptedFile, storage, keychain) : readPlain(plainFile);
      const [masterKey, ...olderMasterKeys] = keys;
      return { masterKey, olderMasterKeys, source };
    },
    write: (keys: Keys): DesktopMasterKey => {
      const [masterKey, ...olderMasterKeys] = keys;
      const kind = source ?? (keychain ? 'keychain' : 'key-file');
      if (kind === 'keychain') writeSafely(encryptedFile, storage.encryptString(keys.join('\n')));
      else writeSafely(plainFile, Buffer.from(`${keys.join('\n')}\n`));
      return { masterKey, olderMasterKeys, source: kind };
    },
  };
};

const newKey = (): string => randomBytes(32).toString('base64');

/**
 * The 256-bit key that encrypts the stored tokens: from the system's keychain, or from a key file with mode 0600 where there is no
 * keychain (the console says so). It is made at the first start only.
 * @throws MasterKeyError when a key exists and can't be used.
 */
export const loadMasterKey = (
  dataDir: string,
  storage: SafeStorage,
  platform: NodeJS.Platform = process.platform,
): DesktopMasterKey => {
  const store = storeOf(dataDir, storage, platform);
  const found = store.read();
  if (found !== null) return found;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return store.write([newKey()]);
};

/**
 * Puts a new key before the present one, where that is kept. The older ones stay until `dropOlderMasterKeys`.
 * @throws MasterKeyError when the present one can't be read
 */
export const addMasterKey = (
  dataDir: string,
  storage: SafeStorage,
  platform: NodeJS.Platform = process.platform,
): DesktopMasterKey => {
  const store = storeOf(dataDir, storage, platform);
  const found = store.read();
  if (found === null) throw new MasterKeyError('There is no master key to change.', 'Restart Backroom: it makes one.');
  return store.write([newKey(), found.masterKey, ...found.olderMasterKeys]);
};

/** Forgets the older keys, if the current one still has this digest (SHA-256, base64url): it may have been changed again meanwhile. */
export const dropOlderMasterKeys = (
  dataDir: string,
  storage: SafeStorage,
  currentKey: string,
  platform: NodeJS.Platform = process.platform,
): DesktopMasterKey => {
  const store = storeOf(dataDir, storage, platform);
  const found = store.read();
  if (found === null) throw new MasterKeyError('There is no master key.', 'Restart Backroom: it makes one.');
  const digest = createHash('sha256').update(Buffer.from(found.masterKey, 'base64')).digest('base64url');
  return digest === currentKey && found.olderMasterKeys.length > 0 ? store.write([found.masterKey]) : found;
};
