import type { Enqueued } from '../queue.ts';
import type { ClaimedTask, CountChanges, EndedAttempt, NewTask, StoredState, TaskStatements } from './task-rows.ts';

const INSERT = `INSERT INTO tasks (queue, name, shop, state, priority, due_ms, created_ms, unique_key, parent_kind, parent_id, input)
SELECT value->>0, value->>1, value->>2, 'waiting', value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9 FROM json_each(?)
WHERE true ON CONFLICT DO NOTHING RETURNING seq, unique_key AS uniqueKey, name`;
const BY_KEY = `SELECT seq, unique_key AS uniqueKey, name FROM tasks
WHERE unique_key IN (SELECT value FROM json_each(?)) AND state IN ('waiting', 'active')`;

interface Inserted {
  readonly seq: number;
  readonly uniqueKey: string | null;
  readonly name: string;
}

const toRow = (task: NewTask): unknown[] => [
  task.queue,
  task.name,
  task.shop,
  task.priority,
  task.dueMs,
  task.createdMs,
  task.uniqueKey,
  task.parentKind,
  task.parentId,
  task.input,
];
const keyOf = (task: { name: string; uniqueKey: string | null }): string => `${task.name} ${task.uniqueKey}`;

/** Adds tasks; one whose key is taken is answered with the task that has it. In the order given. */
export const insertTasks = async (
  tx: TaskStatements,
  tasks: readonly NewTask[],
  counts: CountChanges,
): Promise<Enqueued[]> => {
  const inserted = await tx.all<Inserted>(INSERT, JSON.stringify(tasks.map(toRow)));
  if (inserted.length === tasks.length) {
    for (const task of tasks) counts.add(task.queue, 'waiting', 1);
    return inserted.map(({ seq }) => ({ id: String(seq), isNew: true }));
  }
  // Rows come back in the order they went in, without those whose key was taken (by an earlier one of the same group, too).
  const keys = tasks.map((task) => task.uniqueKey).filter((key) => key !== null);
  const holders = new Map(
    (await tx.all<Inserted>(BY_KEY, JSON.stringify([...new Set(keys)]))).map((row) => [keyOf(row), row.seq]),
  );
  let next = 0;
  return tasks.map((task) => {
    const row = inserted[next];
    if (row && row.uniqueKey === task.uniqueKey && row.name === task.name) {
      next += 1;
      counts.add(task.queue, 'waiting', 1);
      return { id: String(row.seq), isNew: true };
    }
    return { id: String(holders.get(keyOf(task)) ?? ''), isNew: false };
  });
};

/**
 * Takes what is due: by priority; inside one, stores take turns, beginning after the store that was served last; inside a store the oldest
 * first. `groups` jumps from one store to the next in the index, so a long queue of one store costs no more than a short one.
 */
const CLAIM = `WITH RECURSIVE groups(priority, shop) AS (
  SELECT * FROM (SELECT priority, shop FROM tasks WHERE state = 'waiting' AND queue = ?1 ORDER BY priority DESC, shop LIMIT 1)
  UNION ALL
  SELECT next.priority, next.shop FROM groups AS g JOIN tasks AS next ON next.seq = coalesce(
    (SELECT seq FROM tasks WHERE state = 'waiting' AND queue = ?1 AND priority = g.priority AND shop > g.shop ORDER BY shop LIMIT 1),
    (SELECT seq FROM tasks WHERE state = 'waiting' AND queue = ?1 AND priority < g.priority ORDER BY priority DESC, shop LIMIT 1))
), turns AS (
  SELECT due.seq, g.priority, g.shop, row_number() OVER (PARTITION BY g.priority, g.shop ORDER BY due.due_ms, due.seq) AS turn,
    coalesce(running.value, 0) AS running
  FROM groups AS g LEFT JOIN json_each(?5) AS running ON running.key = g.shop
  CROSS JOIN tasks AS due ON due.seq IN (
    SELECT seq FROM tasks WHERE state = 'waiting' AND queue = ?1 AND priority = g.priority AND shop = g.shop AND due_ms <= ?2
    ORDER BY due_ms LIMIT ?3)
)
UPDATE tasks SET state = 'active', worker = ?7, started_ms = ?2, attempts = attempts + 1, finished_ms = NULL, progress = NULL
WHERE seq IN (SELECT seq FROM (
  SELECT seq, row_number() OVER (PARTITION BY shop ORDER BY priority DESC, turn) + running AS place, priority, turn, shop FROM turns
) WHERE place <= ?4 ORDER BY priority DESC, turn, shop <= ?6, shop LIMIT ?3)
RETURNING seq, name, shop, priority, attempts, input`;

export const claimTasks = async (
  tx: TaskStatements,
  claim: {
    queue: string;
    nowMs: number;
    places: number;
    perShop: number;
    runningByShop: Readonly<Record<string, number>>;
    lastShop: string;
    worker: string;
  },
  counts: CountChanges,
): Promise<ClaimedTask[]> => {
  const { queue, nowMs, places, perShop, runningByShop, lastShop, worker } = claim;
  const running = JSON.stringify(runningByShop);
  const claimed = await tx.all<ClaimedTask>(CLAIM, queue, nowMs, places, perShop, running, lastShop, worker);
  counts.add(queue, 'waiting', -claimed.length);
  counts.add(queue, 'active', claimed.length);
  return claimed.sort((left, right) => right.priority - left.priority || left.seq - right.seq);
};

/**
 * Only who holds the attempt may end it: one that another worker took over in the meantime is left alone. The plus signs keep SQLite from
 * going through all of the worker's tasks for each of these rows.
 */
const END = `UPDATE tasks SET state = ended.value->>2, attempts = ended.value->>3, finished_ms = ended.value->>4,
  due_ms = coalesce(ended.value->>5, due_ms), problem = ended.value->>6, result = ended.value->>7, worker = NULL, cancelling = 0
FROM json_each(?) AS ended WHERE seq = ended.value->>0 AND +state = 'active' AND attempts = ended.value->>1 AND +worker = ? RETURNING seq`;
/** The usual case, and the cheaper one. */
const END_DONE = `UPDATE tasks SET state = 'done', finished_ms = ended.value->>2, problem = NULL, worker = NULL, cancelling = 0
FROM json_each(?) AS ended WHERE seq = ended.value->>0 AND +state = 'active' AND attempts = ended.value->>1 AND +worker = ? RETURNING seq`;
const RECORD = `INSERT OR REPLACE INTO task_attempts
  (task, attempt, shop, outcome, worker, started_ms, finished_ms, retry_ms, class, code, message, hint, stack)
SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9, value->>10, value->>11, value->>12
FROM json_each(?)`;

const recordRow = (ended: EndedAttempt, record: NonNullable<EndedAttempt['record']>, worker: string): unknown[] => [
  ended.seq,
  ended.attempt,
  ended.shop,
  record.outcome,
  worker,
  ended.startedMs,
  ended.finishedMs,
  ended.dueMs,
  record.error.class,
  record.error.code,
  record.error.message,
  record.error.hint,
  record.error.stack,
];

/** Resolves with those that this worker still held. */
export const endAttempts = async (
  tx: TaskStatements,
  worker: string,
  ended: readonly EndedAttempt[],
  counts: CountChanges,
): Promise<EndedAttempt[]> => {
  const plain = ended.filter(({ state, result }) => state === 'done' && result === null);
  const others = ended.filter(({ state, result }) => state !== 'done' || result !== null);
  const held = new Set<number>();
  if (plain.length > 0) {
    const rows = JSON.stringify(plain.map(({ seq, attempt, finishedMs }) => [seq, attempt, finishedMs]));
    for (const { seq } of await tx.all<{ seq: number }>(END_DONE, rows, worker)) held.add(seq);
  }
  if (others.length > 0) {
    const rows = JSON.stringify(
      others.map(({ seq, attempt, state, attempts, finishedMs, dueMs, problem, result }) => [
        seq,
        attempt,
        state,
        attempts,
        state === 'waiting' ? null : finishedMs,
        dueMs,
        problem,
        result,
      ]),
    );
    for (const { seq } of await tx.all<{ seq: number }>(END, rows, worker)) held.add(seq);
  }
  const written = ended.filter(({ seq }) => held.has(seq));
  const records = written.flatMap((each) => (each.record ? [recordRow(each, each.record, worker)] : []));
  if (records.length > 0) await tx.all(RECORD, JSON.stringify(records));
  for (const { queue, state } of written) {
    counts.add(queue, 'active', -1);
    counts.add(queue, state, 1);
  }
  return written;
};

const COUNT = `INSERT INTO task_queues (queue, waiting, active, done, failed, cancelled)
SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5 FROM json_each(?) WHERE true
ON CONFLICT (queue) DO UPDATE SET waiting = waiting + excluded.waiting, active = active + excluded.active, done = done + excluded.done,
  failed = failed + excluded.failed, cancelled = cancelled + excluded.cancelled`;

export const writeCounts = async (tx: TaskStatements, counts: CountChanges): Promise<void> => {
  const rows = counts.rows();
  if (rows.length > 0) await tx.all(COUNT, JSON.stringify(rows));
};

/** A waiting task ends at once; a running one is marked, for the process that runs it. */
export const cancelTask = async (
  tx: TaskStatements,
  seq: number,
  nowMs: number,
): Promise<'cancelled' | 'cancelling' | null> => {
  const [row] = await tx.all<{ queue: string; state: StoredState }>(
    'SELECT queue, state FROM tasks WHERE seq = ?',
    seq,
  );
  if (row?.state === 'active') {
    await tx.all('UPDATE tasks SET cancelling = 1 WHERE seq = ?', seq);
    return 'cancelling';
  }
  if (row?.state !== 'waiting') return null;
  await tx.all(`UPDATE tasks SET state = 'cancelled', finished_ms = ?, held_due_ms = NULL WHERE seq = ?`, nowMs, seq);
  await tx.all('UPDATE task_queues SET waiting = waiting - 1, cancelled = cancelled + 1 WHERE queue = ?', row.queue);
  return 'cancelled';
};

const RATES = `INSERT INTO task_rates (minute, name, outcome, bucket, count)
SELECT value->>0, value->>1, value->>2, value->>3, value->>4 FROM json_each(?) WHERE true
ON CONFLICT (minute, name, outcome, bucket) DO UPDATE SET count = count + excluded.count`;
const LOGS = `INSERT INTO task_logs (task, shop, attempt, at_ms, message, fields)
SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5 FROM json_each(?)`;
const PROGRESS = `UPDATE tasks SET progress = now.value->>1 FROM json_each(?) AS now WHERE seq = now.value->>0 AND state = 'active'`;

export const writeNotes = async (
  tx: TaskStatements,
  notes: { rates: readonly unknown[]; logs: readonly unknown[]; progress: readonly unknown[] },
): Promise<void> => {
  if (notes.rates.length > 0) await tx.all(RATES, JSON.stringify(notes.rates));
  if (notes.logs.length > 0) await tx.all(LOGS, JSON.stringify(notes.logs));
  if (notes.progress.length > 0) await tx.all(PROGRESS, JSON.stringify(notes.progress));
};
