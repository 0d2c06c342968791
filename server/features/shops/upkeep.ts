import { AppError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { Log } from '../../platform/log/log.ts';
import type { ShopifyClient } from '../../shopify/client.ts';
import type { ClientRegistry } from '../../shopify/client-registry.ts';
import { toFailure } from '../../shopify/errors.ts';
import type { CallOutcomes } from './call-outcomes.ts';
import { hasLeft, type ShopRecord } from './entities.ts';
import { problemOf, type ShopStore } from './shop-store.ts';

/** What has to be right at Shopify for a connected store; done by other features. */
export interface UpkeepDuties {
  ensureWebhooks(client: ShopifyClient, signal: AbortSignal): Promise<string[]>;
  ensurePixel(client: ShopifyClient, signal: AbortSignal): Promise<void>;
  /** Fetches the store's data, in the background. */
  startSync(shop: string, trigger: 'connect' | 'start'): Promise<void>;
}

export interface StoreUpkeep {
  /** @throws AppError `NOT_FOUND` */
  find(shop: string): ShopRecord;
  /** @throws AppError when the store is unknown or has to be connected again. */
  connected(shop: string): { record: ShopRecord; client: ShopifyClient };
  /** Webhooks and pixel; each failure is noted on the store and does not stop the other. False when the store can't be called. */
  settle(shop: string): Promise<boolean>;
  /** Stops what is being put right for the store, and does `work` before anything else of this kind. */
  takeOver<T>(shop: string, work: () => Promise<T>): Promise<T>;
  /** And what is to be fetched of the store's data. */
  settleAndSync(shop: string, trigger: 'connect' | 'start'): Promise<void>;
}

export const createStoreUpkeep = (options: {
  store: ShopStore;
  clients: ClientRegistry;
  outcomes: CallOutcomes;
  duties: UpkeepDuties;
  clock: Clock;
  bus: EventBus;
  log: Log;
}): StoreUpkeep => {
  const { store, outcomes, duties, clock, bus, log } = options;

  const find = (shop: string): ShopRecord => {
    const record = store.find(shop);
    if (record) return record;
    throw new AppError('NOT_FOUND', `${shop} is not connected.`, { hint: 'Connect it in Stores.' });
  };
  const connected = (shop: string): { record: ShopRecord; client: ShopifyClient } => {
    const record = find(shop);
    if (record.accessToken === null || hasLeft(record)) {
      throw new AppError('SHOPIFY_UNAUTHORIZED', `${record.name} is not connected any more.`, {
        hint: 'Connect the store again.',
      });
    }
    return { record, client: options.clients.of(shop) };
  };

  const noteProblem = async (shop: string, thrown: unknown): Promise<void> => {
    const { error } = toFailure(thrown);
    outcomes.disown(shop);
    log.warn({ shop, code: error.code, err: thrown }, 'the store needs attention');
    await store.update(shop, { problem: problemOf(error, clock) });
  };

  const settleNow = async (shop: string, signal: AbortSignal): Promise<boolean> => {
    // Left on purpose while this was waiting.
    if (find(shop).state === 'disconnected') return false;
    let client: ShopifyClient;
    try {
      client = connected(shop).client;
    } catch (error) {
      await noteProblem(shop, error);
      bus.publish({ topic: 'stores', shop });
      return false;
    }
    const steps = [
      async () => store.update(shop, { webhookTopics: await duties.ensureWebhooks(client, signal) }),
      async () => duties.ensurePixel(client, signal),
    ];
    let isAllDone = true;
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        if (signal.aborted) return false;
        isAllDone = false;
        await noteProblem(shop, error);
      }
    }
    if (isAllDone) await store.update(shop, { problem: null });
    bus.publish({ topic: 'stores', shop });
    return true;
  };

  /** One at a time for a store: of two that overlap, the older could register an address that is not ours any more. */
  const turns = new Map<string, { readonly run: Promise<unknown>; readonly stop: AbortController }>();
  const inTurn = <T>(shop: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const stop = new AbortController();
    const next = (): Promise<T> => work(stop.signal);
    const run = (turns.get(shop)?.run ?? Promise.resolve()).then(next, next);
    turns.set(shop, { run, stop });
    const forget = (): void => {
      if (turns.get(shop)?.run === run) turns.delete(shop);
    };
    run.then(forget, forget);
    return run;
  };
  const settle = (shop: string): Promise<boolean> => inTurn(shop, (signal) => settleNow(shop, signal));

  return {
    find,
    connected,
    settle,
    takeOver: (shop, work) => {
      turns.get(shop)?.stop.abort(new Error('the store is being disconnected'));
      return inTurn(shop, work);
    },
    settleAndSync: async (shop, trigger) => {
      if (await settle(shop)) await duties.startSync(shop, trigger);
    },
  };
};
