import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import { type EventFacts, factsOf, type StoredEvent } from './facts.ts';
import { stitchSessions } from './sessions.ts';
import { saveTops } from './tops.ts';

/** Derives sessions, funnel and lists from stored events, a moment after they arrived. */
export interface PixelAnalysis {
  /** To be called after events were committed. */
  wake(): void;
  /** Resolves when everything that was stored is counted. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

/** Small parts, a few milliseconds of the writer each, so that it is never held for long while events arrive. */
const PART = 500;
const PAUSE_MS = 10;
/** While events pour in the analysis waits, so that receiving has the computer to itself; not longer than this. */
const LONGEST_WAIT_MS = 10_000;
const LOOK_AGAIN_MS = 250;
/** After that it goes on beside receiving, and rests this many times as long as each part took. */
const REST = 3;

/**
 * Follows the events by their sequence number. What is derived and the position are written in one transaction, so each event counts
 * exactly once, whatever crashes when.
 */
export const createPixelAnalysis = (options: {
  db: Database;
  clock: Clock;
  /** Whether events pour in so fast that the analysis should wait. */
  isBusy: () => boolean;
  onChange: () => void;
  onError: (error: unknown) => void;
}): PixelAnalysis => {
  const { db, clock } = options;
  const stop = new AbortController();
  let running: Promise<void> | null = null;
  let isWanted = false;

  /** The number of events that were taken in; 0 when there are none. */
  const takePart = async (): Promise<number> => {
    const [position] = await db.read<{ seq: number }>('SELECT seq FROM pixel_analysis');
    const rows = await db.read<StoredEvent>(
      'SELECT seq, shop, name, client_id, occurred_at, raw FROM pixel_events WHERE seq > ? ORDER BY seq LIMIT ?',
      [position?.seq ?? 0, PART],
    );
    const last = rows.at(-1)?.seq;
    if (last === undefined) return 0;
    const facts = rows.map(factsOf).filter((each): each is EventFacts => each !== null);
    await db.writeStatements(async (connection) => {
      if (facts.length > 0) await saveTops(connection, facts, await stitchSessions(connection, facts));
      await connection.run('UPDATE pixel_analysis SET seq = ? WHERE id = 1', last);
    });
    return rows.length;
  };

  /** When receiving was first given way to without a break; null while nothing pours in. */
  let givingWaySince: number | null = null;
  const giveWay = async (workedMs: number): Promise<void> => {
    if (options.isBusy()) {
      const since = givingWaySince ?? clock.now();
      givingWaySince = since;
      while (options.isBusy() && clock.now() - since < LONGEST_WAIT_MS) await clock.delay(LOOK_AGAIN_MS, stop.signal);
    }
    if (options.isBusy()) await clock.delay(Math.max(PAUSE_MS, REST * workedMs), stop.signal);
    else givingWaySince = null;
  };

  const follow = async (): Promise<void> => {
    while (isWanted && !stop.signal.aborted) {
      isWanted = false;
      let taken = 0;
      await giveWay(0);
      for (;;) {
        const started = clock.now();
        const rows = await takePart();
        taken += rows;
        if (rows < PART) break;
        await clock.delay(PAUSE_MS, stop.signal);
        await giveWay(clock.now() - started);
      }
      // What comes now is waited for again, so that it is taken in many at a time.
      givingWaySince = null;
      if (taken > 0) options.onChange();
    }
  };

  const run = (): void => {
    isWanted = true;
    running ??= follow()
      .catch((error: unknown) => {
        if (!stop.signal.aborted) options.onError(error);
      })
      .finally(() => {
        running = null;
        // Asked for between the last look and now.
        if (isWanted && !stop.signal.aborted) run();
      });
  };
  return {
    wake: run,
    caughtUp: async () => {
      run();
      while (running) await running;
    },
    close: async () => {
      stop.abort(new Error('closing'));
      while (running) await running;
    },
  };
};
