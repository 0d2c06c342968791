import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import type { TaskContext, TaskDefinition, TaskQueue } from '../../platform/queue/queue.ts';
import { createWebhookQueries } from './queries.ts';
import { createRerun } from './rerun.ts';

const SHOP = 'a.myshopify.com';
const at = (minute: number): string => new Date(Date.parse('2026-05-01T10:00:00Z') + minute * 60_000).toISOString();
let dir = '';
let db: Database;
let now = '';
const clock: Clock = { now: () => Date.parse(now), delay: async () => undefined };

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'backroom-rerun-'));
  db = await openDatabase({ dataDir: dir, entities: [], migrations });
  now = at(10);
});
afterEach(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

const insert = (seq: number, state: string): Promise<unknown> =>
  db.writeStatements((connection) =>
    connection.run(
      `INSERT INTO webhook_deliveries (seq, shop, topic, received_at, state, attempts, processed_at, bytes) VALUES (?, ?, 'products/update', ?, ?, 1, ?, 2)`,
      seq,
      SHOP,
      at(0),
      state,
      state === 'failed' ? null : at(1),
    ),
  );
/** As the processor marks it. */
const tried = (seq: number, state: string, when: string): Promise<unknown> =>
  db.writeStatements(async (connection) => {
    const done = state === 'failed' ? null : when;
    await connection.run('UPDATE webhook_deliveries SET state = ?, processed_at = ? WHERE seq = ?', state, done, seq);
    if (state === 'failed')
      await connection.run(
        `INSERT INTO webhook_attempts (seq, number, at, outcome) VALUES (?, 2, ?, 'failed')`,
        seq,
        when,
      );
  });
const waiting = async (): Promise<number[]> =>
  (await db.read<{ seq: number }>(`SELECT seq FROM webhook_deliveries WHERE state = 'received' ORDER BY seq`)).map(
    ({ seq }) => seq,
  );

/** The order with what stands in for the queue: its task is run when the test says so. */
const setUp = () => {
  let definition: TaskDefinition<unknown> | undefined;
  let input: unknown;
  const queue = {
    register: (given: TaskDefinition<unknown>) => {
      definition = given;
    },
    enqueue: async (_task: unknown, given: unknown) => {
      input = given;
      return { id: 'task-1' };
    },
  } as unknown as TaskQueue;
  const rerun = createRerun({ db, clock, queue, wake: () => undefined, count: createWebhookQueries(db).count });
  const run = async (signal = new AbortController().signal): Promise<unknown> =>
    definition?.run(input, { signal, progress: () => undefined } as unknown as TaskContext);
  return { rerun, run };
};

it('without a filter it means all that did not work so far, and nothing that did', async () => {
  for (const [seq, state] of [
    [1, 'processed'],
    [2, 'failed'],
    [3, 'dead'],
    [4, 'ignored'],
  ] as const)
    await insert(seq, state);
  const { rerun, run } = setUp();
  expect(await rerun.start({})).toEqual({ count: 2, taskId: 'task-1' });
  await run();
  expect(await waiting()).toEqual([2, 3]);
});

it('what was tried between the order and its turn is not tried once more, however that ended', async () => {
  for (const seq of [1, 2, 3, 4]) await insert(seq, 'dead');
  const { rerun, run } = setUp();
  await rerun.start({ filter: { failing: true } });
  await tried(1, 'processed', at(11));
  await tried(2, 'dead', at(11));
  await tried(3, 'failed', at(11));
  expect(await run()).toEqual({ requeued: 1 });
  expect(await waiting()).toEqual([4]);
});

it('an order that was interrupted and begins again repeats nothing of what it had repeated', async () => {
  for (const seq of [1, 2]) await insert(seq, 'processed');
  const { rerun, run } = setUp();
  await rerun.start({ filter: { topic: 'products/update' } });
  expect(await run()).toEqual({ requeued: 2 });
  await tried(1, 'processed', at(12));
  expect(await run()).toEqual({ requeued: 0 });
  expect(await waiting()).toEqual([2]);
});

it('stops between two steps when it is cancelled', async () => {
  await insert(1, 'dead');
  const { rerun, run } = setUp();
  await rerun.start({ filter: { failing: true } });
  await expect(run(AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
  expect(await waiting()).toEqual([]);
});
