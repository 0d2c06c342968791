import { expect, it } from 'vitest';
import { createBatchLimit, emptyBatch } from './bulk-batch.ts';

it('a batch is as large as the writer’s others allow: halved while they wait, growing again when none does', () => {
  let waiting = 0;
  const limit = createBatchLimit(() => waiting);
  const largest = (): number => {
    for (let size = 1; ; size += 1) if (limit.isFull({ ...emptyBatch(), size })) return size;
  };
  expect(largest()).toBe(1500);
  waiting = 1;
  limit.fit();
  expect(largest()).toBe(750);
  for (let turn = 0; turn < 9; turn += 1) limit.fit();
  expect(largest()).toBe(50);
  waiting = 0;
  limit.fit();
  expect(largest()).toBe(75);
  for (let turn = 0; turn < 9; turn += 1) limit.fit();
  expect(largest()).toBe(1500);
  expect(limit.isFull({ ...emptyBatch(), size: 2, characters: 2_000_000 })).toBe(true);
});
