import type { z } from 'zod';
import type * as api from '../../../shared/api/tasks.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { QueueControl, QueueLimits, TaskQueue } from '../../platform/queue/queue.ts';
import type { QueueReader, TaskFilter } from '../../platform/queue/reader.ts';
import { type LinkedLookup, readChain } from './chain.ts';
import { maskJson } from './masking.ts';
import { type KnownTasks, stepOf, toAttempts, toQueueView, toRates, toScheduleView, toTaskRow } from './views.ts';

type In<T extends z.ZodType> = z.output<T>;

/** By filter: so many at a time, so that a stop is soon heard and the writer stays free in between. */
const BULK_GROUP = 200;
const RUNNING_SHOWN = 200;

const toFilter = (input: In<typeof api.TaskFilter>): TaskFilter => ({
  queue: input.queue,
  state: input.state,
  name: input.name,
  shop: input.shop,
  text: input.text,
  createdFromMs: input.from === undefined ? undefined : Date.parse(input.from),
  createdToMs: input.to === undefined ? undefined : Date.parse(input.to),
});

/** States that an action applies to; by filter, only tasks in one of them are counted and touched. */
const APPLIES_TO: Record<In<typeof api.TaskBulkAction>, { states: readonly api.TaskState[]; isHeld?: boolean }> = {
  retry: { states: ['failed', 'cancelled'] },
  cancel: { states: ['waiting', 'delayed', 'active'] },
  // What somebody holds back stays so until it is let go on.
  runNow: { states: ['delayed'], isHeld: false },
  hold: { states: ['waiting', 'delayed'], isHeld: false },
  release: { states: ['delayed'], isHeld: true },
};

export const createTaskService = (options: {
  queue: QueueControl & TaskQueue;
  reader: QueueReader;
  clock: Clock;
  known: KnownTasks;
  limitsOf: (queue: string) => QueueLimits;
  redact: (text: string) => string;
  linked: LinkedLookup;
}) => {
  const { queue, reader, clock, known } = options;

  const filtersFor = ({ action, filter }: In<typeof api.TaskBulkInput>): TaskFilter[] =>
    APPLIES_TO[action].states
      .filter((state) => filter.state === undefined || filter.state === state)
      .map((state) => ({ ...toFilter(filter), state, isHeld: APPLIES_TO[action].isHeld }));

  const act = async (action: In<typeof api.TaskBulkAction>, id: string): Promise<boolean> =>
    action === 'retry' ? (await queue.retry(id)) !== null : queue[action](id);

  return {
    overview: async (): Promise<api.TaskOverview> => {
      const [queues, workers, running] = await Promise.all([
        reader.queues(),
        reader.workers(),
        reader.list({ state: 'active' }, { before: null, limit: RUNNING_SHOWN }),
      ]);
      const names = new Set([...queues.map((row) => row.queue), ...[...known.values()].map((task) => task.queue)]);
      const empty = { waiting: 0, delayed: 0, active: 0, done: 0, failed: 0, cancelled: 0, pause: null };
      const views = [...names]
        .sort()
        .map((name) =>
          toQueueView(queues.find((row) => row.queue === name) ?? { queue: name, ...empty }, options.limitsOf(name)),
        );
      const sum = (pick: (view: api.QueueView) => number): number =>
        views.reduce((total, view) => total + pick(view), 0);
      return {
        waiting: sum((view) => view.waiting + view.delayed),
        active: sum((view) => view.active),
        failed: sum((view) => view.failed),
        queues: views,
        workers: workers.map((worker) => ({
          id: worker.id,
          host: worker.host,
          pid: worker.pid,
          startedAt: toIso(worker.startedMs),
          leaseUntil: toIso(worker.leaseMs),
          running: running.filter((row) => row.worker === worker.id).map((row) => toTaskRow(row, known)),
        })),
        names: [...known].map(([name, task]) => ({ name, title: task.title, queue: task.queue })),
      };
    },
    list: async (input: In<typeof api.TaskListInput>): Promise<In<typeof api.TaskPage>> => {
      const page = { before: input.cursor ?? null, limit: input.limit + 1 };
      const rows = await reader.list(toFilter(input), page);
      const items = rows.slice(0, input.limit).map((row) => toTaskRow(row, known));
      return { items, nextCursor: rows.length > input.limit ? (items.at(-1)?.id ?? null) : null };
    },
    get: async (id: string): Promise<api.TaskDetail> => {
      const record = await reader.get(id);
      if (!record)
        throw new AppError('NOT_FOUND', 'This task is not kept any more.', {
          hint: 'Tasks that ended are kept for some time; see Settings.',
        });
      return {
        ...toTaskRow(record, known),
        input: maskJson(record.input, options.redact),
        result: record.result === null ? null : maskJson(record.result, options.redact),
        uniqueKey: record.uniqueKey,
        attemptsMade: toAttempts(record),
        logs: record.logs.map(({ attempt, atMs, message, fields }) => ({ attempt, at: toIso(atMs), message, fields })),
        chain: await readChain(reader, record, options.linked),
      };
    },
    retry: async (id: string): Promise<{ id: string }> => {
      const added = await queue.retry(id);
      if (!added)
        throw new AppError('CONFLICT', 'Only a task that has ended can be run again.', {
          hint: 'Wait until it ends, or cancel it first.',
        });
      return { id: added.id };
    },
    cancel: async (id: string): Promise<{ cancelled: boolean }> => ({ cancelled: await queue.cancel(id) }),
    runNow: async (id: string): Promise<{ due: boolean }> => ({ due: await queue.runNow(id) }),
    hold: async (id: string): Promise<{ held: boolean }> => ({ held: await queue.hold(id) }),
    release: async (id: string): Promise<{ released: boolean }> => ({ released: await queue.release(id) }),
    countFor: async (input: In<typeof api.TaskBulkInput>): Promise<{ count: number }> => {
      const counts = await Promise.all(filtersFor(input).map((filter) => reader.count(filter)));
      return { count: counts.reduce((sum, count) => sum + count, 0) };
    },
    bulk: async (input: In<typeof api.TaskBulkInput>): Promise<{ changed: number }> => {
      let changed = 0;
      for (const filter of filtersFor(input)) {
        let before: string | null = null;
        for (;;) {
          const rows = await reader.list(filter, { before, limit: BULK_GROUP });
          const done = await Promise.all(rows.map((row) => act(input.action, row.id)));
          changed += done.filter(Boolean).length;
          before = rows.at(-1)?.id ?? null;
          if (rows.length < BULK_GROUP) break;
        }
      }
      return { changed };
    },
    pause: async ({ queue: name, reason }: In<typeof api.QueuePauseInput>): Promise<{ paused: true }> => {
      await queue.pause(name, { reason, by: 'operator' });
      return { paused: true };
    },
    resume: async (name: string): Promise<{ resumed: true }> => {
      await queue.resume(name);
      return { resumed: true };
    },
    schedules: async (): Promise<{ items: api.ScheduleView[] }> => ({
      items: (await reader.schedules()).map((row) => toScheduleView(row, known)),
    }),
    runSchedule: async (key: string): Promise<{ id: string }> => {
      const added = await queue.runSchedule(key);
      if (!added) throw new AppError('NOT_FOUND', 'There is no such schedule.');
      return { id: added.id };
    },
    setScheduleEnabled: async (key: string, enabled: boolean): Promise<{ enabled: boolean }> => {
      if (!(await queue.setScheduleEnabled(key, enabled)))
        throw new AppError('NOT_FOUND', 'There is no such schedule.');
      return { enabled };
    },
    rates: async ({ minutes }: In<typeof api.TaskRatesInput>): Promise<api.TaskRates> => {
      const now = clock.now();
      return toRates(await reader.rates(now - minutes * 60_000, stepOf(minutes)), minutes, now, known);
    },
  };
};
