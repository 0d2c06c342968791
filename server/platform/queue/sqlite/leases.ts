import { AppError } from '../../../../shared/errors.ts';
import { describeError } from '../outcome.ts';
import type { CountChanges, EndedAttempt, TaskStatements } from './task-rows.ts';
import { endAttempts } from './task-writes.ts';

/** A worker is one process. Its lease covers all that it runs, so a heartbeat is one small write. */
export interface Worker {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
}

export const LEASE_MS = 30_000;
export const HEARTBEAT_MS = 10_000;

const BEAT = `INSERT INTO task_workers (worker, host, pid, started_ms, lease_ms) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (worker) DO UPDATE SET lease_ms = excluded.lease_ms`;

export const beat = async (tx: TaskStatements, worker: Worker, startedMs: number, nowMs: number): Promise<void> => {
  await tx.all(BEAT, worker.id, worker.host, worker.pid, startedMs, nowMs + LEASE_MS);
};

/** What this worker holds, as others see it. */
export const heldTasks = (tx: TaskStatements, worker: string): Promise<{ seq: number; cancelling: number }[]> =>
  tx.all('SELECT seq, cancelling FROM tasks WHERE state = ? AND worker = ?', 'active', worker);

interface StoredWorker {
  readonly worker: string;
  readonly host: string;
  readonly pid: number;
  readonly lease_ms: number;
}

/**
 * Takes over what workers left behind whose lease has ended, or whose process on this computer is gone. Their attempts count: a task that
 * kills its process must not be tried for ever.
 */
export const recoverLost = async (
  tx: TaskStatements,
  options: {
    self: Worker;
    nowMs: number;
    isAlive: (pid: number) => boolean;
    attemptsOf: (name: string) => number;
    counts: CountChanges;
  },
): Promise<{ recovered: EndedAttempt[]; nextLeaseMs: number | null }> => {
  const { self, nowMs, counts } = options;
  const others = await tx.all<StoredWorker>(
    'SELECT worker, host, pid, lease_ms FROM task_workers WHERE worker <> ?',
    self.id,
  );
  const isLost = (each: StoredWorker): boolean =>
    each.lease_ms <= nowMs || (each.host === self.host && !options.isAlive(each.pid));
  const recovered: EndedAttempt[] = [];
  for (const { worker } of others.filter(isLost)) {
    const held = await tx.all<{
      seq: number;
      name: string;
      queue: string;
      shop: string;
      attempts: number;
      cancelling: number;
      started_ms: number;
    }>(
      `SELECT seq, name, queue, shop, attempts, cancelling, started_ms FROM tasks WHERE state = 'active' AND worker = ?`,
      worker,
    );
    const error = {
      ...describeError(
        new AppError('INTERNAL', 'The program ended while this task ran.', {
          hint: 'It was closed, it crashed, or the computer was switched off.',
        }),
        (text) => text,
      ),
      class: 'WorkerLost',
      stack: null,
    };
    const ended = held.map((task): EndedAttempt => {
      const state = task.cancelling
        ? 'cancelled'
        : task.attempts >= options.attemptsOf(task.name)
          ? 'failed'
          : 'waiting';
      return {
        seq: task.seq,
        attempt: task.attempts,
        attempts: task.attempts,
        queue: task.queue,
        shop: task.shop,
        state,
        startedMs: task.started_ms,
        finishedMs: nowMs,
        // It keeps its place: due as before, it is taken before those that waited behind it.
        dueMs: null,
        problem: JSON.stringify({ code: error.code, message: error.message, hint: error.hint, kind: 'lost' }),
        result: null,
        record: { outcome: 'lost', error },
      };
    });
    if (ended.length > 0) recovered.push(...(await endAttempts(tx, worker, ended, counts)));
    await tx.all('DELETE FROM task_workers WHERE worker = ?', worker);
  }
  const leases = others.filter((each) => !isLost(each)).map(({ lease_ms }) => lease_ms);
  return { recovered, nextLeaseMs: leases.length > 0 ? Math.min(...leases) : null };
};

export const signOff = async (tx: TaskStatements, worker: string): Promise<void> => {
  await tx.all(
    `DELETE FROM task_workers WHERE worker = ? AND NOT EXISTS (SELECT 1 FROM tasks WHERE state = 'active' AND worker = ?)`,
    worker,
    worker,
  );
};
