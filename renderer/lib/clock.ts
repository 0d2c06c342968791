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

/** The snapshot is the text, so a component renders again only when its words change. */
export const useRelativeTime = (iso: string): string =>
  useSyncExternalStore(subscribe, () => {
    // A row can be newer than the last tick.
    const time = Date.parse(iso);
    return formatRelative(iso, time > now && time - now < 2000 ? time : now);
  });
