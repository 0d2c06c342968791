import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
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
  occurred_at: string | null;
  received_at: string;
  reason: string | null;
}

const SOURCE: Readonly<Record<Outcome, string>> = {
  accepted:
    'SELECT seq, shop, name, event_id, client_id, url, occurred_at, received_at, NULL AS reason, raw FROM pixel_events',
  quarantined:
    'SELECT seq, shop, name, event_id, NULL AS client_id, NULL AS url, NULL AS occurred_at, received_at, reason, raw FROM pixel_quarantine',
};

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
  url: row.url,
  occurredAt: row.occurred_at,
  receivedAt: row.received_at,
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
    const where: string[] = [];
    const params: SqlValue[] = [];
    if (input.shop !== undefined) {
      where.push('shop = ?');
      params.push(input.shop);
    }
    if (input.cursor) {
      where.push('seq < ?');
      params.push(fromId(input.cursor).seq);
    }
    const rows = await db.read<Row>(
      `${SOURCE[input.outcome]} ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY seq DESC LIMIT ?`,
      [...params, input.limit + 1],
    );
    const items = rows.slice(0, input.limit).map((row) => toPixelRow(input.outcome, row));
    return { items, nextCursor: rows.length > input.limit ? (items.at(-1)?.id ?? null) : null };
  },
  get: async (id) => {
    const { outcome, seq } = fromId(id);
    const [row] = await db.read<Row & { raw: string }>(`${SOURCE[outcome]} WHERE seq = ?`, [seq]);
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
