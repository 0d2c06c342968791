import { expect } from 'vitest';
import { AppError } from '../../../../shared/errors.ts';
import { type ContractKit, until } from './kit.ts';

/** What a person or the breaker does to a queue: cancel, pause, resume; and what a transaction rolls back. */
export const describeControl = ({ using, task, started, rowOf, reaches }: ContractKit): void => {
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

  using('holds back one task of a queue, across restarts, until it is let go on', async (fixture) => {
    const ran: string[] = [];
    const note = task(async ({ label }) => ran.push(label));
    const first = await started(fixture, [note]);
    const later = await first.queue.enqueue(note, { label: 'held' }, { delayMs: 60_000, uniqueKey: 'one' });
    expect(await first.queue.hold(later.id)).toBe(true);
    expect(await first.queue.hold(later.id)).toBe(false);
    await first.queue.enqueue(note, { label: 'free' });
    await fixture.clock.advance(120_000);
    await until(() => ran.length === 1);
    await first.queue.stop();
    const second = await started(fixture, [note]);
    await fixture.clock.advance(120_000);
    await second.queue.idle();
    expect(ran).toEqual(['free']);
    expect(await rowOf(second, later.id)).toMatchObject({ state: 'delayed', isHeld: true });
    expect(await second.reader.count({ isHeld: true })).toBe(1);
    expect(await second.queue.enqueue(note, { label: 'same key' }, { uniqueKey: 'one' })).toEqual({
      id: later.id,
      isNew: false,
    });
    expect(await second.queue.release(later.id)).toBe(true);
    await until(() => ran.length === 2);
    expect(await rowOf(second, later.id)).toMatchObject({ isHeld: false });
    expect(await second.queue.release(later.id)).toBe(false);
    expect(await second.queue.hold(later.id)).toBe(false);
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

  using(
    'an outage pauses a queue of few tasks, gives none up however long it lasts, and ends by itself',
    async (fixture) => {
      let isAway = true;
      const ran: string[] = [];
      const fetch = task(
        async ({ label }) => {
          if (isAway) throw new AppError('SHOPIFY_UNREACHABLE', 'Shopify has a problem: it answered with HTTP 502.');
          ran.push(label);
        },
        { attempts: 3, backoff: { firstMs: 1000, maxMs: 300_000 } },
      );
      const { queue, reader } = await started(fixture, [fetch]);
      for (const label of ['products', 'orders']) await queue.enqueue(fetch, { label }, { shop: 'a' });
      for (let minute = 0; minute < 180; minute += 1) {
        await fixture.clock.advance(60_000);
        await fixture.settled();
      }
      expect((await reader.queues())[0]).toMatchObject({
        failed: 0,
        waiting: 2,
        pause: { by: 'breaker', reason: expect.stringContaining('Shopify has a problem: it answered with HTTP 502.') },
      });
      isAway = false;
      await until(async () => {
        await fixture.clock.advance(60_000);
        await fixture.settled();
        return ran.length === 2;
      });
      expect((await reader.queues())[0]).toMatchObject({ failed: 0, done: 2, pause: null });
    },
  );

  using('one store that can’t be reached neither pauses the queue of the others nor is given up', async (fixture) => {
    let isAway = true;
    const fetch = task(
      async (_input, { shop }) => {
        if (shop === 'gone' && isAway) throw new AppError('SHOPIFY_UNREACHABLE', 'Shopify could not be reached.');
      },
      { attempts: 3, backoff: { firstMs: 1000, maxMs: 60_000 } },
    );
    const { queue, reader } = await started(fixture, [fetch]);
    await queue.enqueue(fetch, { label: 'other' }, { shop: 'other' });
    await fixture.settled();
    const { id } = await queue.enqueue(fetch, { label: 'gone' }, { shop: 'gone' });
    for (let minute = 0; minute < 20; minute += 1) {
      await fixture.clock.advance(60_000);
      await fixture.settled();
    }
    expect((await reader.queues())[0]).toMatchObject({ failed: 0, done: 1, pause: null });
    expect((await reader.get(id))?.attempts).toBeGreaterThan(10);
    isAway = false;
    await fixture.clock.advance(60_000);
    await fixture.settled();
    expect((await reader.get(id))?.state).toBe('done');
  });

  using('what fails into the pause with its last attempt is not given up', async (fixture) => {
    let isBroken = true;
    const once = task(
      async () => {
        if (isBroken) throw new Error('no such table: products');
      },
      { attempts: 1 },
    );
    const { queue, reader } = await started(fixture, [once], { test: { concurrency: 1 } });
    for (let n = 0; n < 8; n += 1) await queue.enqueue(once, { label: `${n}` });
    await fixture.settled();
    for (let minute = 0; minute < 30; minute += 1) {
      await fixture.clock.advance(60_000);
      await fixture.settled();
    }
    // Four had failed before it was known that all do.
    expect((await reader.queues())[0]).toMatchObject({ failed: 4, waiting: 4, pause: { by: 'breaker' } });
    isBroken = false;
    await until(async () => {
      await fixture.clock.advance(60_000);
      await fixture.settled();
      return (await reader.queues())[0]?.done === 4;
    });
    expect((await reader.queues())[0]).toMatchObject({ failed: 4, waiting: 0, pause: null });
  });
};
