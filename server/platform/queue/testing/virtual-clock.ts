import type { Clock } from '../../clock.ts';

interface Timer {
  readonly atMs: number;
  readonly resolve: () => void;
}

/** A clock that stands still until it is told to go on. */
export interface VirtualClock extends Clock {
  /** Moves on and lets go, in order, what waited until then. */
  advance(ms: number): Promise<void>;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const createVirtualClock = (startMs = Date.UTC(2026, 0, 5, 12)): VirtualClock => {
  let now = startMs;
  const timers = new Set<Timer>();
  return {
    now: () => now,
    delay: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const timer: Timer = { atMs: now + ms, resolve };
        timers.add(timer);
        signal?.addEventListener(
          'abort',
          () => {
            timers.delete(timer);
            reject(signal.reason);
          },
          { once: true },
        );
      }),
    advance: async (ms) => {
      const until = now + ms;
      for (;;) {
        const [next] = [...timers].sort((left, right) => left.atMs - right.atMs);
        if (!next || next.atMs > until) break;
        now = Math.max(now, next.atMs);
        timers.delete(next);
        next.resolve();
        await turn();
      }
      now = until;
      await turn();
    },
  };
};
