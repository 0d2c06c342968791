import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Log } from '../../../platform/log/log.ts';
import { rebuildStaleDays } from './days.ts';

/** Keeps the charts' sums right between syncs: webhooks leave stale days behind, which are made anew a little later, many at once. */
export interface DayKeeper {
  /** Orders or transactions changed. */
  touch(): void;
  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void>;
}

const WAIT_MS = 2000;
/** Of the writer's time, which webhooks need too, it takes a twentieth at most. */
const REST = 20;

export const createDayKeeper = (options: {
  db: Database;
  clock: Clock;
  log: Log;
  /** The sums of this store changed. */
  onRebuilt: (shop: string) => void;
}): DayKeeper => {
  const { db, clock, log } = options;
  const stopping = new AbortController();
  let isTouched = false;
  let waitMs = WAIT_MS;
  let working: Promise<void> | null = null;

  const work = async (): Promise<void> => {
    while (isTouched) {
      await clock.delay(waitMs, stopping.signal);
      isTouched = false;
      const startedAt = clock.now();
      for (const shop of await rebuildStaleDays(db, stopping.signal)) options.onRebuilt(shop);
      waitMs = Math.max(WAIT_MS, REST * (clock.now() - startedAt));
    }
  };

  return {
    touch: () => {
      isTouched = true;
      if (working !== null || stopping.signal.aborted) return;
      working = work()
        .catch((error: unknown) => {
          // The days are still marked: the next change or sync makes them anew.
          if (!stopping.signal.aborted) log.warn({ err: error }, 'the sums of days were not made anew');
        })
        .finally(() => {
          working = null;
        });
    },
    stop: async () => {
      stopping.abort(new Error('Backroom is being closed.'));
      await working;
    },
  };
};
