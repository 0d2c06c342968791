import fastifyFactory, { type FastifyRequest } from 'fastify';
import { createBulkService } from './bulk/service.ts';
import { createRandom, hashSeed } from './data/random.ts';
import { createAdminExecutor } from './graphql/execute.ts';
import { registerAdminApi } from './http/admin-api.ts';
import { registerBulkFiles } from './http/bulk-files.ts';
import { registerControl } from './http/control.ts';
import { createFaultPlan } from './http/faults.ts';
import { registerOauth } from './http/oauth.ts';
import { messagePage } from './http/pages.ts';
import type { DemoReady, DemoStoreOptions } from './options.ts';
import { createAccess } from './shop/access.ts';
import { createActions } from './shop/actions.ts';

import { createClock } from './shop/clock.ts';
import { createShops, type DemoShop } from './shop/shop.ts';
import { createPixelSender } from './traffic/pixel-sender.ts';
import { createStorefront, type Storefront } from './traffic/storefront.ts';
import { CALM_TRAFFIC, startTraffic } from './traffic/traffic.ts';
import { createDeliveryService } from './webhooks/delivery.ts';

/** A running stand-in store. */
export interface DemoStore {
  readonly ready: DemoReady;
  /** Domains of the shops it serves, the main one first. */
  readonly shops: readonly string[];
  close(): Promise<void>;
}

const FORM = 'application/x-www-form-urlencoded';
const BODY_LIMIT = 8 * 1024 * 1024;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.toLowerCase() : undefined;
const fieldOf = (source: unknown, name: string): string | undefined =>
  typeof source === 'object' && source !== null && name in source
    ? text((source as Record<string, unknown>)[name])
    : undefined;

/** Starts a Shopify look-alike on this computer: Admin GraphQL, OAuth, webhooks and pixel events of a few invented shops. */
export const startDemoStore = async (options: DemoStoreOptions = {}): Promise<DemoStore> => {
  let origin = '';
  const clock = createClock(options.now ?? Date.now);
  const { now } = clock;
  const seed = options.seed ?? 1;
  // Ids must differ from those of an earlier start with the same seed, or the console would take new events for old ones.
  const random = createRandom(hashSeed(seed, 'run', options.salt ?? now()));
  const shops = createShops({
    seed,
    products: options.products ?? 120,
    orders: options.orders ?? 200,
    customers: options.customers ?? 100,
    throttle: { maximum: options.throttle?.maximum ?? 2000, restoreRate: options.throttle?.restoreRate ?? 100 },
    ...(options.epoch === undefined ? {} : { epoch: options.epoch }),
    now,
  });
  const access = createAccess({
    shops,
    seeded: createRandom(hashSeed(seed, 'app')),
    random,
    now,
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 3600,
  });
  const deliveries = createDeliveryService({
    clientSecret: access.clientSecret,
    random,
    clock,
    retryScale: options.retryScale ?? 1,
    complianceUri: options.complianceUri ?? null,
  });
  const pixels = createPixelSender();
  const faults = createFaultPlan();
  const waits = new Set<() => void>();
  const delay = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        waits.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      waits.add(end);
    });

  const events = createActions({ deliveries, access, clock });
  // Whoever pays leaves an order, so that sessions and orders match.
  const storefronts = new Map<DemoShop, Storefront>(
    shops.map((shop) => [
      shop,
      createStorefront(shop, random, now, (products, token) => events.placeOrder(shop, null, products, token).id),
    ]),
  );

  /** By the header that the backend adds, the `shop` parameter, the form, or the code that is being redeemed. */
  const shopOf = (request: FastifyRequest): DemoShop | null | undefined => {
    const domain =
      text(request.headers['x-shopify-shop-domain']) ?? fieldOf(request.query, 'shop') ?? fieldOf(request.body, 'shop');
    if (domain !== undefined) return shops.find((shop) => shop.profile.domain === domain);
    return access.shopOfCode(fieldOf(request.body, 'code') ?? '');
  };

  const server = fastifyFactory({ bodyLimit: BODY_LIMIT, forceCloseConnections: true });
  server.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  server.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .type('text/html; charset=utf-8')
      .send(messagePage('Not found', 'The stand-in store has no such page.')),
  );
  server.setErrorHandler((error, _request, reply) => {
    const { statusCode = 500, message } = error as { statusCode?: number; message: string };
    return reply.code(statusCode).send({ errors: message });
  });
  const bulk = createBulkService({
    random,
    now,
    faults,
    origin: () => origin,
    finished: (operation) => events.bulkFinished(operation),
  });
  registerAdminApi(server, {
    access,
    execute: createAdminExecutor(),
    faults,
    events,
    bulk,
    random,
    now,
    delay,
    shopOf,
  });
  registerBulkFiles(server, { bulk, faults, delay });
  registerOauth(server, {
    access,
    faults,
    redirectUrls: options.redirectUrls ?? [],
    appUrl: options.appUrl ?? null,
    events,
    now,
    delay,
    shopOf,
  });
  registerControl(server, { shops, storefronts, deliveries, pixels, faults, events, access, random, clock });

  origin = await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  const pace =
    options.traffic === true ? CALM_TRAFFIC : options.traffic ? { ...CALM_TRAFFIC, ...options.traffic } : null;
  const traffic = pace ? startTraffic({ shops, storefronts, deliveries, pixels, events, random, now, pace }) : null;

  return {
    ready: {
      event: 'ready',
      origin,
      shop: shops[0]?.profile.domain ?? '',
      clientId: access.clientId,
      clientSecret: access.clientSecret,
      adminToken: access.adminToken,
    },
    shops: shops.map((shop) => shop.profile.domain),
    close: async () => {
      traffic?.stop();
      deliveries.close();
      clock.close();
      await bulk.close();
      pixels.close();
      for (const end of [...waits]) end();
      await server.close();
    },
  };
};
