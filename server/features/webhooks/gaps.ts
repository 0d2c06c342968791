import type * as api from '../../../shared/api.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { EventBus } from '../../platform/events/bus.ts';

/** Why deliveries may be missing: the program or the computer was off, the subscription was gone, or nobody knows (a routine comparison). */
export type GapCause = 'downtime' | 'sleep' | 'subscription' | 'routine';

/** A record that was found changed at Shopify. */
export interface FoundChange {
  /** As `resourceKeyOf` makes it: `products/123`. */
  readonly resource: string;
  readonly updatedAt: string;
}

/** What fills gaps tells it here; the screen shows it. */
export interface WebhookGaps {
  begin(gap: { shop: string; cause: GapCause; from: string; to: string }): Promise<number>;
  /** Notes what was fetched. Answers the changes that no delivery had told: those never arrived. */
  fill(id: number, shop: string, changes: readonly FoundChange[]): Promise<FoundChange[]>;
  finish(id: number): Promise<void>;
  list(): Promise<{ items: api.WebhookGap[] }>;
}

// Told: some delivery about the resource that was triggered when it changed, or later. Shopify stamps the trigger after the change.
const NEVER_TOLD = `
SELECT c.value->>0 AS resource, c.value->>1 AS updatedAt FROM json_each(?2) AS c WHERE NOT EXISTS (
  SELECT 1 FROM webhook_deliveries AS d WHERE d.resource = c.value->>0 AND d.shop = ?1
    AND julianday(coalesce(d.triggered_at, d.received_at)) >= julianday(c.value->>1) - 1.0 / 86400)`;

export const createWebhookGaps = (options: { db: Database; clock: Clock; bus: EventBus }): WebhookGaps => {
  const { db, clock, bus } = options;
  return {
    begin: ({ shop, cause, from, to }) =>
      db.writeStatements(async (connection) => {
        const [row] = await connection.all<{ id: number }>(
          'INSERT INTO webhook_gaps (shop, cause, from_at, to_at) VALUES (?, ?, ?, ?) RETURNING id',
          shop,
          cause,
          from,
          to,
        );
        return row?.id ?? 0;
      }),
    fill: async (id, shop, changes) => {
      const rows = JSON.stringify(changes.map(({ resource, updatedAt }) => [resource, updatedAt]));
      const missing = await db.read<FoundChange>(NEVER_TOLD, [shop, rows]);
      await db.writeStatements((connection) =>
        connection.run(
          'UPDATE webhook_gaps SET changes = coalesce(changes, 0) + ?, missing = coalesce(missing, 0) + ? WHERE id = ?',
          changes.length,
          missing.length,
          id,
        ),
      );
      return missing;
    },
    finish: async (id) => {
      await db.writeStatements((connection) =>
        connection.run(
          'UPDATE webhook_gaps SET filled_at = ?, changes = coalesce(changes, 0), missing = coalesce(missing, 0) WHERE id = ?',
          toIso(clock.now()),
          id,
        ),
      );
      bus.publish({ topic: 'webhooks' });
    },
    list: async () => ({
      items: await db.read<api.WebhookGap>(
        `SELECT CAST(id AS TEXT) AS id, shop, cause, from_at AS "from", to_at AS "to", changes, missing, filled_at AS filledAt
         FROM webhook_gaps ORDER BY id DESC LIMIT 100`,
      ),
    }),
  };
};
