import { expect, it } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

const PER_MINUTE = 600;
const setUp = () => {
  let now = 0;
  const limit = createRateLimit({ now: () => now, delay: () => Promise.resolve() }, PER_MINUTE);
  return {
    take: (key: string, points: number) => limit.take(key, points),
    skip: (ms: number): void => {
      now += ms;
    },
  };
};

it('takes a burst of a whole minute, then says how long to wait', async () => {
  const { take, skip } = setUp();
  expect(await take('a', PER_MINUTE)).toBe(0);
  const wait = await take('a', 100);
  expect(wait).toBeGreaterThan(0);
  skip(wait * 1000);
  expect(await take('a', 100)).toBe(0);
  expect(await take('a', 100)).toBeGreaterThan(0);
});

it('one store that sends too much takes nothing from another', async () => {
  const { take } = setUp();
  for (let tries = 0; tries < 50; tries += 1) await take('loud', 100);
  expect(await take('loud', 1)).toBeGreaterThan(0);
  expect(await take('quiet', PER_MINUTE)).toBe(0);
});

it('a key that is refused again and again is let in after its time all the same', async () => {
  const { take, skip } = setUp();
  await take('a', PER_MINUTE);
  for (let second = 0; second < 30; second += 1) {
    expect(await take('a', PER_MINUTE)).toBeGreaterThan(0);
    skip(1000);
  }
  expect(await take('a', PER_MINUTE / 4)).toBe(0);
});
