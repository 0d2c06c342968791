import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';

/** A row that was looked at, and how many bytes it and the rows that it stands for take. */
export interface SampledRow {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly bytes: number;
}

export interface TableSample {
  readonly rows: number;
  readonly bytes: number;
  /** Newest first. */
  readonly sampled: readonly SampledRow[];
}

export interface PixelSamples {
  readonly events: TableSample;
  readonly quarantine: TableSample;
  readonly sessions: TableSample;
}

/** Rows that are looked at in a table. Of up to so many the answer is exact; of more it is off by a few percent. */
const SAMPLE = 1000;
/** What is measured for a screen is shown for so long; a stream of events asks again several times a second. */
const SHOWN_MS = 60_000;
/** Spreads the places evenly and yet at no fixed distance, which would always meet the same kind of event. */
const GOLDEN = 0.618033988749895;

const PAGE = 4096;
/**
 * A row that does not fit a page any more begins another, so of each page about half a row is left empty; where rows are longer than a page,
 * they go on in pages of their own and fill them.
 */
const filledOf = (meanBytes: number): number => (meanBytes > PAGE ? 1 : 1 - Math.min(meanBytes, PAGE / 2) / (2 * PAGE));

/** Bytes of a row: its texts, what SQLite adds to them, and its entries in the indexes. `usage.test.ts` compares all with the pages in use. */
const TABLES = {
  events: {
    table: 'pixel_events',
    id: 'seq',
    at: 'received_at',
    bytes: `octet_length(raw) + octet_length(name) + octet_length(shop) + coalesce(octet_length(client_id), 0) + 64`,
  },
  quarantine: {
    table: 'pixel_quarantine',
    id: 'seq',
    at: 'received_at',
    bytes: `octet_length(raw) + 2 * (octet_length(name) + octet_length(shop) + octet_length(reason)) + coalesce(octet_length(event_id), 0) + 64`,
  },
  sessions: {
    table: 'pixel_sessions',
    id: 'id',
    at: 'last_at',
    bytes: `octet_length(path) + 4 * octet_length(shop) + 2 * coalesce(octet_length(client_id), 0) + octet_length(source)
      + coalesce(octet_length(landing), 0) + 3 * coalesce(octet_length(checkout_token), 0) + coalesce(octet_length(order_id), 0) + 96`,
  },
} as const;

/**
 * How much the pixel's rows take, without a count for each event that comes and without reading the tables: a thousand rows of each, spread
 * over its numbers, stand for all. A number that no row has any more counts as one that was looked at, so gaps do not matter.
 */
export const createPixelUsage = ({ db, clock }: { db: Database; clock: Clock }) => {
  const sampleOf = async ({ table, id, at, bytes }: (typeof TABLES)[keyof typeof TABLES]): Promise<TableSample> => {
    const [range] = await db.read<{ first: number | null; last: number | null }>(
      `SELECT (SELECT min(${id}) FROM ${table}) AS first, (SELECT max(${id}) FROM ${table}) AS last`,
    );
    const first = range?.first ?? 1;
    const span = (range?.last ?? 0) - first + 1;
    const places = Math.min(span, SAMPLE);
    const each = places === 0 ? 0 : span / places;
    const ids = Array.from({ length: places }, (_, index) =>
      span === places ? first + index : first + Math.floor((index + ((index * GOLDEN) % 1)) * each),
    );
    const found = await db.read<SampledRow>(
      `SELECT ${at} AS at, ${bytes} AS bytes FROM ${table} WHERE ${id} IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(ids)],
    );
    const sum = found.reduce((total, row) => total + row.bytes, 0);
    const factor = each / filledOf(found.length === 0 ? 0 : sum / found.length);
    return {
      rows: Math.round(found.length * each),
      bytes: sum * factor,
      sampled: found.map((row) => ({ at: row.at, bytes: row.bytes * factor })).sort((a, b) => b.at - a.at),
    };
  };
  const sample = async (): Promise<PixelSamples> => ({
    events: await sampleOf(TABLES.events),
    quarantine: await sampleOf(TABLES.quarantine),
    sessions: await sampleOf(TABLES.sessions),
  });

  let shown: { readonly at: number; readonly usage: Promise<PixelUsage> } | null = null;
  const measure = async (): Promise<PixelUsage> => {
    const measuredAt = toIso(clock.now());
    const { events, quarantine, sessions } = await sample();
    const oldest = events.sampled.at(-1);
    return {
      events: shownOf(events),
      quarantine: shownOf(quarantine),
      sessions: shownOf(sessions),
      oldestEventAt: oldest === undefined ? null : toIso(oldest.at),
      measuredAt,
    };
  };
  return {
    sample,
    /** For a screen; at most a minute old. */
    usage: (): Promise<PixelUsage> => {
      if (shown === null || clock.now() - shown.at >= SHOWN_MS || clock.now() < shown.at) {
        const usage = measure();
        shown = { at: clock.now(), usage };
        usage.catch(() => {
          shown = null;
        });
      }
      return shown.usage;
    },
    /** What was measured is not so any more. */
    forget: (): void => {
      shown = null;
    },
  };
};
export type PixelUsageMeter = ReturnType<typeof createPixelUsage>;

interface PixelUsage {
  readonly events: { rows: number; bytes: number };
  readonly quarantine: { rows: number; bytes: number };
  readonly sessions: { rows: number; bytes: number };
  readonly oldestEventAt: string | null;
  readonly measuredAt: string;
}

const shownOf = ({ rows, bytes }: TableSample): { rows: number; bytes: number } => ({ rows, bytes: Math.round(bytes) });

/**
 * The time up to which rows have to go so that what is left takes at most `limit` bytes; null when nothing has to. Rows of several tables go
 * by one time.
 */
const endOf = (samples: readonly TableSample[], limit: number): number | null => {
  if (samples.reduce((sum, { bytes }) => sum + bytes, 0) <= limit) return null;
  let kept = 0;
  const newestFirst = samples.flatMap(({ sampled }) => sampled).sort((a, b) => b.at - a.at);
  for (const { at, bytes } of newestFirst) {
    kept += bytes;
    if (kept > limit) return at;
  }
  return null;
};

/**
 * Which of the oldest rows are over the limit. Events and quarantine go first; sessions, which the funnel's orders are compared with, only
 * when they alone take more than half of it.
 */
export const overLimit = (
  { events, quarantine, sessions }: PixelSamples,
  limitBytes: number,
): { readonly eventsUntil: number | null; readonly sessionsUntil: number | null } => {
  const half = limitBytes / 2;
  return {
    eventsUntil: endOf([events, quarantine], limitBytes - Math.min(half, sessions.bytes)),
    sessionsUntil: endOf([sessions], half),
  };
};
