import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import { defineTask, type QueueControl, type TaskDefinition } from '../../platform/queue/queue.ts';

const DAY_MS = 86_400_000;

/** Something that is kept for a time only; handed in by who owns the rows. */
export interface RetentionRule {
  readonly name: string;
  /** Removes what is too old, in steps; resolves with how many rows went. */
  prune(nowMs: number, signal: AbortSignal): Promise<number>;
}

export const ENDED_DAYS = 14;
export const FAILED_DAYS = 60;
const KEEP_ENDED = 100_000;

const RetentionInput = z.object({});
type RetentionInput = z.infer<typeof RetentionInput>;

/** Removes what is older than it has to be kept. Each rule by itself: one that fails does not keep the others from running. */
export const createRetentionTask = (options: {
  queue: Pick<QueueControl, 'prune'>;
  clock: Clock;
  rules: readonly RetentionRule[];
}): TaskDefinition<RetentionInput> => {
  const { queue, clock } = options;
  const tasks: RetentionRule = {
    name: 'tasks',
    prune: (nowMs, signal) =>
      queue.prune(
        {
          endedBeforeMs: nowMs - ENDED_DAYS * DAY_MS,
          failedBeforeMs: nowMs - FAILED_DAYS * DAY_MS,
          keepEnded: KEEP_ENDED,
          ratesBeforeMs: nowMs - DAY_MS,
        },
        signal,
      ),
  };
  const rules = [tasks, ...options.rules];
  return defineTask({
    name: 'maintenance.retention',
    queue: 'maintenance',
    title: 'Remove what is too old to keep',
    input: RetentionInput,
    attempts: 3,
    run: async (_input, { signal, progress, log }) => {
      const removed: Record<string, number> = {};
      const failures: unknown[] = [];
      for (const [index, rule] of rules.entries()) {
        progress(index, rules.length, rule.name);
        try {
          removed[rule.name] = await rule.prune(clock.now(), signal);
          log(`${rule.name}: ${removed[rule.name]} rows removed`);
        } catch (error) {
          signal.throwIfAborted();
          failures.push(error);
          log(`${rule.name}: failed`);
        }
      }
      progress(rules.length, rules.length);
      if (failures.length > 0) throw failures[0];
      return removed;
    },
  });
};
