import { AppError } from '../shared/errors.ts';
import type { Services } from './api/services.ts';
import { openDoors } from './compose/doors.ts';
import { type AppOptions, type Foundation, layFoundation } from './compose/foundation.ts';
import { disclosingServices, maskForKeys, maskServices, type PlainServices } from './compose/masked-services.ts';
import { composePixel } from './compose/pixel.ts';
import { composePrivacy } from './compose/privacy.ts';
import { composeResources } from './compose/resources.ts';
import { composeKeyRotation } from './compose/secrets.ts';
import { composeShopifyApp } from './compose/shopify-app.ts';
import { composeShops } from './compose/shops.ts';
import { composeStoreAccess } from './compose/store-access.ts';
import { composeTasks } from './compose/tasks.ts';
import { composeTunnel } from './compose/tunnel.ts';
import { composeWebhooks } from './compose/webhooks.ts';
import { createBackups } from './features/backups/service.ts';
import { createShopStore } from './features/shops/shop-store.ts';
import { createStats } from './features/stats/service.ts';
import { createSystemService } from './features/system/service.ts';
import { apiVersionStatus } from './shopify/api-version.ts';

export type { AppOptions } from './compose/foundation.ts';

export interface App {
  readonly publicUrl: string;
  /** Null on the desktop. */
  readonly privateUrl: string | null;
  readonly services: Services;
  createLoginUrl(): string | null;
  /** The computer woke up, or its network changed. */
  recheckNetwork(): void;
  close(): Promise<void>;
}

const compose = async (base: Foundation): Promise<Omit<App, 'close'>> => {
  const { options, config, db, clock, bus, publicAddress, onClose } = base;
  let ready = false;
  const tasks = composeTasks(base);
  // First of all: an older copy of the database that was put in place is freed of whoever was erased since.
  const privacy = await composePrivacy(base, {
    queue: tasks.queue,
    reader: tasks.reader,
    shops: {
      find: (shop) => store.find(shop),
      reload: async (shop) => {
        await store.reread(shop);
        await pixel.activation.reload();
        bus.publish({ topic: 'stores', shop });
      },
    },
  });
  const shopify = await composeShopifyApp(base);
  // The demo's traffic stays on this computer: through a tunnel it would use up the plan for invented data.
  const foundation: Foundation =
    shopify.demo === null ? base : { ...base, publicAddress: { ...publicAddress, url: publicAddress.local } };
  const pixelStopped = (): boolean => shopify.demo === null && tunnel.service.summary().pixelStopped;
  const store = await createShopStore(db, { demo: shopify.demo !== null });
  const pixel = await composePixel(foundation, privacy.suppression, {
    queue: tasks.queue,
    clientOf: (shop) => access.clients.of(shop),
    shops: () => store.all(),
    isStopped: () => pixelStopped(),
  });
  const access = composeStoreAccess(foundation, { store, shopify });
  const resources = composeResources(foundation, {
    store,
    access,
    queue: tasks.queue,
    suppression: privacy.suppression,
    // What was fetched is here; if it can't be noted beside the gap, the next run is asked once more.
    onSynced: (run) =>
      webhooks
        .fillGaps(run)
        .catch((error: unknown) => foundation.log.error({ err: error }, 'what filled a gap was not noted')),
    note: privacy.service.noteDisclosure,
    onErased: privacy.onErased,
  });
  const keyRotation = composeKeyRotation(foundation, access.leases);
  const shops = composeShops(foundation, {
    store,
    shopify,
    access,
    // What the other areas do for a store once it is connected.
    duties: {
      ensureWebhooks: (client, signal) => webhooks.ensureSubscriptions(client, signal),
      // While the tunnel's plan is nearly used up, shops' browsers must not even ask: a refused request counts too.
      ensurePixel: async (client, signal) => {
        if (pixelStopped()) await pixel.activation.withdraw(client, signal);
        else await pixel.ensureActive(client, signal);
      },
      withdraw: async (client, signal) => {
        const pixelStays = await pixel.activation.withdraw(client, signal);
        const topics = await webhooks.removeSubscriptions(client, signal);
        return [
          ...(topics.length === 0 ? [] : [`webhooks ${topics.join(', ')}`]),
          ...(pixelStays === null ? [] : [`the pixel, since ${pixelStays}`]),
        ];
      },
      ensurePixelKey: pixel.activation.ensureKey,
      pixelOf: async (shop) => {
        const extension = await pixel.activation.of(shop);
        return { pixelKey: extension?.pixelKey ?? '', active: extension?.status === 'active' };
      },
      afterConnect: async (shop) => {
        await pixel.activation.reload();
        await webhooks.takeUp(shop);
      },
      onUninstalled: async (tx, shop, afterCommit) => {
        await pixel.activation.markGone(tx, shop);
        afterCommit(() => {
          privacy
            .stopTasks(shop)
            .catch((error: unknown) =>
              foundation.log.error({ shop, err: error }, 'tasks of the store could not be ended'),
            );
        });
      },
      startSync: (shop, trigger) => resources.sync.start(shop, trigger),
      syncsOf: resources.sync.statesOf,
    },
    publicProblem: () => {
      const { mode, phase, problem } = tunnel.service.summary();
      if (mode !== 'ngrok' || phase === 'online') return null;
      return problem ?? { message: `The tunnel is ${phase}.`, hint: 'Try again when it is online.' };
    },
  });
  const webhooks = await composeWebhooks(foundation, {
    handlers: { ...resources.webhookHandlers, ...shops.webhookHandlers, ...privacy.webhookHandlers },
    suppression: privacy.suppression,
    secrets: shopify.settings.acceptedSecrets,
    queue: tasks.queue,
    sampleRecord: async (shop, topic) => (await resources.sampleRecord(shop, topic)) ?? shops.sampleRecord(shop, topic),
    stores: store.all,
    repairStore: shops.service.repair,
    reach: {
      obstacle: () => {
        if (base.storage.current()) return 'storage';
        const { mode, phase } = tunnel.service.summary();
        return mode === 'ngrok' && phase !== 'online' ? 'tunnel' : null;
      },
      catchUpAll: () => {
        // Without a tunnel nothing can have changed for Shopify; the next reconcile fills it.
        if (tunnel.service.summary().mode === 'ngrok') shops.service.settleAll();
      },
      catchUp: (shop, resource) => resources.sync.start(shop, 'wake', resource),
    },
    changedBetween: resources.changedBetween,
    recovery: {
      changedSince: resources.sync.changedSince,
      fetchOne: resources.sync.fetchOne,
      behind: resources.behind,
      assertCallable: shops.service.assertCallable,
    },
  });

  /** Deliveries may have been missed until now: what that period is to be filled with is fetched after it is known. */
  const lookAndSettle = (): void => {
    webhooks.listening
      .look()
      .catch((error: unknown) => foundation.log.error({ err: error }, 'the time without deliveries was not noted'))
      .finally(() => shops.service.settleAll());
  };

  const tunnel = await composeTunnel(base, {
    demo: shopify.demo !== null,
    onPublicUrl: () => {
      if (shopify.demo === null) lookAndSettle();
    },
    onPixelStopped: () => {
      if (shopify.demo === null) shops.service.repairAll();
    },
  });

  const plain: PlainServices = {
    system: createSystemService({
      version: options.version,
      mode: options.desktop ? 'desktop' : 'headless',
      demo: shopify.demo !== null,
      masterKeySource: options.masterKey.source,
      apiVersion: config.SHOPIFY_API_VERSION,
      publicUrl: publicAddress.url,
      tunnel: tunnel.service.summary,
      db,
      storage: base.storage,
      clock,
    }),
    backups: createBackups({
      dataDir: config.dataDir,
      version: options.version,
      clock,
      keep: config.BACKROOM_BACKUPS_KEEP,
      queue: tasks.queue,
      onChanged: () => bus.publish({ topic: 'settings' }),
      restart: options.onRestartNeeded,
    }),
    stores: {
      list: shops.service.list,
      beginConnect: shops.connect.begin,
      connectAttempt: shops.connect.attempt,
      connectWithToken: shops.direct.withToken,
      connectWithCredentials: shops.direct.withCredentials,
      rename: shops.service.rename,
      disconnect: shops.service.disconnect,
      sync: async ({ shop, resource }) => {
        shops.service.assertCallable(shop);
        await resources.sync.start(shop, 'person', resource);
      },
      pauseSync: ({ shop, resource }) => resources.sync.pause(shop, resource),
      cancelSync: ({ shop, resource }) => resources.sync.cancel(shop, resource),
      verifySync: async ({ shop, resource }) => {
        shops.service.assertCallable(shop);
        await resources.sync.start(shop, 'verify', resource);
      },
      reimport: async ({ shop, resource, confirm }) => {
        if (confirm !== shop)
          throw new AppError('BAD_REQUEST', 'The confirmation does not name the store.', {
            hint: `Confirm with ${shop}.`,
          });
        shops.service.assertCallable(shop);
        await resources.sync.reimport(shop, resource);
      },
      syncRuns: resources.sync.runs,
      repair: shops.service.repair,
    },
    ...resources.services,
    webhooks: webhooks.service,
    pixel: pixel.service,
    privacy: privacy.service,
    tasks: tasks.service,
    settings: {
      credentials: shopify.settings.view,
      saveCredentials: shopify.settings.save,
      importCredentials: shopify.settings.importFile,
      takeAppToml: shopify.settings.takeAppToml,
      masterKey: keyRotation.view,
      changeMasterKey: keyRotation.change,
      apiHealth: async () => ({
        ...apiVersionStatus(config.SHOPIFY_API_VERSION, clock.now()),
        notices: [...access.notices.list()],
      }),
    },
    tunnel: {
      get: tunnel.service.view,
      save: tunnel.service.save,
      recheck: tunnel.service.recheck,
      check: tunnel.service.check,
    },
    stats: createStats(db),
  };
  const { noteDisclosure } = privacy.service;
  const services = maskServices(plain, { masking: privacy.masking, note: noteDisclosure });

  const { privateUrl, sessions, localUrl } = await openDoors(foundation, {
    services,
    keyServices: maskForKeys(plain, { masking: privacy.masking }),
    personalServices: disclosingServices(plain, noteDisclosure),
    readiness: () => (!ready ? 'starting' : base.storage.current() ? 'unwritable' : 'ready'),
    metrics: [tasks],
    proofOf: tunnel.proof.proofOf,
    public: [tunnel, shops, webhooks, pixel],
    private: [privacy, resources],
  });
  webhooks.listensAt(localUrl);
  await tunnel.start();
  // Before anything syncs: what a sync brings fills the gaps that are known by then.
  await webhooks.listening.start();
  await tasks.start();
  webhooks.processor.wake();
  shops.start();
  keyRotation.start();
  ready = true;
  onClose(async () => {
    ready = false;
  });
  return {
    get publicUrl() {
      return publicAddress.url();
    },
    recheckNetwork: () => {
      void tunnel.service.recheck();
      lookAndSettle();
    },
    privateUrl,
    services,
    createLoginUrl: () => (privateUrl === null ? null : `${privateUrl}/login?token=${sessions.createLoginToken()}`),
  };
};

/** The composition root: every area is built here, in order, and closed in the opposite order. */
export const startApp = async (options: AppOptions): Promise<App> => {
  const foundation = await layFoundation(options);
  try {
    // Not spread: the public address is live.
    return Object.assign(await compose(foundation), { close: foundation.close });
  } catch (error) {
    await foundation.close();
    throw error;
  }
};
