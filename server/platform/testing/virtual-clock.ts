import type { Clock } from '../clock.ts';

/** A clock for tests: time passes only when nothing else is left to do. */
export interface VirtualClock extends Clock {
  /** Lets time pass; what falls due on the way is done in order. */
  advance(ms: number): Promise<void>;
  /** Lets time pass until `work` is settled. @throws when nothing is left that could settle it. */
  until<T>(work: Promise<T>): Promise<T>;
}

interface Timer {
  readonly at: number;
  readonly resolve: () => void;
}

/** Promises that wait for nothing outside are through after this. */
const settleAll = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

export const createVirtualClock = (start = Date.parse('2026-11-24T00:00:00Z')): VirtualClock => {
  let now = start;
  const timers = new Set<Timer>();
  const next = (): Timer | undefined => [...timers].sort((left, right) => left.at - right.at)[0];
  const fire = async (timer: Timer): Promise<void> => {
    now = Math.max(now, timer.at);
    timers.delete(timer);
    timer.resolve();
    await settleAll();
  };
  return {
    now: () => now,
    delay: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const onAbort = (): void => {
          timers.delete(timer);
          reject(signal?.reason);
        };
        const timer: Timer = {
          at: now + Math.max(0, ms),
          resolve: () => {
            signal?.removeEventListener('abort', onAbort);
            resolve();
          },
        };
        timers.add(timer);
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
    advance: async (ms) => {
      const end = now + ms;
      await settleAll();
      for (let timer = next(); timer && timer.at <= end; timer = next()) await fire(timer);
      now = end;
    },
    until: async (work) => {
      let isSettled = false;
      const settled = (): void => {
        isSettled = true;
      };
      work.then(settled, settled);
      await settleAll();
      while (!isSettled) {
        const timer = next();
        if (!timer) throw new Error('nothing is left that could settle this');
        await fire(timer);
      }
      return work;
    },
  };
};
