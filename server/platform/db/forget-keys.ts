import type { Database } from './database.ts';

/** Keys looked at in one read; what is gone among them is a few milliseconds of the writer. */
const STEP_KEYS = 4096;

/**
 * Removes the keys of rows that are gone from a table of seen keys (`seen-keys.ts`), however they went; resolves with how many. Goes through
 * the keys in their order on a read connection, so only what is removed costs the writer anything.
 */
export const forgetGoneKeys = async (
  db: Database,
  options: { keys: string; rows: string; signal: AbortSignal },
): Promise<number> => {
  const { keys, rows, signal } = options;
  const next = `
SELECT k.key, k.seq, NOT EXISTS (SELECT 1 FROM ${rows} AS r WHERE r.seq = k.seq) AS isGone
FROM ${keys} AS k WHERE (k.key, k.seq) > (?, ?) ORDER BY k.key, k.seq LIMIT ${STEP_KEYS}`;
  const remove = `DELETE FROM ${keys} WHERE (key, seq) IN (SELECT value->>0, value->>1 FROM json_each(?))`;
  let [key, seq, removed] = [-1, -1, 0];
  for (;;) {
    signal.throwIfAborted();
    const step = await db.read<{ key: number; seq: number; isGone: number }>(next, [key, seq]);
    const last = step.at(-1);
    if (!last) return removed;
    const gone = step.filter(({ isGone }) => isGone === 1).map((each) => [each.key, each.seq]);
    if (gone.length > 0)
      removed += await db.writeOneStatement((connection) => connection.run(remove, JSON.stringify(gone)));
    [key, seq] = [last.key, last.seq];
  }
};
