import type { Clock } from '../../clock.ts';
import type { Database, SqlValue } from '../../db/database.ts';
import type {
  AttemptRow,
  LogRow,
  QueueReader,
  QueueRow,
  RateRows,
  ScheduleRow,
  TaskFilter,
  TaskProblem,
  TaskRow,
  WorkerRow,
} from '../reader.ts';

interface Stored {
  readonly seq: number;
  readonly queue: string;
  readonly name: string;
  readonly shop: string;
  readonly state: Exclude<TaskRow['state'], 'delayed'>;
  readonly priority: number;
  readonly due_ms: number;
  readonly held_due_ms: number | null;
  readonly attempts: number;
  readonly worker: string | null;
  readonly cancelling: number;
  readonly created_ms: number;
  readonly started_ms: number | null;
  readonly finished_ms: number | null;
  readonly unique_key: string | null;
  readonly parent_kind: string | null;
  readonly parent_id: string | null;
  readonly problem: string | null;
  readonly progress: string | null;
}

const COLUMNS = `seq, queue, name, shop, state, priority, due_ms, held_due_ms, attempts, worker, cancelling, created_ms, started_ms, finished_ms,
  unique_key, parent_kind, parent_id, problem, progress`;
const MAX_CHILDREN = 100;

const toTask = (row: Stored, nowMs: number): TaskRow => ({
  id: String(row.seq),
  queue: row.queue,
  name: row.name,
  shop: row.shop === '' ? null : row.shop,
  state: row.state === 'waiting' && row.due_ms > nowMs ? 'delayed' : row.state,
  priority: row.priority,
  attempts: row.attempts,
  worker: row.worker,
  isCancelling: row.cancelling === 1,
  isHeld: row.held_due_ms !== null,
  createdMs: row.created_ms,
  dueMs: row.held_due_ms ?? row.due_ms,
  startedMs: row.started_ms,
  finishedMs: row.finished_ms,
  parent: row.parent_kind !== null && row.parent_id !== null ? { kind: row.parent_kind, id: row.parent_id } : null,
  uniqueKey: row.unique_key,
  problem: row.problem === null ? null : (JSON.parse(row.problem) as TaskProblem),
  progress: row.progress === null ? null : (JSON.parse(row.progress) as TaskRow['progress']),
});

/** As SQL. The unary plus keeps SQLite from leaving the order of `seq` for an index that would have to be sorted. */
const conditionOf = (filter: TaskFilter, nowMs: number): { sql: string; params: SqlValue[] } => {
  const parts: string[] = ['true'];
  const params: SqlValue[] = [];
  const add = (sql: string, ...values: SqlValue[]): void => {
    parts.push(sql);
    params.push(...values);
  };
  const { state } = filter;
  if (state === 'waiting') add(`state = 'waiting' AND due_ms <= ?`, nowMs);
  else if (state === 'delayed') add(`state = 'waiting' AND due_ms > ?`, nowMs);
  else if (state === 'failed' || state === 'cancelled') add(`state = '${state}'`);
  else if (state !== undefined) add('state = ?', state);
  if (filter.queue !== undefined) add('queue = ?', filter.queue);
  if (filter.name !== undefined) add('name = ?', filter.name);
  if (filter.shop !== undefined) add('+shop = ?', filter.shop);
  if (filter.createdFromMs !== undefined) add('created_ms >= ?', filter.createdFromMs);
  if (filter.createdToMs !== undefined) add('created_ms < ?', filter.createdToMs);
  if (filter.isHeld !== undefined) add(`held_due_ms IS ${filter.isHeld ? 'NOT ' : ''}NULL`);
  if (filter.text !== undefined && filter.text !== '') {
    const like = `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`;
    add(`(name LIKE ? ESCAPE '\\' OR problem LIKE ? ESCAPE '\\' OR input LIKE ? ESCAPE '\\')`, like, like, like);
  }
  return { sql: parts.join(' AND '), params };
};

const sequence = (id: string): number => (/^[1-9]\d{0,15}$/.test(id) ? Number(id) : -1);

export const createSqliteQueueReader = (db: Database, clock: Clock): QueueReader => ({
  list: async (filter, { before, limit }) => {
    const nowMs = clock.now();
    const { sql, params } = conditionOf(filter, nowMs);
    const rows = await db.read<Stored>(
      `SELECT ${COLUMNS} FROM tasks WHERE ${sql} ${before === null ? '' : 'AND seq < ?'} ORDER BY seq DESC LIMIT ?`,
      [...params, ...(before === null ? [] : [sequence(before)]), limit],
    );
    return rows.map((row) => toTask(row, nowMs));
  },
  count: async (filter) => {
    const { sql, params } = conditionOf(filter, clock.now());
    const [row] = await db.read<{ count: number }>(`SELECT count(*) AS count FROM tasks WHERE ${sql}`, params);
    return row?.count ?? 0;
  },
  get: async (id) => {
    const seq = sequence(id);
    const [[row], failures, logs] = await Promise.all([
      db.read<Stored & { input: string; result: string | null }>(
        `SELECT ${COLUMNS}, input, result FROM tasks WHERE seq = ?`,
        [seq],
      ),
      db.read<AttemptRow>(
        `SELECT attempt, outcome, worker, started_ms AS startedMs, finished_ms AS finishedMs, retry_ms AS retryMs, class, code, message, hint, stack
         FROM task_attempts WHERE task = ? ORDER BY attempt`,
        [seq],
      ),
      db.read<LogRow>(
        'SELECT attempt, at_ms AS atMs, message, fields FROM task_logs WHERE task = ? ORDER BY seq LIMIT 1000',
        [seq],
      ),
    ]);
    return row ? { ...toTask(row, clock.now()), input: row.input, result: row.result, failures, logs } : null;
  },
  childrenOf: async ({ kind, id }) => {
    const rows = await db.read<Stored>(
      `SELECT ${COLUMNS} FROM tasks WHERE parent_id = ? AND parent_kind = ? ORDER BY seq LIMIT ${MAX_CHILDREN}`,
      [id, kind],
    );
    return rows.map((row) => toTask(row, clock.now()));
  },
  queues: async () => {
    const [rows, delayed] = await Promise.all([
      db.read<Omit<QueueRow, 'pause' | 'delayed'> & { [key: string]: SqlValue }>(
        'SELECT * FROM task_queues ORDER BY queue',
      ),
      db.read<{ queue: string; count: number }>(
        `SELECT queue, count(*) AS count FROM tasks WHERE state = 'waiting' AND due_ms > ? GROUP BY queue`,
        [clock.now()],
      ),
    ]);
    const delayedOf = new Map(delayed.map(({ queue, count }) => [queue, count]));
    return rows.map((row): QueueRow => {
      const later = delayedOf.get(row.queue) ?? 0;
      const pause =
        typeof row.paused_ms === 'number'
          ? {
              by: row.paused_by === 'breaker' ? ('breaker' as const) : ('operator' as const),
              reason: String(row.paused_reason ?? ''),
              sinceMs: row.paused_ms,
              probeMs: typeof row.probe_ms === 'number' ? row.probe_ms : null,
            }
          : null;
      const { queue, active, done, failed, cancelled } = row;
      return {
        queue,
        waiting: Math.max(0, row.waiting - later),
        delayed: later,
        active,
        done,
        failed,
        cancelled,
        pause,
      };
    });
  },
  workers: () =>
    db.read<WorkerRow>(
      'SELECT worker AS id, host, pid, started_ms AS startedMs, lease_ms AS leaseMs FROM task_workers ORDER BY started_ms',
    ),
  schedules: async () => {
    const rows = await db.read<
      Omit<ScheduleRow, 'enabled' | 'shop' | 'lastTask'> & { enabled: number; shop: string; lastTask: number | null }
    >(
      `SELECT key, name, shop, cron, time_zone AS timeZone, enabled, next_ms AS nextMs, last_ms AS lastMs, last_task AS lastTask
       FROM task_schedules ORDER BY key`,
    );
    return rows.map((row) => ({
      ...row,
      enabled: row.enabled === 1,
      shop: row.shop === '' ? null : row.shop,
      lastTask: row.lastTask === null ? null : String(row.lastTask),
    }));
  },
  rates: async (fromMs, stepMinutes) => {
    const from = Math.floor(fromMs / 60_000);
    const [points, runTimes] = await Promise.all([
      db.read<RateRows['points'][number]>(
        'SELECT minute / ? AS step, outcome, sum(count) AS count FROM task_rates WHERE minute >= ? GROUP BY 1, 2',
        [stepMinutes, from],
      ),
      db.read<RateRows['runTimes'][number]>(
        'SELECT name, outcome, bucket, sum(count) AS count FROM task_rates WHERE minute >= ? GROUP BY 1, 2, 3',
        [from],
      ),
    ]);
    return { points, runTimes };
  },
});
