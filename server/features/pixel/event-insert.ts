import type { Database } from '../../platform/db/database.ts';
import { createSeenKeys } from '../../platform/db/seen-keys.ts';
import { isRaised, type StatementConnection } from '../../platform/db/statement-connection.ts';
import { eventKey } from './event-key.ts';
import { type EventsOfBody, packEvents } from './packed-events.ts';
import type { PixelBatch } from './receive.ts';

/** What goes with a store's events into the running counts; JSON for the trigger `pixel_receipts_insert`. */
export interface ReceiptCounts {
  readonly tallies: string;
  readonly counts: string;
}

/** A store's part of one commit. */
export interface Receipts {
  readonly shop: string;
  readonly receivedAt: number;
  readonly batches: readonly Pick<PixelBatch, 'accepted' | 'body'>[];
}

const COLUMNS = [
  'shop',
  'received_at',
  'base_ms',
  'first_seq',
  'checked',
  'records',
  'texts',
  'extras_at',
  'tallies',
  'counts',
];
const INSERT = `INSERT INTO pixel_receipts (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`;
/** What that trigger raises. */
const SEEN_BEFORE = 'seen before';

const SAME = `SELECT shop, raw FROM pixel_events WHERE seq IN (SELECT value FROM json_each(?))`;
const AFTER = 'SELECT seq, event_key AS "key" FROM pixel_events WHERE seq > ? ORDER BY seq LIMIT ?';

/** Keys in memory, about 10 MB of them, and rows that a start reads. With ten million events stored, four of so many still share a page. */
const MERGE_AT = 131_072;

interface Stored {
  readonly shop: string;
  readonly raw: string;
}

/** The keys of all accepted events of some receipts, and the positions of those that are repeats. */
interface FoundRepeats {
  readonly keys: readonly number[];
  readonly repeats: ReadonlySet<number>;
}

const NONE: ReadonlySet<number> = new Set();

/** `from` is the place of the first among all; nothing is allocated when nothing is repeated, which is usual. */
const unrepeated = <Item>(items: readonly Item[], from: number, repeats: ReadonlySet<number>): readonly Item[] =>
  repeats.size === 0 ? items : items.filter((_, index) => !repeats.has(from + index));

/**
 * Writes events whose id is not there yet. A key is a number made of store and id; two ids that share a number are told apart by the stored
 * JSON, so the answer is exact.
 */
export const createEventInsert = async (db: Database) => {
  const seen = await createSeenKeys({
    db,
    table: 'pixel_keys',
    marks: 'pixel_key_marks',
    mergeAt: MERGE_AT,
    readRows: (after, limit) => db.read<{ seq: number; key: number }>(AFTER, [after, limit]),
  });
  const [last] = await db.read<{ seq: number }>(`SELECT seq FROM sqlite_sequence WHERE name = 'pixel_events'`);
  let lastSeq = last?.seq ?? 0;

  const keysOf = ({ shop, batches }: Receipts): number[] => {
    const keys: number[] = [];
    for (const { accepted } of batches) for (const { id } of accepted) keys.push(eventKey(shop, id));
    return keys;
  };

  const write = async (
    connection: StatementConnection,
    { shop, receivedAt, batches }: Receipts,
    plan: FoundRepeats & { readonly isChecked: boolean },
    counts: ReceiptCounts,
    toStored: (raw: string) => string,
  ): Promise<void> => {
    const bodies: EventsOfBody[] = [];
    // Requests of one commit were received at slightly different times; an event may be younger than the first.
    let baseMs = receivedAt;
    let from = 0;
    let rows = 0;
    for (const { accepted, body } of batches) {
      const events = unrepeated(accepted, from, plan.repeats);
      const keys = unrepeated(plan.keys.slice(from, from + accepted.length), from, plan.repeats);
      from += accepted.length;
      rows += events.length;
      for (const { occurredAt } of events) if (occurredAt > baseMs) baseMs = occurredAt;
      bodies.push({ body, events, keys });
    }
    const { records, texts, extrasAt } = packEvents(bodies, toStored, baseMs);
    await connection.run(
      INSERT,
      shop,
      receivedAt,
      baseMs,
      lastSeq + 1,
      plan.isChecked ? 1 : 0,
      records,
      texts,
      extrasAt,
      counts.tallies,
      counts.counts,
    );
    lastSeq += rows;
  };

  return {
    /**
     * One statement, which is a commit of its own: nearly always nothing is a repeat. False when something may be one; nothing is written then.
     * Inside `Database.writeOneStatement`.
     */
    tryNew: async (
      connection: StatementConnection,
      receipts: Receipts,
      counts: ReceiptCounts,
      toStored: (raw: string) => string,
    ): Promise<boolean> => {
      const keys = keysOf(receipts);
      if (!seen.claim(keys, lastSeq + 1)) return false;
      try {
        await write(connection, receipts, { keys, repeats: NONE, isChecked: false }, counts, toStored);
        seen.settle(lastSeq);
        return true;
      } catch (error) {
        seen.release(keys);
        if (isRaised(error, SEEN_BEFORE)) return false;
        throw error;
      }
    },
    /** The positions of the events that were there already, or came before in these receipts. In the transaction that stores the others. */
    findRepeats: async (connection: StatementConnection, receipts: Receipts): Promise<FoundRepeats> => {
      const keys = keysOf(receipts);
      const candidates = await seen.find(connection, keys);
      const rows = candidates.length === 0 ? [] : await connection.all<Stored>(SAME, JSON.stringify(candidates));
      // Read as it was read when it came: SQLite takes the first of two equal members, and has no half surrogates.
      const known = new Set(
        rows.filter(({ shop }) => shop === receipts.shop).map(({ raw }) => (JSON.parse(raw) as { id?: unknown }).id),
      );
      const repeats = new Set<number>();
      let at = 0;
      for (const { accepted } of receipts.batches)
        for (const { id } of accepted) {
          if (known.has(id)) repeats.add(at);
          known.add(id);
          at += 1;
        }
      return { keys, repeats };
    },
    /** Writes all but the repeats, in the caller's transaction. */
    insert: async (
      connection: StatementConnection,
      receipts: Receipts,
      found: FoundRepeats,
      counts: ReceiptCounts,
      toStored: (raw: string) => string,
    ): Promise<void> => {
      const firstSeq = lastSeq + 1;
      await write(connection, receipts, { ...found, isChecked: true }, counts, toStored);
      seen.add(unrepeated(found.keys, 0, found.repeats).map((key, index) => ({ key, seq: firstSeq + index })));
    },
    merge: seen.merge,
  };
};
export type EventInsert = Awaited<ReturnType<typeof createEventInsert>>;
