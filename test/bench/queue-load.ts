import { pino } from 'pino';
import { z } from 'zod';
import { migrations } from '../../server/migrations.ts';
import { systemClock } from '../../server/platform/clock.ts';
import { openDatabase } from '../../server/platform/db/database.ts';
import { defineTask } from '../../server/platform/queue/queue.ts';
import { createSqliteQueue } from '../../server/platform/queue/sqlite/sqlite-queue.ts';

/** Adds tasks that do nothing, one by one, waits until all are done, and prints how many a second that was. */
const [dataDir = '', count = '1000'] = process.argv.slice(2);
const tasks = Number(count);
/** So many callers add at the same time. */
const CALLERS = 500;

const db = await openDatabase({ dataDir, entities: [], migrations });
let done = 0;
const noop = defineTask({
  name: 'bench.noop',
  queue: 'bench',
  input: z.object({ n: z.number(), resource: z.string(), cursor: z.string() }),
  run: async () => {
    done += 1;
  },
});
const queue = createSqliteQueue({
  db,
  clock: systemClock,
  log: pino({ level: 'error' }),
  worker: { id: 'bench', host: 'bench', pid: process.pid },
  limits: { bench: { concurrency: Number(process.env.BENCH_CONCURRENCY ?? 500) } },
  random: Math.random,
  redact: (text) => text,
  isAlive: () => true,
  onChange: () => undefined,
});
queue.register(noop);
await queue.start();
const started = performance.now();
let next = 0;
const caller = async (): Promise<void> => {
  while (next < tasks) {
    const n = next;
    next += 1;
    await queue.enqueue(noop, { n, resource: 'products', cursor: `page-${n}` });
  }
};
await Promise.all(Array.from({ length: CALLERS }, caller));
await queue.idle();
const seconds = (performance.now() - started) / 1000;
const [row] = await db.read<{ n: number }>(`SELECT count(*) AS n FROM tasks WHERE state = 'done'`);
if (row?.n !== tasks || done !== tasks) throw new Error(`${tasks} tasks were added, but ${row?.n} are done`);
await queue.stop();
await db.close();
process.stdout.write(JSON.stringify({ perSecond: tasks / seconds }));
