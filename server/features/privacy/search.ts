import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { SqlValue } from '../../platform/db/database.ts';
import { candidateCondition, scanTable } from '../../platform/payload-table.ts';
import type { HolderContext, Person, TableOfSchema } from '../../platform/personal-data.ts';
import { searchTerms, textIsOf } from '../../platform/personal-payload.ts';

/** Where something of the person was still found: places and counts, never the value. */
export interface Finding {
  readonly place: string;
  readonly hits: number;
}

export interface SearchResult {
  readonly tables: number;
  readonly files: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

const FTS_PARTS = /_(data|idx|docsize|config|content)$/;
/** Shorter numbers stand for too many other things to be looked for in raw bytes. */
const TELLING_DIGITS = 9;
const TELLING_ID_DIGITS = 7;

const quote = (name: string): string => `"${name.replace(/"/g, '""')}"`;
/** A table of terms (fts5vocab) is read like any other table. */
const isVirtual = (table: TableOfSchema): boolean => /^CREATE VIRTUAL TABLE .* USING fts5 ?\(/is.test(table.sql ?? '');

const searchIndex = async (context: HolderContext, name: string, person: Person): Promise<number> => {
  const phrases = [
    ...person.emails,
    ...person.customerIds.filter((id) => id.length >= TELLING_ID_DIGITS),
    ...person.phones,
  ];
  let hits = 0;
  for (const phrase of phrases) {
    const [row] = await context.db.read<{ hits: number }>(
      `SELECT count(*) AS hits FROM ${quote(name)} WHERE ${quote(name)} MATCH ?`,
      [`"${phrase.replace(/"/g, '""')}"`],
    );
    hits += row?.hits ?? 0;
  }
  return hits;
};

const isTheirs = (value: SqlValue, person: Person, column: string): boolean =>
  value !== null && textIsOf(String(value), person, column);

const searchTable = async (context: HolderContext, table: TableOfSchema, person: Person): Promise<number> => {
  const columns = (await context.db.read<{ name: string }>(`SELECT name FROM pragma_table_info(?)`, [table.name])).map(
    ({ name }) => name,
  );
  const where = candidateCondition(columns.map(quote), person);
  if (!where) return 0;
  const quoted = columns.map(quote);
  let hits = 0;
  const count = (row: Record<string, SqlValue>): void => {
    if (columns.some((column) => isTheirs(row[column] ?? null, person, column))) hits += 1;
  };
  if (/WITHOUT ROWID/i.test(table.sql ?? '')) {
    const rows = await context.db.read<Record<string, SqlValue>>(
      `SELECT ${quoted.join(', ')} FROM ${quote(table.name)} WHERE ${where.sql}`,
      where.params,
    );
    for (const row of rows) count(row);
  } else {
    for await (const row of scanTable(context, { table: quote(table.name), columns: quoted, where })) count(row);
  }
  return hits;
};

/** Identifiers as bytes, with what must not stand beside them: a number inside of a longer one is another number. */
const needles = (person: Person): { text: string; isNumber: boolean }[] => [
  ...searchTerms({ ...person, orderIds: [], customerIds: [] }).texts.map((text) => ({ text, isNumber: false })),
  ...person.customerIds.map((id) => ({ text: `customer/${id}`, isNumber: true })),
  ...person.customerIds.filter((id) => id.length >= TELLING_ID_DIGITS).map((text) => ({ text, isNumber: true })),
  ...person.phones.filter((phone) => phone.length >= TELLING_DIGITS).map((text) => ({ text, isNumber: true })),
];

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';

const countIn = (text: string, needle: { text: string; isNumber: boolean }, from: number): number => {
  let hits = 0;
  for (let at = text.indexOf(needle.text, from); at !== -1; at = text.indexOf(needle.text, at + 1)) {
    const startsInside = isDigit(needle.text[0]) && isDigit(text[at - 1]);
    if (!needle.isNumber || !(startsInside || isDigit(text[at + needle.text.length]))) hits += 1;
  }
  return hits;
};

/** Bytes as they lie in the file, in upper and lower case; pieces overlap so that nothing hides at their edges. */
const searchFile = async (
  path: string,
  wanted: readonly { text: string; isNumber: boolean }[],
  signal: AbortSignal,
): Promise<{ bytes: number; hits: number }> => {
  const overlap = Math.max(...wanted.map(({ text }) => text.length)) + 1;
  let bytes = 0;
  let hits = 0;
  let tail = '';
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
    const text = tail + (chunk as Buffer).toString('latin1').toLowerCase();
    // What lies wholly in the tail was counted with the piece before.
    for (const needle of wanted) hits += countIn(text, needle, Math.max(0, tail.length - needle.text.length + 1));
    bytes += (chunk as Buffer).length;
    tail = text.slice(-overlap);
  }
  return { bytes, hits };
};

const filesUnder = async (directory: string): Promise<string[]> => {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

/** Backups are older copies of the database on purpose: whoever was erased since is erased from one when it is restored. */
const isBackup = (directory: string, path: string): boolean => relative(directory, path).split(sep)[0] === 'backups';

const searchFiles = async (
  context: HolderContext,
  directory: string,
  person: Person,
): Promise<Pick<SearchResult, 'files' | 'bytes' | 'findings'>> => {
  const wanted = needles(person);
  const findings: Finding[] = [];
  let files = 0;
  let bytes = 0;
  if (wanted.length === 0) return { files, bytes, findings };
  for (const path of (await filesUnder(directory)).filter((each) => !isBackup(directory, each))) {
    try {
      const found = await searchFile(path, wanted, context.signal);
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

/**
 * Looks for the person in every table of the schema, whoever made it, in every full-text index, and in the bytes of every file of the data
 * folder. It does not ask the holders: it is what tells that one of them forgot something.
 */
export const searchEverywhere = async (
  context: HolderContext,
  options: { dataDir: string; person: Person },
): Promise<SearchResult> => {
  // Orders stay, without their person.
  const person = { ...options.person, orderIds: [] };
  const schema = await context.db.read<TableOfSchema>(`SELECT name, sql FROM sqlite_master WHERE type = 'table'`);
  const virtual = schema.filter(isVirtual).map(({ name }) => name);
  const isPart = (name: string): boolean => FTS_PARTS.test(name) && virtual.includes(name.replace(FTS_PARTS, ''));
  const tables = schema.filter(({ name }) => !isPart(name));
  const findings: Finding[] = [];
  for (const table of tables) {
    context.signal.throwIfAborted();
    const hits = isVirtual(table)
      ? await searchIndex(context, table.name, person)
      : await searchTable(context, table, person);
    if (hits > 0) findings.push({ place: `table ${table.name}`, hits });
  }
  const files = await searchFiles(context, options.dataDir, person);
  return { tables: tables.length, files: files.files, bytes: files.bytes, findings: [...findings, ...files.findings] };
};
