import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database, SqlValue } from '../../platform/db/database.ts';
import { eachShopOf, GRAINS, type RollupOutcome } from './rollups.ts';

type Health = z.output<typeof api.PixelHealth>;
type Counts = Health['counts'];

const PERIODS = {
  hour: { length: 3600, grain: GRAINS.minute },
  day: { length: 86_400, grain: GRAINS.hour },
  week: { length: 7 * 86_400, grain: GRAINS.day },
  month: { length: 30 * 86_400, grain: GRAINS.day },
} as const;
const MAX_NAMES = 30;

const nothing = (): Counts => ({ accepted: 0, quarantined: 0, duplicate: 0, limited: 0, withheld: 0 });

/** Answers from the running counts alone. */
export const createPixelHealth = (db: Database, clock: Clock) => ({
  health: async ({ shop, period }: z.output<typeof api.PixelHealthInput>): Promise<Health> => {
    const { length, grain } = PERIODS[period];
    const now = Math.floor(clock.now() / 1000);
    const to = now - (now % grain) + grain;
    const from = to - length;
    const own = shop === undefined ? `AND ${eachShopOf('pixel_rollups')}` : 'AND shop = ?';
    const params: SqlValue[] = [grain, from, ...(shop === undefined ? [] : [shop])];
    const [rows, names, versions, waiting] = await Promise.all([
      db.read<{ at: number; outcome: RollupOutcome; events: number; lag_ms: number }>(
        `SELECT at, outcome, sum(events) AS events, sum(lag_ms) AS lag_ms FROM pixel_rollups
        WHERE grain = ? AND at >= ? ${own} GROUP BY at, outcome`,
        params,
      ),
      db.read<Health['names'][number]>(
        `SELECT name, coalesce(sum(events) FILTER (WHERE outcome = 'accepted'), 0) AS accepted,
          coalesce(sum(events) FILTER (WHERE outcome = 'quarantined'), 0) AS quarantined
        FROM pixel_rollups WHERE grain = ? AND at >= ? ${own} AND outcome IN ('accepted', 'quarantined')
        GROUP BY name ORDER BY 2 DESC, 1 LIMIT ?`,
        [...params, MAX_NAMES],
      ),
      db.read<Health['versions'][number]>(
        `SELECT version, ${['accepted', 'quarantined', 'duplicate', 'withheld']
          .map((outcome) => `coalesce(sum(events) FILTER (WHERE outcome = '${outcome}'), 0) AS ${outcome}`)
          .join(', ')},
          1.0 * sum(lag_ms) / sum(events) FILTER (WHERE outcome = 'accepted') AS lagMs
        FROM pixel_rollups WHERE grain = ? AND at >= ? ${own} AND outcome <> 'limited'
        GROUP BY version ORDER BY 2 DESC, 1 LIMIT ?`,
        [...params, MAX_NAMES],
      ),
      db.read<{ n: number }>(
        'SELECT coalesce((SELECT max(seq) FROM pixel_events), 0) - (SELECT seq FROM pixel_analysis) AS n',
      ),
    ]);
    const counts = nothing();
    const byTime = new Map<number, Counts>();
    let lag = 0;
    for (const row of rows) {
      counts[row.outcome] += row.events;
      lag += row.lag_ms;
      const point = byTime.get(row.at) ?? nothing();
      point[row.outcome] += row.events;
      byTime.set(row.at, point);
    }
    return {
      counts,
      received: Object.values(counts).reduce((sum, each) => sum + each, 0),
      lagMs: counts.accepted > 0 ? lag / counts.accepted : null,
      series: Array.from({ length: length / grain }, (_, index) => {
        const at = from + index * grain;
        return { ...(byTime.get(at) ?? nothing()), at: toIso(at * 1000) };
      }),
      names,
      versions,
      waiting: Math.max(0, waiting[0]?.n ?? 0),
    };
  },
});
