import { expect } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../../../shared/errors.ts';
import { type ContractKit, until } from './kit.ts';

/** Running a task: input, result, progress, errors and their repetition. */
export const describeAttempts = ({ using, task, started, rowOf, reaches }: ContractKit): void => {
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
    expect(record?.failures[0]?.stack).toContain('attempts.ts');
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
};
