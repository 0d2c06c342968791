/**
 * Fills a data folder with tasks to look at; for tests and screenshots only: `node test/testing/seed-tasks.mjs DATA_DIR [50000]`.
 * The backend must not run meanwhile. Invented and the same each time.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sqlite3 from 'sqlite3';

/** Queue, task, usual run time in milliseconds, attempts. Names and arguments are real ones, so that a task can be run again. */
const KINDS = [
  ['sync', 'sync.resource', 4000, 5],
  ['sync', 'sync.reconcile', 90, 5],
  ['webhooks', 'webhooks.recover', 9000, 5],
  ['privacy', 'privacy.collect', 2500, 3],
  ['maintenance', 'pixel.retention', 140, 5],
  ['maintenance', 'maintenance.retention', 600, 3],
];
const inputOf = (name, shop, n) => {
  if (name === 'sync.resource')
    return { shop, resource: ['products', 'orders', 'customers'][n % 3], trigger: 'schedule' };
  if (name === 'webhooks.recover') return { shop, since: '2026-05-01T00:00:00.000Z', gap: n };
  return name === 'privacy.collect' ? { requestId: `seeded-${n}` } : {};
};
/** What a monitor must not show. */
const PRIVATE = { customer: { email: 'ada@planted.example', firstName: 'Ada' }, accessToken: 'shpat_0123456789abcdef' };
const SHOPS = ['north-pine.myshopify.com', 'atelier-lune.myshopify.com', 'tidewater-tea.myshopify.com', ''];
const ERRORS = [
  {
    class: 'AppError',
    code: 'SHOPIFY_UNREACHABLE',
    message: 'Shopify did not answer.',
    hint: 'Look at this computer’s connection.',
  },
  {
    class: 'AppError',
    code: 'SHOPIFY_ERROR',
    message: 'Shopify refused access: read_orders',
    hint: 'Grant the scope.',
  },
  { class: 'TypeError', code: null, message: "Cannot read properties of undefined (reading 'edges')", hint: null },
];

/** A small generator (mulberry32), so that each run makes the same tasks. */
const createRandom = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

/** @param {{dataDir: string, tasks: number, now?: number}} options */
export const seedTasks = async ({ dataDir, tasks, now = Date.now() }) => {
  const db = await new Promise((resolve, reject) => {
    const opened = new sqlite3.Database(join(dataDir, 'backroom.sqlite'), (error) =>
      error ? reject(error) : resolve(opened),
    );
  });
  const run = (sql, ...params) =>
    new Promise((resolve, reject) => db.run(sql, params, (error) => (error ? reject(error) : resolve())));
  const random = createRandom(1);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const rows = [];
  const rates = new Map();
  for (let n = 0; n < tasks; n += 1) {
    const [queue, name, typical, most] = pick(KINDS);
    const created = now - Math.floor(((tasks - n) / tasks) * 6 * 3_600_000);
    const chance = random();
    const state =
      n > tasks - 40
        ? chance < 0.7
          ? 'waiting'
          : 'cancelled'
        : chance < 0.955
          ? 'done'
          : chance < 0.985
            ? 'failed'
            : 'cancelled';
    const error = state === 'failed' ? pick(ERRORS) : null;
    const shop = pick(SHOPS);
    const ran = Math.ceil(typical * (0.3 + random() ** 4 * 5));
    const due = state === 'waiting' ? now + 3_600_000 : created;
    const ended = state === 'waiting' ? null : created + 40 + ran;
    rows.push([
      queue,
      name,
      shop,
      state,
      due,
      state === 'waiting' ? 0 : error && error.code !== 'SHOPIFY_ERROR' ? most : 1,
      created,
      ended === null ? null : created + 40,
      ended,
      error ? JSON.stringify({ ...error, kind: error.code === 'SHOPIFY_ERROR' ? 'permanent' : 'exhausted' }) : null,
      JSON.stringify({ ...inputOf(name, shop, n), ...(error === null ? {} : PRIVATE) }),
      state === 'done' ? JSON.stringify({ rows: Math.floor(random() * 5000) }) : null,
    ]);
    if (ended !== null && state !== 'cancelled') {
      const bucket = 1 + Math.floor(Math.log(ran) / Math.log(1.25));
      const key = `${Math.floor(ended / 60_000)} ${name} ${state} ${bucket}`;
      rates.set(key, (rates.get(key) ?? 0) + 1);
    }
  }
  for (let at = 0; at < rows.length; at += 5000) {
    await run(
      `INSERT INTO tasks (queue, name, shop, state, priority, due_ms, attempts, created_ms, started_ms, finished_ms, problem, input, result)
       SELECT value->>0, value->>1, value->>2, value->>3, 0, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9, value->>10, value->>11
       FROM json_each(?)`,
      JSON.stringify(rows.slice(at, at + 5000)),
    );
  }
  await run(
    `INSERT INTO task_attempts (task, attempt, shop, outcome, started_ms, finished_ms, class, code, message, hint, stack)
     SELECT seq, n.value, shop, CASE n.value WHEN attempts THEN 'failed' ELSE 'retry' END, started_ms - (attempts - n.value) * 30000,
       finished_ms - (attempts - n.value) * 30000, problem->>'class',
       problem->>'code', problem->>'message', problem->>'hint', 'Error: invented' || char(10) || '    at run (sync.ts:12:5)'
     FROM tasks, json_each('[1,2,3,4,5]') AS n WHERE state = 'failed' AND n.value <= attempts ON CONFLICT DO NOTHING`,
  );
  await run(
    `INSERT INTO task_logs (task, shop, attempt, at_ms, message, fields)
     SELECT seq, shop, n.value, started_ms - (attempts - n.value) * 30000 + 10, 'page ' || n.value || ' was asked for', '{"page":' || n.value || '}'
     FROM tasks, json_each('[1,2,3,4,5]') AS n WHERE state = 'failed' AND n.value <= attempts
       AND NOT EXISTS (SELECT 1 FROM task_logs WHERE task_logs.task = tasks.seq)`,
  );
  await run(
    `INSERT INTO task_queues (queue, waiting, active, done, failed, cancelled)
     SELECT queue, sum(state = 'waiting'), sum(state = 'active'), sum(state = 'done'), sum(state = 'failed'), sum(state = 'cancelled')
     FROM tasks GROUP BY queue
     ON CONFLICT (queue) DO UPDATE SET waiting = excluded.waiting, active = excluded.active, done = excluded.done,
       failed = excluded.failed, cancelled = excluded.cancelled`,
  );
  await run(
    `INSERT INTO task_rates (minute, name, outcome, bucket, count)
     SELECT value->>0, value->>1, value->>2, value->>3, value->>4 FROM json_each(?) WHERE true
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    JSON.stringify(
      [...rates].map(([key, count]) => [
        ...key.split(' ').map((part, at) => (at === 0 || at === 3 ? Number(part) : part)),
        count,
      ]),
    ),
  );
  await new Promise((resolve) => db.close(resolve));
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [dataDir, tasks = '50000'] = process.argv.slice(2);
  if (dataDir === undefined) throw new Error('Usage: node test/testing/seed-tasks.mjs DATA_DIR [TASKS]');
  await seedTasks({ dataDir, tasks: Number(tasks) });
}
