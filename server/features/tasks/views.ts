import type * as api from '../../../shared/api/tasks.ts';
import { toIso } from '../../platform/clock.ts';
import type { QueueLimits, TaskDefinition } from '../../platform/queue/queue.ts';
import { percentile } from '../../platform/queue/rates.ts';
import type { QueueRow, RateRows, ScheduleRow, TaskRecord, TaskRow } from '../../platform/queue/reader.ts';

/** Rows of the queue as the API words them. */

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : toIso(ms));

export type KnownTasks = ReadonlyMap<string, Pick<TaskDefinition, 'title' | 'attempts' | 'queue'>>;

export const toTaskRow = (row: TaskRow, known: KnownTasks): api.TaskRow => ({
  id: row.id,
  queue: row.queue,
  name: row.name,
  title: known.get(row.name)?.title ?? row.name,
  shop: row.shop,
  state: row.state,
  priority: row.priority,
  attempts: row.attempts,
  maxAttempts: known.get(row.name)?.attempts ?? null,
  worker: row.worker,
  isCancelling: row.isCancelling,
  isHeld: row.isHeld,
  createdAt: toIso(row.createdMs),
  dueAt: toIso(row.dueMs),
  startedAt: isoOrNull(row.startedMs),
  finishedAt: isoOrNull(row.finishedMs),
  ranMs: row.startedMs === null || row.finishedMs === null ? null : row.finishedMs - row.startedMs,
  problem: row.problem,
  progress: row.progress,
});

/** The failures as recorded, and the attempt that stands in the task's own row. */
export const toAttempts = (record: TaskRecord): api.TaskAttempt[] => {
  const failures = record.failures.map(
    (each): api.TaskAttempt => ({
      attempt: each.attempt,
      outcome: each.outcome,
      worker: each.worker,
      startedAt: toIso(each.startedMs),
      finishedAt: toIso(each.finishedMs),
      retryAt: isoOrNull(each.retryMs),
      ranMs: each.finishedMs - each.startedMs,
      error: { class: each.class, code: each.code, message: each.message, hint: each.hint, stack: each.stack },
    }),
  );
  if (record.startedMs === null || (record.state !== 'done' && record.state !== 'active')) return failures;
  const isDone = record.state === 'done';
  return [
    ...failures,
    {
      attempt: record.attempts,
      outcome: isDone ? 'done' : 'running',
      worker: record.worker,
      startedAt: toIso(record.startedMs),
      finishedAt: isoOrNull(record.finishedMs),
      retryAt: null,
      ranMs: isDone && record.finishedMs !== null ? record.finishedMs - record.startedMs : null,
      error: null,
    },
  ];
};

export const toQueueView = (row: QueueRow, limits: QueueLimits): api.QueueView => ({
  queue: row.queue,
  waiting: row.waiting,
  delayed: row.delayed,
  active: row.active,
  done: row.done,
  failed: row.failed,
  cancelled: row.cancelled,
  concurrency: limits.concurrency,
  pause:
    row.pause === null
      ? null
      : {
          by: row.pause.by,
          reason: row.pause.reason,
          since: toIso(row.pause.sinceMs),
          probeAt: isoOrNull(row.pause.probeMs),
        },
});

export const toScheduleView = (row: ScheduleRow, known: KnownTasks): api.ScheduleView => ({
  key: row.key,
  name: row.name,
  title: known.get(row.name)?.title ?? row.name,
  shop: row.shop,
  cron: row.cron,
  timeZone: row.timeZone,
  enabled: row.enabled,
  nextAt: isoOrNull(row.nextMs),
  lastAt: isoOrNull(row.lastMs),
  lastTask: row.lastTask,
});

/** Few enough points for a chart, whatever the span. */
const MAX_POINTS = 60;
export const stepOf = (minutes: number): number => Math.ceil(minutes / MAX_POINTS);

export const toRates = (rows: RateRows, minutes: number, nowMs: number, known: KnownTasks): api.TaskRates => {
  const step = stepOf(minutes);
  const last = Math.floor(nowMs / 60_000 / step);
  const first = last - Math.ceil(minutes / step) + 1;
  const points = Array.from({ length: last - first + 1 }, (_, index) => ({
    at: toIso((first + index) * step * 60_000),
    done: 0,
    retry: 0,
    failed: 0,
  }));
  for (const row of rows.points) {
    const point = points[row.step - first];
    if (point && row.outcome !== 'cancelled') point[row.outcome] += row.count;
  }
  const names = new Map<string, { done: number; retry: number; failed: number; buckets: Map<number, number> }>();
  for (const { name, outcome, bucket, count } of rows.runTimes) {
    if (outcome === 'cancelled') continue;
    const entry = names.get(name) ?? { done: 0, retry: 0, failed: 0, buckets: new Map<number, number>() };
    names.set(name, entry);
    entry[outcome] += count;
    if (outcome === 'done') entry.buckets.set(bucket, count);
  }
  return {
    points,
    stepMinutes: step,
    names: [...names]
      .sort(([left], [right]) => left.localeCompare(right))
      .map(([name, { done, retry, failed, buckets }]) => ({
        name,
        title: known.get(name)?.title ?? name,
        done,
        retry,
        failed,
        p50: percentile(buckets, 0.5),
        p95: percentile(buckets, 0.95),
        p99: percentile(buckets, 0.99),
      })),
  };
};
