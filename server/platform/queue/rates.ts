import type { RateOutcome } from './reader.ts';

/**
 * Run times in buckets that grow by a quarter, so a percentile is at most 12 % off and a task name has some 90 buckets between 1 ms and
 * a day. Bucket 0 is what took less than a millisecond.
 */
const GROWTH = Math.log(1.25);

export const bucketOf = (ms: number): number => (ms < 1 ? 0 : 1 + Math.floor(Math.log(ms) / GROWTH));

/** The middle of a bucket, in ms. */
export const bucketMs = (bucket: number): number => (bucket <= 0 ? 0 : Math.exp((bucket - 0.5) * GROWTH));

/** `share` of all (0.95) took at most this long, in ms; null when nothing was counted. */
export const percentile = (buckets: ReadonlyMap<number, number>, share: number): number | null => {
  let total = 0;
  for (const count of buckets.values()) total += count;
  if (total === 0) return null;
  let seen = 0;
  for (const bucket of [...buckets.keys()].sort((left, right) => left - right)) {
    seen += buckets.get(bucket) ?? 0;
    if (seen >= share * total) return bucketMs(bucket);
  }
  return null;
};

/** Counts since they were last taken, for one statement. */
export interface RateCounts {
  add(atMs: number, name: string, outcome: RateOutcome, ranMs: number): void;
  /** Rows `[minute, name, outcome, bucket, count]`; they are forgotten here. */
  take(): (string | number)[][];
}

export const createRateCounts = (): RateCounts => {
  let counts = new Map<string, [minute: number, name: string, outcome: string, bucket: number, count: number]>();
  return {
    add: (atMs, name, outcome, ranMs) => {
      const minute = Math.floor(atMs / 60_000);
      const bucket = bucketOf(ranMs);
      const key = `${minute} ${outcome} ${bucket} ${name}`;
      const known = counts.get(key);
      if (known) known[4] += 1;
      else counts.set(key, [minute, name, outcome, bucket, 1]);
    },
    take: () => {
      const rows = [...counts.values()];
      counts = new Map();
      return rows;
    },
  };
};
