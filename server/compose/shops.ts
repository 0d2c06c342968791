import type { FastifyInstance } from 'fastify';
import { createConnectFlow, STATE_TTL_MS } from '../features/shops/connect.ts';
import { createDirectConnect } from '../features/shops/connect-direct.ts';
import { createSqlOAuthStates } from '../features/shops/oauth-states.ts';
import { registerAuthRoutes } from '../features/shops/routes.ts';
import { createShopService, type StoreDuties } from '../features/shops/service.ts';
import type { ShopStore } from '../features/shops/shop-store.ts';
import { createShopWebhookHandlers } from '../features/shops/shop-webhooks.ts';
import { shopSample } from '../features/shops/webhook-sample.ts';
import type { Foundation } from './foundation.ts';
import type { ShopifyApp } from './shopify-app.ts';
import type { StoreAccess } from './store-access.ts';

export const composeShops = (
  foundation: Foundation,
  parts: {
    store: ShopStore;
    shopify: ShopifyApp;
    access: StoreAccess;
    duties: StoreDuties;
    publicProblem: () => { message: string; hint: string } | null;
  },
) => {
  const { config, db, vault, clock, ids, bus, log, redactor, publicAddress, onClose } = foundation;
  const { store, shopify } = parts;
  const isDemo = shopify.demo !== null;
  const service = createShopService({
    ...parts.access,
    store,
    vault,
    clock,
    bus,
    log,
    redactor,
    scopes: () => shopify.current().credentials.scopes,
    duties: parts.duties,
  });
  onClose(() => service.close());
  const publish = (shop: string): void => bus.publish({ topic: 'stores', shop });
  const connect = createConnectFlow({
    states: createSqlOAuthStates({ db, clock, newId: ids.uuid, ttlMs: STATE_TTL_MS }),
    clock,
    ids,
    address: shopify.address,
    publicUrl: publicAddress.url,
    publicProblem: parts.publicProblem,
    app: () => (shopify.settings.current() === null ? null : shopify.current()),
    isSettled: service.isSettled,
    connect: async (shop, token) => {
      await service.connect({ shop, token, grantType: 'authorization_code', demo: isDemo });
    },
    onChange: publish,
  });
  const direct = createDirectConnect({
    address: shopify.address,
    credentials: shopify.settings.current,
    connect: (shop, token, grantType) => service.connect({ shop, token, grantType, demo: isDemo }),
  });

  /** The store that the demo or the environment names. */
  const named = () => {
    if (shopify.demo) return { shop: shopify.demo.shop, token: shopify.demo.adminToken };
    if (config.SHOPIFY_SHOP === undefined || config.SHOPIFY_ADMIN_TOKEN === undefined) return null;
    return { shop: config.SHOPIFY_SHOP, token: config.SHOPIFY_ADMIN_TOKEN };
  };

  return {
    service,
    connect,
    direct,
    sampleRecord: (shop: string, topic: string) => {
      const record = store.find(shop);
      return record === undefined ? null : shopSample(record, topic);
    },
    webhookHandlers: createShopWebhookHandlers({
      service,
      store,
      publish,
    }),
    register: (door: FastifyInstance): void =>
      registerAuthRoutes(door, {
        flow: connect,
        log,
        secureCookie: () => publicAddress.url().startsWith('https:'),
      }),
    /** To be called once both doors listen: takes up what was left undone, and connects the named store. */
    start: (): void => {
      service.settleAll();
      const store = named();
      // Disconnected on purpose is not undone by a restart.
      if (!store || parts.store.find(store.shop)?.state === 'disconnected') return;
      const connected = service
        .connect({
          shop: store.shop,
          token: { access_token: store.token, scope: '' },
          grantType: 'admin_token',
          demo: isDemo,
        })
        .catch((error: unknown) =>
          log.error({ shop: store.shop, err: error }, 'the store named in the environment could not be connected'),
        );
      onClose(() => connected);
    },
  };
};
