import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import { toIso } from '../../platform/clock.ts';
import { readCounters, totalOf } from '../../platform/db/counters.ts';
import type { Database, SqlValue } from '../../platform/db/database.ts';

type Outcome = z.output<typeof api.PixelOutcome>;
interface Row {
  seq: number;
  shop: string;
  name: string;
  event_id: string | null;
  client_id: string | null;
  url: string | null;
  occurred_at: number | null;
  received_at: number;
  version: string | null;
  reason: string | null;
}

const SOURCE: Readonly<Record<Outcome, { table: string; columns: string }>> = {
  accepted: {
    table: 'pixel_events',
    columns: `seq, shop, name, raw->>'id' AS event_id, client_id, raw->>'$.context.document.location.href' AS url,
      occurred_at, received_at, raw->>'$.backroom.extension' AS version, NULL AS reason`,
  },
  quarantined: {
    table: 'pixel_quarantine',
    columns:
      'seq, shop, name, event_id, NULL AS client_id, NULL AS url, NULL AS occurred_at, received_at, version, reason',
  },
};
/** A filter that fits few rows stops after looking at so many; the next page goes on from there. */
const LOOK_AT = 100_000;

/** `a12` is an accepted event, `q12` a quarantined one: two tables, one kind of id. */
const toId = (outcome: Outcome, seq: number): string => `${outcome[0]}${seq}`;
const fromId = (id: string): { outcome: Outcome; seq: number } => {
  const match = /^([aq])(\d{1,15})$/.exec(id);
  if (!match) throw new AppError('BAD_REQUEST', 'This is not the id of a pixel event.');
  return { outcome: match[1] === 'a' ? 'accepted' : 'quarantined', seq: Number(match[2]) };
};

const toPixelRow = (outcome: Outcome, row: Row): api.PixelRow => ({
  id: toId(outcome, row.seq),
  shop: row.shop,
  outcome,
  name: row.name,
  eventId: row.event_id,
  clientId: row.client_id,
  // Without its query: tokens in links do not belong in a list.
  url: row.url?.split(/[?#]/, 1)[0] ?? null,
  occurredAt: row.occurred_at === null ? null : toIso(row.occurred_at),
  receivedAt: toIso(row.received_at),
  version: row.version || null,
  reason: row.reason,
});

/** A quarantined event is cut at a limit, so its text need not be JSON any more. */
const parseOrText = (raw: string): unknown => {
  try {
    return JSON.parse(raw);
  } catch (error) {
    if (error instanceof SyntaxError) return raw;
    throw error;
  }
};

export interface PixelQueries {
  list(input: z.output<typeof api.PixelListInput>): Promise<z.output<typeof api.PixelPage>>;
  get(id: string): Promise<z.output<typeof api.PixelDetail>>;
  summary(): Promise<z.output<typeof api.PixelSummary>>;
}

export const createPixelQueries = (db: Database): PixelQueries => ({
  list: async (input) => {
    const { table, columns } = SOURCE[input.outcome];
    const where = ['seq <= ?', 'seq > ?'];
    const filters: [string, string | undefined][] = [
      ['shop', input.shop],
      ['name', input.name],
      ['reason', input.outcome === 'quarantined' ? input.reason : undefined],
    ];
    const params: SqlValue[] = [];
    for (const [column, value] of filters) {
      if (value === undefined) continue;
      // `+` keeps SQLite from an index of the store alone, by which it would sort all rows to find the newest.
      where.push(input.reason === undefined ? `+${column} = ?` : `${column} = ?`);
      params.push(value);
    }
    const [range] = await db.read<{ last: number | null }>(`SELECT max(seq) AS last FROM ${table}`);
    const from = input.cursor ? fromId(input.cursor).seq - 1 : (range?.last ?? 0);
    const floor = filters.some(([, value]) => value !== undefined) ? Math.max(0, from - LOOK_AT) : 0;
    const rows = await db.read<Row>(
      `SELECT ${columns} FROM ${table} WHERE ${where.join(' AND ')} ORDER BY seq DESC LIMIT ?`,
      [from, floor, ...params, input.limit + 1],
    );
    const items = rows.slice(0, input.limit).map((row) => toPixelRow(input.outcome, row));
    const more = rows.length > input.limit ? items.at(-1)?.id : floor > 0 ? toId(input.outcome, floor + 1) : undefined;
    return { items, nextCursor: more ?? null };
  },
  get: async (id) => {
    const { outcome, seq } = fromId(id);
    const { table, columns } = SOURCE[outcome];
    const [row] = await db.read<Row & { raw: string }>(`SELECT ${columns}, raw FROM ${table} WHERE seq = ?`, [seq]);
    if (!row) throw new AppError('NOT_FOUND', 'This event is not kept any more.');
    return { ...toPixelRow(outcome, row), raw: parseOrText(row.raw) };
  },
  summary: async () => {
    const counters = await readCounters(db);
    return {
      accepted: totalOf(counters, 'pixel.accepted'),
      quarantined: totalOf(counters, 'pixel.quarantined'),
      limited: totalOf(counters, 'pixel.limited'),
      duplicates: totalOf(counters, 'pixel.duplicates'),
    };
  },
});
