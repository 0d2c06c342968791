/** Frames are pages of 4 kB: as many as 32 MB of log. A page that changes often should reach the database file once for many commits. */
const FULL_FRAMES = 8000;
/** How long the writer works between two looks at the log, in milliseconds of its own time: what it writes meanwhile is far less than a full log. */
const LOOK_AFTER_MS = 500;

/** SQLite's answer to `PRAGMA wal_checkpoint`: frames in the log, and those of them that are in the database file now. */
export interface CheckpointResult {
  readonly busy: number;
  readonly log: number;
  readonly checkpointed: number;
}

/** Moves the write-ahead log into the database file beside the writer, who would otherwise do it within somebody's commit. */
export interface Checkpointer {
  /** To be called after each turn of the writer, with how long it took, in milliseconds. */
  worked(milliseconds: number): void;
  /** Resolves when nothing is being moved beside the writer. */
  idle(): Promise<void>;
  /** Begins nothing any more. */
  stop(): void;
}

/**
 * A full log takes a tenth of a second and more to move, and whoever commits then waits for it, with all behind. So a connection of its own
 * moves it while the writer goes on. That alone never empties the log, since new frames have come by its end: the writer moves those few
 * in a turn, after which SQLite begins the log anew (https://sqlite.org/wal.html#avoiding_excessively_large_wal_files).
 */
export const createCheckpointer = (options: {
  /** `PRAGMA wal_checkpoint(PASSIVE)` on a connection that does nothing else. */
  beside: () => Promise<CheckpointResult>;
  /** The same on the writer, in a turn. */
  inTurn: () => Promise<unknown>;
  onFailed: (error: unknown) => void;
}): Checkpointer => {
  let workedMs = 0;
  let isRunning = false;
  let isStopped = false;
  let moving: Promise<unknown> = Promise.resolve();

  const run = async (): Promise<void> => {
    isRunning = true;
    try {
      const looking = options.beside();
      moving = looking;
      const { log } = await looking;
      if (log >= FULL_FRAMES && !isStopped) await options.inTurn();
    } catch (error) {
      options.onFailed(error);
    } finally {
      workedMs = 0;
      isRunning = false;
    }
  };

  return {
    worked: (milliseconds) => {
      workedMs += milliseconds;
      if (workedMs >= LOOK_AFTER_MS && !isRunning && !isStopped) void run();
    },
    idle: () =>
      moving.then(
        () => undefined,
        () => undefined,
      ),
    stop: () => {
      isStopped = true;
    },
  };
};
