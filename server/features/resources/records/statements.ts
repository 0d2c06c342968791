import type { EntityManager } from 'typeorm';
import type { SqlValue } from '../../../platform/db/database.ts';
import type { StatementConnection } from '../../../platform/db/statement-connection.ts';

/** What the stores need of a transaction: the ORM's (a webhook handler's) or the prepared statements of the import. */
export interface Statements {
  run(sql: string, ...params: SqlValue[]): Promise<unknown>;
  all<Row>(sql: string, ...params: SqlValue[]): Promise<Row[]>;
}

export const statementsOf = (tx: EntityManager | StatementConnection): Statements =>
  'query' in tx
    ? {
        run: (sql, ...params) => tx.query(sql, params),
        all: <Row>(sql: string, ...params: SqlValue[]) => tx.query(sql, params) as Promise<Row[]>,
      }
    : tx;

/** Bound values a statement may have in SQLite (32,766), with room to spare. */
const MAX_VALUES = 8000;
/** Rows that a statement has room for; a part takes the smallest that holds it, or the largest that there is. */
const ROOMS = [1, 8, 64];

const MAX_ROWS = 512;

interface InsertSql {
  readonly before: string;
  readonly after: string;
}

/** What is not bound is null, and behind the LIMIT. */
const textOf = ({ before, after }: InsertSql, width: number, room: number): string => {
  const rowAt = (row: number): string =>
    `(${Array.from({ length: width }, (_value, column) => `?${row * width + column + 2}`).join(',')})`;
  return `${before} SELECT * FROM (VALUES ${Array.from({ length: room }, (_value, row) => rowAt(row)).join(',')}) LIMIT ?1 ${after}`;
};

/** For each table the texts by their room. */
const known = new Map<string, Map<number, string>>();

/**
 * Inserts rows with few statements of several rows each. A statement has room for more rows than it is given and stops at its LIMIT: were there one
 * for each number of rows, hundreds would be compiled, and each keeps the texts that it was given last.
 */
export const insertRows = async (
  statements: Statements,
  sql: InsertSql,
  rows: readonly (readonly SqlValue[])[],
): Promise<void> => {
  const width = rows[0]?.length ?? 1;
  const most = Math.min(MAX_ROWS, Math.floor(MAX_VALUES / width));
  const texts = known.get(sql.before) ?? new Map<number, string>();
  known.set(sql.before, texts);
  for (let at = 0; at < rows.length; at += most) {
    const part = rows.slice(at, at + most);
    const room = Math.min(most, ROOMS.find((size) => size >= part.length) ?? most);
    const text = texts.get(room) ?? textOf(sql, width, room);
    texts.set(room, text);
    await statements.run(text, part.length, ...part.flat());
  }
};
