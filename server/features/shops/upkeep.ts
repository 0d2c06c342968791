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
  ensureWebhooks(client: ShopifyClient): Promise<string[]>;
  ensurePixel(client: ShopifyClient): Promise<void>;
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

  const settleNow = async (shop: string): Promise<boolean> => {
    let client: ShopifyClient;
    try {
      client = connected(shop).client;
    } catch (error) {
      await noteProblem(shop, error);
      bus.publish({ topic: 'stores', shop });
      return false;
    }
    const steps = [
      async () => store.update(shop, { webhookTopics: await duties.ensureWebhooks(client) }),
      async () => duties.ensurePixel(client),
    ];
    let isAllDone = true;
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        isAllDone = false;
        await noteProblem(shop, error);
      }
    }
    if (isAllDone) await store.update(shop, { problem: null });
    bus.publish({ topic: 'stores', shop });
    return true;
  };

  /** One at a time for a store: of two that overlap, the older could register an address that is not ours any more. */
  const settling = new Map<string, Promise<boolean>>();
  const settle = (shop: string): Promise<boolean> => {
    const again = (): Promise<boolean> => settleNow(shop);
    const run = (settling.get(shop) ?? Promise.resolve(true)).then(again, again);
    settling.set(shop, run);
    const forget = (): void => {
      if (settling.get(shop) === run) settling.delete(shop);
    };
    run.then(forget, forget);
    return run;
  };

  return {
    find,
    connected,
    settle,
    settleAndSync: async (shop, trigger) => {
      if (await settle(shop)) await duties.startSync(shop, trigger);
    },
  };
};
