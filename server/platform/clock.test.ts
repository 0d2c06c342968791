import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from './clock.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('a wait that is longer than a timer can be does not end at once', async () => {
  const stop = new AbortController();
  let isOver = false;
  const wait = systemClock.delay(2 ** 32, stop.signal).finally(() => {
    isOver = true;
  });
  await vi.advanceTimersByTimeAsync(86_400_000);
  expect(isOver).toBe(false);
  stop.abort(new Error('enough'));
  await expect(wait).rejects.toThrow('enough');
});
