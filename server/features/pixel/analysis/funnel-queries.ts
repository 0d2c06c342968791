import type { z } from 'zod';
import type * as api from '../../../../shared/api.ts';
import { type Clock, toIso } from '../../../platform/clock.ts';
import type { Database, SqlValue } from '../../../platform/db/database.ts';
import { eachShopOf } from '../rollups.ts';
import { createOrderGaps, type OrdersPort } from './order-gaps.ts';

type Funnel = z.output<typeof api.PixelFunnel>;
type Steps = Funnel['current'];

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

export const createFunnelQueries = (options: { db: Database; clock: Clock; orders: OrdersPort }) => {
  const { db, clock } = options;
  const gaps = createOrderGaps(options);
  const ofShop = (
    table: 'pixel_funnel' | 'pixel_tops',
    shop: string | undefined,
  ): { sql: string; params: SqlValue[] } =>
    shop === undefined ? { sql: `AND ${eachShopOf(table)}`, params: [] } : { sql: 'AND shop = ?', params: [shop] };

  const steps = async (shop: string | undefined, grain: number, from: number, to: number): Promise<Steps> => {
    const own = ofShop('pixel_funnel', shop);
    const [row] = await db.read<Steps>(
      `SELECT ${SUMS} FROM pixel_funnel WHERE grain = ? AND at >= ? AND at < ? ${own.sql}`,
      [grain, from, to, ...own.params],
    );
    return row ?? NOTHING;
  };

  const tops = (shop: string | undefined, kind: string, from: number, to: number) => {
    const own = ofShop('pixel_tops', shop);
    return db.read<Funnel['products'][number]>(
      `SELECT label, sum(seen) AS seen, sum(added) AS added, sum(paid) AS paid FROM pixel_tops
      WHERE kind = ? AND at >= ? AND at < ? ${own.sql} GROUP BY label ORDER BY seen DESC, label LIMIT ?`,
      [kind, from - (from % 86_400), to, ...own.params, TOP],
    );
  };

  /** Whole hours or days, the running one included; in seconds. */
  const rangeOf = (period: keyof typeof PERIODS): { from: number; to: number; length: number; grain: number } => {
    const { length, grain } = PERIODS[period];
    const now = Math.floor(clock.now() / 1000);
    const to = now - (now % grain) + grain;
    return { from: to - length, to, length, grain };
  };

  return {
    funnel: async ({ shop, period }: z.output<typeof api.PixelFunnelInput>): Promise<Funnel> => {
      const { from, to, length, grain } = rangeOf(period);
      const own = ofShop('pixel_funnel', shop);
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
        gaps.counts(shop, from * 1000, to * 1000),
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
    /** The orders that no event was seen of, and the paid sessions whose order is not here; newest first. */
    orderGaps: ({
      shop,
      period,
    }: z.output<typeof api.PixelFunnelInput>): Promise<z.output<typeof api.PixelOrderGaps>> => {
      const { from, to } = rangeOf(period);
      return gaps.list(shop, from * 1000, to * 1000);
    },
  };
};
