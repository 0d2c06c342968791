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
const MAX_ROWS = 128;
const known = new Map<string, string>();

/** Inserts rows with few statements: multi-row VALUES, each number of rows compiled once. */
export const insertRows = async (
  statements: Statements,
  sql: { readonly before: string; readonly after: string },
  rows: readonly (readonly SqlValue[])[],
): Promise<void> => {
  const width = rows[0]?.length ?? 1;
  const most = Math.min(MAX_ROWS, Math.floor(MAX_VALUES / width));
  for (let at = 0; at < rows.length; at += most) {
    const part = rows.slice(at, at + most);
    const key = `${sql.before}|${part.length}`;
    let text = known.get(key);
    if (text === undefined) {
      const row = `(${Array.from({ length: width }, () => '?').join(',')})`;
      text = `${sql.before} VALUES ${Array.from({ length: part.length }, () => row).join(',')} ${sql.after}`;
      known.set(key, text);
    }
    await statements.run(text, ...part.flat());
  }
};
