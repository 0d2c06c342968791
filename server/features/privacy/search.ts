import type { SqlValue } from '../../platform/db/database.ts';
import { longerAddresses } from '../../platform/email-in-text.ts';
import { candidateCondition, scanTable } from '../../platform/payload-table.ts';
import type { HolderContext, Person, TableOfSchema } from '../../platform/personal-data.ts';
import { textIsOf } from '../../platform/personal-payload.ts';
import { type Finding, type OtherAddresses, searchFiles, TELLING_ID_DIGITS } from './search-files.ts';

export interface SearchResult {
  readonly tables: number;
  readonly files: number;
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

const FTS_PARTS = /_(data|idx|docsize|config|content)$/;

const quote = (name: string): string => `"${name.replace(/"/g, '""')}"`;
/** A table of terms (fts5vocab) is read like any other table. */
const isVirtual = (table: TableOfSchema): boolean => /^CREATE VIRTUAL TABLE .* USING fts5 ?\(/is.test(table.sql ?? '');

const searchIndex = async (
  context: HolderContext,
  name: string,
  { person, others }: { person: Person; others: OtherAddresses },
): Promise<number> => {
  const phrases = [
    ...person.emails,
    ...person.customerIds.filter((id) => id.length >= TELLING_ID_DIGITS),
    ...person.phones,
  ];
  const rowsWith = async (phrase: string): Promise<number[]> => {
    const rows = await context.db.read<{ rowid: number }>(
      `SELECT rowid FROM ${quote(name)} WHERE ${quote(name)} MATCH ?`,
      [`"${phrase.replace(/"/g, '""')}"`],
    );
    return rows.map(({ rowid }) => rowid);
  };
  let hits = 0;
  for (const phrase of phrases) {
    const found = new Set(await rowsWith(phrase));
    if (found.size > 0)
      // An index knows words only: for it `mary.ann@…` is `mary`, then the whole of `ann@…`.
      for (const other of others.get(phrase) ?? []) for (const rowid of await rowsWith(other)) found.delete(rowid);
    hits += found.size;
  }
  return hits;
};

const isTheirs = (value: SqlValue, person: Person, column: string): boolean =>
  value !== null && textIsOf(String(value), person, column);

const searchTable = async (
  context: HolderContext,
  table: TableOfSchema,
  { person, others }: { person: Person; others: OtherAddresses },
): Promise<number> => {
  const columns = (await context.db.read<{ name: string }>(`SELECT name FROM pragma_table_info(?)`, [table.name])).map(
    ({ name }) => name,
  );
  const where = candidateCondition(columns.map(quote), person);
  if (!where) return 0;
  const quoted = columns.map(quote);
  let hits = 0;
  const count = (row: Record<string, SqlValue>): void => {
    for (const [email, longer] of others)
      for (const column of columns)
        for (const address of longerAddresses(String(row[column] ?? '').toLowerCase(), email)) longer.add(address);
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
  const wanted = { person, others: new Map(person.emails.map((email) => [email, new Set<string>()])) };
  // Indexes last: rows tell what of them is somebody else's.
  for (const table of [...tables.filter((each) => !isVirtual(each)), ...tables.filter(isVirtual)]) {
    context.signal.throwIfAborted();
    const hits = await (isVirtual(table)
      ? searchIndex(context, table.name, wanted)
      : searchTable(context, table, wanted));
    if (hits > 0) findings.push({ place: `table ${table.name}`, hits });
  }
  const files = await searchFiles(options.dataDir, wanted, context.signal);
  return { tables: tables.length, files: files.files, bytes: files.bytes, findings: [...findings, ...files.findings] };
};
