/** The time, as milliseconds since the epoch. Injected so that tests decide what time it is. */
export interface Clock {
  now(): number;
  /** Resolves after `ms`, or after 24 days when that is longer; rejects with the signal's reason when it is aborted first. */
  delay(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Node's timers hold 31 bits, and end at once when given more: a clock that was set back by months would make a loop that never rests. */
const LONGEST_MS = 24 * 86_400_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  delay: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
        Math.min(ms, LONGEST_MS),
      );
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
};

export const toIso = (ms: number): string => new Date(ms).toISOString();
