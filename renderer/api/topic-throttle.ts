/** Rows that changed; `null` when the sender did not say which. */
export type ChangedIds = ReadonlySet<string> | null;

interface Pending {
  ids: Set<string> | null;
  dirty: boolean;
  busy: boolean;
  lastStart: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export interface TopicThrottle<K extends string> {
  readonly push: (key: K, ids?: readonly string[]) => void;
  readonly stop: () => void;
}

/**
 * Turns a burst of messages into at most one run per key and interval: the first at once, the rest gathered. A run never
 * overlaps the one before it, so a slow backend slows the refreshes down instead of piling them up; `patience` frees a run
 * that hangs because the backend went away.
 */
export const createTopicThrottle = <K extends string>(options: {
  readonly interval: (key: K) => number;
  readonly patience: number;
  readonly run: (key: K, ids: ChangedIds) => Promise<void>;
  readonly onError: (error: unknown) => void;
}): TopicThrottle<K> => {
  const pending = new Map<K, Pending>();

  const start = (key: K, entry: Pending): void => {
    const ids = entry.ids;
    entry.ids = new Set();
    entry.dirty = false;
    entry.busy = true;
    entry.lastStart = Date.now();
    let freed = false;
    const free = (): void => {
      if (freed) return;
      freed = true;
      clearTimeout(hang);
      entry.busy = false;
      if (entry.dirty) schedule(key, entry);
    };
    const hang = setTimeout(free, options.patience);
    options.run(key, ids).catch(options.onError).finally(free);
  };

  const schedule = (key: K, entry: Pending): void => {
    if (entry.busy || entry.timer !== undefined) return;
    const wait = Math.max(0, entry.lastStart + options.interval(key) - Date.now());
    entry.timer = setTimeout(() => {
      entry.timer = undefined;
      start(key, entry);
    }, wait);
  };

  return {
    push: (key, ids) => {
      const entry = pending.get(key) ?? { ids: new Set(), dirty: false, busy: false, lastStart: 0, timer: undefined };
      pending.set(key, entry);
      if (ids === undefined) entry.ids = null;
      else for (const id of ids) entry.ids?.add(id);
      entry.dirty = true;
      schedule(key, entry);
    },
    stop: () => {
      for (const entry of pending.values()) clearTimeout(entry.timer);
      pending.clear();
    },
  };
};
