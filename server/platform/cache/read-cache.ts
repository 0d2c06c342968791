import { type Clock, toIso } from '../clock.ts';

export interface CacheStats {
  readonly entries: number;
  readonly bytes: number;
  readonly maxBytes: number;
  readonly hits: number;
  readonly misses: number;
  /** Entries that had to go for newer ones; what was dropped because its rows changed is not counted. */
  readonly evictions: number;
  /** Since when hits and misses are counted. */
  readonly since: string;
}

export interface ReadCache {
  /** The kept answer, or `load`'s, which is asked once however many want it at the same time. `tags` name what the answer was made from. */
  read<T>(key: string, tags: readonly string[], ttlMs: number, load: () => Promise<T>): Promise<T>;
  /** What was made from any of these is not given any more, not even by a `load` that is under way. */
  drop(tags: readonly string[]): void;
  /** Forgets everything and starts counting anew. */
  clear(): void;
  stats(): CacheStats;
}

const MAX_BYTES = 16 * 1024 * 1024;
/** One answer never pushes out all others. */
const LARGEST_SHARE = 1 / 16;

interface Entry {
  readonly text: string;
  readonly bytes: number;
  readonly until: number;
  readonly tags: readonly string[];
}

/**
 * Answers of dear reads, kept in this process; the least recently used go first. Values are kept as text, so their size is known and a caller
 * can't change what another gets.
 *
 * A `load` that is under way when its tags are dropped still answers those who asked before, but is not kept and not joined by anyone who
 * asks after: its reading may have begun before the change.
 */
export const createReadCache = (options: { clock: Pick<Clock, 'now'>; maxBytes?: number }): ReadCache => {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  const { now } = options.clock;
  // A map keeps the order in which keys were set, which makes it the list of what was used last.
  const entries = new Map<string, Entry>();
  const loading = new Map<string, { readonly answer: Promise<string>; readonly tags: readonly string[] }>();
  let bytes = 0;
  const fresh = () => ({ hits: 0, misses: 0, evictions: 0, since: toIso(now()) });
  let counts = fresh();

  const remove = (key: string): void => {
    bytes -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  };
  const keep = (key: string, text: string, ttlMs: number, tags: readonly string[]): void => {
    remove(key);
    const size = Buffer.byteLength(text) + Buffer.byteLength(key);
    if (size > maxBytes * LARGEST_SHARE) return;
    entries.set(key, { text, bytes: size, until: now() + ttlMs, tags });
    bytes += size;
    for (const oldest of entries.keys()) {
      if (bytes <= maxBytes) return;
      remove(oldest);
      counts.evictions += 1;
    }
  };

  const ask = async (
    key: string,
    tags: readonly string[],
    ttlMs: number,
    load: () => Promise<unknown>,
  ): Promise<string> => {
    const under = { answer: load().then((value) => JSON.stringify(value)), tags };
    loading.set(key, under);
    try {
      const text = await under.answer;
      if (loading.get(key) === under) keep(key, text, ttlMs, tags);
      return text;
    } finally {
      if (loading.get(key) === under) loading.delete(key);
    }
  };

  return {
    read: async <T>(key: string, tags: readonly string[], ttlMs: number, load: () => Promise<T>): Promise<T> => {
      const entry = entries.get(key);
      if (entry !== undefined && entry.until > now()) {
        entries.delete(key);
        entries.set(key, entry);
        counts.hits += 1;
        return JSON.parse(entry.text) as T;
      }
      const under = loading.get(key);
      if (under !== undefined) counts.hits += 1;
      else counts.misses += 1;
      return JSON.parse(await (under?.answer ?? ask(key, tags, ttlMs, load))) as T;
    },
    drop: (tags) => {
      const dropped = new Set(tags);
      const hit = (own: readonly string[]): boolean => own.some((tag) => dropped.has(tag));
      for (const [key, entry] of entries) if (hit(entry.tags)) remove(key);
      for (const [key, under] of loading) if (hit(under.tags)) loading.delete(key);
    },
    clear: () => {
      entries.clear();
      loading.clear();
      bytes = 0;
      counts = fresh();
    },
    stats: () => ({ entries: entries.size, bytes, maxBytes, ...counts }),
  };
};
