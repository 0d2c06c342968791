import { expect } from 'vitest';
import { type ContractKit, gate, until } from './kit.ts';

/** What is taken when: delays, priorities, turns of the stores, limits, unique keys. */
export const describeOrder = ({ using, task, started, reaches }: ContractKit): void => {
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
};
