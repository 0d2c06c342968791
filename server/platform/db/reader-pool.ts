import { AppError } from '../../../shared/errors.ts';

export type SqlValue = string | number | null;

export interface ReadOptions {
  /** Once aborted, nobody waits any more: a read that waits is dropped, one that runs is interrupted. */
  readonly signal?: AbortSignal | undefined;
  /** It may look at every row, as a count does: such reads share a reader of their own, so that no page waits behind one. */
  readonly isLong?: boolean;
}

/** One read-only connection. */
export interface Reader {
  query(sql: string, params: readonly SqlValue[]): Promise<unknown[]>;
  /** Ends the statement that runs, with `SQLITE_INTERRUPT`; nothing when none runs. */
  interrupt(): void;
}

interface Asked {
  readonly run: (reader: Reader) => Promise<void>;
}

/** A statement that was handed over may still wait for a thread, and an interrupt before its first step is lost: so it is repeated, in ms. */
const INTERRUPTED_AGAIN = 5;

const cancelled = (signal: AbortSignal): AppError =>
  new AppError('CANCELLED', 'Nobody waits for this answer any more.', { cause: signal.reason });

const isInterrupt = (error: unknown): boolean => error instanceof Error && error.message.startsWith('SQLITE_INTERRUPT');

const querying = async (
  reader: Reader,
  sql: string,
  params: readonly SqlValue[],
  signal: AbortSignal | undefined,
): Promise<unknown[]> => {
  if (signal === undefined) return reader.query(sql, params);
  let again: ReturnType<typeof setTimeout> | undefined;
  const interrupt = (): void => {
    reader.interrupt();
    again = setTimeout(interrupt, INTERRUPTED_AGAIN);
  };
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    return await reader.query(sql, params);
  } catch (error) {
    throw signal.aborted && isInterrupt(error) ? cancelled(signal) : error;
  } finally {
    clearTimeout(again);
    signal.removeEventListener('abort', interrupt);
  }
};

/** Reads in the order asked, each by the first reader that is free. A reader has one statement at a time: an interrupt ends whatever runs on it. */
const createLine = (readers: readonly Reader[]) => {
  const free = [...readers];
  const waiting = new Set<Asked>();
  const serve = (): void => {
    for (const asked of waiting) {
      const reader = free.pop();
      if (reader === undefined) return;
      waiting.delete(asked);
      void asked.run(reader).then(() => {
        free.push(reader);
        serve();
      });
    }
  };
  return (sql: string, params: readonly SqlValue[], signal: AbortSignal | undefined): Promise<unknown[]> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(cancelled(signal));
        return;
      }
      const asked: Asked = {
        run: (reader) => {
          signal?.removeEventListener('abort', drop);
          return querying(reader, sql, params, signal).then(resolve, reject);
        },
      };
      const drop = (): void => {
        waiting.delete(asked);
        if (signal !== undefined) reject(cancelled(signal));
      };
      signal?.addEventListener('abort', drop, { once: true });
      waiting.add(asked);
      serve();
    });
};

export interface ReaderPool {
  /** @throws AppError `CANCELLED` */
  read<Row>(sql: string, params: readonly SqlValue[], options?: ReadOptions): Promise<Row[]>;
  /** Resolves once every read asked for so far has ended. */
  idle(): Promise<void>;
}

/** Reads by `readers`, and the long ones by `long`, in lines of their own. */
export const createReaderPool = (readers: readonly Reader[], long: Reader): ReaderPool => {
  const lines = { short: createLine(readers), long: createLine([long]) };
  const reading = new Set<Promise<unknown>>();
  return {
    read: <Row>(sql: string, params: readonly SqlValue[], options: ReadOptions = {}) => {
      const rows = (options.isLong === true ? lines.long : lines.short)(sql, params, options.signal);
      reading.add(rows);
      const done = (): void => {
        reading.delete(rows);
      };
      rows.then(done, done);
      return rows as Promise<Row[]>;
    },
    idle: async () => {
      await Promise.allSettled(reading);
    },
  };
};
