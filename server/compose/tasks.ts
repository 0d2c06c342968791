import { hostname } from 'node:os';
import type { Registry } from 'prom-client';
import { SYNC_TASK } from '../features/resources/sync/service.ts';
import type { LinkedLookup } from '../features/tasks/chain.ts';
import { createFailureNotices } from '../features/tasks/failure-notices.ts';
import { createRetentionTask, type RetentionRule } from '../features/tasks/retention-task.ts';
import { createTaskService } from '../features/tasks/service.ts';
import { registerTaskMetrics } from '../features/tasks/task-metrics.ts';
import { toIso } from '../platform/clock.ts';
import { deleteInSteps } from '../platform/db/delete-in-steps.ts';
import { forgetGoneKeys } from '../platform/db/forget-keys.ts';
import type { QueueLimits } from '../platform/queue/queue.ts';
import { createSqliteQueue } from '../platform/queue/sqlite/sqlite-queue.ts';
import { createSqliteQueueReader } from '../platform/queue/sqlite/sqlite-reader.ts';
import type { Foundation } from './foundation.ts';

/** How many tasks of a queue run at a time in one process. Shopify's budget is a store's, so a store gets its share only. */
const LIMITS: Readonly<Record<string, QueueLimits>> = {
  sync: { concurrency: 4, perShop: 1 },
  webhooks: { concurrency: 8, perShop: 4 },
  privacy: { concurrency: 1 },
  pixel: { concurrency: 2 },
  maintenance: { concurrency: 1 },
};
const DEFAULT_LIMITS: QueueLimits = { concurrency: 4 };
const DAY_MS = 86_400_000;
/** Deliveries are kept this long after they arrived; Shopify itself repeats for four hours only. */
const DELIVERY_DAYS = 30;

/** Whether another process of this computer runs. Our own number in an old lease is a former process that had the same. */
const isAlive = (pid: number): boolean => {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const retentionRules = ({ db }: Foundation): RetentionRule[] => {
  const rule = (name: string, table: string, where: string, keepMs: number): RetentionRule => ({
    name,
    prune: (nowMs, signal) => deleteInSteps(db, { table, where, params: [toIso(nowMs - keepMs)], signal }),
  });
  return [
    rule(
      'webhook deliveries',
      'webhook_deliveries',
      `received_at < ? AND state NOT IN ('received', 'failed') AND seq NOT IN (SELECT seq FROM webhook_bookmarks)`,
      DELIVERY_DAYS * DAY_MS,
    ),
    {
      // Of deliveries that went by age, with their store, or otherwise. Pixel events take theirs with them (trigger).
      name: 'keys of webhook deliveries',
      prune: (_nowMs, signal) => forgetGoneKeys(db, { keys: 'webhook_keys', rows: 'webhook_deliveries', signal }),
    },
    rule('console sessions', 'console_sessions', 'expires_at < ?', 0),
    rule('connection attempts', 'oauth_states', 'expires_at < ?', DAY_MS),
  ];
};

interface SyncRunRow {
  readonly seq: number;
  readonly resource: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly problem: string | null;
}

/** What a task came from and what it led to, for the chain in the monitor. */
const createLinkedLookup = ({ db }: Foundation): LinkedLookup => ({
  origin: async (kind, id) => {
    if (kind !== 'webhook' || !/^\d{1,15}$/.test(id)) return null;
    const [row] = await db.read<{ topic: string; state: string; received_at: string }>(
      'SELECT topic, state, received_at FROM webhook_deliveries WHERE seq = ?',
      [Number(id)],
    );
    return row ? { label: row.topic, state: row.state, at: row.received_at } : null;
  },
  syncsOf: async (task) => {
    if (task.name !== SYNC_TASK || task.shop === null || task.startedMs === null) return [];
    // A resource of a store is fetched by one task at a time, so the period tells whose run it was.
    const rows = await db.read<SyncRunRow>(
      `SELECT sync_runs.seq, sync_runs.resource, started_at AS startedAt, finished_at AS finishedAt, created, updated, deleted, sync_runs.problem
       FROM sync_runs JOIN tasks ON tasks.seq = ? AND tasks.input->>'resource' = sync_runs.resource
       WHERE sync_runs.shop = ? AND started_at BETWEEN ? AND ? ORDER BY sync_runs.seq LIMIT 20`,
      [Number(task.id), task.shop, toIso(task.createdMs), task.finishedMs === null ? '9999' : toIso(task.finishedMs)],
    );
    return rows.map(({ seq, resource, startedAt, finishedAt, created, updated, deleted, problem }) => ({
      id: String(seq),
      label: `${resource}: ${created} new, ${updated} changed, ${deleted} deleted`,
      state: finishedAt === null ? task.state : problem === null ? 'done' : 'failed',
      at: startedAt,
    }));
  },
});

/** The task queue and its monitor. Areas register their tasks on `queue`; `start` comes when all of them have. */
export const composeTasks = (foundation: Foundation) => {
  const { db, clock, ids, bus, log, redactor, onClose } = foundation;
  const queue = createSqliteQueue({
    db,
    clock,
    log,
    worker: { id: ids.uuid(), host: hostname(), pid: process.pid },
    limits: LIMITS,
    random: Math.random,
    redact: redactor.redact,
    isAlive,
    onChange: (changed) => bus.publish({ topic: 'tasks', ...(changed.length > 0 ? { ids: [...changed] } : {}) }),
    onFailed: (task) => {
      log.warn({ task: task.name, id: task.id, shop: task.shop }, 'a task failed for good');
      notices.failed(task);
    },
  });
  const notices = createFailureNotices({
    clock,
    titleOf: (name) => queue.definitions().get(name)?.title ?? name,
    show: (notice) => foundation.options.tellDesktop?.({ type: 'notice', ...notice }),
    onError: (error) => log.error({ err: error }, 'a notice of failed tasks could not be given'),
  });
  onClose(async () => notices.stop());
  const reader = createSqliteQueueReader(db, clock);
  const retention = createRetentionTask({ queue, clock, rules: retentionRules(foundation) });
  queue.register(retention);
  queue.schedule(retention, { cron: '17 3 * * *', input: {}, uniqueKey: 'maintenance.retention' });
  return {
    queue,
    reader,
    service: createTaskService({
      queue,
      reader,
      clock,
      known: queue.definitions(),
      limitsOf: (name) => LIMITS[name] ?? DEFAULT_LIMITS,
      redact: redactor.redact,
      linked: createLinkedLookup(foundation),
    }),
    registerMetrics: (registry: Registry): void => registerTaskMetrics(registry, reader),
    /** Stopped before anything else closes: running tasks use the other areas. */
    start: async (): Promise<void> => {
      await queue.start();
      onClose(() => queue.stop());
    },
  };
};
