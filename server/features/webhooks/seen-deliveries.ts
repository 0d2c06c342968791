import type { Database } from '../../platform/db/database.ts';
import type { StatementConnection } from '../../platform/db/statement-connection.ts';

/** What makes a delivery the same as another. Shopify keeps the webhook id over its retries. */
export interface DeliveryIdentity {
  readonly shop: string;
  readonly topic: string;
  readonly webhookId: string;
}

/**
 * 53 bits of the identity (the mixing of MurmurHash3, twice). Only a short cut to rows that may be the same: those are compared in full,
 * so a collision costs a comparison and nothing else.
 */
export const keyOf = ({ shop, topic, webhookId }: DeliveryIdentity): number => {
  const text = `${webhookId}\n${topic}\n${shop}`;
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
};

/** Random keys dirty a page each; merged in order and in thousands, they share pages. Also how many rows a start reads again. */
const MERGE_AT = 4096;

const LOOK_UP = `
SELECT d.seq, d.shop, d.topic, d.webhook_id AS webhookId FROM json_each(?) AS given
JOIN webhook_keys AS k ON k.key = given.value JOIN webhook_deliveries AS d ON d.seq = k.seq`;
const SAME = `
SELECT seq, shop, topic, webhook_id AS webhookId FROM webhook_deliveries WHERE seq IN (SELECT value FROM json_each(?))`;
const MERGE = 'INSERT OR IGNORE INTO webhook_keys (key, seq) SELECT value->>0, value->>1 FROM json_each(?)';

type Stored = DeliveryIdentity & { readonly seq: number };

const isSame = (one: DeliveryIdentity, other: DeliveryIdentity): boolean =>
  one.webhookId === other.webhookId && one.topic === other.topic && one.shop === other.shop;

/**
 * Which deliveries were received before, exactly and across restarts, without an index of random keys on the path of a receipt: the
 * newest keys are in memory (a start reads them from their rows again), the others in `webhook_keys`. One process receives.
 */
export interface SeenDeliveries {
  /** For each, the `seq` of the delivery that it repeats, or null. In the transaction that will store the new ones. */
  find(connection: StatementConnection, group: readonly DeliveryIdentity[]): Promise<(number | null)[]>;
  /** After the commit of new rows. */
  add(rows: readonly { readonly identity: DeliveryIdentity; readonly seq: number }[]): void;
  /** Moves the keys in memory to the table once there are many. Not on the way to an answer. */
  merge(): Promise<void>;
}

export const createSeenDeliveries = async (db: Database): Promise<SeenDeliveries> => {
  /** Nearly always one row a key; the rare second one makes it a list. */
  let fresh = new Map<number, number | number[]>();
  const remember = (key: number, seq: number): void => {
    const known = fresh.get(key);
    fresh.set(key, known === undefined ? seq : [...(typeof known === 'number' ? [known] : known), seq]);
  };
  const [mark] = await db.read<{ seq: number }>('SELECT seq FROM webhook_key_marks');
  let newest = mark?.seq ?? 0;
  for (;;) {
    const rows = await db.read<Stored>(
      `SELECT seq, shop, topic, webhook_id AS webhookId FROM webhook_deliveries WHERE seq > ? AND webhook_id IS NOT NULL ORDER BY seq LIMIT ${MERGE_AT}`,
      [newest],
    );
    for (const row of rows) remember(keyOf(row), row.seq);
    const last = rows.at(-1);
    if (!last) break;
    newest = last.seq;
  }

  return {
    find: async (connection, group) => {
      const keys = group.map(keyOf);
      const inMemory = keys.flatMap((key) => fresh.get(key) ?? []);
      const candidates = [
        ...(await connection.all<Stored>(LOOK_UP, JSON.stringify(keys))),
        ...(inMemory.length === 0 ? [] : await connection.all<Stored>(SAME, JSON.stringify(inMemory))),
      ];
      if (candidates.length === 0) return group.map(() => null);
      return group.map((identity) => candidates.find((row) => isSame(row, identity))?.seq ?? null);
    },
    add: (rows) => {
      for (const { identity, seq } of rows) {
        remember(keyOf(identity), seq);
        newest = Math.max(newest, seq);
      }
    },
    merge: async () => {
      if (fresh.size < MERGE_AT) return;
      const merged = fresh;
      const upTo = newest;
      const rows = [...merged].flatMap(([key, seqs]) => [seqs].flat().map((seq) => [key, seq] as const));
      rows.sort((one, other) => one[0] - other[0]);
      await db.writeStatements(async (connection) => {
        await connection.run(MERGE, JSON.stringify(rows));
        await connection.run('UPDATE webhook_key_marks SET seq = ? WHERE id = 1', upTo);
      });
      // Only now: until the commit a repeat must still be found in memory. What came meanwhile stays.
      const later = new Map<number, number | number[]>();
      for (const [key, seqs] of fresh) {
        const left = [seqs].flat().filter((seq) => seq > upTo);
        if (left.length > 0) later.set(key, left.length === 1 ? (left[0] ?? left) : left);
      }
      fresh = later;
    },
  };
};
