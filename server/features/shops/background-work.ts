import type { Log } from '../../platform/log/log.ts';

/** Work that nobody waits for, except closing. */
export interface BackgroundWork {
  /** Runs `work`; a failure is logged. After `close` nothing is started any more. */
  run(shop: string, work: () => Promise<void>): void;
  readonly isClosed: boolean;
  close(): Promise<void>;
}

export const createBackgroundWork = (log: Log): BackgroundWork => {
  const running = new Set<Promise<void>>();
  let isClosed = false;
  return {
    get isClosed() {
      return isClosed;
    },
    run: (shop, work) => {
      if (isClosed) return;
      const started = work().catch((error: unknown) =>
        log.error({ shop, err: error }, 'background work for the store failed'),
      );
      running.add(started);
      void started.finally(() => running.delete(started));
    },
    close: async () => {
      isClosed = true;
      await Promise.allSettled([...running]);
    },
  };
};
