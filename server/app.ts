import type { Shopify } from '@shopify/shopify-api';
import type { MasterKeySource } from '../shared/process-messages.ts';
import type { Services } from './api/services.ts';
import type { DemoStore } from './demo-mode.ts';
import { listenSocket, listenTcp } from './doors/listen.ts';
import { createPrivateDoor } from './doors/private-door.ts';
import { createPublicDoor } from './doors/public-door.ts';
import { createPixelActivation } from './features/pixel/activation.ts';
import { ExtensionEntity } from './features/pixel/entities.ts';
import { createPixelIngest } from './features/pixel/ingest.ts';
import { createPixelQueries } from './features/pixel/queries.ts';
import { registerPixelRoutes } from './features/pixel/routes.ts';
import { createProductImport } from './features/resources/product-import.ts';
import { createProductQueries } from './features/resources/product-queries.ts';
import { createProductWebhookHandlers } from './features/resources/product-webhooks.ts';
import { SettingEntity } from './features/settings/entities.ts';
import { splitScopes } from './features/settings/read-credentials.ts';
import { createCredentialSettings, DEFAULT_SCOPES, loadSavedCredentials } from './features/settings/service.ts';
import { createConnectFlow } from './features/shops/connect.ts';
import { OAuthStateEntity, ShopEntity } from './features/shops/entities.ts';
import { registerAuthRoutes } from './features/shops/routes.ts';
import { createShopService } from './features/shops/service.ts';
import { createShopStore } from './features/shops/shop-store.ts';
import { createShopWebhookHandlers } from './features/shops/shop-webhooks.ts';
import { createStats } from './features/stats/service.ts';
import { createSystemService } from './features/system/service.ts';
import { createInbox } from './features/webhooks/inbox.ts';
import { createWebhookProcessor } from './features/webhooks/processor.ts';
import { createWebhookQueries } from './features/webhooks/queries.ts';
import { requeueIgnored } from './features/webhooks/requeue.ts';
import { registerWebhookRoutes } from './features/webhooks/routes.ts';
import { ensureSubscriptions } from './features/webhooks/subscriptions.ts';
import { migrations } from './migrations.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Config } from './platform/config/config.ts';
import { openDatabase } from './platform/db/database.ts';
import { createEventBus } from './platform/events/bus.ts';
import { createConsoleSessions } from './platform/http/console-sessions.ts';
import { createIds } from './platform/ids.ts';
import type { Log } from './platform/log/log.ts';
import type { Redactor } from './platform/log/redact.ts';
import { createMetrics } from './platform/metrics.ts';
import { createVault } from './platform/vault/vault.ts';
import { type AppCredentials, createAddress, createShopifyApi, installFetch } from './shopify/platform.ts';

export interface AppOptions {
  readonly config: Config;
  readonly version: string;
  readonly log: Log;
  readonly redactor: Redactor;
  readonly masterKey: { readonly key: string; readonly source: MasterKeySource };
  /** Desktop: the private door is this socket, opened with this key. Headless: loopback TCP. */
  readonly desktop: { readonly socketPath: string; readonly doorKey: string } | null;
  /** The built console, for the headless private door. */
  readonly consoleDirectory: string | null;
  readonly startDemo: () => Promise<DemoStore>;
  /** The app must be composed anew: the operator entered credentials, so the demo ends. */
  readonly onRestartNeeded: () => void;
  readonly clock?: Clock;
}

export interface App {
  readonly publicUrl: string;
  /** Null on the desktop. */
  readonly privateUrl: string | null;
  readonly services: Services;
  createLoginUrl(): string | null;
  close(): Promise<void>;
}

/** The composition root: every part is built here, in order, and closed in the opposite order. */
export const startApp = async (options: AppOptions): Promise<App> => {
  const { config, log, redactor, desktop } = options;
  const clock = options.clock ?? systemClock;
  const ids = createIds(clock);
  const bus = createEventBus((error) => log.error({ err: error }, 'a listener failed'));
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };

  try {
    const db = await openDatabase({
      dataDir: config.dataDir,
      entities: [ShopEntity, OAuthStateEntity, SettingEntity, ExtensionEntity],
      migrations,
    });
    closers.push(() => db.close());
    for (const secret of [
      options.masterKey.key,
      config.SHOPIFY_API_SECRET,
      config.SHOPIFY_ADMIN_TOKEN,
      config.BACKROOM_ADMIN_KEY,
      desktop?.doorKey,
    ]) {
      if (secret !== undefined) redactor.add(secret);
    }
    const vault = createVault(options.masterKey.key);

    // ---- which Shopify: the real one, a stand-in that was named, or the built-in demo
    const hasCredentials =
      config.SHOPIFY_API_KEY !== undefined ||
      config.SHOPIFY_ADMIN_TOKEN !== undefined ||
      ((await loadSavedCredentials(db))?.sealedSecret ?? null) !== null;
    const demo =
      config.BACKROOM_DEMO === 'on' || (config.BACKROOM_DEMO === 'auto' && !hasCredentials)
        ? await options.startDemo()
        : null;
    if (demo) closers.push(() => demo.close());
    const address = createAddress(demo?.origin ?? config.BACKROOM_SHOPIFY_ORIGIN);
    installFetch(address);

    let publicUrl = config.BACKROOM_PUBLIC_URL ? new URL(config.BACKROOM_PUBLIC_URL).origin : '';
    let api: { for: AppCredentials; instance: Shopify } | null = null;
    const scopes = config.SHOPIFY_SCOPES === undefined ? DEFAULT_SCOPES : splitScopes(config.SHOPIFY_SCOPES);
    const fixedCredentials = (): { source: 'environment' | 'demo'; credentials: AppCredentials } | null => {
      if (demo)
        return {
          source: 'demo',
          credentials: { apiKey: demo.clientId, apiSecret: demo.clientSecret, scopes: DEFAULT_SCOPES },
        };
      if (config.SHOPIFY_API_KEY === undefined || config.SHOPIFY_API_SECRET === undefined) return null;
      return {
        source: 'environment',
        credentials: { apiKey: config.SHOPIFY_API_KEY, apiSecret: config.SHOPIFY_API_SECRET, scopes },
      };
    };
    const settings = await createCredentialSettings({
      db,
      vault,
      clock,
      bus,
      redactor,
      publicUrl: () => publicUrl,
      fixed: fixedCredentials(),
      onChange: (leavesDemo) => {
        api = null;
        if (leavesDemo) options.onRestartNeeded();
      },
    });
    /** A store connected by a pasted token needs no app credentials to call the Admin API; the library wants some all the same. */
    const TOKEN_ONLY: AppCredentials = { apiKey: 'custom-app', apiSecret: ids.secret(32), scopes };
    const shopifyApp = (): { credentials: AppCredentials; api: Shopify } => {
      const credentials = settings.current() ?? TOKEN_ONLY;
      if (api?.for.apiKey !== credentials.apiKey || api.for.apiSecret !== credentials.apiSecret) {
        api = {
          for: credentials,
          instance: createShopifyApi({ credentials, publicUrl, apiVersion: config.SHOPIFY_API_VERSION, log }),
        };
      }
      return { credentials, api: api.instance };
    };

    // ---- features
    const store = await createShopStore(db, { demo: demo !== null });
    const pixelActivation = await createPixelActivation({ db, clock, ids });
    const onError = (error: unknown): void => log.error({ err: error }, 'background write failed');
    const pixelIngest = createPixelIngest({ db, clock, bus, onError });
    const imports = createProductImport({
      db,
      clock,
      bus,
      log,
      progress: {
        start: (shop, at) =>
          store.update(shop, {
            syncPhase: 'running',
            syncRows: 0,
            syncTotal: null,
            syncStartedAt: at,
            syncFinishedAt: null,
            syncProblem: null,
          }),
        page: (tx, shop, rows, total) => store.updateIn(tx, shop, { syncRows: rows, syncTotal: total }),
        finish: (shop, at, error) =>
          store.update(shop, {
            syncPhase: error ? 'failed' : 'done',
            syncFinishedAt: at,
            syncProblem: error ? { ...error.toBody(), at } : null,
          }),
      },
    });
    const shops = createShopService({
      db,
      store,
      vault,
      clock,
      bus,
      log,
      redactor,
      app: shopifyApp,
      duties: {
        ensureWebhooks: (client) => ensureSubscriptions(client, `${publicUrl}/webhooks`),
        ensurePixel: (client) => pixelActivation.ensureActive(client, `${publicUrl}/pixel/v1/events`),
        ensurePixelKey: pixelActivation.ensureKey,
        afterConnect: async (shop) => {
          await pixelActivation.reload();
          await requeueIgnored(db, shop);
          processor.wake();
        },
        pixelOf: async (shop) => {
          const extension = await pixelActivation.of(shop);
          return { pixelKey: extension?.pixelKey ?? '', active: extension?.status === 'active' };
        },
        importProducts: imports.run,
      },
    });
    const processor = createWebhookProcessor({
      db,
      clock,
      bus,
      log,
      handlers: {
        ...createProductWebhookHandlers({
          onChanged: (changed) =>
            bus.publish({ topic: 'products', ...(changed.length <= 50 ? { ids: [...changed] } : {}) }),
          currencyOf: (shop) => {
            const record = store.find(shop);
            return record === undefined ? undefined : record.currency;
          },
        }),
        ...createShopWebhookHandlers({
          service: shops,
          store,
          publish: (shop) => bus.publish({ topic: 'stores', shop }),
        }),
      },
    });
    closers.push(() => processor.close());
    closers.push(async () => {
      await imports.close();
      await shops.close();
    });
    const inbox = createInbox({ db, clock, bus, onAccepted: processor.wake, onError });
    closers.push(async () => {
      await inbox.idle();
      await pixelIngest.idle();
    });
    const connect = createConnectFlow({
      db,
      clock,
      ids,
      address,
      publicUrl: () => publicUrl,
      app: () => (settings.current() === null ? null : shopifyApp()),
    });
    const products = createProductQueries(db);
    const webhooks = createWebhookQueries(db);
    const pixel = createPixelQueries(db);
    const services: Services = {
      system: createSystemService({
        version: options.version,
        mode: desktop ? 'desktop' : 'headless',
        demo: demo !== null,
        masterKeySource: options.masterKey.source,
        apiVersion: config.SHOPIFY_API_VERSION,
        publicUrl: () => publicUrl,
        db,
        clock,
      }),
      stores: { list: shops.list, beginConnect: connect.begin, sync: shops.sync, repair: shops.repair },
      products,
      webhooks,
      pixel,
      settings: {
        credentials: settings.view,
        saveCredentials: settings.save,
        importCredentials: settings.importFile,
      },
      stats: createStats(db),
    };

    // ---- doors
    const publicDoor = createPublicDoor({
      log,
      register: (door) => {
        registerAuthRoutes(door, {
          flow: connect,
          log,
          secureCookie: () => publicUrl.startsWith('https:'),
          onToken: (shop, token) =>
            shops.connect({ shop, token, grantType: 'authorization_code', demo: demo !== null }),
        });
        registerWebhookRoutes(door, {
          inbox,
          bodyLimit: config.BACKROOM_LIMITS_WEBHOOK_BODY_BYTES,
          secrets: () => {
            const current = settings.current();
            return current === null ? [] : [current.apiSecret];
          },
        });
        registerPixelRoutes(door, {
          ingest: pixelIngest,
          shopOf: pixelActivation.shopOf,
          bodyLimit: config.BACKROOM_LIMITS_PIXEL_BODY_BYTES,
          limits: {
            enabled: config.BACKROOM_LIMITS === 'on',
            perKey: config.BACKROOM_LIMITS_PIXEL_EVENTS_PER_MINUTE,
            perAddress: config.BACKROOM_LIMITS_PIXEL_ADDRESS_EVENTS_PER_MINUTE,
          },
        });
      },
    });
    closers.push(() => publicDoor.close());
    const sessions = createConsoleSessions({ db, clock, ids });
    let ready = false;
    const privateDoor = await createPrivateDoor({
      log,
      services,
      bus,
      sessions,
      version: options.version,
      keys: [desktop?.doorKey, config.BACKROOM_ADMIN_KEY].filter((key) => key !== undefined),
      tcp: desktop ? null : { consoleDirectory: options.consoleDirectory },
      ready: () => ready,
      metrics: createMetrics(db),
    });
    closers.push(() => privateDoor.close());

    const publicPort = config.BACKROOM_PUBLIC_PORT;
    const localUrl = await listenTcp(publicDoor, {
      port: publicPort ?? 7701,
      configured: publicPort !== undefined,
      name: 'BACKROOM_PUBLIC_PORT',
      log,
    });
    if (publicUrl === '') publicUrl = localUrl;
    let privateUrl: string | null = null;
    if (desktop) await listenSocket(privateDoor, desktop.socketPath);
    else
      privateUrl = await listenTcp(privateDoor, {
        port: config.BACKROOM_PRIVATE_PORT,
        configured: true,
        name: 'BACKROOM_PRIVATE_PORT',
        log,
      });

    // ---- what was left undone, and the store that the environment or the demo names
    processor.wake();
    shops.settleAll();
    const named = demo
      ? { shop: demo.shop, token: demo.adminToken }
      : config.SHOPIFY_SHOP !== undefined && config.SHOPIFY_ADMIN_TOKEN !== undefined
        ? { shop: config.SHOPIFY_SHOP, token: config.SHOPIFY_ADMIN_TOKEN }
        : null;
    if (named) {
      const connected = shops
        .connect({
          shop: named.shop,
          token: { access_token: named.token, scope: '' },
          grantType: 'admin_token',
          demo: demo !== null,
        })
        .catch((error: unknown) =>
          log.error({ shop: named.shop, err: error }, 'the store named in the environment could not be connected'),
        );
      closers.push(() => connected);
    }
    ready = true;
    return {
      publicUrl,
      privateUrl,
      services,
      createLoginUrl: () => (privateUrl === null ? null : `${privateUrl}/login?token=${sessions.createLoginToken()}`),
      close: async () => {
        ready = false;
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
};
