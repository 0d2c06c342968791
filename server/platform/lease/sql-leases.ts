import type { EntityManager } from 'typeorm';
import { type Clock, toIso } from '../clock.ts';
import type { Database } from '../db/database.ts';
import type { Ids } from '../ids.ts';
import type { Lease, Leases } from './lease.ts';

const holds = async (tx: EntityManager, name: string, owner: string): Promise<boolean> => {
  const rows: unknown[] = await tx.query('SELECT 1 FROM leases WHERE name = ? AND owner = ?', [name, owner]);
  return rows.length > 0;
};

/**
 * One row a lease, with its holder and its end. The processes' clocks must agree better than a lease is long: so one that ends later than two
 * of its kind can was taken before the clock was set back, and is over.
 */
export const createSqlLeases = (options: { db: Database; clock: Clock; ids: Ids }): Leases => {
  const { db, clock, ids } = options;
  return {
    tryAcquire: async (name, durationMs) => {
      const owner = ids.uuid();
      const end = (): string => toIso(clock.now() + durationMs);
      const isOurs = await db.write(async (tx) => {
        await tx.query(
          `INSERT INTO leases (name, owner, ends_at) VALUES (?, ?, ?)
           ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, ends_at = excluded.ends_at
             WHERE leases.ends_at <= ? OR leases.ends_at > ?`,
          [name, owner, end(), toIso(clock.now()), toIso(clock.now() + 2 * durationMs)],
        );
        return holds(tx, name, owner);
      });
      if (!isOurs) return null;
      const extendIn = async (tx: EntityManager): Promise<boolean> => {
        await tx.query('UPDATE leases SET ends_at = ? WHERE name = ? AND owner = ?', [end(), name, owner]);
        return holds(tx, name, owner);
      };
      const lease: Lease = {
        extendIn,
        extend: () => db.write(extendIn),
        release: () => db.write((tx) => tx.query('DELETE FROM leases WHERE name = ? AND owner = ?', [name, owner])),
      };
      return lease;
    },
  };
};
