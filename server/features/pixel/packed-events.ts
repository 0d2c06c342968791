import type { AcceptedEvent } from './receive.ts';

/**
 * Digits of a record's numbers: key, milliseconds before the base time, where the JSON begins in the texts (from 1), and the lengths of JSON,
 * client id and name in bytes. The trigger `pixel_receipts_insert` reads them.
 */
const KEY = 16;
const AGO = 15;
const START = 9;
const RAW = 9;
const CLIENT = 3;
const NAME = 3;
const RECORD = KEY + AGO + START + RAW + CLIENT + NAME;

/** Events that came in one request, of which some may stand in its body just as they are to be stored. */
export interface EventsOfBody {
  readonly body: Buffer | null;
  readonly events: readonly AcceptedEvent[];
  readonly keys: readonly number[];
}

/**
 * Rows that are passed to SQLite as two blobs: binding a value costs the main thread about a microsecond, and each number of rows would be a
 * statement of its own. SQLite reads their parts in place, on its own thread.
 */
export interface PackedEvents {
  /** One record of fixed width an event, in decimal digits. */
  readonly records: Buffer;
  /** The requests' bodies, then the JSON that differs from them, then names and client ids in the events' order. */
  readonly texts: Buffer;
  /** Where names and client ids begin, from 1. */
  readonly extrasAt: number;
}

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

const createTexts = () => {
  const pieces: Buffer[] = [];
  let length = 0;
  return {
    /** The place of its first byte, from 1. */
    add: (piece: Buffer): number => {
      const at = length + 1;
      pieces.push(piece);
      length += piece.length;
      return at;
    },
    all: (): Buffer => Buffer.concat(pieces, length),
  };
};

/**
 * @param json The form in which an event's JSON may be stored; equal to its `raw` where nothing has to be taken out.
 * @param baseMs At or after the time of every event.
 */
export const packEvents = (
  bodies: readonly EventsOfBody[],
  json: (raw: string) => string,
  baseMs: number,
): PackedEvents => {
  const texts = createTexts();
  const records = Buffer.allocUnsafe(bodies.reduce((sum, { events }) => sum + events.length, 0) * RECORD);
  const extras: string[] = [];
  let at = 0;
  for (const { body, events, keys } of bodies) {
    const bodyAt = body !== null && events.some((event) => event.at >= 0) ? texts.add(body) : 0;
    events.forEach((event, index) => {
      const stored = json(event.raw);
      let start = bodyAt + event.at;
      let length = stored.length;
      if (event.at < 0 || stored !== event.raw) {
        const bytes = Buffer.from(stored);
        start = texts.add(bytes);
        length = bytes.length;
      }
      extras.push(event.name, event.clientId);
      writeDigits(records, at, KEY, keys[index] ?? 0);
      writeDigits(records, at + KEY, AGO, baseMs - event.occurredAt);
      writeDigits(records, at + KEY + AGO, START, start);
      writeDigits(records, at + KEY + AGO + START, RAW, length);
      at += RECORD;
    });
  }
  const joined = extras.join('');
  const bytes = Buffer.from(joined);
  // Mostly everything is ASCII, and then the lengths in bytes need no counting.
  const bytesOf =
    bytes.length === joined.length ? (text: string) => text.length : (text: string) => Buffer.byteLength(text);
  for (let row = 0; row * 2 < extras.length; row += 1) {
    const lengths = (row + 1) * RECORD - CLIENT - NAME;
    writeDigits(records, lengths, CLIENT, bytesOf(extras[row * 2 + 1] ?? ''));
    writeDigits(records, lengths + CLIENT, NAME, bytesOf(extras[row * 2] ?? ''));
  }
  const extrasAt = texts.add(bytes);
  return { records, texts: texts.all(), extrasAt };
};
