import type { Clock } from '../../platform/clock.ts';

/** Takes `points` from a key's budget. Asynchronous stores (Redis) fit behind it too. */
export interface RateLimit {
  /** Seconds to wait before trying again, 0 when the points were taken. */
  take(key: string, points: number): number | Promise<number>;
}

interface Bucket {
  points: number;
  at: number;
}
const MAX_KEYS = 10_000;

/**
 * A token bucket a key, in memory: `perMinute` flow in evenly, and as many may come in one burst. The number of keys is bounded: full
 * buckets are forgotten first, then the oldest.
 */
export const createRateLimit = (clock: Clock, perMinute: number): RateLimit => {
  const buckets = new Map<string, Bucket>();
  const perMs = perMinute / 60_000;
  const makeRoom = (now: number): void => {
    for (const [key, bucket] of buckets) {
      if (bucket.points + (now - bucket.at) * perMs >= perMinute) buckets.delete(key);
    }
    for (const key of buckets.keys()) {
      if (buckets.size < MAX_KEYS) return;
      buckets.delete(key);
    }
  };
  return {
    take: (key, points) => {
      const now = clock.now();
      let bucket = buckets.get(key);
      if (!bucket) {
        if (buckets.size >= MAX_KEYS) makeRoom(now);
        bucket = { points: perMinute, at: now };
        buckets.set(key, bucket);
      }
      bucket.points = Math.min(perMinute, bucket.points + Math.max(0, now - bucket.at) * perMs);
      bucket.at = now;
      // A request of more events than a whole minute's may pass when the bucket is full, else it never could.
      const needed = Math.min(points, perMinute);
      if (bucket.points < needed) return Math.max(1, Math.ceil((needed - bucket.points) / perMs / 1000));
      bucket.points -= needed;
      return 0;
    },
  };
};
