import type { Clock } from '../../clock.ts';

/** Node's timers hold 2^31 ms at most; a longer wait is taken in steps. */
const LONGEST_MS = 86_400_000;

/** One timer, for whatever is due next. */
export interface Alarm {
  /** Replaces what was set; null: none. A time in the past goes off at once. */
  set(atMs: number | null): void;
}

export const createAlarm = (clock: Clock, ring: () => void): Alarm => {
  let current: AbortController | null = null;
  return {
    set: (atMs) => {
      current?.abort();
      current = null;
      if (atMs === null) return;
      const mine = new AbortController();
      current = mine;
      const wait = Math.min(LONGEST_MS, Math.max(0, atMs - clock.now()));
      clock.delay(wait, mine.signal).then(ring, () => undefined);
    },
  };
};
