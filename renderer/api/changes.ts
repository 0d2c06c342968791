import { useSyncExternalStore } from 'react';

/** Which rows changed a moment ago, so that a table can point them out. */
const SHOWN_FOR = 1600;
const fresh = new Map<string, number>();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

const notify = (): void => {
  for (const listener of listeners) listener();
};

const sweep = (): void => {
  timer = undefined;
  const limit = Date.now() - SHOWN_FOR;
  for (const [id, at] of fresh) if (at <= limit) fresh.delete(id);
  notify();
  if (fresh.size > 0) timer = setTimeout(sweep, SHOWN_FOR);
};

export const markChanged = (ids: Iterable<string>): void => {
  const now = Date.now();
  // Never the same number twice in a row for one id: a view tells a second change by it.
  for (const id of ids) fresh.set(id, (fresh.get(id) ?? 0) % 2 === now % 2 ? now + 1 : now);
  if (fresh.size === 0) return;
  notify();
  if (timer === undefined) timer = setTimeout(sweep, SHOWN_FOR);
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** When the row changed, or 0. The moment is the snapshot so that a second change starts the highlight again. */
export const useChangedAt = (id: string): number => useSyncExternalStore(subscribe, () => fresh.get(id) ?? 0);
