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
  /**
   * Takes the keys for rows that are numbered on from `firstSeq`, unless one of them is among the newest or comes twice: then false, and nothing is
   * changed. Without reading; the table may still know one of them. Then `settle` or `release`.
   */
  claim(keys: readonly number[], firstSeq: number): boolean;
  /** The claimed rows up to this number are written. */
  settle(lastSeq: number): void;
  /** The claimed rows are not written; their numbers may be given again. */
  release(keys: readonly number[]): void;
  /** The rows with one of these keys, among all. A row may have been deleted since. */
  find(connection: StatementConnection, keys: readonly number[]): Promise<number[]>;
  /** After the rows were written. Should that be rolled back, nothing is at the numbers, which are not given again. */
  add(rows: readonly KeyedRow[]): void;
  /** Moves the keys in memory to the table once there are many. Not on the way to an answer. */
  merge(): Promise<void>;
}

/** Rows that go to the table in one transaction: some milliseconds of the writer. */
const PART = 4096;

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
  const release = (keys: readonly number[]): void => {
    for (const key of keys) fresh.delete(key);
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
    claim: (keys, firstSeq) => {
      for (let at = 0; at < keys.length; at += 1) {
        const key = keys[at] ?? 0;
        if (fresh.has(key)) {
          release(keys.slice(0, at));
          return false;
        }
        fresh.set(key, firstSeq + at);
      }
      return true;
    },
    settle: (lastSeq) => {
      if (lastSeq > newest) newest = lastSeq;
    },
    release,
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
      const merged = fresh;
      // Numbers sort in a tenth of the time of pairs, and requests are served between the parts.
      const keys = Float64Array.from(merged.keys()).sort();
      for (let from = 0; from < keys.length; from += PART) {
        const rows: (readonly [key: number, seq: number])[] = [];
        for (const key of keys.subarray(from, from + PART))
          for (const seq of [merged.get(key) ?? []].flat()) rows.push([key, seq]);
        const part = JSON.stringify(rows);
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
