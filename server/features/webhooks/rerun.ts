import { z } from 'zod';
import * as api from '../../../shared/api.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { defineTask, type TaskDefinition, type TaskQueue } from '../../platform/queue/queue.ts';
import { conditionOf, FROM, sequenceOf } from './delivery-rows.ts';
import { requeue, requeueUntried } from './requeue.ts';
import { searchBodies } from './text-search.ts';

const STEP = 500;
const RERUN_TASK = 'webhooks.rerun';

const Input = z.object({
  filter: api.WebhookFilter,
  /** What arrives while the task runs is none of its business. */
  upTo: z.number().int(),
  /** When it was ordered: what is tried after that is not tried again. */
  at: api.IsoTime,
});
type Input = z.output<typeof Input>;

/** The states a filter asks for; none: all. */
const statesOf = (filter: api.WebhookFilter): readonly string[] =>
  filter.state !== undefined ? [filter.state] : filter.failing === true ? ['failed', 'dead'] : [];

export interface Rerun {
  /** Few by id at once; all that fit a filter by a task, oldest last. Without either, all that did not work so far. */
  start(input: z.output<typeof api.WebhookRerunInput>): Promise<z.output<typeof api.WebhookRerunOutput>>;
}

export const createRerun = (options: {
  db: Database;
  clock: Clock;
  queue: TaskQueue;
  wake: () => void;
  count: (filter: api.WebhookFilter) => Promise<{ count: number }>;
}): Rerun => {
  const { db, clock, queue } = options;

  const nextStep = async (
    filter: api.WebhookFilter,
    before: number,
  ): Promise<{ seqs: number[]; next: number | null }> => {
    const condition = conditionOf(filter);
    if (filter.text) {
      const page = await searchBodies(db, { text: filter.text, condition, before, limit: STEP });
      return { seqs: page.rows.map(({ seq }) => seq), next: page.next };
    }
    const rows = await db.read<{ seq: number }>(
      `SELECT d.seq FROM ${FROM} WHERE ${condition.sql} AND d.seq < ? ORDER BY d.seq DESC LIMIT ${STEP}`,
      [...condition.params, before],
    );
    return { seqs: rows.map(({ seq }) => seq), next: rows.length < STEP ? null : (rows.at(-1)?.seq ?? null) };
  };

  const task: TaskDefinition<Input> = defineTask({
    name: RERUN_TASK,
    queue: 'webhooks',
    title: 'Run webhook deliveries again',
    input: Input,
    run: async ({ filter, upTo, at }, context) => {
      const { count: total } = await options.count(filter);
      let done = 0;
      let before: number | null = upTo + 1;
      while (before !== null) {
        context.signal.throwIfAborted();
        const step: { seqs: number[]; next: number | null } = await nextStep(filter, before);
        done += await requeueUntried(db, step.seqs, { at, states: statesOf(filter) });
        before = step.next;
        context.progress(done, Math.max(total, done));
        options.wake();
      }
      return { requeued: done };
    },
  });
  queue.register(task);

  return {
    start: async ({ ids, filter }) => {
      if (ids !== undefined) {
        const count = await requeue(db, ids.map(sequenceOf));
        options.wake();
        return { count, taskId: null };
      }
      const wanted = filter ?? { failing: true };
      const { count } = await options.count(wanted);
      const [newest] = await db.read<{ seq: number | null }>('SELECT max(seq) AS seq FROM webhook_deliveries');
      const input = { filter: wanted, upTo: newest?.seq ?? 0, at: toIso(clock.now()) };
      const { id } = await queue.enqueue(task, input, { priority: 10 });
      return { count, taskId: id };
    },
  };
};
