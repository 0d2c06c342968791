import { type Clock, toIso } from '../../platform/clock.ts';
import { addToCounters, countByShop } from '../../platform/db/counters.ts';
import type { Database } from '../../platform/db/database.ts';
import { createGroupCommit } from '../../platform/db/group-commit.ts';
import { isRaised, type StatementConnection } from '../../platform/db/statement-connection.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { Suppression } from '../../platform/personal-data.ts';
import { createRefusals, type Refusal } from './refusals.ts';
import { createSeenDeliveries, keyOf } from './seen-deliveries.ts';

/** A delivery whose signature was checked. */
export interface Delivery {
  readonly shop: string;
  readonly topic: string;
  readonly webhookId: string;
  readonly eventId: string | null;
  readonly apiVersion: string | null;
  readonly triggeredAt: string | null;
  /** JSON of the headers that no column keeps. */
  readonly headers: string;
  /** As it came. */
  readonly payload: Buffer;
  /** How it came, when Backroom itself sent it through the public door; `seq` is the delivery it was made from. */
  readonly origin: { readonly kind: string; readonly seq: number | null } | null;
}

export interface Inbox {
  /** Resolves after the commit, so a 200 sent afterwards is a promise that holds. True: seen before. */
  accept(delivery: Delivery): Promise<boolean>;
  /** Notes a refused delivery; never blocks or fails the answer. */
  refuse(refusal: Refusal): void;
  /** Receipts that came in the last moment: the processor leaves the writer to them. */
  isBusy(): boolean;
  idle(): Promise<void>;
}

/**
 * One statement of two parameters, however many rows: binding values one by one costs the main thread more than the rest of a receipt. The
 * bodies come as one BLOB, of which `substr` takes each row's part without looking at what stands before it. The driver makes NULL of one
 * without bytes, and a delivery without a body is one all the same.
 */
const INSERT = `
INSERT INTO webhook_receipts (seq, shop, topic, webhook_id, event_id, api_version, triggered_at, received_at, bytes, origin, origin_seq, headers, counted, key, payload)
SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9, value->>10, value->>11, value->>12, value->>13,
  coalesce(CAST(substr(?2, value->>14, value->>8) AS TEXT), '') FROM json_each(?1)`;
/** What the trigger of `webhook_receipts` raises. */
const SEEN_BEFORE = 'seen before';
const MAX_GROUP = 512;
const REPEATED = `
UPDATE webhook_deliveries SET duplicates = duplicates + again.n
FROM (SELECT value AS seq, count(*) AS n FROM json_each(?) GROUP BY value) AS again WHERE webhook_deliveries.seq = again.seq`;

/** A group of this size means that receipts queue up behind each other. */
const BUSY_GROUP = 8;
const BUSY_FOR_MS = 250;

interface NewRow {
  readonly delivery: Delivery;
  readonly seq: number;
  readonly key: number;
}
interface Committed {
  /** For each of the group, the delivery that it repeats. */
  readonly repeats: readonly (number | null)[];
  readonly added: readonly NewRow[];
}

export const createInbox = async (options: {
  db: Database;
  clock: Clock;
  bus: EventBus;
  suppression: Suppression;
  onAccepted: () => void;
  onError: (error: unknown) => void;
}): Promise<Inbox> => {
  const { db, clock, bus } = options;
  const seen = await createSeenDeliveries(db);
  const [last] = await db.read<{ seq: number }>(`SELECT seq FROM sqlite_sequence WHERE name = 'webhook_deliveries'`);
  let lastSeq = last?.seq ?? 0;
  let busyUntil = 0;
  let merging: Promise<void> | null = null;

  const countsOf = (rows: readonly NewRow[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const { delivery } of rows) counts.set(delivery.shop, (counts.get(delivery.shop) ?? 0) + 1);
    return counts;
  };
  /** With `isChecked` the keys were looked up before; else the statement itself does it, and fails when one is there. */
  const insert = async (
    connection: StatementConnection,
    added: readonly NewRow[],
    isChecked: boolean,
  ): Promise<void> => {
    const receivedAt = toIso(clock.now());
    const counts = countsOf(added);
    let from = 1;
    const rows = added.map(({ delivery: d, seq, key }) => {
      const counted = counts.get(d.shop) ?? 0;
      counts.set(d.shop, 0);
      const start = from;
      from += d.payload.length;
      return [
        seq,
        d.shop,
        d.topic,
        d.webhookId,
        d.eventId,
        d.apiVersion,
        d.triggeredAt,
        receivedAt,
        d.payload.length,
        d.origin?.kind ?? null,
        d.origin?.seq ?? null,
        d.headers,
        counted,
        isChecked ? null : key,
        start,
      ];
    });
    if (rows.length === 0) return;
    await connection.run(INSERT, JSON.stringify(rows), Buffer.concat(added.map(({ delivery }) => delivery.payload)));
  };

  /** Nearly always nothing is a repeat: then one statement is all that a group costs. Null when it may be otherwise. */
  const commitNew = (group: readonly Delivery[]): Promise<Committed | null> =>
    db.writeOneStatement(async (connection) => {
      const plan = planOf(group, []);
      if (plan.repeats.some((seq) => seq !== null)) return null;
      const keys = plan.added.map(({ key }) => key);
      if (!seen.claim(keys, plan.added[0]?.seq ?? 0)) return null;
      try {
        await insert(connection, plan.added, false);
      } catch (error) {
        seen.release(keys);
        if (isRaised(error, SEEN_BEFORE)) return null;
        throw error;
      }
      seen.settle(plan.added.at(-1)?.seq ?? 0);
      return plan;
    }, 'awaited');
  const commitWithRepeats = (group: readonly Delivery[]): Promise<Committed> =>
    db.writeStatements(async (connection) => {
      const plan = planOf(group, await seen.find(connection, group));
      await insert(connection, plan.added, true);
      await connection.run(REPEATED, JSON.stringify(plan.repeats.filter((seq) => seq !== null)));
      await addToCounters(
        connection,
        countByShop(
          group
            .filter((_, index) => plan.repeats[index] !== null)
            .map(({ shop }) => ({ shop, name: 'webhooks.duplicates' as const })),
        ),
      );
      seen.add(plan.added);
      return plan;
    }, 'awaited');

  /** Gives numbers to what is new, and finds the same delivery twice in one group. */
  const planOf = (group: readonly Delivery[], known: readonly (number | null)[]): Committed => {
    const first = new Map<string, number>();
    const added: NewRow[] = [];
    const repeats = group.map((delivery, index) => {
      const before = known[index] ?? null;
      if (before !== null) return before;
      const identity = `${delivery.webhookId} ${delivery.topic} ${delivery.shop}`;
      const twin = first.get(identity);
      if (twin !== undefined) return twin;
      lastSeq += 1;
      first.set(identity, lastSeq);
      added.push({ delivery, seq: lastSeq, key: keyOf(delivery) });
      return null;
    });
    return { repeats, added };
  };

  const accepted = createGroupCommit<Delivery, boolean>({
    maxGroup: MAX_GROUP,
    maxWaiting: 20_000,
    commit: async (group) => {
      if (group.length >= BUSY_GROUP) busyUntil = clock.now() + BUSY_FOR_MS;
      const { repeats } = (await commitNew(group)) ?? (await commitWithRepeats(group));
      merging ??= seen
        .merge()
        .catch(options.onError)
        .finally(() => {
          merging = null;
        });
      bus.publish({ topic: 'webhooks' });
      options.onAccepted();
      return repeats.map((seq) => seq !== null);
    },
  });
  const refusals = createRefusals({
    db,
    clock,
    bus,
    onError: options.onError,
    // Inside a transaction of the one writer, so no other row can get the same number.
    nextSeq: () => {
      lastSeq += 1;
      return lastSeq;
    },
  });

  /** Somebody who was erased must not come back in a late delivery. */
  const withoutErased = (delivery: Delivery): Delivery => {
    if (options.suppression.isEmpty) return delivery;
    const text = delivery.payload.toString('utf8');
    const kept = options.suppression.screen(delivery.shop, text, delivery.topic);
    return kept === text ? delivery : { ...delivery, payload: Buffer.from(kept) };
  };

  return {
    accept: (delivery) => accepted.submit(withoutErased(delivery)),
    refuse: refusals.add,
    isBusy: () => clock.now() < busyUntil,
    idle: async () => {
      await Promise.all([accepted.idle(), refusals.idle(), merging]);
    },
  };
};
