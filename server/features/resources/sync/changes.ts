import type { Database } from '../../../platform/db/database.ts';
import {
  ChangedCustomersDocument,
  ChangedOrdersDocument,
  ChangedProductsDocument,
} from '../../../shopify/generated/admin.ts';
import { normalTime, numberOfGid } from '../records/fields.ts';
import { type CallContext, callOf, type SyncedResource, type SyncSource } from './source.ts';

/** A row by what it is about, as deliveries name it: `products/123`. */
export interface RowChange {
  readonly resource: string;
  readonly updatedAt: string;
}

const PAGE = 2000;

/** Rows here whose last change at Shopify lies in the period, in pages. After a sync that covers the period these are all that there are. */
export const rowsChangedBetween = async function* (
  db: Pick<Database, 'read'>,
  options: { shop: string; resource: SyncedResource; from: string; to: string },
): AsyncIterable<readonly RowChange[]> {
  const { shop, resource, from, to } = options;
  let after = { updatedAt: from, pk: 0 };
  for (;;) {
    const rows = await db.read<{ pk: number; updatedAt: string }>(
      // `+`: by the time of change. By the index of the store, each page would walk and sort all its rows.
      `SELECT pk, updated_at AS updatedAt FROM ${resource}
       WHERE +shop = ? AND updated_at <= ? AND (updated_at, pk) > (?, ?) ORDER BY updated_at, pk LIMIT ${PAGE}`,
      [shop, to, after.updatedAt, after.pk],
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ pk, updatedAt }) => ({ resource: `${resource}/${pk}`, updatedAt }));
    after = last;
  }
};

/** Of these, the ones whose row here is older than at Shopify, or that are not here at all. */
export const rowsBehind = async (
  db: Database,
  resource: SyncedResource,
  changes: readonly RowChange[],
): Promise<RowChange[]> => {
  const behind = await db.read<{ at: number }>(
    `SELECT c.key AS at FROM json_each(?) AS c LEFT JOIN ${resource} AS r ON r.pk = c.value->>0
     WHERE r.pk IS NULL OR r.updated_at < c.value->>1`,
    [JSON.stringify(changes.map((change) => [pkOf(change), change.updatedAt]))],
  );
  return behind.flatMap(({ at }) => changes[at] ?? []);
};

/** The number in `products/123`. */
export const pkOf = ({ resource }: RowChange): number => Number(resource.slice(resource.indexOf('/') + 1));

interface ChangedPage {
  readonly nodes: readonly { readonly id: string; readonly updatedAt: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

const askChanged = async (
  resource: SyncedResource,
  context: CallContext,
  variables: { query: string; after: string | null },
): Promise<ChangedPage> => {
  const { client } = context;
  const call = callOf(context);
  switch (resource) {
    case 'products':
      return (await client.request(ChangedProductsDocument, variables, call)).products;
    case 'orders':
      return (await client.request(ChangedOrdersDocument, variables, call)).orders;
    case 'customers':
      return (await client.request(ChangedCustomersDocument, variables, call)).customers;
  }
};

/** What Shopify says has changed since, by ids and times alone, oldest change first. @throws AppError when Shopify can't be asked */
export const changedAtShopify = async function* <Item>(
  source: Pick<SyncSource<Item>, 'resource' | 'changedSince'>,
  context: CallContext,
  since: string,
): AsyncIterable<readonly RowChange[]> {
  const query = source.changedSince(`${since.slice(0, 19)}Z`);
  let after: string | null = null;
  do {
    context.signal.throwIfAborted();
    const { nodes, pageInfo }: ChangedPage = await askChanged(source.resource, context, { query, after });
    // The filter of customers takes whole days.
    yield nodes.flatMap(({ id, updatedAt }) => {
      const [pk, at] = [numberOfGid(id), normalTime(updatedAt)];
      return pk === null || at === null || at < since ? [] : [{ resource: `${source.resource}/${pk}`, updatedAt: at }];
    });
    after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
  } while (after !== null);
};
