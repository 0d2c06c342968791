import type { Database } from '../../../platform/db/database.ts';
import type { SyncedResource } from './source.ts';

/** A row by what it is about, as deliveries name it: `products/123`. */
export interface RowChange {
  readonly resource: string;
  readonly updatedAt: string;
}

const PAGE = 2000;

/** Rows here whose last change at Shopify lies in the period, in pages. After a sync that covers the period these are all that there are. */
export const rowsChangedBetween = async function* (
  db: Database,
  options: { shop: string; resource: SyncedResource; from: string; to: string },
): AsyncIterable<readonly RowChange[]> {
  const { shop, resource, from, to } = options;
  let after = { updatedAt: from, pk: 0 };
  for (;;) {
    const rows = await db.read<{ pk: number; updatedAt: string }>(
      `SELECT pk, updated_at AS updatedAt FROM ${resource}
       WHERE shop = ? AND updated_at <= ? AND (updated_at, pk) > (?, ?) ORDER BY updated_at, pk LIMIT ${PAGE}`,
      [shop, to, after.updatedAt, after.pk],
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ pk, updatedAt }) => ({ resource: `${resource}/${pk}`, updatedAt }));
    after = last;
  }
};
