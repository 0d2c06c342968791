import type { Database } from '../../db/database.ts';
import type { PruneRules } from '../queue.ts';
import { createCountChanges, type StoredState, type TaskStatements } from './task-rows.ts';
import { writeCounts } from './task-writes.ts';

const STEP_ROWS = 500;

const remove = async (tx: TaskStatements, seqs: readonly number[]): Promise<number> => {
  const ids = JSON.stringify(seqs);
  const gone = await tx.all<{ seq: number; queue: string; state: StoredState }>(
    `DELETE FROM tasks WHERE seq IN (SELECT value FROM json_each(?)) AND state NOT IN ('waiting', 'active') RETURNING seq, queue, state`,
    ids,
  );
  const counts = createCountChanges();
  for (const { queue, state } of gone) counts.add(queue, state, -1);
  const removed = JSON.stringify(gone.map(({ seq }) => seq));
  await tx.all('DELETE FROM task_logs WHERE task IN (SELECT value FROM json_each(?))', removed);
  await tx.all('DELETE FROM task_attempts WHERE task IN (SELECT value FROM json_each(?))', removed);
  await writeCounts(tx, counts);
  return gone.length;
};

/** Removes ended tasks in steps: by age, and the oldest above a count. Resolves with how many went. */
export const pruneTasks = async (db: Database, rules: PruneRules, signal: AbortSignal): Promise<number> => {
  const [above] = await db.read<{ seq: number }>(
    `SELECT seq FROM tasks WHERE state IN ('done', 'cancelled') ORDER BY seq DESC LIMIT 1 OFFSET ?`,
    [rules.keepEnded],
  );
  await db.writeStatements((tx) =>
    tx.run('DELETE FROM task_rates WHERE minute < ?', Math.floor(rules.ratesBeforeMs / 60_000)),
  );
  let gone = 0;
  let after = 0;
  for (;;) {
    signal.throwIfAborted();
    const rows = await db.read<{ seq: number }>(
      `SELECT seq FROM tasks WHERE seq > ? AND ((state IN ('done', 'cancelled') AND (finished_ms < ? OR seq <= ?))
       OR (state = 'failed' AND finished_ms < ?)) ORDER BY seq LIMIT ${STEP_ROWS}`,
      [after, rules.endedBeforeMs, above?.seq ?? 0, rules.failedBeforeMs],
    );
    const last = rows.at(-1);
    if (!last) return gone;
    gone += await db.writeStatements((tx) =>
      remove(
        tx,
        rows.map(({ seq }) => seq),
      ),
    );
    after = last.seq;
  }
};
