import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import { AttemptEnded } from '../outcome.ts';
import type { Enqueued, Queue } from '../queue.ts';
import type { RunningTasks } from './running.ts';
import type { NewTask } from './task-rows.ts';
import { cancelTask } from './task-writes.ts';

const sequenceOf = (id: string): number | null => (/^[1-9]\d{0,15}$/.test(id) ? Number(id) : null);

/** What a person does to one task. */
export const createTaskOperations = (options: {
  db: Database;
  clock: Clock;
  running: RunningTasks;
  wake: (queue: string) => void;
  submit: (task: NewTask) => Promise<Enqueued>;
  onChange: (ids: readonly string[]) => void;
}): Pick<Queue, 'cancel' | 'runNow' | 'retry'> => {
  const { db, clock, running, wake, submit } = options;
  return {
    cancel: async (id) => {
      const seq = sequenceOf(id);
      if (seq === null) return false;
      const done = await db.writeStatements((tx) => cancelTask(tx, seq, clock.now()));
      if (done === 'cancelling') running.get(seq)?.controller.abort(new AttemptEnded('cancel', 'It was cancelled.'));
      if (done !== null) options.onChange([id]);
      return done !== null;
    },
    runNow: async (id) => {
      const seq = sequenceOf(id);
      if (seq === null) return false;
      const rows = await db.writeStatements((tx) =>
        tx.all<{ queue: string }>(
          `UPDATE tasks SET due_ms = ? WHERE seq = ? AND state = 'waiting' RETURNING queue`,
          clock.now(),
          seq,
        ),
      );
      for (const { queue } of rows) wake(queue);
      if (rows.length > 0) options.onChange([id]);
      return rows.length > 0;
    },
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
