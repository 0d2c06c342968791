import { useSyncExternalStore } from 'react';
import { formatRelative } from './time.ts';

/** One timer for every relative time on the screen; it stops when none is shown. */
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

const tick = (): void => {
  now = Date.now();
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(tick, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
};

/** What `read` makes of the present, each second; a component renders again only when that changes. */
export const useNow = <T extends string | number | null>(read: (now: number) => T): T =>
  useSyncExternalStore(subscribe, () => read(now));

export const useRelativeTime = (iso: string): string =>
  useNow((present) => {
    // A row can be newer than the last tick.
    const time = Date.parse(iso);
    return formatRelative(iso, time > present && time - present < 2000 ? time : present);
  });
