import { randomBytes } from 'node:crypto';
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

const readEncrypted = (file: string, storage: SafeStorage, keychain: boolean): string => {
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
  let key: string;
  try {
    key = storage.decryptString(readFileSync(file));
  } catch (cause) {
    throw unusable(cause);
  }
  if (!isKey(key)) throw unusable();
  return key;
};

const readPlain = (file: string): string => {
  let key: string;
  try {
    key = readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new MasterKeyError(
      `The master key in ${file} can't be read.`,
      'Correct the permissions of that file: it must be readable for you only.',
      cause,
    );
  }
  if (isKey(key)) return key;
  throw new MasterKeyError(
    `${file} does not hold a 32-byte key.`,
    'Restore it from a backup. To begin anew without the stored access tokens, move that file away.',
  );
};

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
  const encryptedFile = join(dataDir, 'master-key.encrypted');
  // The headless backend reads the same file, so that one data folder serves both.
  const plainFile = join(dataDir, 'master.key');
  const keychain = hasKeychain(storage, platform);
  if (existsSync(encryptedFile))
    return { masterKey: readEncrypted(encryptedFile, storage, keychain), source: 'keychain' };
  if (existsSync(plainFile)) return { masterKey: readPlain(plainFile), source: 'key-file' };

  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const masterKey = randomBytes(32).toString('base64');
  if (keychain) {
    writeSafely(encryptedFile, storage.encryptString(masterKey));
    return { masterKey, source: 'keychain' };
  }
  writeSafely(plainFile, Buffer.from(`${masterKey}\n`));
  return { masterKey, source: 'key-file' };
};
