import { closeSync, fstatSync, mkdirSync, openSync, readSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const SYMLINK = 0o120000;

const readAt = (file, position, length) => {
  const buffer = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const count = readSync(file, buffer, done, length - done, position + done);
    if (count === 0) throw new Error('the archive ends too early');
    done += count;
  }
  return buffer;
};

const readDirectory = (file) => {
  const { size } = fstatSync(file);
  const tailLength = Math.min(size, 65_557);
  const tail = readAt(file, size - tailLength, tailLength);
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) throw new Error('not a zip archive');
  return readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
};

const entriesOf = function* (directory) {
  let at = 0;
  while (at + 46 <= directory.length) {
    if (directory.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('the archive has a damaged directory');
    const nameLength = directory.readUInt16LE(at + 28);
    yield {
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      compressed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      offset: directory.readUInt32LE(at + 42),
    };
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
};

const contentOf = (file, entry) => {
  const head = readAt(file, entry.offset, 30);
  if (head.readUInt32LE(0) !== LOCAL_ENTRY) throw new Error(`${entry.name} is damaged`);
  const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  const raw = readAt(file, start, entry.compressed);
  if (entry.method !== 0 && entry.method !== 8) throw new Error(`${entry.name} is packed in an unknown way`);
  const content = entry.method === 0 ? raw : inflateRawSync(raw);
  if (content.length !== entry.size) throw new Error(`${entry.name} has the wrong length`);
  return content;
};

/**
 * Unpacks a zip archive (no zip64, no encryption) without a system `unzip`, which a bare machine does not have.
 * `rename` gives each entry's place below `folder`, or null to leave it out.
 */
export const unzip = (archive, folder, rename) => {
  const file = openSync(archive, 'r');
  try {
    for (const entry of entriesOf(readDirectory(file))) {
      const place = rename(entry.name);
      if (place === null || place === '') continue;
      const target = join(folder, normalize(place));
      if (!target.startsWith(folder + sep)) throw new Error(`${entry.name} would leave the folder`);
      if (entry.name.endsWith('/')) {
        mkdirSync(target, { recursive: true });
        continue;
      }
      mkdirSync(dirname(target), { recursive: true });
      const content = contentOf(file, entry);
      if ((entry.mode & 0o170000) === SYMLINK) symlinkSync(content.toString('utf8'), target);
      else writeFileSync(target, content, { mode: entry.mode & 0o777 || 0o644 });
    }
  } finally {
    closeSync(file);
  }
};
