import type sqlite3 from 'sqlite3';

/** A Buffer is a BLOB. */
export type StatementValue = string | number | null | Buffer;

/** Prepared statements on the writer's connection; each SQL text is compiled once. Use inside `Database.writeStatements` only. */
export interface StatementConnection {
  /** Resolves with the number of rows changed. */
  run(sql: string, ...params: StatementValue[]): Promise<number>;
  all<Row>(sql: string, ...params: StatementValue[]): Promise<Row[]>;
  /**
   * For many large writes in a row: resolves once the statement BEFORE it has run, so that the values of the next are bound (on this thread) while
   * this one is written (on another). Two neighbours may run in either order; every `run` and `all` waits for them. What fails is thrown by the
   * next call.
   */
  runBehind(sql: string, params: readonly StatementValue[]): Promise<void>;
  /** Resolves when nothing runs any more. @throws what a statement of `runBehind` failed with */
  settle(): Promise<void>;
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
  const start = (statement: sqlite3.Statement, params: readonly StatementValue[]): Promise<number> =>
    new Promise((resolve, reject) => {
      statement.run(params, function (this: sqlite3.RunResult, error: Error | null) {
        if (error) reject(error);
        else resolve(this.changes);
      });
    });
  let behind: Promise<unknown> | null = null;
  const settle = async (): Promise<void> => {
    const running = behind;
    behind = null;
    await running;
  };
  return {
    run: async (sql, ...params) => {
      if (behind !== null) await settle();
      return start(await prepare(sql), params);
    },
    runBehind: async (sql, params) => {
      const statement = await prepare(sql);
      const before = behind;
      behind = start(statement, params);
      // Its failure is met at the next call; without this it would count as unhandled until then.
      behind.catch(() => undefined);
      await before;
    },
    settle,
    all: async <Row>(sql: string, ...params: StatementValue[]) => {
      if (behind !== null) await settle();
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
