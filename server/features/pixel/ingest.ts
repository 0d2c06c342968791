import type { Clock } from '../../platform/clock.ts';
import { addToCounters } from '../../platform/db/counters.ts';
import type { Database } from '../../platform/db/database.ts';
import { createGroupCommit } from '../../platform/db/group-commit.ts';
import type { StatementConnection } from '../../platform/db/statement-connection.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { Suppression } from '../../platform/personal-data.ts';
import { createEventInsert } from './event-insert.ts';
import { eventKey } from './event-key.ts';
import type { AcceptedEvent, PixelBatch } from './receive.ts';
import type { Rollups } from './rollups.ts';

export interface PixelIngest {
  /** Resolves after the commit. */
  store(batch: PixelBatch): Promise<void>;
  /** Counts events that a rate limit turned away. */
  countLimited(shop: string, events: number): void;
  /** Writes one batch in the caller's transaction, e.g. what leaves quarantine. */
  storeIn(connection: StatementConnection, batch: PixelBatch): Promise<void>;
  /** Whether events pour in faster than this computer can also analyse them. */
  isBusy(): boolean;
  idle(): Promise<void>;
}

/** Events in the running second from which on receiving goes before everything else. */
const BUSY_EVENTS_A_SECOND = 250;

/** About 20 ms of the writer, so that webhooks are acknowledged in time whatever the shoppers do. */
const MAX_EVENTS_A_COMMIT = 2000;

const QUARANTINE = `INSERT INTO pixel_quarantine (shop, event_id, name, version, reason, received_at, raw)
SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6 FROM json_each(?)`;

const WITHHELD = `INSERT OR IGNORE INTO pixel_withheld (checkout_key, shop, at) SELECT value, ?1, ?2 FROM json_each(?3)`;

export const createPixelIngest = (options: {
  db: Database;
  clock: Clock;
  bus: EventBus;
  /** The form in which an event may be stored: without people who were erased. */
  screen: Suppression['screen'];
  rollups: Rollups;
  /** Called after each commit. */
  onStored: () => void;
  onError: (error: unknown) => void;
}): PixelIngest => {
  const { db, clock, bus, rollups, screen } = options;
  const limited = new Map<string, number>();
  const second = { at: 0, events: 0, before: 0 };
  const countSecond = (events: number): void => {
    const at = Math.floor(clock.now() / 1000);
    if (at !== second.at) {
      second.before = at === second.at + 1 ? second.events : 0;
      second.at = at;
      second.events = 0;
    }
    second.events += events;
  };
  const insert = createEventInsert();

  const commitShop = async (
    connection: StatementConnection,
    shop: string,
    batches: readonly PixelBatch[],
    limitedEvents: number,
  ): Promise<void> => {
    const receivedAt = batches[0]?.receivedAt ?? clock.now();
    const accepted: AcceptedEvent[] = [];
    for (const batch of batches) for (const event of batch.accepted) accepted.push(event);
    const keys = accepted.map((event) => eventKey(shop, event.id));
    const repeated = await insert.run(connection, {
      shop,
      receivedAt,
      events: accepted,
      keys,
      toStored: (raw) => screen(shop, raw, 'pixel'),
    });
    const tally = rollups.tally();
    accepted.forEach((event, index) => {
      const outcome = repeated?.has(index) ? 'duplicate' : 'accepted';
      tally.add(shop, event.name, outcome, event.version, outcome === 'accepted' ? receivedAt - event.occurredAt : 0);
    });
    const rejected = batches.flatMap((batch) => batch.rejected);
    if (rejected.length > 0) {
      await connection.run(
        QUARANTINE,
        JSON.stringify(
          rejected.map((event) => [
            shop,
            event.id,
            event.name,
            event.version,
            event.reason,
            receivedAt,
            screen(shop, event.raw, 'pixel'),
          ]),
        ),
      );
      for (const event of rejected) tally.add(shop, event.name, 'quarantined', event.version, 0);
    }
    const checkouts = new Set<number>();
    for (const { withheld } of batches)
      for (const event of withheld) {
        tally.add(shop, event.name, 'withheld', event.version, 0);
        if (event.checkoutToken !== null) checkouts.add(eventKey(shop, event.checkoutToken));
      }
    if (checkouts.size > 0) await connection.run(WITHHELD, shop, receivedAt, JSON.stringify([...checkouts]));
    if (limitedEvents > 0) tally.add(shop, '(unread)', 'limited', '', 0, limitedEvents);
    await tally.save(connection, receivedAt);
    const duplicates = repeated?.size ?? 0;
    countSecond(accepted.length);
    await addToCounters(connection, [
      { shop, name: 'pixel.accepted', by: accepted.length - duplicates },
      { shop, name: 'pixel.duplicates', by: duplicates },
      { shop, name: 'pixel.quarantined', by: rejected.length },
      { shop, name: 'pixel.limited', by: limitedEvents },
    ]);
  };

  const group = createGroupCommit<PixelBatch, undefined>({
    maxGroup: 256,
    maxWaiting: 5000,
    weightOf: ({ accepted, rejected }) => accepted.length + rejected.length,
    maxWeight: MAX_EVENTS_A_COMMIT,
    commit: async (batches) => {
      const byShop = groupByShop(batches);
      const counted = new Map(limited);
      await db.writeStatements(async (connection) => {
        for (const [shop, own] of byShop) await commitShop(connection, shop, own, counted.get(shop) ?? 0);
      });
      for (const shop of byShop.keys()) {
        const later = (limited.get(shop) ?? 0) - (counted.get(shop) ?? 0);
        if (later > 0) limited.set(shop, later);
        else limited.delete(shop);
      }
      bus.publish({ topic: 'pixel' });
      options.onStored();
      return batches.map(() => undefined);
    },
  });

  const empty = (shop: string): PixelBatch => ({
    shop,
    receivedAt: clock.now(),
    accepted: [],
    rejected: [],
    withheld: [],
  });
  return {
    store: (batch) => group.submit(batch),
    countLimited: (shop, events) => {
      const first = !limited.has(shop);
      limited.set(shop, (limited.get(shop) ?? 0) + events);
      // One empty batch carries the count to the database, however many requests are turned away meanwhile.
      if (first) group.submit(empty(shop)).catch(options.onError);
    },
    storeIn: (connection, batch) => commitShop(connection, batch.shop, [batch], 0),
    isBusy: () => {
      countSecond(0);
      return Math.max(second.events, second.before) >= BUSY_EVENTS_A_SECOND;
    },
    idle: () => group.idle(),
  };
};

const groupByShop = (batches: readonly PixelBatch[]): Map<string, PixelBatch[]> => {
  const groups = new Map<string, PixelBatch[]>();
  for (const batch of batches) {
    const own = groups.get(batch.shop);
    if (own) own.push(batch);
    else groups.set(batch.shop, [batch]);
  }
  return groups;
};
