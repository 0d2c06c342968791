import type { Clock } from '../clock.ts';
import type { StatementConnection } from './statement-connection.ts';
import { storageCodeOf } from './storage-errors.ts';

/** The database can't be written, so nothing is acknowledged. */
export interface StorageTrouble {
  /** SQLite's, e.g. `SQLITE_FULL`. */
  readonly code: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** Knows whether the database can be written, from the writes that fail, and finds out by itself when it can again. */
export interface StorageHealth {
  current(): StorageTrouble | null;
  /** For whoever writes: what a write threw. Other errors are passed over. */
  failed(thrown: unknown): void;
  close(): Promise<void>;
}

const PROBE_MS = 5000;

/** Needs new pages, as a receipt does: on a full disk a small change of what is there may still go through. It leaves nothing behind. */
export const probeStorage = async (connection: StatementConnection): Promise<void> => {
  await connection.run('CREATE TABLE storage_probe (filler BLOB)');
  await connection.run('INSERT INTO storage_probe VALUES (zeroblob(65536))');
  await connection.run('DROP TABLE storage_probe');
};

export const createStorageHealth = (options: {
  clock: Clock;
  /** One write, in a transaction of its own; rejects while the database can't be written. */
  probe: () => Promise<void>;
  /** It began or ended. */
  onChange: (trouble: StorageTrouble | null) => void;
  onError: (error: unknown) => void;
}): StorageHealth => {
  const { clock } = options;
  const stop = new AbortController();
  let trouble: StorageTrouble | null = null;
  let probing: Promise<void> | null = null;

  const probeUntilGood = async (): Promise<void> => {
    while (trouble !== null) {
      await clock.delay(PROBE_MS, stop.signal);
      try {
        await options.probe();
        trouble = null;
        options.onChange(null);
      } catch (error) {
        // Still the same, which is told already; anything else is news. Either way nothing can be written.
        if (storageCodeOf(error) === null) options.onError(error);
      }
    }
  };

  return {
    current: () => trouble,
    failed: (thrown) => {
      const code = storageCodeOf(thrown);
      if (code === null || trouble !== null || stop.signal.aborted) return;
      trouble = { code, since: clock.now() };
      options.onChange(trouble);
      probing = probeUntilGood().catch((error: unknown) => {
        if (!stop.signal.aborted) options.onError(error);
      });
    },
    close: async () => {
      stop.abort();
      await probing;
    },
  };
};
