import { expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { defineTask, type Queue, type QueueLimits, type TaskContext, type TaskDefinition } from './queue.ts';
import type { QueueReader, TaskRow } from './reader.ts';
import type { VirtualClock } from './testing/virtual-clock.ts';

/** One process on a store of tasks that others may share. */
export interface QueueInstance {
  readonly queue: Queue;
  readonly reader: QueueReader;
  /** Ends it the hard way: from now on it neither writes nor hears the clock. */
  kill(): void;
}

export interface QueueFixture {
  readonly clock: VirtualClock;
  /** `limits` of its queues; its random numbers are all 0.5. */
  open(limits?: Readonly<Record<string, QueueLimits>>): Promise<QueueInstance>;
  /** Adds tasks in a transaction that is rolled back. */
  rollBack(work: (tx: Parameters<Queue['enqueue']>[2]) => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

const Input = z.object({ label: z.string() });
type Input = z.infer<typeof Input>;

/** Waits until the promise-returning look is satisfied; only real I/O passes meanwhile. */
const until = async (look: () => Promise<boolean> | boolean): Promise<void> => {
  for (let turns = 0; turns < 20_000; turns += 1) {
    if (await look()) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  throw new Error('it did not come about');
};

const gate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

/** What every implementation of the queue promises. */
export const describeQueueContract = (createFixture: () => Promise<QueueFixture>): void => {
  const using = (name: string, work: (fixture: QueueFixture) => Promise<void>): void => {
    it(name, async () => {
      const fixture = await createFixture();
      try {
        await work(fixture);
      } finally {
        await fixture.close();
      }
    });
  };
  const task = (
    run: (input: Input, context: TaskContext) => Promise<unknown>,
    changes: Partial<TaskDefinition<Input>> = {},
  ): TaskDefinition<Input> => defineTask({ name: 'test.task', queue: 'test', input: Input, run, ...changes });
  const started = async (
    fixture: QueueFixture,
    tasks: readonly TaskDefinition<Input>[],
    limits?: Readonly<Record<string, QueueLimits>>,
  ): Promise<QueueInstance> => {
    const instance = await fixture.open(limits);
    for (const each of tasks) instance.queue.register(each);
    await instance.queue.start();
    return instance;
  };
  const rowOf = async ({ reader }: QueueInstance, id: string): Promise<TaskRow> => {
    const row = await reader.get(id);
    if (!row) throw new Error(`there is no task ${id}`);
    return row;
  };
  const reaches = (instance: QueueInstance, id: string, state: TaskRow['state']): Promise<void> =>
    until(async () => (await rowOf(instance, id)).state === state);

  using('runs a task with its input, and keeps its result, progress and log', async (fixture) => {
    const instance = await started(fixture, [
      task(async ({ label }, context) => {
        context.progress(1, 2, 'half');
        context.log('working', { label });
        return { shop: context.shop, attempt: context.attempt };
      }),
    ]);
    const [definition] = [task(async () => undefined)];
    await expect(instance.queue.enqueue(definition, { label: 'x' })).rejects.toThrow(/not registered/);
    const mine = task(async ({ label }) => label, { name: 'test.mine' });
    instance.queue.register(mine);
    const { id, isNew } = await instance.queue.enqueue(mine, { label: 'x' }, { shop: 'a.myshopify.com' });
    expect(isNew).toBe(true);
    await reaches(instance, id, 'done');
    expect(await instance.reader.get(id)).toMatchObject({ result: '"x"', attempts: 1, shop: 'a.myshopify.com' });
  });

  using('keeps progress and log lines, bounded', async (fixture) => {
    const talk = task(async ({ label }, context) => {
      context.progress(3, 4, 'counting');
      for (let line = 0; line < 500; line += 1) context.log(`line ${line}`, { label });
    });
    const instance = await started(fixture, [talk]);
    const { id } = await instance.queue.enqueue(talk, { label: 'x' });
    await reaches(instance, id, 'done');
    const record = await instance.reader.get(id);
    expect(record?.progress).toEqual({ done: 3, total: 4, phase: 'counting' });
    expect(record?.logs).toHaveLength(201);
    expect(record?.logs[0]).toMatchObject({ attempt: 1, message: 'line 0', fields: '{"label":"x"}' });
  });

  using('refuses input that does not fit', async (fixture) => {
    const plain = task(async () => undefined);
    const { queue } = await started(fixture, [plain]);
    await expect(queue.enqueue(plain, { label: 7 } as never)).rejects.toThrow(z.ZodError);
  });

  using('tries again with growing waits, records each attempt, and fails after the last', async (fixture) => {
    const bad = task(() => Promise.reject(new Error('broken pipe')), {
      attempts: 3,
      backoff: { firstMs: 1000, maxMs: 60_000 },
    });
    const instance = await started(fixture, [bad]);
    const { id } = await instance.queue.enqueue(bad, { label: 'x' });
    // Half of 1000 · 2^(attempt − 1), since the random numbers are 0.5.
    for (const [attempt, wait] of [
      [1, 500],
      [2, 1000],
    ] as const) {
      await until(async () => (await rowOf(instance, id)).attempts === attempt);
      await reaches(instance, id, 'delayed');
      expect((await rowOf(instance, id)).dueMs).toBe(fixture.clock.now() + wait);
      await instance.queue.idle();
      await fixture.clock.advance(wait);
    }
    await reaches(instance, id, 'failed');
    const record = await instance.reader.get(id);
    expect(record?.problem).toMatchObject({ kind: 'exhausted', message: 'broken pipe', class: 'Error' });
    expect(record?.failures.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, 'retry'],
      [2, 'retry'],
      [3, 'failed'],
    ]);
    expect(record?.failures[0]?.stack).toContain('contract.ts');
  });

  using('does not try again what would fail the same way, and does what Shopify will allow later', async (fixture) => {
    const errors: Record<string, AppError> = {
      gone: new AppError('NOT_FOUND', 'It is gone.', { hint: 'Look elsewhere.' }),
      busy: new AppError('SHOPIFY_THROTTLED', 'Later.'),
    };
    const bad = task(({ label }) => Promise.reject(errors[label]));
    const instance = await started(fixture, [bad]);
    const gone = await instance.queue.enqueue(bad, { label: 'gone' });
    const busy = await instance.queue.enqueue(bad, { label: 'busy' });
    await reaches(instance, gone.id, 'failed');
    expect((await rowOf(instance, gone.id)).problem).toMatchObject({ kind: 'permanent', hint: 'Look elsewhere.' });
    await reaches(instance, busy.id, 'delayed');
  });

  using('ends an attempt that takes too long', async (fixture) => {
    const slow = task(
      (_input, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      { timeoutMs: 5000, attempts: 1 },
    );
    const instance = await started(fixture, [slow]);
    const { id } = await instance.queue.enqueue(slow, { label: 'x' });
    await reaches(instance, id, 'active');
    await until(async () => {
      await fixture.clock.advance(1000);
      return (await rowOf(instance, id)).state === 'failed';
    });
    expect((await rowOf(instance, id)).problem).toMatchObject({ class: 'Timeout' });
  });

  using('waits for its delay, and runs at once when told to', async (fixture) => {
    const ran: string[] = [];
    const note = task(async ({ label }) => ran.push(label));
    const { queue } = await started(fixture, [note]);
    const later = await queue.enqueue(note, { label: 'later' }, { delayMs: 60_000 });
    await queue.enqueue(note, { label: 'much later' }, { delayMs: 120_000 });
    await queue.enqueue(note, { label: 'now' });
    await queue.idle();
    expect(ran).toEqual(['now']);
    expect(await queue.runNow(later.id)).toBe(true);
    await queue.idle();
    expect(ran).toEqual(['now', 'later']);
    expect(await queue.runNow(later.id)).toBe(false);
    await fixture.clock.advance(120_000);
    await until(() => ran.length === 3);
  });

  using('takes higher priorities first, and lets stores take turns inside one', async (fixture) => {
    const ran: string[] = [];
    const hold = gate();
    const note = task(async ({ label }) => {
      ran.push(label);
      if (label === 'first') await hold.opened;
    });
    const { queue } = await started(fixture, [note], { test: { concurrency: 1 } });
    await queue.enqueue(note, { label: 'first' });
    await until(() => ran.length === 1);
    for (const n of [1, 2, 3]) await queue.enqueue(note, { label: `a${n}` }, { shop: 'a' });
    for (const n of [1, 2]) await queue.enqueue(note, { label: `b${n}` }, { shop: 'b' });
    await queue.enqueue(note, { label: 'c1' }, { shop: 'c' });
    await queue.enqueue(note, { label: 'low' }, { shop: 'd', priority: -1 });
    await queue.enqueue(note, { label: 'urgent' }, { shop: 'a', priority: 10 });
    hold.open();
    await queue.idle();
    // After the urgent one of store a it is b's turn.
    expect(ran).toEqual(['first', 'urgent', 'b1', 'c1', 'a1', 'b2', 'a2', 'a3', 'low']);
  });

  using('never runs more at a time than the queue and a store may', async (fixture) => {
    let now = 0;
    let most = 0;
    const byShop = new Map<string, number>();
    let mostOfShop = 0;
    const busy = task(async (_input, { shop }) => {
      const key = shop ?? '';
      now += 1;
      byShop.set(key, (byShop.get(key) ?? 0) + 1);
      most = Math.max(most, now);
      mostOfShop = Math.max(mostOfShop, byShop.get(key) ?? 0);
      for (let turns = 0; turns < 5; turns += 1) await new Promise<void>((resolve) => setImmediate(resolve));
      now -= 1;
      byShop.set(key, (byShop.get(key) ?? 0) - 1);
    });
    const { queue, reader } = await started(fixture, [busy], { test: { concurrency: 3, perShop: 2 } });
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => queue.enqueue(busy, { label: `${n}` }, { shop: n % 4 === 0 ? 'b' : 'a' })),
    );
    await queue.idle();
    expect([most, mostOfShop]).toEqual([3, 2]);
    expect(await reader.queues()).toMatchObject([{ queue: 'test', waiting: 0, active: 0, done: 40 }]);
  });

  using('adds one task for a unique key while it waits or runs', async (fixture) => {
    const hold = gate();
    const wait = task(() => hold.opened);
    const other = task(async () => undefined, { name: 'test.other' });
    const instance = await started(fixture, [wait, other]);
    const { queue } = instance;
    const answers = await Promise.all(
      ['x', 'y', 'x'].map((uniqueKey) => queue.enqueue(wait, { label: uniqueKey }, { uniqueKey })),
    );
    expect(answers.map(({ isNew }) => isNew)).toEqual([true, true, false]);
    expect(answers[2]?.id).toBe(answers[0]?.id);
    await reaches(instance, answers[0]?.id ?? '', 'active');
    expect(await queue.enqueue(wait, { label: 'x' }, { uniqueKey: 'x' })).toEqual({ id: answers[0]?.id, isNew: false });
    expect((await queue.enqueue(other, { label: 'x' }, { uniqueKey: 'x' })).isNew).toBe(true);
    hold.open();
    await queue.idle();
    expect((await queue.enqueue(wait, { label: 'x' }, { uniqueKey: 'x' })).isNew).toBe(true);
  });

  using('cancels what waits and what runs', async (fixture) => {
    const seen: unknown[] = [];
    const wait = task(
      (_input, { signal }) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => {
            seen.push(signal.reason);
            reject(new Error('gave up'));
          }),
        ),
    );
    const instance = await started(fixture, [wait], { test: { concurrency: 1 } });
    const { queue } = instance;
    const runs = await queue.enqueue(wait, { label: 'runs' });
    const waits = await queue.enqueue(wait, { label: 'waits' });
    await reaches(instance, runs.id, 'active');
    expect(await queue.cancel(waits.id)).toBe(true);
    expect((await rowOf(instance, waits.id)).state).toBe('cancelled');
    expect(await queue.cancel(runs.id)).toBe(true);
    await reaches(instance, runs.id, 'cancelled');
    expect(seen).toHaveLength(1);
    expect(await queue.cancel(runs.id)).toBe(false);
    expect(await queue.cancel('nothing')).toBe(false);
    expect(await instance.reader.queues()).toMatchObject([{ waiting: 0, active: 0, cancelled: 2 }]);
  });

  using('exists if and only if the transaction it was added in commits', async (fixture) => {
    const ran: string[] = [];
    const note = task(async ({ label }) => ran.push(label));
    const { queue, reader } = await started(fixture, [note]);
    await fixture.rollBack((given) => queue.enqueue(note, { label: 'rolled back' }, given));
    await queue.enqueue(note, { label: 'kept' });
    await queue.idle();
    expect(ran).toEqual(['kept']);
    expect(await reader.count({})).toBe(1);
  });

  using('pauses and resumes a queue, across restarts', async (fixture) => {
    const ran: string[] = [];
    const note = task(async ({ label }) => ran.push(label));
    const first = await started(fixture, [note]);
    await first.queue.pause('test', { reason: 'The store moves.', by: 'operator' });
    await first.queue.enqueue(note, { label: 'x' });
    await first.queue.idle();
    await first.queue.stop();
    const second = await started(fixture, [note]);
    await second.queue.idle();
    expect(ran).toEqual([]);
    expect((await second.reader.queues())[0]?.pause).toMatchObject({ by: 'operator', reason: 'The store moves.' });
    await second.queue.resume('test');
    await until(() => ran.length === 1);
    await second.queue.stop();
  });

  using('pauses by itself when all fails for one reason, and resumes when a trial succeeds', async (fixture) => {
    let isBroken = true;
    const ran: string[] = [];
    const note = task(
      async ({ label }) => {
        if (isBroken) throw new Error('database is full');
        ran.push(label);
      },
      { attempts: 10, backoff: { firstMs: 1, maxMs: 1 } },
    );
    const { queue, reader } = await started(fixture, [note]);
    const isPaused = async (): Promise<boolean> => (await reader.queues())[0]?.pause?.by === 'breaker';
    for (let n = 0; n < 6; n += 1) await queue.enqueue(note, { label: `${n}` });
    await until(isPaused);
    expect((await reader.queues())[0]?.pause?.reason).toContain('database is full');
    // A trial that fails leaves it paused.
    await queue.idle();
    await fixture.clock.advance(20_000);
    await queue.idle();
    expect(await isPaused()).toBe(true);
    expect(await reader.count({ state: 'failed' })).toBe(0);
    isBroken = false;
    await until(async () => {
      await fixture.clock.advance(60_000);
      return ran.length === 6;
    });
    expect(await isPaused()).toBe(false);
  });

  using('runs again what a crash left behind, when its lease has ended', async (fixture) => {
    const stuck = task(() => new Promise(() => undefined), { attempts: 2 });
    const first = await started(fixture, [stuck]);
    const { id } = await first.queue.enqueue(stuck, { label: 'x' });
    await reaches(first, id, 'active');
    first.kill();
    const ran: number[] = [];
    const second = await started(fixture, [task(async (_input, { attempt }) => ran.push(attempt), { attempts: 2 })]);
    await second.queue.idle();
    expect(ran).toEqual([]);
    await until(async () => {
      await fixture.clock.advance(5000);
      return ran.length === 1;
    });
    await reaches(second, id, 'done');
    expect(ran).toEqual([2]);
    expect((await second.reader.get(id))?.failures).toMatchObject([
      { attempt: 1, outcome: 'lost', class: 'WorkerLost' },
    ]);
    await second.queue.stop();
  });

  using('keeps what it runs as long as its heart beats', async (fixture) => {
    const hold = gate();
    const first = await started(fixture, [task(() => hold.opened)]);
    const plain = task(async () => undefined);
    const second = await started(fixture, [plain]);
    await second.queue.pause('test', { reason: 'only the first', by: 'operator' });
    const mine = task(() => hold.opened, { name: 'test.long' });
    first.queue.register(mine);
    const { id } = await first.queue.enqueue(mine, { label: 'x' });
    await reaches(first, id, 'active');
    for (let minute = 0; minute < 30; minute += 1) {
      await fixture.clock.advance(4000);
      await until(async () =>
        (await first.reader.workers()).some(({ leaseMs }) => leaseMs > fixture.clock.now() + 15_000),
      );
    }
    expect(await rowOf(first, id)).toMatchObject({ state: 'active', attempts: 1 });
    hold.open();
    await reaches(first, id, 'done');
    await first.queue.stop();
    await second.queue.stop();
  });

  using('stops after what runs, and gives back what heeds its signal', async (fixture) => {
    const heeds = task(
      (_input, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    const instance = await started(fixture, [heeds]);
    const { id } = await instance.queue.enqueue(heeds, { label: 'x' });
    await reaches(instance, id, 'active');
    const stopped = instance.queue.stop(3000);
    let isStopped = false;
    stopped.then(
      () => {
        isStopped = true;
      },
      () => undefined,
    );
    await until(async () => {
      await fixture.clock.advance(1000);
      return isStopped;
    });
    // It did not fail, so the attempt does not count.
    expect(await rowOf(instance, id)).toMatchObject({ state: 'waiting', attempts: 0 });
    await expect(instance.queue.enqueue(heeds, { label: 'y' })).rejects.toThrow(AppError);
  });

  using('runs schedules, makes one run of those that were missed, and can switch them off', async (fixture) => {
    const ran: number[] = [];
    const note = task(async () => ran.push(fixture.clock.now()));
    const open = async (): Promise<QueueInstance> => {
      const instance = await fixture.open();
      instance.queue.register(note);
      const schedule = {
        cron: '0 * * * *',
        timeZone: 'Europe/Berlin',
        input: { label: 'hourly' },
        uniqueKey: 'hourly',
      };
      instance.queue.schedule(note, schedule);
      await instance.queue.start();
      await instance.queue.idle();
      return instance;
    };
    const first = await open();
    const start = fixture.clock.now();
    await fixture.clock.advance(3_600_000);
    await until(() => ran.length === 1);
    expect(ran).toEqual([start + 3_600_000]);
    await first.queue.stop();
    await fixture.clock.advance(10 * 3_600_000);
    const second = await open();
    await until(() => ran.length === 2);
    await second.queue.idle();
    expect(ran).toHaveLength(2);
    expect(await second.queue.setScheduleEnabled('hourly', false)).toBe(true);
    expect((await second.reader.schedules())[0]).toMatchObject({ enabled: false, nextMs: null });
    await fixture.clock.advance(3 * 3_600_000);
    expect(ran).toHaveLength(2);
    expect((await second.queue.runSchedule('hourly'))?.isNew).toBe(true);
    await until(() => ran.length === 3);
    expect(await second.queue.runSchedule('nothing')).toBeNull();
    await second.queue.stop();
  });

  using('runs a task that ended again as a new one, with its full input and a link', async (fixture) => {
    const ran: string[] = [];
    const note = task(async ({ label }) => ran.push(label));
    const instance = await started(fixture, [note]);
    const label = 'long '.repeat(10_000);
    const { id } = await instance.queue.enqueue(note, { label }, { shop: 'a', parent: { kind: 'webhook', id: '7' } });
    await reaches(instance, id, 'done');
    const again = await instance.queue.retry(id);
    await reaches(instance, again?.id ?? '', 'done');
    expect(ran).toEqual([label, label]);
    expect(await rowOf(instance, again?.id ?? '')).toMatchObject({ shop: 'a', parent: { kind: 'task', id } });
    expect((await instance.reader.childrenOf({ kind: 'task', id })).map((row) => row.id)).toEqual([again?.id]);
    expect(await instance.queue.retry('999')).toBeNull();
  });
};
