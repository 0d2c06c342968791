import type { Shopify } from '@shopify/shopify-api';
import type { EntityManager } from 'typeorm';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Redactor } from '../../platform/log/redact.ts';
import type { Vault } from '../../platform/vault/vault.ts';
import { API_VERSION } from '../../shopify/api-version.ts';
import { createShopifyClient, fixedToken, type ShopifyClient } from '../../shopify/client.ts';
import { type ShopifyFailure, toFailure } from '../../shopify/errors.ts';
import { ShopInfoDocument } from '../../shopify/generated/admin.ts';
import type { TokenResponse } from '../../shopify/oauth.ts';
import { type AppCredentials, missingScopes } from '../../shopify/platform.ts';
import type { ShopRecord } from './entities.ts';
import { problemOf, type ShopStore, toApiStore } from './shop-store.ts';

/** Renewed this long before its end, so that a long call does not outlive its token. */
const REFRESH_EARLY_MS = 5 * 60_000;
/** The time of the last successful call is for people; it is not worth a commit for every call. */
const LAST_CALL_EVERY_MS = 15_000;

/** What other features do for a store once it is connected; handed in by `app.ts`. */
export interface StoreDuties {
  ensureWebhooks(client: ShopifyClient): Promise<string[]>;
  ensurePixel(client: ShopifyClient): Promise<void>;
  ensurePixelKey(tx: EntityManager, shop: string): Promise<void>;
  pixelOf(shop: string): Promise<{ pixelKey: string; active: boolean }>;
  afterConnect(shop: string): Promise<void>;
  importProducts(client: ShopifyClient, currency: string | null): Promise<void>;
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
  db: Database;
  store: ShopStore;
  vault: Vault;
  clock: Clock;
  bus: EventBus;
  log: Log;
  redactor: Redactor;
  app: () => { credentials: AppCredentials; api: Shopify };
  duties: StoreDuties;
}): ShopService => {
  const { store, vault, clock, bus, log, duties } = options;
  const refreshing = new Map<string, Promise<string>>();
  const background = new Set<Promise<void>>();
  const failedCalls = new Set<string>();
  let closed = false;

  const inBackground = (shop: string, work: () => Promise<void>): void => {
    if (closed) return;
    const run = work().catch((error: unknown) =>
      log.error({ shop, err: error }, 'background work for the store failed'),
    );
    background.add(run);
    void run.finally(() => background.delete(run));
  };
  const found = (shop: string): ShopRecord => {
    const record = store.find(shop);
    if (!record) throw new AppError('NOT_FOUND', `${shop} is not connected.`, { hint: 'Connect it in Stores.' });
    return record;
  };

  const sealToken = (shop: string, token: TokenResponse) => {
    for (const secret of [token.access_token, token.refresh_token])
      if (secret !== undefined) options.redactor.add(secret);
    const after = (seconds: number | undefined): string | null =>
      seconds === undefined ? null : toIso(clock.now() + seconds * 1000);
    return {
      accessToken: vault.seal(token.access_token, shop),
      refreshToken: token.refresh_token === undefined ? null : vault.seal(token.refresh_token, shop),
      tokenExpiresAt: after(token.expires_in),
      refreshTokenExpiresAt: after(token.refresh_token_expires_in),
    };
  };

  const onOutcome =
    (shop: string) =>
    (failure: ShopifyFailure | null): void => {
      const record = store.find(shop);
      if (!record || closed) return;
      if (failure === null) {
        const last = record.lastCallAt === null ? 0 : Date.parse(record.lastCallAt);
        // What a call reported is over when a call succeeds; what repairing found stays until a repair succeeds.
        const over = failedCalls.delete(shop);
        if (!over && clock.now() - last < LAST_CALL_EVERY_MS) return;
        inBackground(shop, async () => {
          await store.update(shop, { lastCallAt: toIso(clock.now()), ...(over ? { problem: null } : {}) });
          bus.publish({ topic: 'stores', shop });
        });
        return;
      }
      failedCalls.add(shop);
      const dead = failure.error.code === 'SHOPIFY_UNAUTHORIZED' && record.state === 'connected';
      inBackground(shop, async () => {
        await store.update(shop, {
          problem: problemOf(failure.error, clock),
          ...(dead ? { state: 'reconnect' as const } : {}),
        });
        bus.publish({ topic: 'stores', shop });
      });
    };

  /** One refresh at a time for a store: each one kills the refresh token before it. */
  const refresh = (record: ShopRecord): Promise<string> => {
    const current = refreshing.get(record.shop);
    if (current) return current;
    const run = (async () => {
      const sealed = record.refreshToken;
      if (sealed === null)
        throw new AppError('SHOPIFY_UNAUTHORIZED', 'The store’s access token has ended.', {
          hint: 'Connect the store again.',
        });
      const { session } = await options
        .app()
        .api.auth.refreshToken({ shop: record.shop, refreshToken: vault.open(sealed, record.shop) });
      const seconds = (end: Date | undefined): number | undefined =>
        end ? Math.max(1, Math.round((end.getTime() - clock.now()) / 1000)) : undefined;
      if (!session.accessToken)
        throw new AppError('SHOPIFY_ERROR', 'Shopify’s answer holds no access token.', {
          hint: 'Connect the store again.',
        });
      const token: TokenResponse = {
        access_token: session.accessToken,
        scope: session.scope ?? '',
        // Without an end the token would never be renewed again: Shopify's documented hour is assumed.
        expires_in: seconds(session.expires) ?? 3600,
        refresh_token: session.refreshToken,
        refresh_token_expires_in: seconds(session.refreshTokenExpires),
      };
      await store.update(record.shop, sealToken(record.shop, token));
      return token.access_token;
    })().finally(() => refreshing.delete(record.shop));
    refreshing.set(record.shop, run);
    return run;
  };

  const clientFor = async (shop: string): Promise<ShopifyClient> => {
    const record = found(shop);
    if (record.accessToken === null || record.state === 'uninstalled') {
      throw new AppError('SHOPIFY_UNAUTHORIZED', `${record.name} is not connected any more.`, {
        hint: 'Connect the store again.',
      });
    }
    const ending = record.tokenExpiresAt !== null && Date.parse(record.tokenExpiresAt) - clock.now() < REFRESH_EARLY_MS;
    const accessToken = ending ? await refresh(record) : vault.open(record.accessToken, shop);
    options.redactor.add(accessToken);
    return createShopifyClient({
      api: () => options.app().api,
      shop,
      token: fixedToken(accessToken),
      apiVersion: API_VERSION,
      clock,
      log,
      onOutcome: onOutcome(shop),
    });
  };

  const toStore = async (record: ShopRecord): Promise<api.Store> => {
    const pixel = await duties.pixelOf(record.shop);
    const missing = record.demo ? [] : missingScopes(options.app().credentials.scopes, record.scopes);
    return toApiStore(record, { missingScopes: missing, pixelKey: pixel.pixelKey, pixelActive: pixel.active });
  };

  const noteProblem = async (shop: string, thrown: unknown): Promise<void> => {
    const { error } = toFailure(thrown);
    failedCalls.delete(shop);
    log.warn({ shop, code: error.code, err: thrown }, 'the store needs attention');
    await store.update(shop, { problem: problemOf(error, clock) });
  };

  /** Webhooks and pixel; each failure is noted on the store and does not stop the other. */
  const settle = async (shop: string): Promise<ShopifyClient | null> => {
    let client: ShopifyClient;
    try {
      client = await clientFor(shop);
    } catch (error) {
      await noteProblem(shop, error);
      bus.publish({ topic: 'stores', shop });
      return null;
    }
    const steps = [
      async () => store.update(shop, { webhookTopics: await duties.ensureWebhooks(client) }),
      async () => duties.ensurePixel(client),
    ];
    let allDone = true;
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        allDone = false;
        await noteProblem(shop, error);
      }
    }
    if (allDone) await store.update(shop, { problem: null });
    bus.publish({ topic: 'stores', shop });
    return client;
  };

  const settleAndImport = async (shop: string): Promise<void> => {
    const client = await settle(shop);
    const record = store.find(shop);
    if (client && record && record.syncPhase !== 'done') await duties.importProducts(client, record.currency);
  };

  return {
    list: () => Promise.all(store.all().map(toStore)),

    connect: async ({ shop, token, grantType, demo }) => {
      const { access_token: accessToken } = token;
      options.redactor.add(accessToken);
      const client = createShopifyClient({
        api: () => options.app().api,
        shop,
        token: fixedToken(accessToken),
        apiVersion: API_VERSION,
        clock,
        log,
      });
      const info = await client.request(ShopInfoDocument, {});
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
          ...sealToken(shop, token),
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
      inBackground(shop, () => settleAndImport(shop));
    },

    repair: async (shop) => {
      found(shop);
      await settle(shop);
      return toStore(found(shop));
    },

    sync: async (shop) => {
      const client = await clientFor(shop);
      const { currency } = found(shop);
      inBackground(shop, () => duties.importProducts(client, currency));
    },

    settleAll: () => {
      for (const { shop, state } of store.all())
        if (state === 'connected') inBackground(shop, () => settleAndImport(shop));
    },

    markUninstalled: async (tx, shop, at) => {
      const record = store.find(shop);
      // A late delivery about an earlier install must not disconnect the present one.
      if (!record || record.connectedAt > at) return;
      await store.updateIn(tx, shop, {
        state: 'uninstalled',
        accessToken: null,
        refreshToken: null,
        tokenExpiresAt: null,
        refreshTokenExpiresAt: null,
        webhookTopics: [],
        problem: problemOf(
          new AppError('SHOPIFY_UNAUTHORIZED', 'The app was uninstalled from this store.', {
            hint: 'Connect the store again to go on. What was fetched stays here.',
          }),
          clock,
        ),
      });
      bus.publish({ topic: 'stores', shop });
    },

    close: async () => {
      closed = true;
      await Promise.allSettled([...background]);
    },
  };
};
