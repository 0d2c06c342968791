import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { addToCounters } from '../../platform/db/counters.ts';
import type { Database } from '../../platform/db/database.ts';
import type { PixelIngest } from './ingest.ts';
import type { PixelBatch, PixelReceiver } from './receive.ts';

const MAX_GROUPS = 200;
const PART = 200;

interface Waiting {
  readonly seq: number;
  readonly received_at: number;
  readonly reason: string;
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
    /**
     * Checks a group again; what fits now is stored and leaves quarantine in the same transaction, and what fails for another reason than
     * before says so.
     */
    rerun: async ({
      shop,
      reason,
      name,
    }: z.output<typeof api.PixelRerunInput>): Promise<z.output<typeof api.PixelRerunResult>> => {
      const filters: [string, string | undefined][] = [
        ['reason', reason],
        ['name', name],
      ];
      const chosen = filters.filter((filter): filter is [string, string] => filter[1] !== undefined);
      const where = chosen.map(([column]) => `AND ${column} = ?`).join(' ');
      let accepted = 0;
      let remaining = 0;
      let after = 0;
      for (;;) {
        const rows = await db.read<Waiting>(
          `SELECT seq, received_at, reason, raw FROM pixel_quarantine WHERE shop = ? AND seq > ? ${where} ORDER BY seq LIMIT ?`,
          [shop, after, ...chosen.map(([, value]) => value), PART],
        );
        const last = rows.at(-1);
        if (!last) break;
        after = last.seq;
        const fitting: { seq: number; batch: PixelBatch }[] = [];
        const otherReasons: [seq: number, reason: string][] = [];
        for (const row of rows) {
          const parsed = parseWhole(row.raw);
          const batch = parsed && receiver.again(shop, row.received_at, parsed.value);
          const [rejected] = batch?.rejected ?? [];
          if (batch && !rejected) fitting.push({ seq: row.seq, batch });
          else if (rejected && rejected.reason !== row.reason) otherReasons.push([row.seq, rejected.reason]);
        }
        remaining += rows.length - fitting.length;
        if (fitting.length + otherReasons.length === 0) continue;
        await db.writeStatements(async (connection) => {
          for (const { batch } of fitting) await ingest.storeIn(connection, batch);
          await connection.run(
            'DELETE FROM pixel_quarantine WHERE seq IN (SELECT value FROM json_each(?))',
            JSON.stringify(fitting.map(({ seq }) => seq)),
          );
          await connection.run(
            'UPDATE pixel_quarantine SET reason = c.value->>1 FROM json_each(?) AS c WHERE seq = c.value->>0',
            JSON.stringify(otherReasons),
          );
          await addToCounters(connection, [{ shop, name: 'pixel.quarantined', by: -fitting.length }]);
        });
        accepted += fitting.length;
      }
      options.onChange();
      return { accepted, remaining };
    },
  };
};
