import { it } from 'vitest';
import { z } from 'zod';
import { defineTask, type Queue, type QueueLimits, type TaskContext, type TaskDefinition } from '../queue.ts';
import type { QueueReader, TaskRow } from '../reader.ts';
import type { VirtualClock } from '../testing/virtual-clock.ts';

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
  /** Resolves when every instance has done what it can without the clock going on, however slow the disk is. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const Input = z.object({ label: z.string() });
type Input = z.infer<typeof Input>;

/** How long the disk may take on a busy machine. */
const IO_MS = 15_000;

/** Waits until the promise-returning look is satisfied; only real I/O passes meanwhile. */
export const until = async (look: () => Promise<boolean> | boolean): Promise<void> => {
  for (const end = performance.now() + IO_MS; performance.now() < end; ) {
    if (await look()) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  throw new Error('it did not come about');
};

export const gate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

/** What the parts of the contract share: a test that opens and closes its own fixture, and the few things that each says. */
export const createContractKit = (createFixture: () => Promise<QueueFixture>) => {
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

  return { using, task, started, rowOf, reaches };
};
export type ContractKit = ReturnType<typeof createContractKit>;
