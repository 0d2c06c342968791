import type { z } from 'zod';
import type * as api from '../../../../shared/api.ts';
import { AppError } from '../../../../shared/errors.ts';
import { type Clock, toIso } from '../../../platform/clock.ts';
import type { Database, SqlValue } from '../../../platform/db/database.ts';
import { STEPS } from './facts.ts';

type Funnel = z.output<typeof api.PixelFunnel>;
type Steps = Funnel['current'];

/** What is known of orders, by whoever syncs them. */
export interface OrdersPort {
  /** Null while the store's orders (or, without a store, anybody's) are not here. Times are milliseconds. */
  between(
    shop: string | undefined,
    from: number,
    to: number,
  ): Promise<readonly { readonly id: string; readonly checkoutToken: string | null }[] | null>;
}

export const PERIODS = {
  hour: { length: 3600, grain: 3600 },
  day: { length: 86_400, grain: 3600 },
  week: { length: 7 * 86_400, grain: 86_400 },
  month: { length: 30 * 86_400, grain: 86_400 },
} as const;

const SUMS =
  'coalesce(sum(sessions), 0) AS sessions, coalesce(sum(viewed), 0) AS viewed, coalesce(sum(added), 0) AS added, coalesce(sum(started), 0) AS started, coalesce(sum(paid), 0) AS paid';
const NOTHING: Steps = { sessions: 0, viewed: 0, added: 0, started: 0, paid: 0 };
const TOP = 10;
const MAX_ORDERS = 20_000;

interface SessionRow {
  id: number;
  shop: string;
  client_id: string | null;
  started_at: number;
  last_at: number;
  steps: number;
  events: number;
  source: string;
  landing: string | null;
  order_id: string | null;
  path: string;
}

const reachedOf = (steps: number): z.output<typeof api.PixelSession>['reached'] => {
  if (steps & STEPS.paid) return 'paid';
  if (steps & STEPS.started) return 'started';
  if (steps & STEPS.added) return 'added';
  return steps & STEPS.viewed ? 'viewed' : 'visited';
};

/** A text column that erasure may have emptied is no list any more. */
const pathOf = (text: string): { t: number; n: string; p: string | null }[] => {
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? (parsed as { t: number; n: string; p: string | null }[]) : [];
};

export const createFunnelQueries = (options: { db: Database; clock: Clock; orders: OrdersPort }) => {
  const { db, clock } = options;
  const ofShop = (shop: string | undefined): { sql: string; params: SqlValue[] } =>
    shop === undefined ? { sql: '', params: [] } : { sql: 'AND shop = ?', params: [shop] };

  const steps = async (shop: string | undefined, grain: number, from: number, to: number): Promise<Steps> => {
    const own = ofShop(shop);
    const [row] = await db.read<Steps>(
      `SELECT ${SUMS} FROM pixel_funnel WHERE grain = ? AND at >= ? AND at < ? ${own.sql}`,
      [grain, from, to, ...own.params],
    );
    return row ?? NOTHING;
  };

  const tops = (shop: string | undefined, kind: string, from: number, to: number) => {
    const own = ofShop(shop);
    return db.read<Funnel['products'][number]>(
      `SELECT label, sum(seen) AS seen, sum(added) AS added, sum(paid) AS paid FROM pixel_tops
      WHERE kind = ? AND at >= ? AND at < ? ${own.sql} GROUP BY label ORDER BY seen DESC, label LIMIT ?`,
      [kind, from - (from % 86_400), to, ...own.params, TOP],
    );
  };

  const matchOrders = async (shop: string | undefined, from: number, to: number): Promise<Funnel['orders']> => {
    const orders = await options.orders.between(shop, from * 1000, to * 1000);
    if (orders === null) return null;
    const own = ofShop(shop);
    const paid = await db.read<{ checkout_token: string | null; order_id: string | null }>(
      `SELECT checkout_token, order_id FROM pixel_sessions WHERE started_at >= ? AND started_at < ? AND steps & ${STEPS.paid} ${own.sql} LIMIT ?`,
      [from * 1000 - 86_400_000, to * 1000, ...own.params, MAX_ORDERS],
    );
    const tokens = new Set(paid.map((row) => row.checkout_token));
    const ids = new Set(paid.map((row) => row.order_id));
    const known = new Set(orders.flatMap((order) => [order.id, order.checkoutToken]));
    const online = orders.filter((order) => order.checkoutToken !== null);
    return {
      total: orders.length,
      seen: online.filter((order) => tokens.has(order.checkoutToken) || ids.has(order.id)).length,
      offline: orders.length - online.length,
      withoutOrder: paid.filter((row) => !known.has(row.checkout_token) && !known.has(row.order_id)).length,
    };
  };

  return {
    funnel: async ({ shop, period }: z.output<typeof api.PixelFunnelInput>): Promise<Funnel> => {
      const { length, grain } = PERIODS[period];
      const now = Math.floor(clock.now() / 1000);
      // Whole hours or days, the running one included.
      const to = now - (now % grain) + grain;
      const from = to - length;
      const own = ofShop(shop);
      const [current, previous, series, products, searches, sources, orders, waiting] = await Promise.all([
        steps(shop, grain, from, to),
        steps(shop, grain, from - length, from),
        db.read<Steps & { at: number }>(
          `SELECT at, ${SUMS} FROM pixel_funnel WHERE grain = ? AND at >= ? AND at < ? ${own.sql} GROUP BY at ORDER BY at`,
          [grain, from, to, ...own.params],
        ),
        tops(shop, 'product', from, to),
        tops(shop, 'search', from, to),
        tops(shop, 'source', from, to),
        matchOrders(shop, from, to),
        db.read<{ n: number }>(
          'SELECT coalesce((SELECT max(seq) FROM pixel_events), 0) - (SELECT seq FROM pixel_analysis) AS n',
        ),
      ]);
      const bySeconds = new Map(series.map((row) => [row.at, row]));
      return {
        from: toIso(from * 1000),
        to: toIso(to * 1000),
        current,
        previous,
        series: Array.from({ length: length / grain }, (_, index) => {
          const at = from + index * grain;
          return { ...NOTHING, ...bySeconds.get(at), at: toIso(at * 1000) };
        }),
        products,
        searches,
        sources,
        orders,
        waiting: Math.max(0, waiting[0]?.n ?? 0),
      };
    },
    /** Newest first by when they began to be known. */
    sessions: async (
      input: z.output<typeof api.PixelSessionsInput>,
    ): Promise<z.output<typeof api.PixelSessionPage>> => {
      const before = input.cursor ? Number(input.cursor) : Number.MAX_SAFE_INTEGER;
      if (!Number.isSafeInteger(before)) throw new AppError('BAD_REQUEST', 'This is not the place of a session.');
      const own = ofShop(input.shop);
      const rows = await db.read<SessionRow>(
        `SELECT id, shop, client_id, started_at, last_at, steps, events, source, landing, order_id, path FROM pixel_sessions
        WHERE id < ? ${own.sql} ORDER BY id DESC LIMIT ?`,
        [before, ...own.params, input.limit + 1],
      );
      const items = rows.slice(0, input.limit).map((row) => ({
        id: String(row.id),
        shop: row.shop,
        clientId: row.client_id,
        startedAt: toIso(row.started_at),
        lastAt: toIso(row.last_at),
        events: row.events,
        source: row.source,
        landing: row.landing,
        reached: reachedOf(row.steps),
        orderId: row.order_id,
        path: pathOf(row.path).map((step) => ({ at: toIso(step.t * 1000), name: step.n, page: step.p })),
      }));
      return { items, nextCursor: rows.length > input.limit ? (items.at(-1)?.id ?? null) : null };
    },
  };
};
