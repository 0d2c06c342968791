import type { StoreSync } from '../../../../shared/api.ts';
import { importShare } from '../../../../shared/import-progress.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log/log.ts';

const EVERY_MS = 1000;

/** Tells the desktop how far imports are, once a second at most, and when none runs any more. */
export const createImportNews = (options: {
  clock: Clock;
  log: Log;
  shops: () => readonly string[];
  statesOf: (shop: string) => Promise<StoreSync[]>;
  /** @param share from 0 to 1; null: no import runs */
  tell: (share: number | null) => void;
}): { look(): void; stop(): Promise<void> } => {
  const { clock, log, shops, statesOf, tell } = options;
  const stopping = new AbortController();
  /** Undefined: nothing yet; a backend before this one may have told of an import. */
  let told: number | null | undefined;
  let isWanted = false;
  let working: Promise<void> | null = null;

  const work = async (): Promise<void> => {
    while (isWanted) {
      isWanted = false;
      const syncs = await Promise.all(shops().map(async (shop) => ({ syncs: await statesOf(shop) })));
      const share = importShare(syncs);
      if (share !== told) tell(share);
      told = share;
      await clock.delay(EVERY_MS, stopping.signal);
    }
  };

  return {
    look: () => {
      isWanted = true;
      if (stopping.signal.aborted) return;
      working ??= work()
        .catch((error: unknown) => {
          if (!stopping.signal.aborted) log.warn({ err: error }, 'the desktop was not told how far imports are');
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
