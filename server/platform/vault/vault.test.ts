import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headlessMasterKey } from './master-key.ts';
import { createVault, VaultError } from './vault.ts';

const KEY = Buffer.alloc(32, 1).toString('base64');

describe('the vault', () => {
  const vault = createVault(KEY);
  const sealed = vault.seal('shpat_secret', 'a.myshopify.com');

  it('opens what it sealed, for the same owner, and never seals alike twice', () => {
    expect(vault.open(sealed, 'a.myshopify.com')).toBe('shpat_secret');
    expect(vault.seal('shpat_secret', 'a.myshopify.com')).not.toBe(sealed);
    expect(sealed).not.toContain('secret');
    expect(vault.open(vault.seal('', 'x'), 'x')).toBe('');
  });

  it('does not open for another owner', () => {
    expect(() => vault.open(sealed, 'b.myshopify.com')).toThrow(VaultError);
  });

  it.each([2, 3, 4])('does not open when part %i was changed', (index) => {
    const parts = sealed.split('.');
    const part = Buffer.from(parts[index] ?? '', 'base64url');
    part.writeUInt8(part.readUInt8(0) ^ 1, 0);
    parts[index] = part.toString('base64url');
    expect(() => vault.open(parts.join('.'), 'a.myshopify.com')).toThrow(/changed/);
  });

  it('does not open with a shortened tag', () => {
    const parts = sealed.split('.');
    parts[3] = Buffer.from(parts[3] ?? '', 'base64url')
      .subarray(0, 4)
      .toString('base64url');
    expect(() => vault.open(parts.join('.'), 'a.myshopify.com')).toThrow(VaultError);
  });

  it('names the other key when sealed with one', () => {
    expect(() => createVault(Buffer.alloc(32, 2).toString('base64')).open(sealed, 'a.myshopify.com')).toThrow(
      /another master key/,
    );
  });

  it.each(['', 'v1', 'v2.a.b.c.d', 'plain text'])('does not open “%s”', (text) => {
    expect(() => vault.open(text, 'a.myshopify.com')).toThrow('not a sealed value');
  });

  it('wants 32 bytes', () => {
    expect(() => createVault('c2hvcnQ=')).toThrow('32 bytes');
  });
});

describe('the key of a headless backend', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'backroom-key-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is made once, for its owner’s eyes only', () => {
    const first = headlessMasterKey(undefined, join(dir, 'data'));
    expect(first.source).toBe('key-file');
    expect(headlessMasterKey(undefined, join(dir, 'data')).key).toBe(first.key);
    if (process.platform !== 'win32') expect(statSync(join(dir, 'data', 'master.key')).mode & 0o777).toBe(0o600);
  });

  it('comes from the environment when it is there', () => {
    expect(headlessMasterKey(KEY, dir)).toEqual({ key: KEY, olderKeys: [], source: 'environment' });
  });

  it('is not replaced when the file is damaged', () => {
    writeFileSync(join(dir, 'master.key'), 'damaged');
    expect(() => headlessMasterKey(undefined, dir)).toThrow(/does not hold a 32-byte key/);
    expect(readFileSync(join(dir, 'master.key'), 'utf8')).toBe('damaged');
  });
});
