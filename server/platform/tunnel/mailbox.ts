import type { Clock } from '../clock.ts';

/** Things that happen, waited for one at a time. */
export interface Mailbox<T> {
  put(item: T): void;
  /** The next one; null after `ms` (null: waits for ever). @throws the signal's reason when it is aborted. */
  take(ms: number | null, signal: AbortSignal): Promise<T | null>;
  clear(): void;
}

export const createMailbox = <T>(clock: Clock): Mailbox<T> => {
  const items: T[] = [];
  let wake: (() => void) | null = null;
  return {
    put: (item) => {
      items.push(item);
      wake?.();
    },
    clear: () => {
      items.length = 0;
    },
    take: async (ms, signal) => {
      signal.throwIfAborted();
      const waiting = items.shift();
      if (waiting !== undefined) return waiting;
      const ends = new AbortController();
      const arrival = new Promise<void>((resolve, reject) => {
        wake = resolve;
        signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: ends.signal });
      });
      try {
        if (ms === null) await arrival;
        // Whichever comes second is called off below, and its rejection is nobody's news.
        else await Promise.race([arrival, clock.delay(ms, ends.signal).catch(() => undefined)]);
      } finally {
        wake = null;
        ends.abort();
      }
      return items.shift() ?? null;
    },
  };
};
