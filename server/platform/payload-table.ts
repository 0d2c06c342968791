import type { Database, SqlValue } from './db/database.ts';
import type { DeclaredTable, ErasedRows, FoundRecord, HolderContext, Mention, Person } from './personal-data.ts';
import { anonymiseText, mentionsIn, searchTerms, textIsOf } from './personal-payload.ts';

/** Rows looked at in one statement: short enough that the reader is soon free and a stop is soon heard. */
const WINDOW_ROWS = 5000;
/** Rows that go in one transaction, so that receipts never wait long for the writer. */
const ERASE_ROWS = 500;

type Row = Record<string, SqlValue> & { rowid: number };

/** A table whose rows carry texts (JSON payloads, headers, messages) that may be about a person. */
export interface PayloadTable {
  readonly declaration: DeclaredTable;
  find(person: Person, context: HolderContext): AsyncIterable<FoundRecord>;
  erase(person: Person, context: HolderContext): Promise<ErasedRows>;
  eraseShop(shop: string, context: HolderContext): Promise<ErasedRows>;
  mentions(context: HolderContext): AsyncIterable<Mention>;
}

interface PayloadTableOptions {
  readonly table: string;
  readonly why: string;
  readonly heading: string;
  /** See `DeclaredTable`. */
  readonly leads?: true;
  /** The column with the store's domain. */
  readonly shop: string;
  /** The text columns that can hold a person. */
  readonly texts: readonly string[];
  /** What the package shows beside the texts. */
  readonly columns: readonly string[];
  /** A column whose value names the root of the texts, e.g. the topic. */
  readonly kind?: string;
  /** Columns that lead to the person and become null with them; searched by equality with browser ids and the like. */
  readonly nulled?: readonly string[];
  /** `delete` removes whole rows instead of emptying their texts. */
  readonly erase: 'anonymise' | 'delete';
}

/** `replace` for every sign that people write between the digits of a phone number. Indexes are made of this very text. */
export const bareDigits = (column: string): string =>
  [' ', '-', '(', ')', '.', '/'].reduce((sql, sign) => `replace(${sql}, '${sign}', '')`, column);

/** A condition that no text about the person escapes; what it finds is checked again once it is parsed. */
export const candidateCondition = (
  columns: readonly string[],
  person: Person,
): { sql: string; params: SqlValue[] } | null => {
  const { texts, phoneTails } = searchTerms(person);
  const parts: string[] = [];
  const params: SqlValue[] = [];
  for (const column of columns) {
    for (const term of texts) {
      parts.push(`instr(lower(${column}), ?) > 0`);
      params.push(term);
    }
    for (const tail of phoneTails) {
      parts.push(`instr(${bareDigits(column)}, ?) > 0`);
      params.push(tail);
    }
  }
  return parts.length === 0 ? null : { sql: `(${parts.join(' OR ')})`, params };
};

/** Walks a table in windows of its rowid, newest state at each window; stops when the signal says so. */
export const scanTable = async function* (
  context: HolderContext,
  options: { table: string; columns: readonly string[]; where?: { sql: string; params: readonly SqlValue[] } | null },
): AsyncIterable<Row> {
  const { db, signal } = context;
  const [range] = await db.read<{ first: number | null; last: number | null }>(
    `SELECT min(rowid) AS first, max(rowid) AS last FROM ${options.table}`,
  );
  if (!range || range.first === null || range.last === null) return;
  const where = options.where ? `AND ${options.where.sql}` : '';
  for (let from = range.first; from <= range.last; from += WINDOW_ROWS) {
    signal.throwIfAborted();
    const rows = await db.read<Row>(
      `SELECT rowid AS rowid, ${options.columns.join(', ')} FROM ${options.table} WHERE rowid >= ? AND rowid < ? ${where}`,
      [from, from + WINDOW_ROWS, ...(options.where?.params ?? [])],
    );
    yield* rows;
  }
};

/** Removes a store's rows in steps. */
export const deleteShopRows = async (
  table: string,
  shop: string,
  context: HolderContext,
  shopColumn = 'shop',
): Promise<ErasedRows> => {
  let rows = 0;
  for (;;) {
    context.signal.throwIfAborted();
    const gone = await context.db.writeStatements((connection) =>
      connection.run(
        `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE ${shopColumn} = ? LIMIT ${WINDOW_ROWS})`,
        shop,
      ),
    );
    rows += gone;
    if (gone < WINDOW_ROWS) return { table, rows, how: 'deleted' };
  }
};

const eraseRows = (
  db: Database,
  options: PayloadTableOptions,
  person: Person,
  rowids: readonly number[],
): Promise<number> =>
  db.writeStatements(async (connection) => {
    const ids = JSON.stringify(rowids);
    if (options.erase === 'delete')
      return connection.run(`DELETE FROM ${options.table} WHERE rowid IN (SELECT value FROM json_each(?))`, ids);
    // Read again inside the transaction: a row may have changed since it was found.
    const kind = options.kind ?? `''`;
    const rows = await connection.all<Row>(
      `SELECT rowid AS rowid, ${kind} AS kind_, ${options.texts.join(', ')} FROM ${options.table} WHERE rowid IN (SELECT value FROM json_each(?))`,
      ids,
    );
    const changes = rows.map((row) => [
      row.rowid,
      ...options.texts.map((column) => {
        const text = row[column];
        return typeof text === 'string' ? anonymiseText(text, person, String(row.kind_ ?? '')) : null;
      }),
    ]);
    const sets = [
      ...options.texts.map((column, index) => `${column} = change.value->>${index + 1}`),
      ...(options.nulled ?? []).map((column) => `${column} = NULL`),
    ];
    return connection.run(
      `UPDATE ${options.table} SET ${sets.join(', ')} FROM json_each(?) AS change WHERE ${options.table}.rowid = change.value->>0`,
      JSON.stringify(changes),
    );
  });

export const createPayloadTable = (options: PayloadTableOptions): PayloadTable => {
  const { table, shop: shopColumn, texts } = options;
  const nulled = options.nulled ?? [];
  const kindOf = (row: Row): string => (options.kind === undefined ? '' : String(row[options.kind] ?? ''));
  const columns = [
    ...new Set([shopColumn, ...options.columns, ...texts, ...nulled, ...(options.kind ? [options.kind] : [])]),
  ];

  const rowsOf = async function* (person: Person, context: HolderContext): AsyncIterable<Row> {
    const condition = candidateCondition([...texts, ...nulled], person);
    if (!condition) return;
    const where = { sql: `${shopColumn} = ? AND ${condition.sql}`, params: [person.shop, ...condition.params] };
    for await (const row of scanTable(context, { table, columns, where })) {
      const isTheirs =
        nulled.some((column) => person.clientIds.includes(String(row[column]))) ||
        texts.some((column) => {
          const text = row[column];
          return typeof text === 'string' && textIsOf(text, person, kindOf(row));
        });
      if (isTheirs) yield row;
    }
  };

  return {
    declaration: {
      table,
      holds: 'personal',
      why: options.why,
      heading: options.heading,
      ...(options.leads ? { leads: true } : {}),
    },
    find: async function* (person, context) {
      for await (const { rowid, ...data } of rowsOf(person, context)) yield { table, id: String(rowid), data };
    },
    erase: async (person, context) => {
      let rows = 0;
      let group: number[] = [];
      const flush = async (): Promise<void> => {
        if (group.length > 0) rows += await eraseRows(context.db, options, person, group);
        group = [];
      };
      for await (const row of rowsOf(person, context)) {
        group.push(row.rowid);
        if (group.length >= ERASE_ROWS) await flush();
      }
      await flush();
      return { table, rows, how: options.erase === 'delete' ? 'deleted' : 'anonymised' };
    },
    eraseShop: (shop, context) => deleteShopRows(table, shop, context, shopColumn),
    mentions: async function* (context) {
      const needed = [shopColumn, ...texts, ...(options.kind ? [options.kind] : [])];
      for await (const row of scanTable(context, { table, columns: [...new Set(needed)] })) {
        for (const column of texts) {
          const text = row[column];
          const shop = row[shopColumn];
          if (typeof text === 'string' && typeof shop === 'string') yield { shop, ...mentionsIn(text, kindOf(row)) };
        }
      }
    },
  };
};
