import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { deleteInSteps } from '../../platform/db/delete-in-steps.ts';
import { defineTask, type TaskDefinition } from '../../platform/queue/queue.ts';
import type { RetentionSettingsStore } from './retention-settings.ts';
import { eachShopOf, GRAINS } from './rollups.ts';
import { overLimit, type PixelUsageMeter } from './usage.ts';

const DAY_MS = 86_400_000;
/** An event's key lies somewhere in a large index, so each one that goes changes a page of its own: short steps, with room for receipts between. */
const STEP_ROWS = 100;
const REST_MS = 10;
/** Counts that go in one transaction, so that receipts never wait long for the writer. */
const PART = 1000;
const DAYS = { quarantine: 30, minutes: 2, hours: 90, sessions: 400, withheld: 90 } as const;
const MAX_QUARANTINE = 200_000;
const MEGABYTE = 1_000_000;
/** Ten million events at about 6,000 a second, and time to spare. */
const TIMEOUT_MS = 50 * 60_000;

const Input = z.object({});

/**
 * Removes what is too old or too much, oldest first, in small steps between which events are received as ever. Events are only removed once
 * they are analysed, so funnel and lists stay complete; the counts by day stay for good.
 */
export const defineRetention = (options: {
  db: Database;
  clock: Clock;
  /** Days that events are kept, and bytes that events, quarantine and sessions may take. */
  settings: Pick<RetentionSettingsStore, 'get'>;
  usage: Pick<PixelUsageMeter, 'sample' | 'forget'>;
  /** Events that are kept at most, whatever they take. */
  keepEvents: number;
}): TaskDefinition<z.output<typeof Input>> => {
  const { db, clock, settings, usage } = options;
  /** Rows are in order of their receipt: the newest of those that came before `before`, found by halving; 0 when there is none. */
  const newestBefore = async (table: string, before: number): Promise<number> => {
    const [range] = await db.read<{ first: number | null; last: number | null }>(
      `SELECT (SELECT min(seq) FROM ${table}) AS first, (SELECT max(seq) FROM ${table}) AS last`,
    );
    let old = (range?.first ?? 1) - 1;
    let young = (range?.last ?? 0) + 1;
    while (young - old > 1) {
      const middle = Math.floor((old + young) / 2);
      const [row] = await db.read<{ seq: number; received_at: number }>(
        `SELECT seq, received_at FROM ${table} WHERE seq <= ? ORDER BY seq DESC LIMIT 1`,
        [middle],
      );
      if (row === undefined || row.received_at < before) old = middle;
      else young = Math.min(row.seq, middle);
    }
    return old;
  };
  /**
   * Rows are only looked for at the low end, where the old ones and those over the number are. With none to remove, nothing is read.
   * @param last no row after it goes
   */
  const removeOldest = async (
    signal: AbortSignal,
    table: string,
    before: number,
    atMost: number,
    last: number,
  ): Promise<number> => {
    const [newest] = await db.read<{ seq: number | null }>(`SELECT max(seq) AS seq FROM ${table}`);
    const tooMany = (newest?.seq ?? 0) - atMost;
    const end = Math.min(last, Math.max(tooMany, await newestBefore(table, before)));
    return deleteInSteps(db, {
      table,
      where: 'seq <= ? AND (received_at < ? OR seq <= ?)',
      params: [end, before, tooMany],
      signal,
      stepRows: STEP_ROWS,
      rest: () => clock.delay(REST_MS, signal),
    });
  };
  return defineTask({
    name: 'pixel.retention',
    title: 'Remove old pixel events',
    queue: 'maintenance',
    input: Input,
    timeoutMs: TIMEOUT_MS,
    run: async (_input, { signal }) => {
      const now = clock.now();
      const { days, megabytes } = settings.get();
      const over = overLimit(await usage.sample(), megabytes * MEGABYTE);
      /** Before this time rows go: those that are too old, and with them those over the size. */
      const before = (keptDays: number, until: number | null): number =>
        Math.max(now - keptDays * DAY_MS, until === null ? 0 : until + 1);
      const seconds = Math.floor(now / 1000);
      const rollups = async (grain: number, days: number): Promise<number> => {
        for (let rows = 0; ; ) {
          signal.throwIfAborted();
          const gone = await db.writeStatements((connection) =>
            connection.run(
              `DELETE FROM pixel_rollups WHERE (shop, grain, at, name, outcome, version) IN
                (SELECT shop, grain, at, name, outcome, version FROM pixel_rollups
                WHERE ${eachShopOf('pixel_rollups')} AND grain = ? AND at < ? LIMIT ?)`,
              grain,
              seconds - days * 86_400,
              PART,
            ),
          );
          rows += gone;
          if (gone < PART) return rows;
        }
      };
      const [analysed] = await db.read<{ seq: number }>('SELECT seq FROM pixel_analysis');
      const sessionsBefore = before(DAYS.sessions, over.sessionsUntil);
      const removed = {
        events: await removeOldest(
          signal,
          'pixel_events',
          before(days, over.eventsUntil),
          options.keepEvents,
          analysed?.seq ?? 0,
        ),
        quarantined: await removeOldest(
          signal,
          'pixel_quarantine',
          before(DAYS.quarantine, over.eventsUntil),
          MAX_QUARANTINE,
          Number.MAX_SAFE_INTEGER,
        ),
        sessions: await deleteInSteps(db, {
          table: 'pixel_sessions',
          // Whatever ended before a time began before it, and by the beginning there is an index.
          where: `${eachShopOf('pixel_sessions')} AND started_at < ? AND last_at < ?`,
          params: [sessionsBefore, sessionsBefore],
          signal,
          stepRows: STEP_ROWS,
          rest: () => clock.delay(REST_MS, signal),
        }),
        withheld: await deleteInSteps(db, {
          table: 'pixel_withheld',
          where: 'at < ?',
          params: [now - DAYS.withheld * DAY_MS],
          signal,
        }),
        minutes: await rollups(GRAINS.minute, DAYS.minutes),
        hours: await rollups(GRAINS.hour, DAYS.hours),
      };
      usage.forget();
      return removed;
    },
  });
};
