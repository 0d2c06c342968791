import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import { AttemptEnded } from '../outcome.ts';
import type { Enqueued, Queue } from '../queue.ts';
import type { RunningTasks } from './running.ts';
import type { NewTask } from './task-rows.ts';
import { cancelTask } from './task-writes.ts';

const sequenceOf = (id: string): number | null => (/^[1-9]\d{0,15}$/.test(id) ? Number(id) : null);

/** A held task is one that is due in the last year there is: claims, counts and the alarm need to know nothing of it. */
const HELD_UNTIL_MS = Date.parse('9999-12-31T00:00:00Z');
const RUN_NOW = `UPDATE tasks SET due_ms = ?, held_due_ms = NULL WHERE seq = ? AND state = 'waiting' RETURNING queue`;
const HOLD = `UPDATE tasks SET held_due_ms = due_ms, due_ms = ? WHERE seq = ? AND state = 'waiting' AND held_due_ms IS NULL RETURNING queue`;
const RELEASE = `UPDATE tasks SET due_ms = held_due_ms, held_due_ms = NULL
WHERE seq = ? AND state = 'waiting' AND held_due_ms IS NOT NULL RETURNING queue`;

/** What a person does to one task. */
export const createTaskOperations = (options: {
  db: Database;
  clock: Clock;
  running: RunningTasks;
  wake: (queue: string) => void;
  submit: (task: NewTask) => Promise<Enqueued>;
  onChange: (ids: readonly string[]) => void;
}): Pick<Queue, 'cancel' | 'runNow' | 'hold' | 'release' | 'retry'> => {
  const { db, clock, running, wake, submit } = options;
  const changeDue = async (id: string, sql: string, ...params: number[]): Promise<boolean> => {
    const seq = sequenceOf(id);
    if (seq === null) return false;
    const rows = await db.writeStatements((tx) => tx.all<{ queue: string }>(sql, ...params, seq));
    for (const { queue } of rows) wake(queue);
    if (rows.length > 0) options.onChange([id]);
    return rows.length > 0;
  };
  return {
    cancel: async (id) => {
      const seq = sequenceOf(id);
      if (seq === null) return false;
      const done = await db.writeStatements((tx) => cancelTask(tx, seq, clock.now()));
      if (done === 'cancelling') running.get(seq)?.controller.abort(new AttemptEnded('cancel', 'It was cancelled.'));
      if (done !== null) options.onChange([id]);
      return done !== null;
    },
    runNow: (id) => changeDue(id, RUN_NOW, clock.now()),
    hold: (id) => changeDue(id, HOLD, HELD_UNTIL_MS),
    release: (id) => changeDue(id, RELEASE),
    retry: async (id) => {
      const seq = sequenceOf(id);
      if (seq === null) return null;
      const [row] = await db.read<
        Omit<NewTask, 'dueMs' | 'createdMs' | 'uniqueKey' | 'parentKind' | 'parentId'> & { uniqueKey: string | null }
      >(
        `SELECT queue, name, shop, priority, unique_key AS uniqueKey, input FROM tasks WHERE seq = ? AND state NOT IN ('waiting', 'active')`,
        [seq],
      );
      if (!row) return null;
      const nowMs = clock.now();
      return submit({ ...row, dueMs: nowMs, createdMs: nowMs, parentKind: 'task', parentId: id });
    },
  };
};
