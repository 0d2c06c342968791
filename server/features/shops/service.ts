import type { EntityManager } from 'typeorm';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Redactor } from '../../platform/log/redact.ts';
import type { Vault } from '../../platform/vault/vault.ts';
import type { ClientRegistry } from '../../shopify/client-registry.ts';
import { ShopInfoDocument } from '../../shopify/generated/admin.ts';
import { missingScopes } from '../../shopify/platform.ts';
import type { TokenResponse } from '../../shopify/token-endpoint.ts';
import type { BackgroundWork } from './background-work.ts';
import type { CallOutcomes } from './call-outcomes.ts';
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
  onUninstalled(tx: EntityManager, shop: string): Promise<void>;
}

export interface ShopService {
  list(): Promise<api.Store[]>;
  /** Verifies a new token by a first call, stores the shop, and starts what follows from it in the background. @throws AppError */
  connect(input: {
    shop: string;
    token: TokenResponse;
    grantType: ShopRecord['grantType'];
    demo: boolean;
  }): Promise<void>;
  /** Puts webhooks and pixel right and answers the store's state. */
  repair(shop: string): Promise<api.Store>;
  sync(shop: string): Promise<void>;
  /** For all stores, after a start: addresses may have changed, imports may have been cut off. */
  settleAll(): void;
  markUninstalled(tx: EntityManager, shop: string, at: string): Promise<void>;
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

  const toStore = async (record: ShopRecord): Promise<api.Store> => {
    const pixel = await duties.pixelOf(record.shop);
    const missing = record.demo ? [] : missingScopes(options.scopes(), record.scopes);
    return toApiStore(record, { missingScopes: missing, pixelKey: pixel.pixelKey, pixelActive: pixel.active });
  };

  return {
    list: () => Promise.all(store.all().map(toStore)),

    connect: async ({ shop, token, grantType, demo }) => {
      redactor.add(token.access_token);
      const info = await clients.withToken(shop, token.access_token).request(
        ShopInfoDocument,
        {},
        {
          priority: 'interactive',
        },
      );
      const previous = store.find(shop);
      const now = toIso(clock.now());
      await store.save(
        {
          shop,
          name: info.shop.name,
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
          syncPhase: previous?.syncPhase ?? 'never',
          syncRows: previous?.syncRows ?? 0,
          syncTotal: previous?.syncTotal ?? null,
          syncStartedAt: previous?.syncStartedAt ?? null,
          syncFinishedAt: previous?.syncFinishedAt ?? null,
          syncProblem: previous?.syncProblem ?? null,
        },
        (tx) => duties.ensurePixelKey(tx, shop),
      );
      await duties.afterConnect(shop);
      bus.publish({ topic: 'stores', shop });
      log.info({ shop, grant: grantType }, 'store connected');
      background.run(shop, () => upkeep.settleAndImport(shop));
    },

    repair: async (shop) => {
      upkeep.find(shop);
      await upkeep.settle(shop);
      return toStore(upkeep.find(shop));
    },

    sync: async (shop) => {
      const { record, client } = upkeep.connected(shop);
      background.run(shop, () => duties.importProducts(client, record.currency));
    },

    settleAll: () => {
      for (const { shop, state } of store.all())
        if (state === 'connected') background.run(shop, () => upkeep.settleAndImport(shop));
    },

    markUninstalled: async (tx, shop, at) => {
      const record = store.find(shop);
      // A late delivery about an earlier install must not disconnect the present one.
      if (!record || record.connectedAt > at) return;
      await store.updateIn(tx, shop, {
        state: 'uninstalled',
        ...NO_TOKEN,
        webhookTopics: [],
        problem: problemOf(
          new AppError('SHOPIFY_UNAUTHORIZED', 'The app was uninstalled from this store.', {
            hint: 'Connect the store again to go on. What was fetched stays here.',
          }),
          clock,
        ),
      });
      await duties.onUninstalled(tx, shop);
      bus.publish({ topic: 'stores', shop });
    },

    close: () => background.close(),
  };
};
