import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { RESOURCES } from '../../shared/browse/columns.ts';
import { AppError } from '../../shared/errors.ts';
import type { Disclosure } from '../features/privacy/service.ts';
import { changedTags, createCachedReads } from '../features/resources/browse/cached-reads.ts';
import { registerExportRoute } from '../features/resources/browse/export.ts';
import { createExportJobs } from '../features/resources/browse/export-jobs.ts';
import { createBrowse } from '../features/resources/browse/service.ts';
import { gidsOf } from '../features/resources/resource-stores.ts';
import { bulkFinishHandler } from '../features/resources/sync/bulk-finish.ts';
import { type RowChange, rowsBehind, rowsChangedBetween } from '../features/resources/sync/changes.ts';
import { createDayKeeper } from '../features/resources/sync/day-keeper.ts';
import { createImportNews } from '../features/resources/sync/import-news.ts';
import { createSyncService, type FinishedRun } from '../features/resources/sync/service.ts';
import type { SyncedResource } from '../features/resources/sync/source.ts';
import { createResourceWebhookHandlers } from '../features/resources/webhook-handlers.ts';
import { createRecordSamples } from '../features/resources/webhook-samples.ts';
import type { ShopStore } from '../features/shops/shop-store.ts';
import { createReadCache } from '../platform/cache/read-cache.ts';
import { toIso } from '../platform/clock.ts';
import type { Suppression } from '../platform/personal-data.ts';
import type { TaskQueue } from '../platform/queue/queue.ts';
import { createBulkWakeUps } from '../shopify/bulk.ts';
import type { Foundation } from './foundation.ts';
import type { StoreAccess } from './store-access.ts';

/** How many ids an announcement names; more mean "look again". */
const NAMED_IDS = 50;
/** `read_all_orders` lets an app see more than the last 60 days; the demo's invented store has no such limit. */
const ALL_ORDERS = 'read_all_orders';

export const composeResources = (
  { db, clock, bus, log, ids, config, onClose, options: { tellDesktop } }: Foundation,
  parts: {
    store: ShopStore;
    access: StoreAccess;
    queue: TaskQueue;
    suppression: Suppression;
    onSynced: (run: FinishedRun) => Promise<void>;
    onErased: (listener: (shop: string) => void) => void;
    note: (disclosure: Disclosure) => Promise<void>;
  },
) => {
  const { store, access } = parts;
  const announce = (
    resource: 'products' | 'orders' | 'transactions' | 'customers',
    shop: string,
    pks: readonly number[],
  ) => bus.publish({ topic: resource, shop, ...(pks.length <= NAMED_IDS ? { ids: gidsOf(resource, pks) } : {}) });
  const onDays = (shop: string): void => {
    for (const topic of ['orders', 'transactions'] as const) bus.publish({ topic, shop });
  };
  const days = createDayKeeper({ db, clock, log, onRebuilt: onDays });
  onClose(days.stop);
  const wakeUps = createBulkWakeUps();
  const sync = createSyncService({
    db,
    clock,
    queue: parts.queue,
    ports: {
      db,
      clock,
      log,
      suppression: parts.suppression,
      wakeUps,
      onRows: (shop, resource, pks) => {
        announce(resource, shop, pks);
        if (resource !== 'orders') return;
        bus.publish({ topic: 'transactions', shop });
        days.touch();
      },
      onState: (shop) => bus.publish({ topic: 'stores', shop }),
      onDays,
    },
    store: (shop) => {
      const record = store.find(shop);
      if (record?.state !== 'connected')
        throw new AppError('SHOPIFY_UNAUTHORIZED', `${shop} is not connected.`, { hint: 'Connect it in Stores.' });
      return {
        client: access.clients.of(shop),
        currency: record.currency,
        seesAllOrders: record.demo || record.scopes.includes(ALL_ORDERS),
      };
    },
    onRun: parts.onSynced,
    connectedShops: () =>
      store
        .all()
        .filter((record) => record.state === 'connected')
        .map((record) => record.shop),
  });
  if (tellDesktop) {
    const news = createImportNews({
      clock,
      log,
      shops: () => store.all().map(({ shop }) => shop),
      statesOf: sync.statesOf,
      tell: (share) => tellDesktop({ type: 'import', share }),
    });
    bus.subscribe(({ topic }) => {
      if (topic === 'stores') news.look();
    });
    onClose(news.stop);
  }
  const cache = createReadCache({ clock });
  bus.subscribe((message) => cache.drop(changedTags(message)));
  const exports = createExportJobs({ clock, ids, onChange: () => bus.publish({ topic: 'exports' }) });
  onClose(async () => exports.cancelAll('Backroom is being closed.'));
  parts.onErased((shop) => {
    exports.cancelAll('A privacy request was carried out: start the export again.');
    cache.clear();
    for (const topic of RESOURCES) bus.publish({ topic, shop });
  });
  const reads = createBrowse(db, clock);
  const cached = createCachedReads(reads.browse, cache, clock);
  const services = {
    ...reads,
    browse: {
      ...reads.browse,
      ...cached,
      cache: async () => cache.stats(),
      clearCache: async () => {
        cache.clear();
        bus.publish({ topic: 'settings' });
      },
      exports: async () => ({ items: exports.list() }),
      cancelExport: async (id: string) => exports.cancel(id),
    },
  };
  return {
    sync,
    sampleRecord: createRecordSamples(db),
    changedBetween: (period: Parameters<typeof rowsChangedBetween>[1]) => rowsChangedBetween(db, period),
    behind: (resource: SyncedResource, changes: readonly RowChange[]) => rowsBehind(db, resource, changes),
    services: { ...services, records: { refresh: sync.refresh } },
    registerPrivate: (door: FastifyInstance): void =>
      registerExportRoute(door, {
        lists: {
          products: services.products.list,
          orders: services.orders.list,
          transactions: services.transactions.list,
          customers: services.customers.list,
        },
        noteExport: ({ stage, shop, filter, ...facts }) =>
          parts.note({ kind: `export.${stage}`, shop, facts, subject: { name: 'filterDigest', text: filter } }),
        count: async (resource, selection, signal) =>
          (await reads.browse.count({ resource, ...selection }, signal)).total,
        jobs: exports,
        ids,
        folder: join(config.dataDir, 'exports'),
        today: () => toIso(clock.now()).slice(0, 10),
      }),
    webhookHandlers: {
      'bulk_operations/finish': bulkFinishHandler(wakeUps),
      ...createResourceWebhookHandlers({
        onChanged: (resource, shop, pks) => {
          announce(resource, shop, pks);
          if ((resource === 'orders' || resource === 'transactions') && pks.length > 0) days.touch();
        },
        currencyOf: (shop) => {
          const record = store.find(shop);
          return record === undefined ? undefined : record.currency;
        },
      }),
    },
  };
};
