import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { addToCounters } from '../../platform/db/counters.ts';
import type { Database } from '../../platform/db/database.ts';
import type { PixelIngest } from './ingest.ts';
import type { PixelReceiver } from './receive.ts';

const MAX_GROUPS = 200;
const PART = 200;

interface Waiting {
  readonly seq: number;
  readonly received_at: number;
  readonly raw: string;
}

/** A text that was cut at its limit can't be read again. */
const parseWhole = (raw: string): { value: unknown } | null => {
  try {
    return { value: JSON.parse(raw) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** Events that did not fit, by reason, and another try for them after something changed. */
export const createQuarantine = (options: {
  db: Database;
  clock: Clock;
  receiver: PixelReceiver;
  ingest: PixelIngest;
  onChange: () => void;
}) => {
  const { db, receiver, ingest } = options;
  return {
    groups: async (shop: string | undefined): Promise<z.output<typeof api.PixelQuarantineGroups>> => {
      const rows = await db.read<{
        shop: string;
        reason: string;
        events: number;
        first_at: number;
        last_at: number;
        names: string;
      }>(
        `SELECT shop, reason, count(*) AS events, min(received_at) AS first_at, max(received_at) AS last_at,
          json_group_array(DISTINCT name) AS names
        FROM pixel_quarantine ${shop === undefined ? '' : 'WHERE shop = ?'} GROUP BY shop, reason ORDER BY last_at DESC LIMIT ?`,
        [...(shop === undefined ? [] : [shop]), MAX_GROUPS],
      );
      return {
        items: rows.map((row) => ({
          shop: row.shop,
          reason: row.reason,
          events: row.events,
          firstAt: toIso(row.first_at),
          lastAt: toIso(row.last_at),
          names: (JSON.parse(row.names) as string[]).slice(0, 10),
        })),
      };
    },
    /** Checks a group again; what fits now is stored and leaves quarantine in the same transaction. */
    rerun: async ({
      shop,
      reason,
    }: z.output<typeof api.PixelRerunInput>): Promise<z.output<typeof api.PixelRerunResult>> => {
      let accepted = 0;
      let after = 0;
      for (;;) {
        const rows = await db.read<Waiting>(
          'SELECT seq, received_at, raw FROM pixel_quarantine WHERE shop = ? AND reason = ? AND seq > ? ORDER BY seq LIMIT ?',
          [shop, reason, after, PART],
        );
        const last = rows.at(-1);
        if (!last) break;
        after = last.seq;
        const fitting = rows.flatMap((row) => {
          const parsed = parseWhole(row.raw);
          const batch = parsed && receiver.again(shop, row.received_at, parsed.value);
          return batch && batch.rejected.length === 0 ? [{ seq: row.seq, batch }] : [];
        });
        if (fitting.length === 0) continue;
        await db.writeStatements(async (connection) => {
          for (const { batch } of fitting) await ingest.storeIn(connection, batch);
          await connection.run(
            'DELETE FROM pixel_quarantine WHERE seq IN (SELECT value FROM json_each(?))',
            JSON.stringify(fitting.map(({ seq }) => seq)),
          );
          await addToCounters(connection, [{ shop, name: 'pixel.quarantined', by: -fitting.length }]);
        });
        accepted += fitting.length;
      }
      if (accepted > 0) options.onChange();
      const [left] = await db.read<{ n: number }>(
        'SELECT count(*) AS n FROM pixel_quarantine WHERE shop = ? AND reason = ?',
        [shop, reason],
      );
      return { accepted, remaining: left?.n ?? 0 };
    },
  };
};
