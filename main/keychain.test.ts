import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMasterKey, dropOlderMasterKeys, loadMasterKey, MasterKeyError, type SafeStorage } from './keychain.ts';

const flip = (data: Buffer): Buffer => Buffer.from(data.map((byte) => byte ^ 0x5a));
const storage = (options: { available?: boolean; backend?: string } = {}): SafeStorage => ({
  isEncryptionAvailable: () => options.available ?? true,
  getSelectedStorageBackend: () => options.backend ?? 'gnome_libsecret',
  encryptString: (text) => flip(Buffer.from(text)),
  decryptString: (data) => {
    const text = flip(data).toString();
    if (!/^[\w+/=\n]+$/.test(text)) throw new Error('wrong password');
    return text;
  },
});

describe('master key', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'backroom-key-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made once, kept encrypted, and the same at the next start', () => {
    const first = loadMasterKey(folder, storage(), 'linux');
    expect(first.source).toBe('keychain');
    expect(Buffer.from(first.masterKey, 'base64')).toHaveLength(32);
    expect(readFileSync(join(folder, 'master-key.encrypted'), 'latin1')).not.toContain(first.masterKey);
    expect(loadMasterKey(folder, storage(), 'linux')).toEqual(first);
  });

  it.each([
    ['no keychain', storage({ available: false }), 'darwin'],
    ['the basic_text backend', storage({ backend: 'basic_text' }), 'linux'],
    ['an unknown backend', storage({ backend: 'unknown' }), 'linux'],
  ] as const)('falls back to a 0600 key file with %s', (_name, safeStorage, platform) => {
    const first = loadMasterKey(folder, safeStorage, platform);
    expect(first.source).toBe('key-file');
    expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600);
    expect(existsSync(join(folder, 'master-key.encrypted'))).toBe(false);
    expect(loadMasterKey(folder, safeStorage, platform)).toEqual(first);
  });

  it('never replaces a key that the keychain can no longer decrypt', () => {
    const file = join(folder, 'master-key.encrypted');
    writeFileSync(file, Buffer.from([1, 2, 3]));
    expect(() => loadMasterKey(folder, storage(), 'linux')).toThrow(MasterKeyError);
    expect(readFileSync(file)).toEqual(Buffer.from([1, 2, 3]));
  });

  it('never makes a second key while the keychain is away', () => {
    loadMasterKey(folder, storage(), 'linux');
    expect(() => loadMasterKey(folder, storage({ backend: 'basic_text' }), 'linux')).toThrow(
      /keychain, which is not available/,
    );
    expect(existsSync(join(folder, 'master.key'))).toBe(false);
  });

  it.each([
    ['the keychain', storage(), 'master-key.encrypted'],
    ['a key file', storage({ available: false }), 'master.key'],
  ] as const)('is changed in %s: the older keys stay until nothing needs them', (_name, safeStorage, file) => {
    const first = loadMasterKey(folder, safeStorage, 'linux');
    const second = addMasterKey(folder, safeStorage, 'linux');
    expect(second).toMatchObject({ olderMasterKeys: [first.masterKey], source: first.source });
    expect(second.masterKey).not.toBe(first.masterKey);
    expect(readFileSync(join(folder, file), 'latin1').includes(second.masterKey)).toBe(first.source === 'key-file');
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    // A start in between finds both.
    expect(loadMasterKey(folder, safeStorage, 'linux')).toEqual(second);
    const digest = (key: string) => createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64url');
    // Changed again meanwhile: what was said of the key before is of no use.
    expect(dropOlderMasterKeys(folder, safeStorage, digest(first.masterKey), 'linux')).toEqual(second);
    expect(dropOlderMasterKeys(folder, safeStorage, digest(second.masterKey), 'linux')).toEqual({
      ...second,
      olderMasterKeys: [],
    });
    expect(loadMasterKey(folder, safeStorage, 'linux').olderMasterKeys).toEqual([]);
  });

  it('names a key file that holds no key', () => {
    const file = join(folder, 'master.key');
    writeFileSync(file, 'short');
    chmodSync(file, 0o600);
    expect(() => loadMasterKey(folder, storage({ available: false }), 'linux')).toThrow(/does not hold a 32-byte key/);
    expect(readFileSync(file, 'utf8')).toBe('short');
  });
});
