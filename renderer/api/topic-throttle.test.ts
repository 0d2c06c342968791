import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ChangedIds, createTopicThrottle } from './topic-throttle.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const setup = (work: () => Promise<void> = () => Promise.resolve()) => {
  const runs: { key: string; ids: ChangedIds; at: number }[] = [];
  const errors: unknown[] = [];
  const start = Date.now();
  const throttle = createTopicThrottle<'a' | 'b'>({
    interval: () => 250,
    patience: 5000,
    run: (key, ids) => {
      runs.push({ key, ids, at: Date.now() - start });
      return work();
    },
    onError: (error) => errors.push(error),
  });
  return { runs, errors, throttle };
};

describe('createTopicThrottle', () => {
  it('runs the first at once and at most four a second in a burst', async () => {
    const { runs, throttle } = setup();
    for (let index = 0; index < 200; index += 1) {
      throttle.push('a', [`id${index}`]);
      await vi.advanceTimersByTimeAsync(5);
    }
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs[0]?.at).toBe(0);
    expect(runs.length).toBeLessThanOrEqual(6);
    const seen = new Set(runs.flatMap(({ ids }) => [...(ids ?? [])]));
    expect(seen.size).toBe(200);
  });

  it('keeps topics apart', async () => {
    const { runs, throttle } = setup();
    throttle.push('a');
    throttle.push('b');
    await vi.advanceTimersByTimeAsync(0);
    expect(runs.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('forgets the ids when one message does not name its rows', async () => {
    const { runs, throttle } = setup();
    throttle.push('a', ['1']);
    throttle.push('a');
    throttle.push('a', ['2']);
    await vi.advanceTimersByTimeAsync(0);
    expect(runs[0]?.ids).toBeNull();
    throttle.push('a', ['3']);
    await vi.advanceTimersByTimeAsync(300);
    expect([...(runs[1]?.ids ?? [])]).toEqual(['3']);
  });

  it('never overlaps a run, but does not wait for one that hangs', async () => {
    const { runs, throttle } = setup(() => new Promise<void>(() => undefined));
    throttle.push('a');
    await vi.advanceTimersByTimeAsync(0);
    throttle.push('a');
    await vi.advanceTimersByTimeAsync(4000);
    expect(runs.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1500);
    expect(runs.length).toBe(2);
  });

  it('reports a failed run and goes on', async () => {
    const { runs, errors, throttle } = setup(() => Promise.reject(new Error('no')));
    throttle.push('a');
    await vi.advanceTimersByTimeAsync(0);
    throttle.push('a');
    await vi.advanceTimersByTimeAsync(300);
    expect(runs.length).toBe(2);
    expect(errors.length).toBe(2);
  });

  it('is silent after stop', async () => {
    const { runs, throttle } = setup();
    throttle.push('a');
    throttle.stop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs).toEqual([]);
  });
});
