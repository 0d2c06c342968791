import type { Clock } from '../../platform/clock.ts';
import { countersJson } from '../../platform/db/counters.ts';
import type { Database } from '../../platform/db/database.ts';
import { createGroupCommit } from '../../platform/db/group-commit.ts';
import type { StatementConnection } from '../../platform/db/statement-connection.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { Suppression } from '../../platform/personal-data.ts';
import type { EventInsert, ReceiptCounts, Receipts } from './event-insert.ts';
import { eventKey } from './event-key.ts';
import type { PixelBatch } from './receive.ts';
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

/** About 10 ms of the writer, so that webhooks are acknowledged in time whatever the shoppers do. */
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
  insert: EventInsert;
  /** Called after each commit. */
  onStored: () => void;
  onError: (error: unknown) => void;
}): PixelIngest => {
  const { db, clock, bus, rollups, screen, insert } = options;
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
  const storedFormOf =
    (shop: string) =>
    (raw: string): string =>
      screen(shop, raw, 'pixel');

  const receiptsOf = (shop: string, batches: readonly PixelBatch[]): Receipts => ({
    shop,
    receivedAt: batches[0]?.receivedAt ?? clock.now(),
    batches,
  });

  /** `repeats` are positions among the accepted events of all batches. */
  const countsOf = (
    { shop, receivedAt }: Receipts,
    batches: readonly PixelBatch[],
    limitedEvents: number,
    repeats: ReadonlySet<number>,
  ): ReceiptCounts => {
    const tally = rollups.tally();
    let at = 0;
    let rejected = 0;
    for (const batch of batches) {
      for (const event of batch.accepted) {
        if (repeats.has(at)) tally.add(shop, event.name, 'duplicate', event.version, 0);
        else tally.add(shop, event.name, 'accepted', event.version, receivedAt - event.occurredAt);
        at += 1;
      }
      for (const event of batch.rejected) tally.add(shop, event.name, 'quarantined', event.version, 0);
      for (const event of batch.withheld) tally.add(shop, event.name, 'withheld', event.version, 0);
      rejected += batch.rejected.length;
    }
    if (limitedEvents > 0) tally.add(shop, '(unread)', 'limited', '', 0, limitedEvents);
    return {
      tallies: tally.toJson(receivedAt),
      counts: countersJson([
        { shop, name: 'pixel.accepted', by: at - repeats.size },
        { shop, name: 'pixel.duplicates', by: repeats.size },
        { shop, name: 'pixel.quarantined', by: rejected },
        { shop, name: 'pixel.limited', by: limitedEvents },
      ]),
    };
  };

  /** Checkouts whose events are withheld, so that their orders' absence can be told why. */
  const withheldCheckouts = (shop: string, batches: readonly PixelBatch[]): Set<number> => {
    const keys = new Set<number>();
    for (const { withheld } of batches)
      for (const { checkoutToken } of withheld) if (checkoutToken !== null) keys.add(eventKey(shop, checkoutToken));
    return keys;
  };

  const commitShop = async (
    connection: StatementConnection,
    shop: string,
    batches: readonly PixelBatch[],
    limitedEvents: number,
  ): Promise<void> => {
    const receipts = receiptsOf(shop, batches);
    const toStored = storedFormOf(shop);
    const found = await insert.findRepeats(connection, receipts);
    const counts = countsOf(receipts, batches, limitedEvents, found.repeats);
    await insert.insert(connection, receipts, found, counts, toStored);
    const rejected = batches.flatMap((batch) => batch.rejected);
    if (rejected.length > 0) {
      const rows = rejected.map((event) => [
        shop,
        event.id,
        event.name,
        event.version,
        event.reason,
        receipts.receivedAt,
        toStored(event.raw),
      ]);
      await connection.run(QUARANTINE, JSON.stringify(rows));
    }
    const checkouts = withheldCheckouts(shop, batches);
    if (checkouts.size > 0) await connection.run(WITHHELD, shop, receipts.receivedAt, JSON.stringify([...checkouts]));
  };

  /** The usual commit: events of one store, all of them new, and nothing put aside. It is one statement; false when it takes more. */
  const commitPlain = async (
    byShop: ReadonlyMap<string, readonly PixelBatch[]>,
    limitedOf: (shop: string) => number,
  ): Promise<boolean> => {
    const [only, another] = byShop;
    if (only === undefined || another !== undefined) return false;
    const [shop, batches] = only;
    if (batches.some(({ rejected }) => rejected.length > 0) || withheldCheckouts(shop, batches).size > 0) return false;
    const receipts = receiptsOf(shop, batches);
    const counts = countsOf(receipts, batches, limitedOf(shop), new Set());
    return db.writeOneStatement(
      (connection) => insert.tryNew(connection, receipts, counts, storedFormOf(shop)),
      'awaited',
    );
  };

  let merging: Promise<void> | null = null;
  const mergeKeys = (): void => {
    merging ??= insert
      .merge()
      .catch(options.onError)
      .finally(() => {
        merging = null;
      });
  };

  const group = createGroupCommit<PixelBatch, undefined>({
    maxGroup: 256,
    maxWaiting: 5000,
    weightOf: ({ accepted, rejected }) => accepted.length + rejected.length,
    maxWeight: MAX_EVENTS_A_COMMIT,
    commit: async (batches) => {
      const byShop = groupByShop(batches);
      const counted = new Map(limited);
      const limitedOf = (shop: string): number => counted.get(shop) ?? 0;
      if (!(await commitPlain(byShop, limitedOf)))
        await db.writeStatements(async (connection) => {
          for (const [shop, own] of byShop) await commitShop(connection, shop, own, limitedOf(shop));
        }, 'awaited');
      for (const shop of byShop.keys()) {
        const later = (limited.get(shop) ?? 0) - (counted.get(shop) ?? 0);
        if (later > 0) limited.set(shop, later);
        else limited.delete(shop);
      }
      countSecond(batches.reduce((sum, { accepted }) => sum + accepted.length, 0));
      mergeKeys();
      bus.publish({ topic: 'pixel' });
      options.onStored();
      return batches.map(() => undefined);
    },
  });

  const empty = (shop: string): PixelBatch => ({
    shop,
    receivedAt: clock.now(),
    body: null,
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
    idle: async () => {
      await group.idle();
      await merging;
    },
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
