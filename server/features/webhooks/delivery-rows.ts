import { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Database, SqlValue } from '../../platform/db/database.ts';
import { restoreHeaders } from './delivery-headers.ts';

export interface DeliveryRow {
  readonly seq: number;
  readonly shop: string | null;
  readonly topic: string;
  readonly state: api.WebhookRow['state'];
  readonly webhook_id: string | null;
  readonly event_id: string | null;
  readonly api_version: string | null;
  readonly triggered_at: string | null;
  readonly received_at: string;
  readonly processed_at: string | null;
  readonly retry_at: string | null;
  readonly duplicates: number;
  readonly attempts: number;
  readonly bytes: number;
  readonly problem: string | null;
  readonly reason: string | null;
  readonly resource: string | null;
  readonly origin: string | null;
  readonly origin_seq: number | null;
  readonly duration_ms: number | null;
  readonly bookmark: string | null;
}

/** For `FROM webhook_deliveries AS d LEFT JOIN webhook_bookmarks AS m ON m.seq = d.seq`. */
export const COLUMNS = 'd.*, m.name AS bookmark';
export const FROM = 'webhook_deliveries AS d LEFT JOIN webhook_bookmarks AS m ON m.seq = d.seq';

export const toWebhookRow = (row: DeliveryRow): api.WebhookRow => ({
  id: String(row.seq),
  shop: row.shop,
  topic: row.topic,
  state: row.state,
  webhookId: row.webhook_id,
  eventId: row.event_id,
  apiVersion: row.api_version,
  triggeredAt: row.triggered_at,
  receivedAt: row.received_at,
  processedAt: row.processed_at,
  duplicates: row.duplicates,
  attempts: row.attempts,
  bytes: row.bytes,
  problem: row.problem === null ? null : (JSON.parse(row.problem) as api.Problem),
  reason: row.reason,
  retryAt: row.retry_at,
  resource: row.resource,
  origin: row.origin,
  bookmark: row.bookmark,
});

/** Cursors and ids of append-only lists are their sequence numbers. @throws AppError `BAD_REQUEST` */
export const sequenceOf = (text: string): number => {
  const parsed = z.coerce.number().int().positive().safeParse(text);
  if (!parsed.success)
    throw new AppError('BAD_REQUEST', 'The page mark is not one of ours.', {
      hint: 'Load the list again from the top.',
    });
  return parsed.data;
};

/** A delivery with its body and the headers as they came; a refused one has none, since they are not kept. @throws AppError `NOT_FOUND` */
export const loadDelivery = async (db: Database, id: string) => {
  const [row] = await db.read<DeliveryRow & { headers: string | null; payload: string | null }>(
    `SELECT ${COLUMNS}, b.headers, b.payload FROM ${FROM} LEFT JOIN webhook_bodies AS b ON b.seq = d.seq WHERE d.seq = ?`,
    [sequenceOf(id)],
  );
  if (!row) throw new AppError('NOT_FOUND', 'This delivery is not kept any more.');
  const headers =
    row.state === 'refused'
      ? {}
      : restoreHeaders(
          {
            topic: row.topic,
            shop: row.shop,
            webhookId: row.webhook_id,
            eventId: row.event_id,
            apiVersion: row.api_version,
            triggeredAt: row.triggered_at,
          },
          row.headers,
        );
  return { row, headers, payload: row.payload };
};

export interface Condition {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** The first number received at or after a time, by halving: a scan for it would read the whole table when the time is near now. */
const IS_SINCE = '(SELECT received_at FROM webhook_deliveries WHERE seq >= (lo + hi) / 2 ORDER BY seq LIMIT 1) >= at';
const FIRST_SINCE = `
WITH RECURSIVE given(at) AS (SELECT ?), halves(lo, hi) AS (
  SELECT coalesce(min(seq), 0), coalesce(max(seq), 0) + 1 FROM webhook_deliveries
  UNION ALL
  SELECT iif(${IS_SINCE}, lo, (lo + hi) / 2 + 1), iif(${IS_SINCE}, (lo + hi) / 2, hi) FROM halves, given WHERE lo < hi
) SELECT max(lo) FROM halves`;

/** All of a filter but the text, which only a scan of bodies can answer. */
export const conditionOf = (filter: api.WebhookFilter): Condition => {
  const where: string[] = [];
  const params: SqlValue[] = [];
  const add = (sql: string, value: SqlValue | undefined): void => {
    if (value === undefined) return;
    where.push(sql);
    params.push(value);
  };
  add('d.shop = ?', filter.shop);
  // As a literal (one of the closed set): only so can the index of the rare states serve.
  if (filter.state !== undefined) where.push(`d.state = '${filter.state}'`);
  if (filter.failing === true) where.push(`d.state IN ('failed', 'dead')`);
  add('d.topic = ?', filter.topic);
  // By number instead of by time: rows are in the order of their arrival, and the number is the key.
  add(`d.seq >= (${FIRST_SINCE})`, filter.from);
  add('d.received_at < ?', filter.to);
  if (filter.bookmarked === true) where.push('m.name IS NOT NULL');
  return { sql: where.length === 0 ? 'true' : where.join(' AND '), params };
};
