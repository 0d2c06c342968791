import type { AcceptedEvent } from './receive.ts';

/** Digits of a record's numbers: key, milliseconds before the base time, and the lengths of JSON, client id and name in bytes. */
const KEY = 16;
const AGO = 15;
const RAW = 9;
const CLIENT = 3;
const NAME = 3;
const LENGTHS = RAW + CLIENT + NAME;
const RECORD = KEY + AGO + LENGTHS;

/** Rows that are passed to SQLite as two blobs. */
export interface PackedEvents {
  /** One record of fixed width an event, in decimal digits. */
  readonly records: Buffer;
  /** The names, client ids and JSON of all events, one after the other in the events' order. */
  readonly texts: Buffer;
}

/**
 * ?1 store, ?2 receipt, ?3 base time, ?4 records, ?5 texts. Binding a value costs the main thread about a microsecond, and each number of rows would be
 * a statement of its own: so the rows travel in two blobs, whose parts SQLite reads in place, on its own thread.
 */
export const INSERT_PACKED = `INSERT OR IGNORE INTO pixel_events (shop, received_at, event_key, name, client_id, occurred_at, raw)
WITH RECURSIVE record(at, text, lengths) AS (
  SELECT 1, 1, CAST(substr(?4, ${1 + KEY + AGO}, ${LENGTHS}) AS INTEGER)
  UNION ALL
  SELECT at + ${RECORD}, text + lengths / 1000000 + lengths / 1000 % 1000 + lengths % 1000,
    CAST(substr(?4, at + ${RECORD + KEY + AGO}, ${LENGTHS}) AS INTEGER)
  FROM record WHERE at + ${RECORD} < length(?4)
)
SELECT ?1, ?2, CAST(substr(?4, at, ${KEY}) AS INTEGER), CAST(substr(?5, text, lengths % 1000) AS TEXT),
  CAST(substr(?5, text + lengths % 1000, lengths / 1000 % 1000) AS TEXT), ?3 - CAST(substr(?4, at + ${KEY}, ${AGO}) AS INTEGER),
  CAST(substr(?5, text + lengths % 1000 + lengths / 1000 % 1000, lengths / 1000000) AS TEXT)
FROM record`;

/** Right-aligned digits; two halves, since 32-bit arithmetic is the quick one. */
const writeDigits = (into: Buffer, at: number, width: number, value: number): void => {
  let end = at + width - 1;
  let rest = value;
  if (value > 99_999_999) {
    const high = Math.floor(value / 100_000_000);
    let low = value - high * 100_000_000;
    for (const stop = end - 8; end > stop; end -= 1) {
      const next = (low / 10) | 0;
      into[end] = 48 + low - next * 10;
      low = next;
    }
    rest = high;
  }
  for (; end >= at; end -= 1) {
    const next = (rest / 10) | 0;
    into[end] = 48 + rest - next * 10;
    rest = next;
  }
};

/**
 * @param json Of each event, the JSON that is to be stored.
 * @param baseMs At or after the time of every event.
 */
export const packEvents = (
  events: readonly AcceptedEvent[],
  keys: readonly number[],
  json: readonly string[],
  baseMs: number,
): PackedEvents => {
  const pieces: string[] = [];
  events.forEach((event, index) => {
    pieces.push(event.name, event.clientId, json[index] ?? 'null');
  });
  const text = pieces.join('');
  const texts = Buffer.from(text);
  // Mostly everything is ASCII, and then the lengths in bytes need no counting.
  const bytesOf =
    texts.length === text.length ? (part: string) => part.length : (part: string) => Buffer.byteLength(part);
  const records = Buffer.allocUnsafe(events.length * RECORD);
  events.forEach((event, index) => {
    const at = index * RECORD;
    writeDigits(records, at, KEY, keys[index] ?? 0);
    writeDigits(records, at + KEY, AGO, baseMs - event.occurredAt);
    writeDigits(records, at + KEY + AGO, RAW, bytesOf(pieces[index * 3 + 2] ?? ''));
    writeDigits(records, at + KEY + AGO + RAW, CLIENT, bytesOf(event.clientId));
    writeDigits(records, at + KEY + AGO + RAW + CLIENT, NAME, bytesOf(event.name));
  });
  return { records, texts };
};
