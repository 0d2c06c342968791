import { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import { readCounters, totalOf } from '../../platform/db/counters.ts';
import type { Database, SqlValue } from '../../platform/db/database.ts';
import { restoreHeaders } from './delivery-headers.ts';

interface Row {
  seq: number;
  shop: string | null;
  topic: string;
  state: api.WebhookRow['state'];
  webhook_id: string | null;
  event_id: string | null;
  api_version: string | null;
  triggered_at: string | null;
  received_at: string;
  processed_at: string | null;
  duplicates: number;
  attempts: number;
  bytes: number;
  problem: string | null;
}

const COLUMNS =
  'seq, shop, topic, state, webhook_id, event_id, api_version, triggered_at, received_at, processed_at, duplicates, attempts, bytes, problem';

const toWebhookRow = (row: Row): api.WebhookRow => ({
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
});

/** Cursors and ids of append-only lists are their sequence numbers. */
const sequence = (text: string): number => {
  const parsed = z.coerce.number().int().positive().safeParse(text);
  if (!parsed.success)
    throw new AppError('BAD_REQUEST', 'The page mark is not one of ours.', {
      hint: 'Load the list again from the top.',
    });
  return parsed.data;
};

export interface WebhookQueries {
  list(input: z.output<typeof api.WebhookListInput>): Promise<z.output<typeof api.WebhookPage>>;
  get(id: string): Promise<z.output<typeof api.WebhookDetail>>;
  summary(): Promise<z.output<typeof api.WebhookSummary>>;
}

export const createWebhookQueries = (db: Database): WebhookQueries => ({
  list: async (input) => {
    const where: string[] = [];
    const params: SqlValue[] = [];
    const filter = (sql: string, value: SqlValue | undefined): void => {
      if (value === undefined) return;
      where.push(sql);
      params.push(value);
    };
    filter('shop = ?', input.shop);
    filter('state = ?', input.state);
    filter('topic = ?', input.topic);
    filter('seq < ?', input.cursor ? sequence(input.cursor) : undefined);
    const rows = await db.read<Row>(
      `SELECT ${COLUMNS} FROM webhook_deliveries ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY seq DESC LIMIT ?`,
      [...params, input.limit + 1],
    );
    const items = rows.slice(0, input.limit).map(toWebhookRow);
    return { items, nextCursor: rows.length > input.limit ? (items.at(-1)?.id ?? null) : null };
  },
  get: async (id) => {
    const [row] = await db.read<Row & { headers: string | null; payload: string | null }>(
      `SELECT d.*, b.headers, b.payload FROM webhook_deliveries AS d LEFT JOIN webhook_bodies AS b ON b.seq = d.seq WHERE d.seq = ?`,
      [sequence(id)],
    );
    if (!row) throw new AppError('NOT_FOUND', 'This delivery is not kept any more.');
    return {
      ...toWebhookRow(row),
      headers: restoreHeaders(
        {
          topic: row.topic,
          shop: row.shop,
          webhookId: row.webhook_id,
          eventId: row.event_id,
          apiVersion: row.api_version,
          triggeredAt: row.triggered_at,
        },
        row.headers,
      ),
      payload: row.payload,
    };
  },
  summary: async () => {
    const counters = await readCounters(db);
    return {
      received: totalOf(counters, 'webhooks.received'),
      processed: totalOf(counters, 'webhooks.processed'),
      failed: totalOf(counters, 'webhooks.failed'),
      dead: totalOf(counters, 'webhooks.dead'),
      duplicates: totalOf(counters, 'webhooks.duplicates'),
      refused: totalOf(counters, 'webhooks.refused'),
    };
  },
});
