import { type Clock, toIso } from '../../platform/clock.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { ShopifyFailure } from '../../shopify/errors.ts';
import type { BackgroundWork } from './background-work.ts';
import { problemOf, type ShopStore } from './shop-store.ts';

/** The time of the last successful call is for people; it is not worth a commit for every call. */
const LAST_CALL_EVERY_MS = 15_000;
/** What is left of the budget, and who waits for it, is another figure after each call; the console is told this long after the first of several. */
const TELL_AFTER_MS = 1000;

/** Notes on the store's row how its calls go. */
export interface CallOutcomes {
  /** After each attempt of a call; `null` is success. */
  note(shop: string, failure: ShopifyFailure | null): void;
  /** From now on the store's problem is not a call's, so that the next successful call does not clear it. */
  disown(shop: string): void;
  /** ISO time of the last successful call of this process, exact where the store's row may be some seconds behind. */
  lastSuccessAt(shop: string): string | null;
  close(): void;
}

export const createCallOutcomes = (options: {
  store: ShopStore;
  clock: Clock;
  bus: EventBus;
  background: BackgroundWork;
}): CallOutcomes => {
  const { store, clock, bus, background } = options;
  const failed = new Set<string>();
  const succeeded = new Map<string, string>();
  const toTell = new Set<string>();
  const ends = new AbortController();
  const tellSoon = (shop: string): void => {
    if (toTell.has(shop)) return;
    toTell.add(shop);
    clock.delay(TELL_AFTER_MS, ends.signal).then(
      () => {
        toTell.delete(shop);
        bus.publish({ topic: 'stores', shop });
      },
      // Closed: nobody is left to tell.
      () => undefined,
    );
  };
  return {
    note: (shop, failure) => {
      const record = store.find(shop);
      if (!record || background.isClosed) return;
      tellSoon(shop);
      if (failure === null) {
        succeeded.set(shop, toIso(clock.now()));
        const last = record.lastCallAt === null ? 0 : Date.parse(record.lastCallAt);
        // What a call reported is over when a call succeeds; what repairing found stays until a repair succeeds.
        const isOver = failed.delete(shop);
        if (!isOver && clock.now() - last < LAST_CALL_EVERY_MS) return;
        background.run(shop, async () => {
          await store.update(shop, { lastCallAt: toIso(clock.now()), ...(isOver ? { problem: null } : {}) });
          bus.publish({ topic: 'stores', shop });
        });
        return;
      }
      failed.add(shop);
      const isDead = failure.error.code === 'SHOPIFY_UNAUTHORIZED' && record.state === 'connected';
      background.run(shop, async () => {
        await store.update(shop, {
          problem: problemOf(failure.error, clock),
          ...(isDead ? { state: 'reconnect' as const } : {}),
        });
        bus.publish({ topic: 'stores', shop });
      });
    },
    disown: (shop) => {
      failed.delete(shop);
    },
    lastSuccessAt: (shop) => succeeded.get(shop) ?? null,
    close: () => ends.abort(),
  };
};
