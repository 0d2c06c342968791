import type { Database, SqlValue } from './database.ts';

/** Rows in one transaction, so that receipts never wait long for the writer. */
const STEP_ROWS = 500;

/** Removes what `where` says, in steps; resolves with how many rows went. Rows are looked for on a read connection. */
export const deleteInSteps = async (
  db: Database,
  options: {
    table: string;
    where: string;
    params: readonly SqlValue[];
    signal: AbortSignal;
    /** Rows of a step, where each costs more than usual. */
    stepRows?: number;
    /** Between two steps, so that others have the writer too. */
    rest?: () => Promise<void>;
  },
): Promise<number> => {
  const { table, where, params, signal, stepRows = STEP_ROWS, rest } = options;
  let gone = 0;
  for (;;) {
    signal.throwIfAborted();
    const rows = await db.read<{ id: number }>(
      `SELECT rowid AS id FROM ${table} WHERE ${where} LIMIT ${stepRows}`,
      params,
    );
    if (rows.length === 0) return gone;
    const ids = JSON.stringify(rows.map(({ id }) => id));
    // Looked at again: a row may have changed since it was found.
    gone += await db.writeStatements((tx) =>
      tx.run(`DELETE FROM ${table} WHERE rowid IN (SELECT value FROM json_each(?)) AND ${where}`, ids, ...params),
    );
    if (rows.length < stepRows) return gone;
    await rest?.();
  }
};
