import { AppError } from '../../../shared/errors.ts';
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
  /**
   * The kept answer, or `load`'s, which is asked once however many want it at the same time. `tags` name what the answer was made from. Whoever
   * aborts `signal` waits no more; the signal that `load` gets is aborted when nobody is left who does. @throws AppError `CANCELLED`
   */
  read<T>(
    key: string,
    tags: readonly string[],
    ttlMs: number,
    load: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T>;
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

interface Loading {
  readonly answer: Promise<string>;
  readonly tags: readonly string[];
  readonly controller: AbortController;
  waiting: number;
}

const cancelled = (signal: AbortSignal): AppError =>
  new AppError('CANCELLED', 'Nobody waits for this answer any more.', { cause: signal.reason });

/** The answer, for one who may go before it is there; `onLeft` is told when he does. */
const waitingFor = (answer: Promise<string>, signal: AbortSignal, onLeft: () => void): Promise<string> =>
  new Promise((resolve, reject) => {
    const leave = (): void => {
      onLeft();
      reject(cancelled(signal));
    };
    const stay = (): void => signal.removeEventListener('abort', leave);
    signal.addEventListener('abort', leave, { once: true });
    answer.then(resolve, reject).finally(stay);
  });

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
  const loading = new Map<string, Loading>();
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

  const begin = (
    key: string,
    tags: readonly string[],
    ttlMs: number,
    load: (signal: AbortSignal) => Promise<unknown>,
  ): Loading => {
    const controller = new AbortController();
    const finished = async (): Promise<string> => {
      try {
        const text = JSON.stringify(await load(controller.signal));
        if (loading.get(key) === under) keep(key, text, ttlMs, tags);
        return text;
      } finally {
        if (loading.get(key) === under) loading.delete(key);
      }
    };
    const under: Loading = { answer: Promise.resolve().then(finished), tags, controller, waiting: 0 };
    loading.set(key, under);
    return under;
  };
  const leave = (key: string, under: Loading): void => {
    under.waiting -= 1;
    if (under.waiting > 0) return;
    // Whoever comes now begins anew.
    if (loading.get(key) === under) loading.delete(key);
    under.controller.abort();
  };

  return {
    read: async <T>(
      key: string,
      tags: readonly string[],
      ttlMs: number,
      load: (signal: AbortSignal) => Promise<T>,
      signal?: AbortSignal,
    ): Promise<T> => {
      if (signal?.aborted) throw cancelled(signal);
      const entry = entries.get(key);
      if (entry !== undefined && entry.until > now()) {
        entries.delete(key);
        entries.set(key, entry);
        counts.hits += 1;
        return JSON.parse(entry.text) as T;
      }
      const joined = loading.get(key);
      if (joined !== undefined) counts.hits += 1;
      else counts.misses += 1;
      const under = joined ?? begin(key, tags, ttlMs, load);
      under.waiting += 1;
      const text = signal === undefined ? under.answer : waitingFor(under.answer, signal, () => leave(key, under));
      return JSON.parse(await text) as T;
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
