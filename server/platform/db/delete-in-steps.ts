import type { Database, SqlValue } from './database.ts';

/** Rows in one transaction, so that receipts never wait long for the writer. */
const STEP_ROWS = 500;

/** Removes what `where` says, in steps; resolves with how many rows went. Rows are looked for on a read connection. */
export const deleteInSteps = async (
  db: Database,
  options: { table: string; where: string; params: readonly SqlValue[]; signal: AbortSignal },
): Promise<number> => {
  const { table, where, params, signal } = options;
  let gone = 0;
  for (;;) {
    signal.throwIfAborted();
    const rows = await db.read<{ id: number }>(
      `SELECT rowid AS id FROM ${table} WHERE ${where} LIMIT ${STEP_ROWS}`,
      params,
    );
    if (rows.length === 0) return gone;
    const ids = JSON.stringify(rows.map(({ id }) => id));
    // Looked at again: a row may have changed since it was found.
    gone += await db.writeStatements((tx) =>
      tx.run(`DELETE FROM ${table} WHERE rowid IN (SELECT value FROM json_each(?)) AND ${where}`, ids, ...params),
    );
    if (rows.length < STEP_ROWS) return gone;
  }
};
