import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Person } from '../../platform/personal-data.ts';
import { searchTerms } from '../../platform/personal-payload.ts';

/** Where something of the person was still found: places and counts, never the value. */
export interface Finding {
  readonly place: string;
  readonly hits: number;
}

/** Other people's addresses that hold the person's, by the person's: seen in rows that stay, they explain what is found elsewhere. */
export type OtherAddresses = ReadonlyMap<string, Set<string>>;

/** Shorter numbers stand for too many other things to be looked for in raw bytes. */
const TELLING_DIGITS = 9;
export const TELLING_ID_DIGITS = 7;

/** Where an address of somebody else holds the one that was found: how far before it begins, and how long it is. */
type Shapes = readonly { readonly before: number; readonly length: number }[];
interface Needle {
  readonly text: string;
  readonly isNumber: boolean;
  readonly others: ReadonlySet<string>;
  readonly shapes: Shapes;
}

const shapesOf = (text: string, others: ReadonlySet<string>): Shapes => {
  const shapes = new Map<string, Shapes[number]>();
  for (const other of others) {
    const shape = { before: other.indexOf(text), length: other.length };
    shapes.set(`${shape.before} ${shape.length}`, shape);
  }
  return [...shapes.values()];
};

/** Identifiers as bytes, with what must not stand beside them: a number inside of a longer one is another number. */
const needles = (person: Person, others: OtherAddresses): Needle[] => {
  const number = (text: string): Needle => ({ text, isNumber: true, others: new Set(), shapes: [] });
  return [
    ...searchTerms({ ...person, orderIds: [], customerIds: [] }).texts.map((text) => {
      const longer = others.get(text) ?? new Set<string>();
      return { text, isNumber: false, others: longer, shapes: shapesOf(text, longer) };
    }),
    ...person.customerIds.map((id) => number(`customer/${id}`)),
    ...person.customerIds.filter((id) => id.length >= TELLING_ID_DIGITS).map(number),
    ...person.phones.filter((phone) => phone.length >= TELLING_DIGITS).map(number),
  ];
};

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';

const isHit = (text: string, at: number, needle: Needle): boolean => {
  const startsInside = isDigit(needle.text[0]) && isDigit(text[at - 1]);
  if (needle.isNumber && (startsInside || isDigit(text[at + needle.text.length]))) return false;
  return !needle.shapes.some(
    ({ before, length }) => at >= before && needle.others.has(text.slice(at - before, at - before + length)),
  );
};

/** Hits that begin in this part of the text; what stands around it is there to be looked at. */
const countIn = (text: string, needle: Needle, part: { from: number; to: number }): number => {
  let hits = 0;
  for (let at = text.indexOf(needle.text, part.from); at !== -1 && at < part.to; at = text.indexOf(needle.text, at + 1))
    if (isHit(text, at, needle)) hits += 1;
  return hits;
};

/** Bytes as they lie in the file, in upper and lower case; pieces overlap so that nothing hides at their edges. */
const searchFile = async (
  path: string,
  wanted: readonly Needle[],
  signal: AbortSignal,
): Promise<{ bytes: number; hits: number }> => {
  const longest = wanted.flatMap(({ text, shapes }) => [text.length, ...shapes.map(({ length }) => length)]);
  const overlap = Math.max(...longest) + 1;
  let bytes = 0;
  let hits = 0;
  let text = '';
  let from = 0;
  const count = (to: number): void => {
    for (const needle of wanted) hits += countIn(text, needle, { from, to });
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
    text += (chunk as Buffer).toString('latin1').toLowerCase();
    bytes += (chunk as Buffer).length;
    const to = Math.max(from, text.length - overlap);
    count(to);
    const dropped = Math.max(0, to - overlap);
    text = text.slice(dropped);
    from = to - dropped;
  }
  count(text.length);
  return { bytes, hits };
};

const filesUnder = async (directory: string): Promise<string[]> => {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

/** Backups are older copies of the database on purpose: whoever was erased since is erased from one when it is restored. */
const isBackup = (directory: string, path: string): boolean => relative(directory, path).split(sep)[0] === 'backups';

/** Looks for the person in the bytes of every file of the folder. */
export const searchFiles = async (
  directory: string,
  { person, others }: { readonly person: Person; readonly others: OtherAddresses },
  signal: AbortSignal,
): Promise<{ files: number; bytes: number; findings: Finding[] }> => {
  const wanted = needles(person, others);
  const findings: Finding[] = [];
  let files = 0;
  let bytes = 0;
  if (wanted.length === 0) return { files, bytes, findings };
  for (const path of (await filesUnder(directory)).filter((each) => !isBackup(directory, each))) {
    try {
      const found = await searchFile(path, wanted, signal);
      files += 1;
      bytes += found.bytes;
      if (found.hits > 0) findings.push({ place: `file ${relative(directory, path)}`, hits: found.hits });
    } catch (error) {
      // A file that is gone meanwhile holds nothing.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return { files, bytes, findings };
};
