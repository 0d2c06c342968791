import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { SqlValue } from '../../../platform/db/database.ts';
import type { StatementConnection } from '../../../platform/db/statement-connection.ts';

/** What the stores need of a transaction: the ORM's (a webhook handler's) or the prepared statements of the import. */
export interface Statements {
  run(sql: string, ...params: SqlValue[]): Promise<unknown>;
  all<Row>(sql: string, ...params: SqlValue[]): Promise<Row[]>;
  /** See `StatementConnection`: the next statement is bound while this one runs. The ORM knows no such thing and waits. */
  runBehind(sql: string, params: readonly SqlValue[]): Promise<unknown>;
}

export const statementsOf = (tx: EntityManager | StatementConnection): Statements =>
  'query' in tx
    ? {
        run: (sql, ...params) => tx.query(sql, params),
        all: <Row>(sql: string, ...params: SqlValue[]) => tx.query(sql, params) as Promise<Row[]>,
        runBehind: (sql, params) => tx.query(sql, [...params]),
      }
    : tx;

/** Bound values a statement may have in SQLite (32,766), with room to spare. */
const MAX_VALUES = 8000;
/** Rows that a statement has room for; a part takes the smallest that holds it, or the largest that there is. */
const ROOMS = [1, 8, 64];

const MAX_ROWS = 512;

interface InsertSql {
  /** `INSERT INTO table (columns)`: those of the rows, then those that are the same for all. */
  readonly before: string;
  readonly after: string;
}

/**
 * Stands for null. The driver takes three times as long for a null as for a text, and twice as long for a number: half of what an import costs the
 * main thread. Texts become numbers again by the column's type. Nobody outside of this process can know it and send it.
 */
const NOTHING = `\u0001${randomBytes(6).toString('hex')}`;
const boundOf = (value: SqlValue | undefined): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? NOTHING : String(value);

/** ?1 is how many rows count, ?2 stands for null, then what all rows share, then the rows. What is not bound is null, and behind the LIMIT. */
const textOf = ({ before, after }: InsertSql, width: number, shared: number, room: number): string => {
  const rowAt = (row: number): string =>
    `(${Array.from({ length: width }, (_value, column) => `?${row * width + column + shared + 3}`).join(',')})`;
  const cells = Array.from({ length: width }, (_value, column) => `nullif(column${column + 1}, ?2)`);
  const same = Array.from({ length: shared }, (_value, at) => `nullif(?${at + 3}, ?2)`);
  const rows = Array.from({ length: room }, (_value, row) => rowAt(row)).join(',');
  return `${before} SELECT ${[...cells, ...same].join(', ')} FROM (VALUES ${rows}) LIMIT ?1 ${after}`;
};

/** For each table the texts by their room. */
const known = new Map<string, Map<number, string>>();

/**
 * Inserts rows with few statements of several rows each. A statement has room for more rows than it is given and stops at its LIMIT: were there one
 * for each number of rows, hundreds would be compiled, and each keeps the texts that it was given last. The columns must have types: see `NOTHING`.
 */
export const insertRows = async (
  statements: Statements,
  sql: InsertSql,
  rows: readonly (readonly SqlValue[])[],
  shared: readonly SqlValue[] = [],
): Promise<void> => {
  const width = rows[0]?.length ?? 1;
  const most = Math.min(MAX_ROWS, Math.floor(MAX_VALUES / width));
  const texts = known.get(sql.before) ?? new Map<number, string>();
  known.set(sql.before, texts);
  const same = shared.map(boundOf);
  for (let at = 0; at < rows.length; at += most) {
    const end = Math.min(at + most, rows.length);
    const room = Math.min(most, ROOMS.find((size) => size >= end - at) ?? most);
    const text = texts.get(room) ?? textOf(sql, width, shared.length, room);
    texts.set(room, text);
    const params: SqlValue[] = [end - at, NOTHING, ...same];
    for (let row = at; row < end; row += 1) for (const value of rows[row] ?? []) params.push(boundOf(value));
    await statements.runBehind(text, params);
  }
};
