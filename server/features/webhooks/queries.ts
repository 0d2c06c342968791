import diff from 'microdiff';
import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { readCounters, totalOf } from '../../platform/db/counters.ts';
import type { Database } from '../../platform/db/database.ts';
import {
  COLUMNS,
  conditionOf,
  type DeliveryRow,
  FROM,
  loadDelivery,
  sequenceOf,
  toWebhookRow,
} from './delivery-rows.ts';
import { searchBodies } from './text-search.ts';

export interface WebhookQueries {
  list(input: z.output<typeof api.WebhookListInput>): Promise<z.output<typeof api.WebhookPage>>;
  get(id: string): Promise<z.output<typeof api.WebhookDetail>>;
  summary(): Promise<z.output<typeof api.WebhookSummary>>;
  /** What differs from the delivery before about the same thing, in the same kind of body. */
  compare(id: string): Promise<z.output<typeof api.WebhookComparison>>;
  /** Exact up to `MOST_COUNTED`; a text is counted in the newest deliveries only. */
  count(filter: api.WebhookFilter): Promise<{ count: number; more: boolean }>;
}

const MOST_COUNTED = 100_000;
const MOST_CHANGES = 200;
/** An order has some transactions; what is compared is one and the same. */
const MOST_ALIKE = 20;

const NEIGHBOURS = `
SELECT (SELECT max(seq) FROM webhook_deliveries WHERE resource = ?1 AND shop = ?2 AND seq < ?3) AS previous,
  (SELECT min(seq) FROM webhook_deliveries WHERE resource = ?1 AND shop = ?2 AND seq > ?3) AS next`;
/**
 * Of the same kind of body, newest first: an order's transactions and refunds belong to its resource, and an event tells of a product in another
 * form than its webhook, but none of them compares with another.
 */
const ALIKE = `
SELECT d.seq, d.received_at AS at, b.payload FROM webhook_deliveries AS d JOIN webhook_bodies AS b ON b.seq = d.seq
WHERE d.resource = ?1 AND d.shop = ?2 AND d.seq < ?3 AND substr(d.topic, 1, instr(d.topic, '/')) = ?4 AND b.payload IS NOT NULL
ORDER BY d.seq DESC LIMIT ${MOST_ALIKE}`;
const ATTEMPTS = `
SELECT number, at, duration_ms AS durationMs, outcome, reason, code, message FROM webhook_attempts WHERE seq = ? ORDER BY number LIMIT 200`;

const KINDS = { CREATE: 'added', REMOVE: 'removed', CHANGE: 'changed' } as const;

const isTree = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const parsed = (payload: string | null): unknown => {
  try {
    return payload === null ? null : (JSON.parse(payload) as unknown);
  } catch {
    // What is not JSON has no parts to compare; the inspector shows it as text.
    return null;
  }
};

const idOf = (body: unknown): unknown => (isTree(body) ? body.id : undefined);

const toChange = (difference: ReturnType<typeof diff>[number]): api.WebhookChange => ({
  path: difference.path.join('.'),
  kind: KINDS[difference.type],
  before: difference.type === 'CREATE' ? null : difference.oldValue,
  after: difference.type === 'REMOVE' ? null : difference.value,
});

export const createWebhookQueries = (db: Database): WebhookQueries => {
  const neighbours = async ({ resource, shop, seq }: DeliveryRow) => {
    if (resource === null) return { previous: null, next: null };
    const [found] = await db.read<{ previous: number | null; next: number | null }>(NEIGHBOURS, [resource, shop, seq]);
    return found ?? { previous: null, next: null };
  };
  /** Failed attempts have rows; a success is what the delivery itself says. */
  const attemptsOf = async (row: DeliveryRow): Promise<api.WebhookAttempt[]> => {
    const noted = await db.read<api.WebhookAttempt>(ATTEMPTS, [row.seq]);
    const isNoted = noted.some(({ number }) => number === row.attempts);
    if (isNoted || row.processed_at === null || (row.state !== 'processed' && row.state !== 'ignored')) return noted;
    const { attempts: number, processed_at: at, duration_ms: durationMs, state: outcome } = row;
    return [...noted, { number, at, durationMs, outcome, reason: null, code: null, message: null }];
  };

  return {
    list: async (input) => {
      const condition = conditionOf(input);
      const before = input.cursor ? sequenceOf(input.cursor) : null;
      if (input.text) {
        const page = await searchBodies(db, { text: input.text, condition, before, limit: input.limit });
        const [mark] =
          page.next === null
            ? []
            : await db.read<{ at: string }>(
                'SELECT received_at AS at FROM webhook_deliveries WHERE seq >= ? ORDER BY seq LIMIT 1',
                [page.next],
              );
        return {
          items: page.rows.map(toWebhookRow),
          nextCursor: page.next === null ? null : String(page.next),
          searchedTo: mark?.at ?? null,
        };
      }
      const rows = await db.read<DeliveryRow>(
        `SELECT ${COLUMNS} FROM ${FROM} WHERE ${condition.sql} ${before === null ? '' : 'AND d.seq < ?'} ORDER BY d.seq DESC LIMIT ?`,
        [...condition.params, ...(before === null ? [] : [before]), input.limit + 1],
      );
      const items = rows.slice(0, input.limit).map(toWebhookRow);
      return { items, nextCursor: rows.length > input.limit ? (items.at(-1)?.id ?? null) : null, searchedTo: null };
    },
    get: async (id) => {
      const { row, headers, payload } = await loadDelivery(db, id);
      const { previous, next } = await neighbours(row);
      return {
        ...toWebhookRow(row),
        headers,
        payload,
        durationMs: row.duration_ms,
        attemptLog: await attemptsOf(row),
        previousId: previous === null ? null : String(previous),
        nextId: next === null ? null : String(next),
        originId: row.origin_seq === null ? null : String(row.origin_seq),
      };
    },
    compare: async (id) => {
      const { row, payload } = await loadDelivery(db, id);
      const other = parsed(payload);
      const alike = await db.read<{ seq: number; at: string; payload: string }>(ALIKE, [
        row.resource,
        row.shop,
        row.seq,
        row.topic.slice(0, row.topic.indexOf('/') + 1),
      ]);
      const before = alike.find((each) => idOf(parsed(each.payload)) === idOf(other));
      if (!before) return { previousId: null, previousAt: null, changes: [], more: 0 };
      const one = parsed(before.payload);
      const changes = isTree(one) && isTree(other) ? diff(one, other) : [];
      return {
        previousId: String(before.seq),
        previousAt: before.at,
        changes: changes.slice(0, MOST_CHANGES).map(toChange),
        more: Math.max(0, changes.length - MOST_CHANGES),
      };
    },
    count: async (filter) => {
      const condition = conditionOf(filter);
      if (filter.text) {
        const page = await searchBodies(db, { text: filter.text, condition, before: null, limit: 10_000 });
        return { count: page.rows.length, more: page.next !== null };
      }
      const [found] = await db.read<{ n: number }>(
        `SELECT count(*) AS n FROM (SELECT 1 FROM ${FROM} WHERE ${condition.sql} LIMIT ${MOST_COUNTED + 1})`,
        condition.params,
      );
      const n = found?.n ?? 0;
      return { count: Math.min(n, MOST_COUNTED), more: n > MOST_COUNTED };
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
  };
};
