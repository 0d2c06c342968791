import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSealedFile, readAll, sealFile } from './sealed-file.ts';
import { VaultError } from './vault.ts';

const key = Buffer.alloc(32, 5);
let dir = '';
let path = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-sealed-'));
  path = join(dir, 'file');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const sealed = async (content: Buffer): Promise<void> =>
  sealFile(Readable.from([content.subarray(0, 1000), content.subarray(1000)]), { path, key, owner: 'a' });
const opened = async (owner = 'a'): Promise<Buffer> => readAll(await openSealedFile({ path, key, owner }));

it.each([0, 1, 65_535, 65_536, 65_537, 200_000])(
  'a file of %i bytes comes back as it was, and is not readable at rest',
  async (size) => {
    const content = randomBytes(size);
    await sealed(content);
    expect((await opened()).equals(content)).toBe(true);
    if (size > 100) expect(readFileSync(path).includes(content.subarray(0, 100))).toBe(false);
  },
);

it('a changed byte, a lost block or another owner is found', async () => {
  await sealed(randomBytes(150_000));
  const bytes = readFileSync(path);
  for (const at of [0, 10, 25, 70_000, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    writeFileSync(path, changed);
    await expect(opened()).rejects.toThrow(VaultError);
  }
  writeFileSync(path, bytes.subarray(0, 27 + 65_552));
  await expect(opened()).rejects.toThrow(VaultError);
  writeFileSync(path, bytes);
  await expect(opened('b')).rejects.toThrow(VaultError);
});
