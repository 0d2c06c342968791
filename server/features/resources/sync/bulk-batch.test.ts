import { expect, it } from 'vitest';
import { createBatchLimit, emptyBatch } from './bulk-batch.ts';

const setUp = () => {
  const waiting = { awaited: 0, background: 0 };
  const limit = createBatchLimit(() => waiting);
  const largest = (): number => {
    for (let size = 1; ; size += 1) if (limit.isFull({ ...emptyBatch(), size })) return size;
  };
  const turns = (count: number): void => {
    for (let turn = 0; turn < count; turn += 1) limit.fit();
  };
  return { waiting, limit, largest, turns };
};

it('a batch is as large as the writer’s others allow: halved while other work waits, growing again when none does', () => {
  const { waiting, limit, largest, turns } = setUp();
  expect(largest()).toBe(1500);
  waiting.background = 1;
  turns(1);
  expect(largest()).toBe(750);
  turns(9);
  expect(largest()).toBe(50);
  waiting.background = 0;
  turns(1);
  expect(largest()).toBe(75);
  turns(9);
  expect(largest()).toBe(1500);
  expect(limit.isFull({ ...emptyBatch(), size: 2, characters: 2_000_000 })).toBe(true);
});

it('a sender who waits for an answer makes it short at once', () => {
  const { waiting, largest, turns } = setUp();
  waiting.awaited = 1;
  turns(1);
  expect(largest()).toBe(50);
});
