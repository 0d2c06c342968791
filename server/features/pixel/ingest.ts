import type { PixelEvent } from '../../../shared/pixel-event.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { addToCounters } from '../../platform/db/counters.ts';
import type { Database } from '../../platform/db/database.ts';
import { createGroupCommit } from '../../platform/db/group-commit.ts';
import { createRowInsert } from '../../platform/db/insert-rows.ts';
import type { StatementConnection } from '../../platform/db/statement-connection.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { Suppression } from '../../platform/personal-data.ts';

export interface RejectedEvent {
  readonly name: string;
  readonly eventId: string | null;
  readonly reason: string;
  readonly raw: string;
}

/** What one request brought, checked. */
export interface PixelBatch {
  readonly shop: string;
  readonly accepted: readonly PixelEvent[];
  readonly rejected: readonly RejectedEvent[];
}

export interface PixelIngest {
  /** Resolves after the commit. */
  store(batch: PixelBatch): Promise<void>;
  /** Counts events that a rate limit turned away. */
  countLimited(shop: string, events: number): void;
  idle(): Promise<void>;
}

const INSERT = createRowInsert({
  before:
    'INSERT OR IGNORE INTO pixel_events (shop, event_id, name, client_id, url, occurred_at, received_at, raw) VALUES',
  row: '(?,?,?,?,?,?,?,?)',
});
const QUARANTINE = `INSERT INTO pixel_quarantine (shop, event_id, name, reason, received_at, raw)
SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5 FROM json_each(?)`;

/** Personal data that a checkout may carry; never stored. */
const PERSONAL = ['email', 'phone', 'smsMarketingPhone', 'billingAddress', 'shippingAddress'] as const;

const withoutPersonalData = (event: PixelEvent): string => {
  const data = event.data as { checkout?: Record<string, unknown> } | undefined;
  if (!data?.checkout) return JSON.stringify(event);
  const checkout = { ...data.checkout };
  for (const key of PERSONAL) if (key in checkout) checkout[key] = null;
  return JSON.stringify({ ...event, data: { ...data, checkout } });
};

/** An event that did not fit may have its personal data anywhere: the keys are emptied at every depth. */
export const toQuarantineText = (input: unknown): string =>
  JSON.stringify(input, (key, value: unknown) => ((PERSONAL as readonly string[]).includes(key) ? null : value));

/** The page without its query: search terms and campaign ids stay in the raw event, tokens in links do not belong in a list. */
const pageOf = (event: PixelEvent): string | null =>
  event.context?.document?.location?.href.split(/[?#]/, 1)[0] ?? null;

export const createPixelIngest = (options: {
  db: Database;
  clock: Clock;
  bus: EventBus;
  /** The form in which an event may be stored: without people who were erased. */
  screen: Suppression['screen'];
  onError: (error: unknown) => void;
}): PixelIngest => {
  const { db, clock, bus } = options;
  const limited = new Map<string, number>();

  const commitShop = async (
    connection: StatementConnection,
    shop: string,
    batches: readonly PixelBatch[],
  ): Promise<void> => {
    const receivedAt = toIso(clock.now());
    const accepted = batches.flatMap((batch) => batch.accepted);
    const rejected = batches.flatMap((batch) => batch.rejected);
    let written = 0;
    if (accepted.length > 0) {
      const rows = accepted.map((event) => [
        shop,
        event.id,
        event.name,
        event.clientId,
        pageOf(event),
        event.timestamp,
        receivedAt,
        options.screen(shop, withoutPersonalData(event), 'pixel'),
      ]);
      written = await INSERT.run(connection, rows);
    }
    if (rejected.length > 0) {
      await connection.run(
        QUARANTINE,
        JSON.stringify(
          rejected.map((event) => [
            shop,
            event.eventId,
            event.name,
            event.reason,
            receivedAt,
            options.screen(shop, event.raw, 'pixel'),
          ]),
        ),
      );
    }
    await addToCounters(connection, [
      { shop, name: 'pixel.accepted', by: written },
      { shop, name: 'pixel.duplicates', by: accepted.length - written },
      { shop, name: 'pixel.quarantined', by: rejected.length },
      { shop, name: 'pixel.limited', by: limited.get(shop) ?? 0 },
    ]);
  };

  const group = createGroupCommit<PixelBatch, undefined>({
    maxGroup: 256,
    maxWaiting: 5000,
    commit: async (batches) => {
      const byShop = groupByShop(batches);
      await db.writeStatements(async (connection) => {
        for (const [shop, own] of byShop) await commitShop(connection, shop, own);
      });
      for (const shop of byShop.keys()) limited.delete(shop);
      bus.publish({ topic: 'pixel' });
      return batches.map(() => undefined);
    },
  });

  return {
    store: (batch) => group.submit(batch),
    countLimited: (shop, events) => {
      const first = !limited.has(shop);
      limited.set(shop, (limited.get(shop) ?? 0) + events);
      // One empty batch carries the count to the database, however many requests are turned away meanwhile.
      if (first) group.submit({ shop, accepted: [], rejected: [] }).catch(options.onError);
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
