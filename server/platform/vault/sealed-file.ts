import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { type Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { VaultError } from './vault.ts';

/**
 * Files at rest, of any size: AES-256-GCM in blocks of 64 kB, each with its own tag, so that nothing leaves a changed file before its
 * block was checked. Nonce: 7 random bytes, the block's number, and whether it is the last one, so blocks can't be moved, repeated or cut
 * off (the STREAM construction). The file's own key is derived from the vault's with the file's salt and its owner.
 * Layout: `BRF1`, 16 bytes salt, 7 bytes nonce prefix, then blocks of ciphertext and 16 bytes tag.
 */
const MAGIC = Buffer.from('BRF1');
const SALT_BYTES = 16;
const PREFIX_BYTES = 7;
const HEADER_BYTES = MAGIC.length + SALT_BYTES + PREFIX_BYTES;
const BLOCK_BYTES = 65_536;
const TAG_BYTES = 16;

const fileKey = (key: Buffer, salt: Buffer, owner: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, `backroom/file/${owner}`, 32));

const nonceOf = (prefix: Buffer, block: number, last: boolean): Buffer => {
  const rest = Buffer.alloc(5);
  rest.writeUInt32BE(block, 0);
  rest[4] = last ? 1 : 0;
  return Buffer.concat([prefix, rest]);
};

/** Cuts a stream into blocks and turns each; the last one is known only when the stream ends, so one block is held back. */
const createBlocks = (size: number, turn: (block: Buffer, index: number, last: boolean) => Buffer): Transform => {
  let held = Buffer.alloc(0);
  let index = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      try {
        held = Buffer.concat([held, chunk]);
        while (held.length > size) {
          this.push(turn(held.subarray(0, size), index, false));
          index += 1;
          held = held.subarray(size);
        }
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done: TransformCallback) {
      try {
        this.push(turn(held, index, true));
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
};

/** Writes `source` to `path`, encrypted; the file appears only when it is complete. */
export const sealFile = async (
  source: Readable,
  options: { path: string; key: Buffer; owner: string; signal?: AbortSignal },
): Promise<void> => {
  const salt = randomBytes(SALT_BYTES);
  const prefix = randomBytes(PREFIX_BYTES);
  const key = fileKey(options.key, salt, options.owner);
  const part = `${options.path}.part`;
  const blocks = createBlocks(BLOCK_BYTES, (block, index, last) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(prefix, index, last));
    return Buffer.concat([cipher.update(block), cipher.final(), cipher.getAuthTag()]);
  });
  const target = createWriteStream(part, { mode: 0o600 });
  target.write(Buffer.concat([MAGIC, salt, prefix]));
  try {
    await pipeline(source, blocks, target, options.signal ? { signal: options.signal } : {});
    const handle = await open(part, 'r+');
    await handle.sync().finally(() => handle.close());
    await rename(part, options.path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
};

/** The content of a sealed file, as a stream that ends with a `VaultError` at the first block that was changed. @throws VaultError */
export const openSealedFile = async (options: { path: string; key: Buffer; owner: string }): Promise<Readable> => {
  const handle = await open(options.path, 'r');
  const header = Buffer.alloc(HEADER_BYTES);
  try {
    const { bytesRead } = await handle.read(header, 0, HEADER_BYTES, 0);
    if (bytesRead < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC))
      throw new VaultError('not a sealed file');
  } finally {
    await handle.close();
  }
  const key = fileKey(options.key, header.subarray(MAGIC.length, MAGIC.length + SALT_BYTES), options.owner);
  const prefix = header.subarray(MAGIC.length + SALT_BYTES);
  const blocks = createBlocks(BLOCK_BYTES + TAG_BYTES, (block, index, last) => {
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(prefix, index, last), { authTagLength: TAG_BYTES });
      decipher.setAuthTag(block.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(block.subarray(0, -TAG_BYTES)), decipher.final()]);
    } catch (cause) {
      throw new VaultError('the file was changed, or belongs to another owner', { cause });
    }
  });
  const source = createReadStream(options.path, { start: HEADER_BYTES });
  source.on('error', (error) => blocks.destroy(error));
  blocks.on('close', () => source.destroy());
  return source.pipe(blocks);
};

export const readAll = async (stream: Readable): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
};
