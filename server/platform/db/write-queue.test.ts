import { describe, expect, it } from 'vitest';
import { createWriteQueue, type Turn, type WriteQueue } from './write-queue.ts';

/** A write that has begun, and runs until it is told to end. */
const heldWrite = async (queue: WriteQueue): Promise<() => Promise<void>> => {
  let end = (): void => undefined;
  let done: Promise<void> = Promise.resolve();
  await new Promise<void>((began) => {
    done = queue.enqueue(() => {
      began();
      return new Promise<void>((resolve) => {
        end = resolve;
      });
    }, 'background');
  });
  return () => {
    end();
    return done;
  };
};

describe('the queue of writes', () => {
  const setUp = () => {
    const queue = createWriteQueue();
    const order: string[] = [];
    const add = (name: string, turn: Turn): Promise<void> =>
      queue.enqueue(async () => {
        order.push(name);
      }, turn);
    return { queue, order, add };
  };

  it('runs what a sender waits for before the background’s, by turns, each in its order', async () => {
    const { queue, order, add } = setUp();
    const endRunning = await heldWrite(queue);
    const all = [
      ...['b1', 'b2', 'b3'].map((name) => add(name, 'background')),
      ...['a1', 'a2'].map((name) => add(name, 'awaited')),
    ];
    expect(queue.waiting()).toEqual({ awaited: 2, background: 3 });
    await endRunning();
    await Promise.all(all);
    expect(order).toEqual(['a1', 'b1', 'a2', 'b2', 'b3']);
  });

  it('goes on after a write that failed, and hands on its error', async () => {
    const { queue, order, add } = setUp();
    const failing = queue.enqueue(() => Promise.reject(new Error('disk full')), 'background');
    const after = add('after', 'background');
    await expect(failing).rejects.toThrow('disk full');
    await after;
    expect(order).toEqual(['after']);
    expect(queue.waiting()).toEqual({ awaited: 0, background: 0 });
  });

  it('ends after all that was asked for, and takes nothing more', async () => {
    const { queue, order, add } = setUp();
    const before = [add('b1', 'background'), add('a1', 'awaited'), add('a2', 'awaited'), add('b2', 'background')];
    const ended = queue.end(async () => {
      order.push('end');
    });
    await expect(add('late', 'awaited')).rejects.toThrow('closed');
    await Promise.all([...before, ended]);
    expect(order).toEqual(['a1', 'b1', 'a2', 'b2', 'end']);
  });
});
