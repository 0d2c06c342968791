import type { EntityManager } from 'typeorm';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { OAuthStateEntity, type OAuthStateRecord, type ShopRecord } from './entities.ts';

type Problem = NonNullable<ShopRecord['problem']>;

/** What binds an attempt to one browser; hashes, so that the store of states gives nobody a way in. */
export interface BrowserBinding {
  readonly stateHash: string;
  readonly cookieHash: string;
}

/** How far an attempt has come. */
export type AttemptPhase = 'waiting' | 'browser' | 'connected' | 'failed' | 'expired';
export interface AttemptProgress {
  readonly id: string;
  readonly shop: string;
  readonly phase: AttemptPhase;
  readonly problem: Problem | null;
}

/**
 * Attempts to connect by the authorization-code grant. Every method is atomic, so that a ticket and a state each work once, also with
 * several processes. SQL stands behind it; a store with its own expiry (Redis) can.
 */
export interface OAuthStateStore {
  /** With a ticket the browser is still to come; with a binding it is here already. */
  open(
    attempt: { shop: string } & ({ ticketHash: string } | BrowserBinding),
  ): Promise<{ id: string; expiresAt: string }>;
  /** Uses the ticket up and binds the attempt to the browser. Null: unknown, used or too old. */
  start(ticketHash: string, binding: BrowserBinding): Promise<{ id: string; shop: string } | null>;
  /** Uses the state up, whatever comes next. Null: unknown, used or too old. */
  take(stateHash: string): Promise<{ id: string; shop: string; cookieHash: string } | null>;
  /** Notes what came of the attempt with this state, as long as it is not connected; the state is not used up. */
  fail(stateHash: string, problem: Problem): Promise<string | null>;
  succeed(id: string): Promise<void>;
  progress(id: string): Promise<AttemptProgress | null>;
}

const phaseOf = (record: OAuthStateRecord, now: number): AttemptPhase => {
  if (record.problem !== null) return 'failed';
  if (record.finishedAt !== null) return 'connected';
  if (Date.parse(record.expiresAt) <= now) return 'expired';
  return record.startedAt === null ? 'waiting' : 'browser';
};

export const createSqlOAuthStates = (options: {
  db: Database;
  clock: Clock;
  newId: () => string;
  /** How long an attempt may take. */
  ttlMs: number;
}): OAuthStateStore => {
  const { db, clock, ttlMs } = options;
  const states = (tx: EntityManager) => tx.getRepository(OAuthStateEntity);
  const isExpired = (record: OAuthStateRecord): boolean => Date.parse(record.expiresAt) <= clock.now();
  return {
    open: async (attempt) => {
      const now = clock.now();
      const isStarted = 'stateHash' in attempt;
      const record: OAuthStateRecord = {
        id: options.newId(),
        shop: attempt.shop,
        ticketHash: isStarted ? null : attempt.ticketHash,
        stateHash: isStarted ? attempt.stateHash : null,
        cookieHash: isStarted ? attempt.cookieHash : null,
        createdAt: toIso(now),
        expiresAt: toIso(now + ttlMs),
        startedAt: isStarted ? toIso(now) : null,
        usedAt: null,
        finishedAt: null,
        problem: null,
      };
      await db.write(async (tx) => {
        // Kept for as long again, so that the console can still say that one expired.
        await tx.query('DELETE FROM oauth_states WHERE expires_at < ?', [toIso(now - ttlMs)]);
        await states(tx).insert(record);
      });
      return { id: record.id, expiresAt: record.expiresAt };
    },
    start: (ticketHash, binding) =>
      db.write(async (tx) => {
        const found = await states(tx).findOneBy({ ticketHash });
        if (!found || found.startedAt !== null || isExpired(found)) return null;
        await states(tx).update({ id: found.id }, { ...binding, startedAt: toIso(clock.now()) });
        return { id: found.id, shop: found.shop };
      }),
    take: (stateHash) =>
      db.write(async (tx) => {
        const found = await states(tx).findOneBy({ stateHash });
        if (!found || found.usedAt !== null || found.cookieHash === null || isExpired(found)) return null;
        await states(tx).update({ id: found.id }, { usedAt: toIso(clock.now()) });
        return { id: found.id, shop: found.shop, cookieHash: found.cookieHash };
      }),
    fail: (stateHash, problem) =>
      db.write(async (tx) => {
        const found = await states(tx).findOneBy({ stateHash });
        if (!found || (found.finishedAt !== null && found.problem === null)) return null;
        await states(tx).update({ id: found.id }, { problem, finishedAt: toIso(clock.now()) });
        return found.shop;
      }),
    succeed: async (id) => {
      await db.write((tx) => states(tx).update({ id }, { problem: null, finishedAt: toIso(clock.now()) }));
    },
    progress: async (id) => {
      const found = await db.write((tx) => states(tx).findOneBy({ id }));
      if (!found) return null;
      const { shop, problem } = found;
      return { id, shop, phase: phaseOf(found, clock.now()), problem };
    },
  };
};
