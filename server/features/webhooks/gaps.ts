import type * as api from '../../../shared/api.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { EventBus } from '../../platform/events/bus.ts';

/**
 * Why deliveries may be missing: the program was closed, the computer slept, the tunnel was down, the disk was full, Shopify had dropped a subscription, or
 * somebody asked to look.
 */
export type GapCause = 'downtime' | 'sleep' | 'tunnel' | 'storage' | 'subscription' | 'person';

/** A record that was found changed at Shopify. */
export interface FoundChange {
  /** As `resourceKeyOf` makes it: `products/123`. */
  readonly resource: string;
  readonly updatedAt: string;
}

export interface GapFill {
  readonly shop: string;
  readonly resource: string;
  /** What changed in the period, in pages. */
  readonly changes: AsyncIterable<readonly FoundChange[]>;
  /** Found gone at Shopify: no delivery had told, or they would be gone here. */
  readonly deleted: number;
  /** The sync run that fetched it. */
  readonly run: string | null;
  readonly task: string | null;
}

/** Periods in which deliveries may not have come, and what filled them. */
export interface WebhookGaps {
  /** Answers its number. A gap that overlaps one of the store that nothing has begun to fill becomes one with it. */
  begin(gap: { shop: string; cause: GapCause; from: string; to: string }): Promise<number>;
  /** The store's gaps that ended before `until`, as far as this resource is concerned. */
  open(shop: string, resource: string, until: string): Promise<{ id: number; from: string; to: string }[]>;
  /** Notes what was fetched for one resource; after the last of them the gap is filled. */
  fill(gap: number, fill: GapFill): Promise<void>;
  /** Of these, the ones that no delivery had told: those never arrived. */
  neverTold(shop: string, changes: readonly FoundChange[]): Promise<FoundChange[]>;
  list(): Promise<{ items: api.WebhookGap[] }>;
}

const MOST_KEPT = 1000;
const SHOWN = 100;

// Told: some delivery about the resource that was triggered when it changed, or later. Shopify stamps the trigger after the change. What was
// sent from here tells nothing.
const NEVER_TOLD = `
SELECT c.value->>0 AS resource, c.value->>1 AS updatedAt FROM json_each(?2) AS c WHERE NOT EXISTS (
  SELECT 1 FROM webhook_deliveries AS d WHERE d.resource = c.value->>0 AND d.shop = ?1 AND d.origin IS NULL
    AND julianday(coalesce(d.triggered_at, d.received_at)) >= julianday(c.value->>1) - 1.0 / 86400)`;
const OVERLAPPING = `
SELECT id FROM webhook_gaps AS g WHERE shop = ?1 AND filled_at IS NULL AND cause <> 'person' AND from_at <= ?3 AND to_at >= ?2
  AND NOT EXISTS (SELECT 1 FROM webhook_gap_fills AS f WHERE f.gap = g.id) ORDER BY id DESC LIMIT 1`;
const OPEN = `
SELECT id, from_at AS "from", to_at AS "to" FROM webhook_gaps AS g WHERE shop = ?1 AND filled_at IS NULL AND cause <> 'person' AND to_at <= ?3
  AND NOT EXISTS (SELECT 1 FROM webhook_gap_fills AS f WHERE f.gap = g.id AND f.resource = ?2) ORDER BY id LIMIT ${SHOWN}`;
const ADD_FILL = `
INSERT INTO webhook_gap_fills (gap, shop, resource, run, task, changes, missing, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (gap, resource) DO UPDATE SET run = excluded.run, task = excluded.task, changes = excluded.changes, missing = excluded.missing, at = excluded.at`;
const SUM_UP = `
UPDATE webhook_gaps SET (changes, missing, filled_at) = (
  SELECT sum(changes), sum(missing), CASE WHEN count(*) >= ?2 THEN ?3 END FROM webhook_gap_fills WHERE gap = ?1) WHERE id = ?1`;
const LIST = `
SELECT CAST(g.id AS TEXT) AS id, g.shop, g.cause, g.from_at AS "from", g.to_at AS "to", g.changes, g.missing, g.filled_at AS filledAt,
  (SELECT json_group_array(json_object('resource', f.resource, 'run', f.run, 'task', f.task, 'changes', f.changes, 'missing', f.missing, 'at', f.at))
   FROM webhook_gap_fills AS f WHERE f.gap = g.id) AS fills
FROM webhook_gaps AS g ORDER BY g.id DESC LIMIT ${SHOWN}`;

export const createWebhookGaps = (options: {
  db: Database;
  clock: Clock;
  bus: EventBus;
  /** A gap is filled when each of these was fetched. */
  resources: readonly string[];
}): WebhookGaps => {
  const { db, clock, bus } = options;
  const neverTold: WebhookGaps['neverTold'] = (shop, changes) =>
    db.read<FoundChange>(NEVER_TOLD, [
      shop,
      JSON.stringify(changes.map(({ resource, updatedAt }) => [resource, updatedAt])),
    ]);
  return {
    begin: async ({ shop, cause, from, to }) => {
      const id = await db.writeStatements(async (connection) => {
        const overlapping = cause === 'person' ? [] : await connection.all<{ id: number }>(OVERLAPPING, shop, from, to);
        if (overlapping[0]) {
          await connection.run(
            'UPDATE webhook_gaps SET from_at = min(from_at, ?), to_at = max(to_at, ?) WHERE id = ?',
            from,
            to,
            overlapping[0].id,
          );
          return overlapping[0].id;
        }
        const [row] = await connection.all<{ id: number }>(
          'INSERT INTO webhook_gaps (shop, cause, from_at, to_at) VALUES (?, ?, ?, ?) RETURNING id',
          shop,
          cause,
          from,
          to,
        );
        await connection.run('DELETE FROM webhook_gap_fills WHERE gap <= ?', (row?.id ?? 0) - MOST_KEPT);
        await connection.run('DELETE FROM webhook_gaps WHERE id <= ?', (row?.id ?? 0) - MOST_KEPT);
        return row?.id ?? 0;
      });
      bus.publish({ topic: 'webhooks', shop });
      return id;
    },
    open: (shop, resource, until) => db.read(OPEN, [shop, resource, until]),
    fill: async (gap, { shop, resource, changes, deleted, run, task }) => {
      let [found, missing] = [deleted, deleted];
      for await (const page of changes) {
        found += page.length;
        missing += (await neverTold(shop, page)).length;
      }
      const at = toIso(clock.now());
      await db.writeStatements(async (connection) => {
        await connection.run(ADD_FILL, gap, shop, resource, run, task, found, missing, at);
        await connection.run(SUM_UP, gap, options.resources.length, at);
      });
      bus.publish({ topic: 'webhooks', shop });
    },
    neverTold,
    list: async () => {
      const rows = await db.read<Omit<api.WebhookGap, 'fills'> & { fills: string }>(LIST);
      return { items: rows.map((row) => ({ ...row, fills: JSON.parse(row.fills) as api.WebhookGap['fills'] })) };
    },
  };
};
