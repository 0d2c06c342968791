import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { defineTask, type TaskDefinition } from '../../platform/queue/queue.ts';
import { GRAINS } from './rollups.ts';

const DAY_MS = 86_400_000;
/** Rows that go in one transaction, so that receipts never wait long for the writer. */
const PART = 1000;
const DAYS = { quarantine: 30, minutes: 2, hours: 90, sessions: 400, withheld: 90 } as const;
const MAX_QUARANTINE = 200_000;

const Input = z.object({});

/**
 * Removes what is too old or too much, oldest first, in small steps between which events are received as ever. Events are only removed once
 * they are analysed, so funnel and lists stay complete; the counts by day stay for good.
 */
export const defineRetention = (options: {
  db: Database;
  clock: Clock;
  /** Days that events are kept, and how many at most. */
  keepDays: number;
  keepEvents: number;
}): TaskDefinition<z.output<typeof Input>> => {
  const { db, clock } = options;
  const remove = async (signal: AbortSignal, sql: string, ...params: number[]): Promise<number> => {
    let rows = 0;
    for (;;) {
      signal.throwIfAborted();
      const gone = await db.writeStatements((connection) => connection.run(sql, ...params, PART));
      rows += gone;
      if (gone < PART) return rows;
    }
  };
  /** Rows are in order of their receipt: old ones and those over the number are at the low end. */
  const removeOldest = async (
    signal: AbortSignal,
    table: string,
    before: number,
    atMost: number,
    last: string,
  ): Promise<number> => {
    const [newest] = await db.read<{ seq: number | null }>(`SELECT max(seq) AS seq FROM ${table}`);
    const tooMany = (newest?.seq ?? 0) - atMost;
    return remove(
      signal,
      `DELETE FROM ${table} WHERE seq IN (SELECT seq FROM ${table} WHERE (received_at < ? OR seq <= ?) AND seq <= ${last} ORDER BY seq LIMIT ?)`,
      before,
      tooMany,
    );
  };
  return defineTask({
    name: 'pixel.retention',
    title: 'Remove old pixel events',
    queue: 'maintenance',
    input: Input,
    run: async (_input, { signal }) => {
      const now = clock.now();
      const seconds = Math.floor(now / 1000);
      const rollups = (grain: number, days: number): Promise<number> =>
        remove(
          signal,
          `DELETE FROM pixel_rollups WHERE (shop, grain, at, name, outcome, version) IN
            (SELECT shop, grain, at, name, outcome, version FROM pixel_rollups WHERE grain = ? AND at < ? LIMIT ?)`,
          grain,
          seconds - days * 86_400,
        );
      return {
        events: await removeOldest(
          signal,
          'pixel_events',
          now - options.keepDays * DAY_MS,
          options.keepEvents,
          '(SELECT seq FROM pixel_analysis)',
        ),
        quarantined: await removeOldest(
          signal,
          'pixel_quarantine',
          now - DAYS.quarantine * DAY_MS,
          MAX_QUARANTINE,
          'seq',
        ),
        sessions: await remove(
          signal,
          'DELETE FROM pixel_sessions WHERE id IN (SELECT id FROM pixel_sessions WHERE last_at < ? LIMIT ?)',
          now - DAYS.sessions * DAY_MS,
        ),
        withheld: await remove(
          signal,
          'DELETE FROM pixel_withheld WHERE checkout_key IN (SELECT checkout_key FROM pixel_withheld WHERE at < ? LIMIT ?)',
          now - DAYS.withheld * DAY_MS,
        ),
        minutes: await rollups(GRAINS.minute, DAYS.minutes),
        hours: await rollups(GRAINS.hour, DAYS.hours),
      };
    },
  });
};
