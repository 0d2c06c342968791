import type { Database } from '../../platform/db/database.ts';

export const ROLLUP_OUTCOMES = ['accepted', 'quarantined', 'duplicate', 'limited', 'withheld'] as const;
export type RollupOutcome = (typeof ROLLUP_OUTCOMES)[number];
/** Seconds. */
export const GRAINS = { minute: 60, hour: 3600, day: 86_400 } as const;

type TableByShop = 'pixel_rollups' | 'pixel_funnel' | 'pixel_tops' | 'pixel_sessions';

/** Every store that has rows in `table`, found by a few steps in a key that begins with the store. */
export const shopsIn = (table: TableByShop): string =>
  `WITH RECURSIVE each(shop) AS (SELECT min(shop) FROM ${table} UNION ALL
    SELECT (SELECT min(next.shop) FROM ${table} AS next WHERE next.shop > each.shop) FROM each WHERE each.shop IS NOT NULL)
    SELECT shop FROM each WHERE shop IS NOT NULL`;

/**
 * For the `WHERE` of a question about all stores. Without it the whole table would be read, since grain and time come after the store.
 */
export const eachShopOf = (table: TableByShop): string => `shop IN (${shopsIn(table)})`;

interface Tally {
  /** Store, name, outcome, version: kept apart, since a name can hold every sign that could part them. */
  readonly parts: readonly [string, string, RollupOutcome, string];
  events: number;
  lagMs: number;
}

/** Counts of one commit, by store, event name, outcome and version. */
export interface RollupTally {
  add(shop: string, name: string, outcome: RollupOutcome, version: string, lagMs: number, events?: number): void;
  /** Rows for the minute, hour and day of `receivedAt`, as JSON: the trigger that stores the events adds them. */
  toJson(receivedAt: number): string;
}

/** Anyone can publish custom events and claim a version, so the number of different ones is bounded for each store. */
const MAX_NAMES = 100;
const MAX_VERSIONS = 20;
const OTHER = '(other)';

const createBounded = (max: number) => {
  const known = new Map<string, Set<string>>();
  return (shop: string, value: string): string => {
    let values = known.get(shop);
    if (!values) {
      values = new Set();
      known.set(shop, values);
    }
    if (values.has(value)) return value;
    if (values.size >= max) return OTHER;
    values.add(value);
    return value;
  };
};

/** Running counts, changed in the transaction that stores the events: no screen ever counts the events themselves. */
export const createRollups = async (db: Database): Promise<{ tally(): RollupTally }> => {
  const boundName = createBounded(MAX_NAMES);
  const boundVersion = createBounded(MAX_VERSIONS);
  const known = await db.read<{ shop: string; name: string; version: string }>(
    'SELECT DISTINCT shop, name, version FROM pixel_rollups WHERE grain = ? ORDER BY shop, name',
    [GRAINS.day],
  );
  for (const row of known) {
    boundName(row.shop, row.name);
    boundVersion(row.shop, row.version);
  }
  return {
    tally: () => {
      const counts = new Map<string, Tally>();
      let lastKey = '';
      let last: Tally | undefined;
      return {
        add: (shop, name, outcome, version, lagMs, events = 1) => {
          const boundedName = boundName(shop, name);
          const boundedVersion = boundVersion(shop, version);
          // The name is the only part of any form, so it stands last.
          const key = `${shop} ${outcome} ${boundedVersion} ${boundedName}`;
          // Batches are mostly of few kinds.
          if (last === undefined || key !== lastKey) {
            last = counts.get(key);
            if (!last) {
              last = { parts: [shop, boundedName, outcome, boundedVersion], events: 0, lagMs: 0 };
              counts.set(key, last);
            }
            lastKey = key;
          }
          last.events += events;
          last.lagMs += lagMs;
        },
        toJson: (receivedAt) => {
          const seconds = Math.floor(receivedAt / 1000);
          const rows: (string | number)[][] = [];
          for (const { parts, events, lagMs } of counts.values()) {
            const [shop, name, outcome, version] = parts;
            for (const grain of Object.values(GRAINS))
              rows.push([shop, grain, seconds - (seconds % grain), name, outcome, version, events, Math.round(lagMs)]);
          }
          return JSON.stringify(rows);
        },
      };
    },
  };
};
export type Rollups = Awaited<ReturnType<typeof createRollups>>;
