import type { FastifyInstance } from 'fastify';
import { registerExportRoute } from '../features/resources/browse/export.ts';
import { createBrowse } from '../features/resources/browse/service.ts';
import { createProductImport } from '../features/resources/product-import.ts';
import { gidsOf } from '../features/resources/resource-stores.ts';
import { createResourceWebhookHandlers } from '../features/resources/webhook-handlers.ts';
import type { ShopStore } from '../features/shops/shop-store.ts';
import { toIso } from '../platform/clock.ts';
import type { Foundation } from './foundation.ts';

export const composeResources = ({ db, clock, bus, log, onClose }: Foundation, store: ShopStore) => {
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
  onClose(() => imports.close());
  const services = createBrowse(db, clock);
  return {
    imports,
    services,
    registerPrivate: (door: FastifyInstance): void =>
      registerExportRoute(door, {
        lists: {
          products: services.products.list,
          orders: services.orders.list,
          transactions: services.transactions.list,
          customers: services.customers.list,
        },
        today: () => toIso(clock.now()).slice(0, 10),
      }),
    webhookHandlers: createResourceWebhookHandlers({
      onChanged: (resource, shop, pks) =>
        bus.publish({ topic: resource, shop, ...(pks.length <= 50 ? { ids: gidsOf(resource, pks) } : {}) }),
      currencyOf: (shop) => {
        const record = store.find(shop);
        return record === undefined ? undefined : record.currency;
      },
    }),
  };
};
