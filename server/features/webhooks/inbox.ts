import { type Clock, toIso } from '../../platform/clock.ts';
import { addToCounters, countByShop } from '../../platform/db/counters.ts';
import type { Database } from '../../platform/db/database.ts';
import { createGroupCommit } from '../../platform/db/group-commit.ts';
import { createRowInsert } from '../../platform/db/insert-rows.ts';
import type { StatementConnection } from '../../platform/db/statement-connection.ts';
import type { EventBus } from '../../platform/events/bus.ts';

/** A delivery whose signature was checked. */
export interface Delivery {
  readonly shop: string;
  readonly topic: string;
  readonly webhookId: string;
  readonly eventId: string | null;
  readonly apiVersion: string | null;
  readonly triggeredAt: string | null;
  readonly headers: string;
  readonly payload: string;
  readonly bytes: number;
}

/** One that was not accepted: its body is not kept. */
export interface Refusal {
  readonly shop: string | null;
  readonly topic: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly bytes: number;
}

export interface Inbox {
  /** Resolves after the commit, so a 200 sent afterwards is a promise that holds. True: seen before. */
  accept(delivery: Delivery): Promise<boolean>;
  /** Notes a refused delivery; never blocks or fails the answer. */
  refuse(refusal: Refusal): void;
  idle(): Promise<void>;
}

const INSERT = createRowInsert({
  before:
    'INSERT INTO webhook_deliveries (shop, topic, webhook_id, event_id, api_version, triggered_at, received_at, bytes, headers, payload, state) VALUES',
  row: "(?,?,?,?,?,?,?,?,?,?,'received')",
  after:
    'ON CONFLICT (webhook_id, topic, shop) WHERE webhook_id IS NOT NULL DO UPDATE SET duplicates = duplicates + 1 RETURNING duplicates',
});

const INSERT_REFUSED = `
INSERT INTO webhook_deliveries (shop, topic, received_at, state, problem, bytes, headers)
SELECT value->>0, value->>1, value->>2, 'refused', value->>3, value->>4, '{}' FROM json_each(?)`;

/** A flood of forged requests must not fill the disk: the newest are enough to see what is going on, the counter has them all. */
const KEPT_REFUSALS = 1000;
const TRIM_REFUSED = `
DELETE FROM webhook_deliveries WHERE state = 'refused' AND seq <=
  (SELECT seq FROM webhook_deliveries WHERE state = 'refused' ORDER BY seq DESC LIMIT 1 OFFSET ${KEPT_REFUSALS})`;

export const createInbox = (options: {
  db: Database;
  clock: Clock;
  bus: EventBus;
  onAccepted: () => void;
  onError: (error: unknown) => void;
}): Inbox => {
  const { db, clock, bus } = options;

  const commit = async (connection: StatementConnection, group: readonly Delivery[]): Promise<boolean[]> => {
    const receivedAt = toIso(clock.now());
    const rows = group.map((d) => [
      d.shop,
      d.topic,
      d.webhookId,
      d.eventId,
      d.apiVersion,
      d.triggeredAt,
      receivedAt,
      d.bytes,
      d.headers,
      d.payload,
    ]);
    const written = await INSERT.all<{ duplicates: number }>(connection, rows);
    const duplicates = group.map((_, index) => (written[index]?.duplicates ?? 0) > 0);
    const entries = group.map((d, index) => ({
      shop: d.shop,
      name: duplicates[index] ? ('webhooks.duplicates' as const) : ('webhooks.received' as const),
    }));
    await addToCounters(connection, countByShop(entries));
    return duplicates;
  };

  const accepted = createGroupCommit<Delivery, boolean>({
    maxGroup: 512,
    maxWaiting: 20_000,
    commit: async (group) => {
      const duplicates = await db.writeStatements((connection) => commit(connection, group));
      bus.publish({ topic: 'webhooks' });
      options.onAccepted();
      return duplicates;
    },
  });

  const refused = createGroupCommit<Refusal, undefined>({
    maxGroup: 256,
    maxWaiting: 2000,
    commit: async (group) => {
      await db.writeStatements(async (connection) => {
        const at = toIso(clock.now());
        const rows = group.map((r) => [
          r.shop,
          r.topic,
          at,
          JSON.stringify({ code: r.code, message: r.message, hint: r.hint, at }),
          r.bytes,
        ]);
        await connection.run(INSERT_REFUSED, JSON.stringify(rows));
        await connection.run(TRIM_REFUSED);
        await addToCounters(
          connection,
          countByShop(group.map((r) => ({ shop: r.shop ?? '', name: 'webhooks.refused' as const }))),
        );
      });
      bus.publish({ topic: 'webhooks' });
      return group.map(() => undefined);
    },
  });

  return {
    accept: (delivery) => accepted.submit(delivery),
    refuse: (refusal) => {
      refused.submit(refusal).catch(options.onError);
    },
    idle: async () => {
      await Promise.all([accepted.idle(), refused.idle()]);
    },
  };
};
