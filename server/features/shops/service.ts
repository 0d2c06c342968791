import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Redactor } from '../../platform/log/redact.ts';
import type { AfterCommit } from '../../platform/topic-handler.ts';
import type { Vault } from '../../platform/vault/vault.ts';
import type { ShopifyClient } from '../../shopify/client.ts';
import type { ClientRegistry } from '../../shopify/client-registry.ts';
import { ShopInfoDocument } from '../../shopify/generated/admin.ts';
import { missingScopes } from '../../shopify/platform.ts';
import type { TokenResponse } from '../../shopify/token-endpoint.ts';
import type { BackgroundWork } from './background-work.ts';
import type { CallOutcomes } from './call-outcomes.ts';
import { explainFirstCall } from './connect-failures.ts';
import { createDisconnect } from './disconnect.ts';
import type { ShopRecord } from './entities.ts';
import { problemOf, type ShopStore, toApiStore } from './shop-store.ts';
import { NO_TOKEN, sealToken } from './token-columns.ts';
import { createStoreUpkeep, type UpkeepDuties } from './upkeep.ts';

/** What other features do for a store once it is connected; handed in by the composition root. */
export interface StoreDuties extends UpkeepDuties {
  ensurePixelKey(tx: EntityManager, shop: string): Promise<void>;
  pixelOf(shop: string): Promise<{ pixelKey: string; active: boolean }>;
  afterConnect(shop: string): Promise<void>;
  /** In the transaction that marks the store; what waits or runs for it is ended after that. */
  onUninstalled(tx: EntityManager, shop: string, afterCommit: AfterCommit): Promise<void>;
  syncsOf(shop: string): Promise<api.StoreSync[]>;
  /** Takes our webhooks and pixel away at Shopify while the token still lives. Answers what stays, in words. */
  withdraw(client: ShopifyClient, signal: AbortSignal): Promise<string[]>;
}

export interface ShopService {
  list(): Promise<api.Store[]>;
  /** Verifies a new token by a first call, stores the shop, and starts what follows from it in the background. @throws AppError */
  connect(input: {
    shop: string;
    token: TokenResponse;
    grantType: ShopRecord['grantType'];
    demo: boolean;
  }): Promise<api.Store>;
  /** Whether the store is connected and has every scope the app asks for. */
  isSettled(shop: string): boolean;
  rename(input: z.output<typeof api.RenameStoreInput>): Promise<api.Store>;
  disconnect(input: z.output<typeof api.DisconnectInput>): Promise<z.output<typeof api.DisconnectOutput>>;
  /** Puts webhooks and pixel right and answers the store's state. */
  repair(shop: string): Promise<api.Store>;
  /** @throws AppError when the store is unknown or has to be connected again. */
  assertCallable(shop: string): void;
  /** For all stores, after a start: addresses may have changed, imports may have been cut off. */
  settleAll(): void;
  /** Webhooks and pixel of all connected stores, in the background. */
  repairAll(): void;
  markUninstalled(tx: EntityManager, shop: string, at: string, afterCommit: AfterCommit): Promise<void>;
  close(): Promise<void>;
}

export const createShopService = (options: {
  store: ShopStore;
  clients: ClientRegistry;
  outcomes: CallOutcomes;
  background: BackgroundWork;
  vault: Vault;
  clock: Clock;
  bus: EventBus;
  log: Log;
  redactor: Redactor;
  /** The scopes that the app asks for. */
  scopes: () => readonly string[];
  duties: StoreDuties;
}): ShopService => {
  const { store, clients, background, vault, clock, bus, log, redactor, duties } = options;
  const upkeep = createStoreUpkeep(options);

  const missing = (record: ShopRecord): string[] => (record.demo ? [] : missingScopes(options.scopes(), record.scopes));
  const budgetOf = (shop: string): api.Store['budget'] => {
    const state = clients.budgetOf(shop);
    if (state === null || state.available === null || state.maximum === null || state.restoreRate === null) return null;
    return {
      available: Math.floor(state.available),
      maximum: state.maximum,
      restoreRate: state.restoreRate,
      waiting: state.waiting.interactive + state.waiting.background,
    };
  };
  const toStore = async (record: ShopRecord): Promise<api.Store> => {
    const [pixel, syncs] = await Promise.all([duties.pixelOf(record.shop), duties.syncsOf(record.shop)]);
    return toApiStore(record, {
      missingScopes: missing(record),
      pixelKey: pixel.pixelKey,
      pixelActive: pixel.active,
      budget: budgetOf(record.shop),
      lastCallAt: options.outcomes.lastSuccessAt(record.shop) ?? record.lastCallAt,
      syncs,
    });
  };
  /** What the store says of itself, asked with the new token. */
  const askWith = async (token: string, shop: string, way: ShopRecord['grantType']) => {
    try {
      return await clients.withToken(shop, token).request(ShopInfoDocument, {}, { priority: 'interactive' });
    } catch (thrown) {
      throw explainFirstCall(thrown, { shop, way });
    }
  };

  return {
    list: () => Promise.all(store.all().map(toStore)),

    connect: async ({ shop, token, grantType, demo }) => {
      redactor.add(token.access_token);
      const info = await askWith(token.access_token, shop, grantType);
      if (info.shop.myshopifyDomain !== shop) {
        throw new AppError('INVALID_SHOP', `${shop} answers as ${info.shop.myshopifyDomain}.`, {
          hint: `Connect ${info.shop.myshopifyDomain}: that is the domain the store has now.`,
        });
      }
      const previous = store.find(shop);
      const now = toIso(clock.now());
      const record: ShopRecord = {
        shop,
        name: info.shop.name,
        label: previous?.label ?? null,
        plan: info.shop.plan.publicDisplayName,
        email: info.shop.contactEmail,
        currency: info.shop.currencyCode,
        timezone: info.shop.ianaTimezone,
        primaryUrl: info.shop.primaryDomain.url,
        state: 'connected',
        demo,
        grantType,
        scopes: info.currentAppInstallation.accessScopes.map((scope) => scope.handle),
        ...sealToken(token, { shop, grantType, vault, clock, redactor }),
        connectedAt: previous?.state === 'connected' ? previous.connectedAt : now,
        lastCallAt: now,
        webhookTopics: previous?.webhookTopics ?? [],
        problem: null,
      };
      await store.save(record, (tx) => duties.ensurePixelKey(tx, shop));
      await duties.afterConnect(shop);
      bus.publish({ topic: 'stores', shop });
      log.info({ shop, grant: grantType }, 'store connected');
      background.run(shop, () => upkeep.settleAndSync(shop, 'connect'));
      return toStore(record);
    },

    isSettled: (shop) => {
      const record = store.find(shop);
      return record?.state === 'connected' && missing(record).length === 0;
    },

    rename: async ({ shop, label }) => {
      upkeep.find(shop);
      await store.update(shop, { label: label === '' ? null : label });
      bus.publish({ topic: 'stores', shop });
      return toStore(upkeep.find(shop));
    },

    disconnect: createDisconnect({ store, upkeep, clients, withdraw: duties.withdraw, bus, log }),

    repair: async (shop) => {
      upkeep.find(shop);
      await upkeep.settle(shop);
      return toStore(upkeep.find(shop));
    },

    assertCallable: (shop) => {
      upkeep.connected(shop);
    },

    settleAll: () => {
      for (const { shop, state } of store.all())
        if (state === 'connected') background.run(shop, () => upkeep.settleAndSync(shop, 'start'));
    },

    repairAll: () => {
      for (const { shop, state } of store.all())
        if (state === 'connected')
          background.run(shop, async () => {
            await upkeep.settle(shop);
          });
    },

    markUninstalled: async (tx, shop, at, afterCommit) => {
      const record = store.find(shop);
      // A late delivery about an earlier install must not disconnect the present one.
      if (!record || record.connectedAt > at || record.state === 'disconnected') return;
      const problem = problemOf(
        new AppError('SHOPIFY_UNAUTHORIZED', 'The app was uninstalled from this store.', {
          hint: 'Connect the store again to go on. What was fetched stays here.',
        }),
        clock,
      );
      const change: Partial<ShopRecord> = { state: 'uninstalled', ...NO_TOKEN, webhookTopics: [], problem };
      await store.updateIn(tx, shop, change, afterCommit);
      await duties.onUninstalled(tx, shop, afterCommit);
      afterCommit(() => bus.publish({ topic: 'stores', shop }));
    },

    close: () => background.close(),
  };
};
