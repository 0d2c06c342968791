import type { Clock } from '../../../platform/clock.ts';

/** Rows a second of what runs now, over the last few notes: kept in memory, since a rate of yesterday says nothing. */
export interface Rates {
  note(shop: string, resource: string, phase: string, rows: number): void;
  /** Null until there are two notes of one phase. */
  of(shop: string, resource: string): number | null;
  forget(shop: string, resource: string): void;
}

const KEPT = 20;

export const createRates = (clock: Clock): Rates => {
  const notes = new Map<string, { phase: string; points: { at: number; rows: number }[] }>();
  return {
    note: (shop, resource, phase, rows) => {
      const key = `${shop} ${resource}`;
      const known = notes.get(key);
      const points = known && known.phase === phase ? known.points : [];
      points.push({ at: clock.now(), rows });
      notes.set(key, { phase, points: points.slice(-KEPT) });
    },
    of: (shop, resource) => {
      const points = notes.get(`${shop} ${resource}`)?.points ?? [];
      const first = points[0];
      const last = points.at(-1);
      if (!first || !last || last.at <= first.at || last.rows < first.rows) return null;
      return Math.round(((last.rows - first.rows) * 10_000) / (last.at - first.at)) / 10;
    },
    forget: (shop, resource) => {
      notes.delete(`${shop} ${resource}`);
    },
  };
};
