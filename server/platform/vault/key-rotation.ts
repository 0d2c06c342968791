import type { EntityManager } from 'typeorm';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';
import { acquireLease, type Leases } from '../lease/lease.ts';
import type { Log } from '../log/log.ts';
import { type Vault, VaultError } from './vault.ts';

interface Batch {
  /** Where to go on, null at the end. */
  readonly next: string | null;
  readonly looked: number;
  readonly resealed: number;
  readonly unreadable: number;
}

/** Values of one kind that the vault seals. Whoever stores such a value declares it with a holder, or a rotation would lose it. */
export interface SealedHolder {
  readonly name: string;
  /** How many values there are, for a picture of the progress. */
  count(db: Database): Promise<number>;
  /** Seals up to `limit` values with keys above `after` anew, in the caller's transaction. */
  reseal(tx: EntityManager, vault: Vault, after: string, limit: number): Promise<Batch>;
}

/** Sealed text in a column, or within it: `read` finds it there, and `write` gives the column's new text. */
export const sealedColumn = (options: {
  table: string;
  key: string;
  column: string;
  owner: (key: string) => string;
  where?: string;
  read?: (text: string) => string | null;
  write?: (text: string, sealed: string) => string;
}): SealedHolder => {
  const { table, key, column } = options;
  const read = options.read ?? ((text) => text);
  const write = options.write ?? ((_text, sealed) => sealed);
  return {
    name: `${table}.${column}`,
    count: async (db) => {
      const [row] = await db.read<{ n: number }>(
        `SELECT count(*) AS n FROM ${table} WHERE ${column} IS NOT NULL AND ${options.where ?? '1 = 1'}`,
      );
      return row?.n ?? 0;
    },
    reseal: async (tx, vault, after, limit) => {
      const rows: { id: string; text: string }[] = await tx.query(
        `SELECT ${key} AS id, ${column} AS text FROM ${table}
         WHERE ${key} > ? AND ${column} IS NOT NULL AND ${options.where ?? '1 = 1'} ORDER BY ${key} LIMIT ?`,
        [after, limit],
      );
      let resealed = 0;
      let unreadable = 0;
      for (const { id, text } of rows) {
        const sealed = read(text);
        if (sealed === null || sealed.startsWith(vault.currentPrefix)) continue;
        try {
          const next = write(text, vault.seal(vault.open(sealed, options.owner(id)), options.owner(id)));
          await tx.query(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`, [next, id]);
          resealed += 1;
        } catch (error) {
          if (!(error instanceof VaultError)) throw error;
          unreadable += 1;
        }
      }
      const next = rows.length < limit ? null : (rows.at(-1)?.id ?? null);
      return { next, looked: rows.length, resealed, unreadable };
    },
  };
};

export interface RotationResult {
  readonly resealed: number;
  /** Values that no known key opens; the older keys must not be thrown away while there are some. */
  readonly unreadable: number;
}

const LEASE = 'vault:rotation';
const LEASE_MS = 60_000;
const BATCH = 100;

/**
 * Seals everything with the current key that is sealed with an older one, while everything else goes on: a short transaction for each
 * hundred values. Interrupted, it goes on at the next start, since what is done already is passed over.
 * @returns null when another process does it
 */
export const rotateSealedValues = async (options: {
  db: Database;
  vault: Vault;
  leases: Leases;
  clock: Clock;
  log: Log;
  holders: readonly SealedHolder[];
  signal: AbortSignal;
  /** Told after each transaction. */
  onProgress?: (progress: RotationResult & { readonly looked: number; readonly total: number }) => void;
}): Promise<RotationResult | null> => {
  const { db, vault, clock, signal } = options;
  const lease = await acquireLease(options.leases, LEASE, {
    durationMs: LEASE_MS,
    patienceMs: 0,
    clock,
    isNeeded: async () => true,
  });
  if (!lease) return null;
  let resealed = 0;
  let unreadable = 0;
  let looked = 0;
  try {
    let total = 0;
    for (const holder of options.holders) total += await holder.count(db);
    for (const holder of options.holders) {
      for (let after: string | null = ''; after !== null; ) {
        signal.throwIfAborted();
        const from: string = after;
        const batch: Batch = await db.write(async (tx) => {
          if (!(await lease.extendIn(tx))) throw new Error('another process has taken over the key rotation');
          return holder.reseal(tx, vault, from, BATCH);
        });
        resealed += batch.resealed;
        unreadable += batch.unreadable;
        looked += batch.looked;
        options.onProgress?.({ looked, total, resealed, unreadable });
        after = batch.next;
      }
    }
  } finally {
    await lease.release();
  }
  options.log.info({ resealed, unreadable, keyId: vault.keyId }, 'every secret was looked at after the change of key');
  return { resealed, unreadable };
};
