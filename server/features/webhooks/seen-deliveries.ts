import type { Database } from '../../platform/db/database.ts';
import { createSeenKeys } from '../../platform/db/seen-keys.ts';
import type { StatementConnection } from '../../platform/db/statement-connection.ts';
import { textKey } from '../../platform/db/text-key.ts';

/** What makes a delivery the same as another. Shopify keeps the webhook id over its retries. */
export interface DeliveryIdentity {
  readonly shop: string;
  readonly topic: string;
  readonly webhookId: string;
}

/** Of the whole identity; see `textKey`. */
export const keyOf = ({ shop, topic, webhookId }: DeliveryIdentity): number =>
  textKey(webhookId, '\n', topic, '\n', shop);

/** Also how many rows a start reads again. */
const MERGE_AT = 4096;

const AFTER = `
SELECT seq, shop, topic, webhook_id AS webhookId FROM webhook_deliveries WHERE seq > ? AND webhook_id IS NOT NULL ORDER BY seq LIMIT ?`;
const SAME = `
SELECT seq, shop, topic, webhook_id AS webhookId FROM webhook_deliveries WHERE seq IN (SELECT value FROM json_each(?))`;

type Stored = DeliveryIdentity & { readonly seq: number };

const isSame = (one: DeliveryIdentity, other: DeliveryIdentity): boolean =>
  one.webhookId === other.webhookId && one.topic === other.topic && one.shop === other.shop;

/** Which deliveries were received before, exactly and across restarts. */
export const createSeenDeliveries = async (db: Database) => {
  const seen = await createSeenKeys({
    db,
    table: 'webhook_keys',
    marks: 'webhook_key_marks',
    mergeAt: MERGE_AT,
    readRows: async (after, limit) => {
      const rows = await db.read<Stored>(AFTER, [after, limit]);
      return rows.map((row) => ({ key: keyOf(row), seq: row.seq }));
    },
  });
  return {
    claim: seen.claim,
    settle: seen.settle,
    release: seen.release,
    /** For each, the `seq` of the delivery that it repeats, or null. In the transaction that will store the new ones. */
    find: async (connection: StatementConnection, group: readonly DeliveryIdentity[]): Promise<(number | null)[]> => {
      const candidates = await seen.find(connection, group.map(keyOf));
      if (candidates.length === 0) return group.map(() => null);
      const rows = await connection.all<Stored>(SAME, JSON.stringify(candidates));
      return group.map((identity) => rows.find((row) => isSame(row, identity))?.seq ?? null);
    },
    add: seen.add,
    merge: seen.merge,
  };
};
