import type { EntityManager } from 'typeorm';
import type { Clock } from '../clock.ts';

/** Something that one process at a time may do, for a limited time. It ends by itself when its holder has died. */
export interface Lease {
  /** Prolongs it. False when it ended before and somebody else may hold it: the work must stop. */
  extend(): Promise<boolean>;
  /**
   * As `extend`, in the transaction of a write that only the holder may make. It writes, so it has to come first there: SQLite then
   * waits for the other process's commit, instead of refusing a transaction that has read what changed since.
   */
  extendIn(tx: EntityManager): Promise<boolean>;
  release(): Promise<void>;
}

/** Leases by name, shared by every process on the same data. In SQL (`createSqlLeases`); Redis can stand behind it too. */
export interface Leases {
  /** Null while somebody else holds it. */
  tryAcquire(name: string, durationMs: number): Promise<Lease | null>;
}

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1000;

/**
 * Waits for the lease. `isNeeded` is asked before each further try: what the holder did may have made the work unnecessary.
 * @returns null when it is not needed any more, or `patienceMs` have passed
 */
export const acquireLease = async (
  leases: Leases,
  name: string,
  options: {
    durationMs: number;
    patienceMs: number;
    clock: Clock;
    signal?: AbortSignal;
    isNeeded: () => Promise<boolean>;
  },
): Promise<Lease | null> => {
  const { clock } = options;
  const end = clock.now() + options.patienceMs;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(LONGEST_WAIT_MS, wait * 2)) {
    const lease = await leases.tryAcquire(name, options.durationMs);
    if (lease) return lease;
    if (clock.now() >= end) return null;
    await clock.delay(wait, options.signal);
    if (!(await options.isNeeded())) return null;
  }
};
