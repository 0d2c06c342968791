import type sqlite3 from 'sqlite3';

/** A Buffer is a BLOB. */
export type StatementValue = string | number | null | Buffer;

/** Prepared statements on the writer's connection; each SQL text is compiled once. Use inside `Database.writeStatements` only. */
export interface StatementConnection {
  /** Resolves with the number of rows changed. */
  run(sql: string, ...params: StatementValue[]): Promise<number>;
  all<Row>(sql: string, ...params: StatementValue[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Whether a trigger ended the statement with `RAISE(ABORT, message)`; nothing of the statement is left then. */
export const isRaised = (error: unknown, message: string): boolean =>
  error instanceof Error && error.message === `SQLITE_CONSTRAINT: ${message}`;

export const createStatementConnection = (connection: sqlite3.Database): StatementConnection => {
  const prepared = new Map<string, sqlite3.Statement>();
  const prepare = (sql: string): Promise<sqlite3.Statement> => {
    const known = prepared.get(sql);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const statement = connection.prepare(sql, (error: Error | null) => {
        if (error) return reject(error);
        prepared.set(sql, statement);
        resolve(statement);
      });
    });
  };
  return {
    run: async (sql, ...params) => {
      const statement = await prepare(sql);
      return new Promise((resolve, reject) => {
        statement.run(params, function (this: sqlite3.RunResult, error: Error | null) {
          if (error) reject(error);
          else resolve(this.changes);
        });
      });
    },
    all: async <Row>(sql: string, ...params: StatementValue[]) => {
      const statement = await prepare(sql);
      return new Promise<Row[]>((resolve, reject) => {
        statement.all<Row>(params, (error, rows) => (error ? reject(error) : resolve(rows)));
      });
    },
    close: async () => {
      await Promise.all(
        [...prepared.values()].map((statement) => new Promise<void>((resolve) => statement.finalize(() => resolve()))),
      );
      prepared.clear();
    },
  };
};
