import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Times are integers (ms since the epoch, `_ms`): the queue compares them and calculates with them at each claim. `shop` is empty for what
 * belongs to no store, because it takes its turn like a store does. Texts that can be long stand last, so that lists do not read them.
 */
const UP = [
  `CREATE TABLE tasks (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL, name TEXT NOT NULL, shop TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'active', 'done', 'failed', 'cancelled')),
    priority INTEGER NOT NULL, due_ms INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, worker TEXT, cancelling INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL, started_ms INTEGER, finished_ms INTEGER,
    unique_key TEXT, parent_kind TEXT, parent_id TEXT,
    problem TEXT, progress TEXT, input TEXT NOT NULL, result TEXT
  )`,
  // The order in which tasks are taken: by priority, then by turns of the stores, then by age.
  `CREATE INDEX tasks_waiting ON tasks (queue, priority DESC, shop, due_ms) WHERE state = 'waiting'`,
  `CREATE INDEX tasks_active ON tasks (worker) WHERE state = 'active'`,
  `CREATE INDEX tasks_failed ON tasks (state, seq) WHERE state IN ('failed', 'cancelled')`,
  `CREATE UNIQUE INDEX tasks_once ON tasks (unique_key, name) WHERE unique_key IS NOT NULL AND state IN ('waiting', 'active')`,
  `CREATE INDEX tasks_parent ON tasks (parent_id, parent_kind) WHERE parent_id IS NOT NULL`,
  // Attempts that did not end well, and those before the last of a task; the last good one is the task's own row.
  `CREATE TABLE task_attempts (
    task INTEGER NOT NULL, attempt INTEGER NOT NULL, shop TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('retry', 'failed', 'cancelled', 'lost', 'stopped')),
    worker TEXT, started_ms INTEGER NOT NULL, finished_ms INTEGER NOT NULL, retry_ms INTEGER,
    class TEXT NOT NULL, code TEXT, message TEXT NOT NULL, hint TEXT, stack TEXT,
    PRIMARY KEY (task, attempt)
  )`,
  `CREATE TABLE task_logs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    task INTEGER NOT NULL, shop TEXT NOT NULL, attempt INTEGER NOT NULL, at_ms INTEGER NOT NULL, message TEXT NOT NULL, fields TEXT
  )`,
  'CREATE INDEX task_logs_task ON task_logs (task, seq)',
  // Running counts by state change in the transaction that changes the tasks.
  `CREATE TABLE task_queues (
    queue TEXT PRIMARY KEY NOT NULL,
    waiting INTEGER NOT NULL DEFAULT 0, active INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0, cancelled INTEGER NOT NULL DEFAULT 0,
    paused_ms INTEGER, paused_by TEXT, paused_reason TEXT, probe_ms INTEGER, probe_wait_ms INTEGER
  )`,
  // A worker is a process; its lease is that of all it runs, so a heartbeat is one small write however much runs.
  `CREATE TABLE task_workers (
    worker TEXT PRIMARY KEY NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL, started_ms INTEGER NOT NULL, lease_ms INTEGER NOT NULL
  )`,
  `CREATE TABLE task_schedules (
    key TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, shop TEXT NOT NULL, cron TEXT NOT NULL, time_zone TEXT NOT NULL, input TEXT NOT NULL,
    enabled INTEGER NOT NULL DEFAULT 1, next_ms INTEGER, last_ms INTEGER, last_task INTEGER
  )`,
  // Attempts by minute and run time (bucket, see rates.ts): small enough to keep, exact enough for percentiles.
  `CREATE TABLE task_rates (
    minute INTEGER NOT NULL, name TEXT NOT NULL, outcome TEXT NOT NULL, bucket INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (minute, name, outcome, bucket)
  ) WITHOUT ROWID`,
] as const;

const TABLES = [
  'task_rates',
  'task_schedules',
  'task_workers',
  'task_queues',
  'task_logs',
  'task_attempts',
  'tasks',
] as const;

export class Tasks1795478500000 implements MigrationInterface {
  readonly name = 'Tasks1795478500000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}
