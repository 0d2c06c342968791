import type { EntityManager } from 'typeorm';
import type * as api from '../../../shared/api.ts';
import type { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { AfterCommit } from '../../platform/topic-handler.ts';
import { ShopEntity, type ShopRecord } from './entities.ts';

/** Reads and writes the store rows; what is asked on every request is kept in memory. */
export interface ShopStore {
  /** `undefined` for a store that is not connected. */
  find(shop: string): ShopRecord | undefined;
  all(): readonly ShopRecord[];
  /** Reads the row again: another process may have changed it. */
  reread(shop: string): Promise<ShopRecord | undefined>;
  update(shop: string, change: Partial<ShopRecord>): Promise<void>;
  /** What is in memory follows the commit. */
  updateIn(tx: EntityManager, shop: string, change: Partial<ShopRecord>, afterCommit: AfterCommit): Promise<void>;
  save(record: ShopRecord, also: (tx: EntityManager) => Promise<void>): Promise<void>;
}

export const problemOf = (error: AppError, clock: Clock): NonNullable<ShopRecord['problem']> => ({
  ...error.toBody(),
  at: toIso(clock.now()),
});

/** Everything of one store, in the order that its references allow. */
const STORE_TABLES = [
  'product_variants',
  'product_media',
  'product_metafields',
  'product_documents',
  'products',
  'webhook_bodies',
  'order_lines',
  'order_documents',
  'orders',
  'transactions',
  'customer_addresses',
  'customer_documents',
  'customers',
  'deleted_records',
  'record_changes',
  'sync_states',
  'sync_runs',
  'sync_ids',
  'stale_days',
  'order_days',
  'order_status_days',
  'product_days',
  'product_groups',
  'customer_days',
  'customer_groups',
  'transaction_days',
  'webhook_deliveries',
  'webhook_gaps',
  'webhook_subscription_checks',
  'pixel_events',
  'pixel_sessions',
  'pixel_rollups',
  'pixel_funnel',
  'pixel_tops',
  'pixel_rules',
  'pixel_old_keys',
  'pixel_quarantine',
  'counters',
  'extensions',
  'shops',
];

/** Outside the demo its invented stores have no place beside real ones. */
const removeDemoStores = (db: Database): Promise<void> =>
  db.write(async (tx) => {
    const demos: { shop: string }[] = await tx.query('SELECT shop FROM shops WHERE demo = 1');
    for (const { shop } of demos)
      for (const table of ['products', 'orders', 'customers'])
        await tx.query(`DELETE FROM ${table}_fts WHERE rowid IN (SELECT pk FROM ${table} WHERE shop = ?)`, [shop]);
    for (const { shop } of demos)
      for (const table of STORE_TABLES) await tx.query(`DELETE FROM ${table} WHERE shop = ?`, [shop]);
  });

export const createShopStore = async (db: Database, mode: { demo: boolean }): Promise<ShopStore> => {
  if (!mode.demo) await removeDemoStores(db);
  const records = await db.write((tx) => tx.getRepository(ShopEntity).find({ order: { connectedAt: 'ASC' } }));
  const shops = new Map(records.map((record) => [record.shop, record]));
  const remember = (shop: string, change: Partial<ShopRecord>): void => {
    const known = shops.get(shop);
    if (known) shops.set(shop, { ...known, ...change });
  };
  return {
    find: (shop) => shops.get(shop),
    all: () => [...shops.values()],
    reread: async (shop) => {
      const record = await db.write((tx) => tx.getRepository(ShopEntity).findOneBy({ shop }));
      if (record) shops.set(shop, record);
      else shops.delete(shop);
      return record ?? undefined;
    },
    update: async (shop, change) => {
      await db.write((tx) => tx.getRepository(ShopEntity).update({ shop }, change));
      remember(shop, change);
    },
    updateIn: async (tx, shop, change, afterCommit) => {
      await tx.getRepository(ShopEntity).update({ shop }, change);
      afterCommit(() => remember(shop, change));
    },
    save: async (record, also) => {
      await db.write(async (tx) => {
        await tx.getRepository(ShopEntity).save(record);
        await also(tx);
      });
      shops.set(record.shop, record);
    },
  };
};

export const toApiStore = (
  record: ShopRecord,
  facts: Pick<api.Store, 'missingScopes' | 'pixelKey' | 'pixelActive' | 'budget' | 'lastCallAt' | 'syncs'>,
): api.Store => ({
  shop: record.shop,
  name: record.label ?? record.name,
  nameAtShopify: record.name,
  label: record.label,
  plan: record.plan,
  email: record.email,
  currency: record.currency,
  timezone: record.timezone,
  primaryUrl: record.primaryUrl,
  state: record.state,
  demo: record.demo,
  grant: record.grantType,
  scopes: record.scopes,
  missingScopes: facts.missingScopes,
  connectedAt: record.connectedAt,
  lastCallAt: facts.lastCallAt,
  tokenIssuedAt: record.tokenIssuedAt,
  tokenExpiresAt: record.tokenExpiresAt,
  refreshTokenExpiresAt: record.refreshTokenExpiresAt,
  budget: facts.budget,
  pixelKey: facts.pixelKey,
  pixelActive: facts.pixelActive,
  webhookTopics: record.webhookTopics,
  problem: record.problem,
  syncs: facts.syncs,
});
