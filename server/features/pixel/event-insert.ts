import type { StatementConnection } from '../../platform/db/statement-connection.ts';
import { nextKey } from './event-key.ts';
import { INSERT_PACKED, packEvents } from './packed-events.ts';
import type { AcceptedEvent } from './receive.ts';

/** Rows in one statement: what it may hold in memory is bounded by it, and by the size of a request. */
const MAX_ROWS = 2000;

interface EventsOfShop {
  readonly shop: string;
  readonly receivedAt: number;
  readonly events: readonly AcceptedEvent[];
  /** One an event; a key that another event has is moved on. */
  readonly keys: number[];
  /** The form in which an event's JSON may be stored: without people who were erased. */
  readonly toStored: (raw: string) => string;
}

/**
 * Writes events whose id is not there yet. The unique key is a 53-bit number made of store and id instead of the long random texts, so that
 * its index stays small; two ids that share a number are told apart here, so the answer is exact.
 */
export const createEventInsert = () => {
  const insert = (connection: StatementConnection, batch: EventsOfShop, from: number, to: number): Promise<number> => {
    const events = batch.events.slice(from, to);
    const json = events.map((event) => batch.toStored(event.raw));
    // Requests of one commit were received at slightly different times; an event may be younger than the first.
    const baseMs = events.reduce((latest, { occurredAt }) => Math.max(latest, occurredAt), batch.receivedAt);
    const { records, texts } = packEvents(events, batch.keys.slice(from, to), json, baseMs);
    return connection.run(INSERT_PACKED, batch.shop, batch.receivedAt, baseMs, records, texts);
  };

  /** Which of the events are repeats, once some row was passed over: those whose id had been there, or came twice here. */
  const sortOut = async (
    connection: StatementConnection,
    batch: EventsOfShop,
    newestBefore: number,
  ): Promise<Set<number>> => {
    const repeats = new Set<number>();
    const taken = new Set<string>();
    const rowOf = async (key: number): Promise<{ seq: number; id: unknown; shop: string } | undefined> => {
      const [row] = await connection.all<{ seq: number; raw: string; shop: string }>(
        'SELECT seq, raw, shop FROM pixel_events WHERE event_key = ?',
        key,
      );
      // Read as it was read when it came: SQLite takes the first of two equal keys, and has no half surrogates.
      return row && { seq: row.seq, id: (JSON.parse(row.raw) as { id?: unknown }).id, shop: row.shop };
    };
    for (let at = 0; at < batch.events.length; at += 1) {
      const event = batch.events[at];
      let key = batch.keys[at];
      if (!event || key === undefined) continue;
      for (;;) {
        const row = await rowOf(key);
        if (!row) {
          // An earlier round met another event's key: this one is stored under the next free one.
          batch.keys[at] = key;
          await insert(connection, batch, at, at + 1);
          taken.add(event.id);
          break;
        }
        if (row.id === event.id && row.shop === batch.shop) {
          if (row.seq <= newestBefore || taken.has(event.id)) repeats.add(at);
          taken.add(event.id);
          break;
        }
        key = nextKey(key);
      }
    }
    return repeats;
  };

  return {
    /** Resolves with the positions of the events that were there already, or null when there are none. */
    run: async (connection: StatementConnection, batch: EventsOfShop): Promise<Set<number> | null> => {
      if (batch.events.length === 0) return null;
      let written = 0;
      for (let from = 0; from < batch.events.length; from += MAX_ROWS)
        written += await insert(connection, batch, from, Math.min(from + MAX_ROWS, batch.events.length));
      if (written === batch.events.length) return null;
      // Only this writer adds rows, in order: the newest ones are those just written, what comes before was there already.
      const [before] = await connection.all<{ seq: number }>(
        'SELECT seq FROM pixel_events ORDER BY seq DESC LIMIT 1 OFFSET ?',
        written,
      );
      return sortOut(connection, batch, before?.seq ?? 0);
    },
  };
};
