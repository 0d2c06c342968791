import type { EntityManager } from 'typeorm';
import type { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { Log } from '../../platform/log/log.ts';
import type { ShopifyClient } from '../../shopify/client.ts';
import { toFailure } from '../../shopify/errors.ts';
import {
  ProductsCountDocument,
  ProductsPageDocument,
  type ProductsPageQuery,
  ProductVariantsPageDocument,
} from '../../shopify/generated/admin.ts';
import { productFromGraphql } from './products/mapping.ts';
import type { MappedRecord } from './records/record-table.ts';
import { statementsOf } from './records/statements.ts';
import { recordStores } from './resource-stores.ts';

/** Near the 1000 points that one query may cost; see products-page.graphql. */
const PAGE_SIZE = 15;

/** Where the import's progress is kept: on the store's row, which belongs to the shops feature. */
export interface SyncProgress {
  start(shop: string, at: string): Promise<void>;
  page(tx: EntityManager, shop: string, rows: number, total: number | null): Promise<void>;
  finish(shop: string, at: string, error: AppError | null): Promise<void>;
}

export interface ProductImport {
  /** Starts an import unless one runs for this store. Resolves when it ends; a failure is on the store's row, not thrown. */
  run(client: ShopifyClient, currency: string | null): Promise<void>;
  close(): Promise<void>;
}

export const createProductImport = (options: {
  db: Database;
  clock: Clock;
  bus: EventBus;
  log: Log;
  progress: SyncProgress;
}): ProductImport => {
  const { db, clock, bus, log, progress } = options;
  const running = new Map<string, Promise<void>>();
  const stop = new AbortController();

  const allVariants = async (
    client: ShopifyClient,
    id: string,
    first: readonly unknown[],
    after: string | null,
  ): Promise<unknown[]> => {
    const nodes = [...first];
    for (let cursor = after; cursor !== null; ) {
      const page = await client.request(ProductVariantsPageDocument, { id, after: cursor }, { signal: stop.signal });
      if (!page.product) break;
      nodes.push(...page.product.variants.nodes);
      cursor = page.product.variants.pageInfo.hasNextPage ? (page.product.variants.pageInfo.endCursor ?? null) : null;
    }
    return nodes;
  };

  const importPages = async (client: ShopifyClient, currency: string | null): Promise<void> => {
    const { shop } = client;
    const { productsCount } = await client.request(ProductsCountDocument, {}, { signal: stop.signal });
    const total = productsCount?.count ?? null;
    let rows = 0;
    for (let after: string | null = null; ; ) {
      const { products }: ProductsPageQuery = await client.request(
        ProductsPageDocument,
        { first: PAGE_SIZE, after },
        { signal: stop.signal },
      );
      const records: MappedRecord[] = [];
      for (const node of products.nodes) {
        const { nodes, pageInfo } = node.variants;
        records.push(
          productFromGraphql(currency, node, {
            variants: await allVariants(
              client,
              node.id,
              nodes,
              pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
            ),
            media: node.media.nodes,
            metafields: [],
          }),
        );
      }
      rows += records.length;
      const ids = await db.write(async (tx) => {
        const stamp = { shop, syncedAt: toIso(clock.now()), syncedBy: 'import', sourceId: null } as const;
        const written = await recordStores.products.upsert(statementsOf(tx), records, stamp);
        await progress.page(tx, shop, rows, total);
        return [...written.created, ...written.updated].map((pk) => `gid://shopify/Product/${pk}`);
      });
      bus.publish({ topic: 'products', shop, ...(ids.length <= 50 ? { ids } : {}) });
      bus.publish({ topic: 'stores', shop });
      if (!products.pageInfo.hasNextPage || products.pageInfo.endCursor == null) return;
      after = products.pageInfo.endCursor;
    }
  };

  const run = async (client: ShopifyClient, currency: string | null): Promise<void> => {
    const { shop } = client;
    await progress.start(shop, toIso(clock.now()));
    bus.publish({ topic: 'stores', shop });
    try {
      await importPages(client, currency);
      await progress.finish(shop, toIso(clock.now()), null);
      log.info({ shop }, 'products imported');
    } catch (thrown) {
      // Closing is no failure: the row still says "running", and the next start takes the import up again.
      if (stop.signal.aborted) return;
      const { error } = toFailure(thrown);
      log.error({ shop, code: error.code, err: thrown }, 'product import failed');
      await progress.finish(shop, toIso(clock.now()), error);
    }
    bus.publish({ topic: 'stores', shop });
  };

  return {
    run: (client, currency) => {
      const current = running.get(client.shop);
      if (current) return current;
      const started = run(client, currency).finally(() => running.delete(client.shop));
      running.set(client.shop, started);
      return started;
    },
    close: async () => {
      stop.abort(new Error('the backend is closing'));
      await Promise.allSettled(running.values());
    },
  };
};
