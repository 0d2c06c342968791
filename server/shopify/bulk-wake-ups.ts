import type { Clock } from '../platform/clock.ts';

interface Bell {
  /** Resolves after `ms`, or at once when the operation was notified since `listen`. */
  wait(ms: number, clock: Clock, signal?: AbortSignal): Promise<void>;
  close(): void;
}

/** Carries the news of a BULK_OPERATIONS_FINISH webhook to whoever waits for that operation. */
export interface BulkWakeUps {
  /** @param id the operation's gid, `admin_graphql_api_id` in the payload */
  notify(id: string): void;
  listen(id: string): Bell;
}

export const createBulkWakeUps = (): BulkWakeUps => {
  const listeners = new Map<string, Set<AbortController>>();
  return {
    notify: (id) => {
      for (const listener of listeners.get(id) ?? []) listener.abort();
    },
    listen: (id) => {
      const bell = new AbortController();
      const all = listeners.get(id) ?? new Set();
      listeners.set(id, all.add(bell));
      return {
        wait: async (ms, clock, signal) => {
          try {
            await clock.delay(ms, signal ? AbortSignal.any([signal, bell.signal]) : bell.signal);
          } catch (error) {
            signal?.throwIfAborted();
            if (!bell.signal.aborted) throw error;
          }
        },
        close: () => {
          all.delete(bell);
          if (all.size === 0 && listeners.get(id) === all) listeners.delete(id);
        },
      };
    },
  };
};
