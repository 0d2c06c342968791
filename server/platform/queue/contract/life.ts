import { expect } from 'vitest';
import { AppError } from '../../../../shared/errors.ts';
import { type ContractKit, gate, type QueueInstance, until } from './kit.ts';

/** Crashes, leases, stopping, schedules and running again. */
export const describeLife = ({ using, task, started, rowOf, reaches }: ContractKit): void => {
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

  using('takes what a crash interrupted before what waited behind it', async (fixture) => {
    const stuck = task(() => new Promise(() => undefined), { attempts: 2 });
    const first = await started(fixture, [stuck], { test: { concurrency: 1 } });
    const interrupted = await first.queue.enqueue(stuck, { label: 'interrupted' });
    await reaches(first, interrupted.id, 'active');
    await fixture.clock.advance(1000);
    const behind = await first.queue.enqueue(stuck, { label: 'behind' });
    first.kill();
    await fixture.clock.advance(60_000);
    const ran: string[] = [];
    const goesOn = task(async ({ label }) => ran.push(label), { attempts: 2 });
    const second = await started(fixture, [goesOn], { test: { concurrency: 1 } });
    await reaches(second, behind.id, 'done');
    expect(ran).toEqual(['interrupted', 'behind']);
    await second.queue.stop();
  });

  using('keeps what it runs as long as its heart beats', async (fixture) => {
    const hold = gate();
    const mine = task(() => hold.opened);
    const first = await started(fixture, [mine]);
    const { id } = await first.queue.enqueue(mine, { label: 'x' });
    await reaches(first, id, 'active');
    // Begun while the first one's lease holds: it takes over what that runs as soon as the lease ends.
    const second = await started(fixture, [task(async () => undefined)]);
    for (let beat = 0; beat < 30; beat += 1) {
      await fixture.clock.advance(4000);
      await fixture.settled();
      const [lease] = await first.reader.workers();
      expect(lease?.leaseMs).toBeGreaterThan(fixture.clock.now() + 15_000);
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
