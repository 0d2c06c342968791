import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { migrations } from '../../../migrations.ts';
import { type Database, openDatabase } from '../../db/database.ts';
import { defineTask } from '../queue.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { createSqliteQueue } from './sqlite-queue.ts';

let dir = '';
let db: Database;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-queue-'));
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
});
afterAll(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

const Step = fc.oneof(
  fc.record({
    kind: fc.constant('add' as const),
    fails: fc.integer({ min: 0, max: 4 }),
    shop: fc.constantFrom(null, 'a', 'b'),
    key: fc.constantFrom(undefined, undefined, 'k1', 'k2'),
    delayMs: fc.constantFrom(0, 0, 5000),
  }),
  fc.record({ kind: fc.constantFrom('cancel' as const, 'retry' as const, 'runNow' as const), at: fc.nat(30) }),
  fc.record({ kind: fc.constantFrom('pause' as const, 'resume' as const, 'pass' as const) }),
);

it('whatever is done to tasks: the counts are those of the rows, no key is held twice, and all come to an end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Step, { maxLength: 25 }), async (steps) => {
      await db.writeStatements(async (tx) => {
        for (const table of ['tasks', 'task_attempts', 'task_queues', 'task_workers'])
          await tx.run(`DELETE FROM ${table}`);
      });
      const clock = createVirtualClock();
      const queue = createSqliteQueue({
        db,
        clock,
        log: pino({ level: 'silent' }),
        worker: { id: 'worker', host: 'test', pid: 1 },
        limits: { test: { concurrency: 3, perShop: 2 } },
        random: () => 0.5,
        redact: (text) => text,
        isAlive: () => true,
        onChange: () => undefined,
      });
      const task = defineTask({
        name: 'test.task',
        queue: 'test',
        input: z.object({ fails: z.number() }),
        attempts: 3,
        backoff: { firstMs: 1000, maxMs: 4000 },
        run: async ({ fails }, { attempt }) => {
          if (attempt <= fails) throw new Error(`no ${attempt}`);
        },
      });
      queue.register(task);
      await queue.start();
      const ids: string[] = [];
      for (const step of steps) {
        const id = 'at' in step ? (ids[step.at % Math.max(1, ids.length)] ?? '1') : '';
        if (step.kind === 'add') {
          const options = { shop: step.shop, delayMs: step.delayMs, ...(step.key ? { uniqueKey: step.key } : {}) };
          ids.push((await queue.enqueue(task, { fails: step.fails }, options)).id);
        } else if (step.kind === 'cancel') await queue.cancel(id);
        else if (step.kind === 'retry') await queue.retry(id);
        else if (step.kind === 'runNow') await queue.runNow(id);
        else if (step.kind === 'pause') await queue.pause('test', { reason: 'test', by: 'operator' });
        else if (step.kind === 'resume') await queue.resume('test');
        else await clock.advance(1500);
      }
      await queue.resume('test');
      // The breaker may have paused it; its trials come within minutes.
      for (let round = 0; round < 40; round += 1) {
        await queue.idle();
        const [open] = await db.read<{ n: number }>(
          `SELECT count(*) AS n FROM tasks WHERE state IN ('waiting', 'active')`,
        );
        if (open?.n === 0) break;
        await clock.advance(600_000);
      }
      await queue.idle();
      const rows = await db.read<{ state: string; n: number }>('SELECT state, count(*) AS n FROM tasks GROUP BY state');
      const [counts] = await db.read<Record<string, number>>('SELECT * FROM task_queues');
      for (const state of ['waiting', 'active', 'done', 'failed', 'cancelled'])
        expect([state, counts?.[state] ?? 0]).toEqual([state, rows.find((row) => row.state === state)?.n ?? 0]);
      expect(rows.filter((row) => row.state === 'waiting' || row.state === 'active')).toEqual([]);
      const tooMany = await db.read('SELECT seq FROM tasks WHERE attempts > 3');
      expect(tooMany).toEqual([]);
      await queue.stop();
    }),
    { numRuns: 25, seed: 5 },
  );
}, 60_000);
