import type { Database } from './database.ts';
import type { StatementConnection } from './statement-connection.ts';

/** A row's number, and the number made of what tells it from all others. */
export interface KeyedRow {
  readonly key: number;
  readonly seq: number;
}

/**
 * Finds rows that were stored before, without an index of random keys on the path of a receipt: such an index dirties a page for each row. The newest
 * keys are in memory (a start reads them from their rows again), the others in a table that is filled in order, many at a time. A key is a
 * short cut to rows that may be the same; whoever asks compares those in full. One process writes.
 */
export interface SeenKeys {
  /** The rows with this key among the newest; no reading. */
  recent(key: number): readonly number[];
  /** The rows with one of these keys, among all. A row may have been deleted since. */
  find(connection: StatementConnection, keys: readonly number[]): Promise<number[]>;
  /** After the rows were written. Should that be rolled back, nothing is at the numbers, which are not given again. */
  add(rows: readonly KeyedRow[]): void;
  /** Moves the keys in memory to the table once there are many. Not on the way to an answer. */
  merge(): Promise<void>;
}

/** Rows that go to the table in one transaction: some milliseconds of the writer. */
const PART = 4096;
const NONE: readonly number[] = [];

export const createSeenKeys = async (options: {
  db: Database;
  /** `key, seq`, primary key of both, without rowid. */
  table: string;
  /** One row: up to which `seq` the table knows the keys. */
  marks: string;
  /** Keys in memory, and rows that a start reads. Merged in order, more of them share a page. */
  mergeAt: number;
  /** Rows after a number, in order; at most `limit`. */
  readRows: (after: number, limit: number) => Promise<readonly KeyedRow[]>;
}): Promise<SeenKeys> => {
  const { db, table, marks } = options;
  const lookUp = `SELECT k.seq FROM json_each(?) AS given CROSS JOIN ${table} AS k ON k.key = given.value`;
  const mergeRows = `INSERT OR IGNORE INTO ${table} (key, seq) SELECT value->>0, value->>1 FROM json_each(?)`;
  /** Nearly always one row a key; the rare second one makes it a list. */
  let fresh = new Map<number, number | number[]>();
  const remember = (key: number, seq: number): void => {
    const known = fresh.get(key);
    fresh.set(key, known === undefined ? seq : [known, seq].flat());
  };
  const [mark] = await db.read<{ seq: number }>(`SELECT seq FROM ${marks}`);
  let newest = mark?.seq ?? 0;
  for (;;) {
    const rows = await options.readRows(newest, PART);
    for (const { key, seq } of rows) remember(key, seq);
    const last = rows.at(-1);
    if (!last) break;
    newest = last.seq;
  }

  return {
    recent: (key) => {
      const known = fresh.get(key);
      return known === undefined ? NONE : [known].flat();
    },
    find: async (connection, keys) => {
      const inTable = await connection.all<{ seq: number }>(lookUp, JSON.stringify(keys));
      return [...inTable.map(({ seq }) => seq), ...keys.flatMap((key) => fresh.get(key) ?? [])];
    },
    add: (rows) => {
      for (const { key, seq } of rows) {
        remember(key, seq);
        if (seq > newest) newest = seq;
      }
    },
    merge: async () => {
      if (fresh.size < options.mergeAt) return;
      const upTo = newest;
      const rows = [...fresh].flatMap(([key, seqs]) => [seqs].flat().map((seq) => [key, seq] as const));
      rows.sort((one, other) => one[0] - other[0]);
      for (let from = 0; from < rows.length; from += PART) {
        const part = JSON.stringify(rows.slice(from, from + PART));
        await db.writeOneStatement((connection) => connection.run(mergeRows, part));
      }
      await db.writeOneStatement((connection) => connection.run(`UPDATE ${marks} SET seq = ? WHERE id = 1`, upTo));
      // Only now: until the last commit a repeat must still be found in memory. What came meanwhile stays.
      const later = new Map<number, number | number[]>();
      for (const [key, seqs] of fresh) {
        const left = [seqs].flat().filter((seq) => seq > upTo);
        if (left.length > 0) later.set(key, left.length === 1 ? (left[0] ?? left) : left);
      }
      fresh = later;
    },
  };
};
