import { z } from 'zod';
import { IsoTime } from './common.ts';

/** `delayed` waits for its time, be it the first or a later attempt, or is held back; `failed` failed for good. */
export const TaskState = z.enum(['waiting', 'delayed', 'active', 'done', 'failed', 'cancelled']);
export type TaskState = z.infer<typeof TaskState>;

export const TaskFilter = z.object({
  queue: z.string().max(100).optional(),
  state: TaskState.optional(),
  name: z.string().max(100).optional(),
  shop: z.string().max(200).optional(),
  /** Anywhere in the name, the arguments or the error. */
  text: z.string().max(200).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});
export const TaskListInput = TaskFilter.extend({
  cursor: z.string().max(40).nullish(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

const TaskProblem = z.object({
  class: z.string(),
  code: z.string().nullable(),
  message: z.string(),
  hint: z.string().nullable(),
  /** `retry`: the last attempt failed, another follows. */
  kind: z.enum(['retry', 'permanent', 'exhausted', 'lost']),
});
export const TaskRow = z.object({
  id: z.string(),
  queue: z.string(),
  name: z.string(),
  title: z.string(),
  shop: z.string().nullable(),
  state: TaskState,
  priority: z.number().int(),
  attempts: z.number().int(),
  maxAttempts: z.number().int().nullable(),
  worker: z.string().nullable(),
  isCancelling: z.boolean(),
  /** Held back by a person: it waits until it is let go on, and `dueAt` is when it would have been due. */
  isHeld: z.boolean(),
  createdAt: IsoTime,
  dueAt: IsoTime,
  startedAt: IsoTime.nullable(),
  finishedAt: IsoTime.nullable(),
  /** Of the last attempt, in ms; null while it has not ended. */
  ranMs: z.number().nullable(),
  problem: TaskProblem.nullable(),
  progress: z.object({ done: z.number(), total: z.number().nullable(), phase: z.string().optional() }).nullable(),
});
export type TaskRow = z.infer<typeof TaskRow>;
export const TaskPage = z.object({ items: z.array(TaskRow), nextCursor: z.string().nullable() });
export type TaskPage = z.infer<typeof TaskPage>;

/** A step of a chain: a task, or what a task came from. `isSelf`: the task that was asked for. */
export const ChainLink = z.object({
  kind: z.enum(['webhook', 'task', 'sync']),
  id: z.string(),
  label: z.string(),
  state: z.string().nullable(),
  at: IsoTime.nullable(),
  depth: z.number().int(),
  isSelf: z.boolean(),
});
export type ChainLink = z.infer<typeof ChainLink>;

export const TaskAttempt = z.object({
  attempt: z.number().int(),
  outcome: z.enum(['done', 'running', 'retry', 'failed', 'cancelled', 'lost']),
  worker: z.string().nullable(),
  startedAt: IsoTime,
  finishedAt: IsoTime.nullable(),
  retryAt: IsoTime.nullable(),
  ranMs: z.number().nullable(),
  error: z
    .object({
      class: z.string(),
      code: z.string().nullable(),
      message: z.string(),
      hint: z.string().nullable(),
      stack: z.string().nullable(),
    })
    .nullable(),
});
export type TaskAttempt = z.infer<typeof TaskAttempt>;
export const TaskDetail = TaskRow.extend({
  /** JSON with secrets and personal fields masked; a new run uses the whole. */
  input: z.string(),
  result: z.string().nullable(),
  uniqueKey: z.string().nullable(),
  attemptsMade: z.array(TaskAttempt),
  logs: z.array(
    z.object({ attempt: z.number().int(), at: IsoTime, message: z.string(), fields: z.string().nullable() }),
  ),
  chain: z.array(ChainLink),
});
export type TaskDetail = z.infer<typeof TaskDetail>;

export const QueueView = z.object({
  queue: z.string(),
  waiting: z.number().int(),
  delayed: z.number().int(),
  active: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  cancelled: z.number().int(),
  concurrency: z.number().int(),
  pause: z
    .object({
      by: z.enum(['operator', 'breaker']),
      reason: z.string(),
      since: IsoTime,
      /** When one task is let through to see whether the cause is gone. */
      probeAt: IsoTime.nullable(),
    })
    .nullable(),
});
export type QueueView = z.infer<typeof QueueView>;
export const WorkerView = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.number().int(),
  startedAt: IsoTime,
  leaseUntil: IsoTime,
  running: z.array(TaskRow),
});
export const ScheduleView = z.object({
  key: z.string(),
  name: z.string(),
  title: z.string(),
  shop: z.string().nullable(),
  cron: z.string(),
  timeZone: z.string(),
  enabled: z.boolean(),
  nextAt: IsoTime.nullable(),
  lastAt: IsoTime.nullable(),
  lastTask: z.string().nullable(),
});
export type ScheduleView = z.infer<typeof ScheduleView>;

/** `tasks: {waiting, active, failed}` of the statistics; `waiting` includes delayed ones. */
export const TaskOverview = z.object({
  waiting: z.number().int(),
  active: z.number().int(),
  failed: z.number().int(),
  queues: z.array(QueueView),
  workers: z.array(WorkerView),
  names: z.array(z.object({ name: z.string(), title: z.string(), queue: z.string() })),
});
export type TaskOverview = z.infer<typeof TaskOverview>;

export const TaskRatesInput = z.object({ minutes: z.coerce.number().int().min(5).max(1440).default(60) });
export const TaskRates = z.object({
  /** One entry a step, oldest first, empty steps included. */
  points: z.array(z.object({ at: IsoTime, done: z.number(), retry: z.number(), failed: z.number() })),
  stepMinutes: z.number().int(),
  names: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      done: z.number(),
      retry: z.number(),
      failed: z.number(),
      /** Run time of attempts that went well, in ms. */
      p50: z.number().nullable(),
      p95: z.number().nullable(),
      p99: z.number().nullable(),
    }),
  ),
});
export type TaskRates = z.infer<typeof TaskRates>;

export const TaskBulkAction = z.enum(['retry', 'cancel', 'runNow', 'hold', 'release']);
export const TaskBulkInput = z.object({ action: TaskBulkAction, filter: TaskFilter });
export const TaskIdInput = z.object({ id: z.string().max(40) });
export const QueuePauseInput = z.object({ queue: z.string().max(100), reason: z.string().trim().min(1).max(300) });
