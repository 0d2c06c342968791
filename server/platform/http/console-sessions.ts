import { createHash } from 'node:crypto';
import { type Clock, toIso } from '../clock.ts';
import type { Database } from '../db/database.ts';
import type { Ids } from '../ids.ts';

/** A login of the headless console: a one-time link becomes a session cookie. Only hashes are kept. */
export interface ConsoleSessions {
  /** A token for `/login?token=`, good once, for ten minutes. */
  createLoginToken(): string;
  /** The session cookie's value, or null when the token was used, is too old or was never ours. */
  redeem(token: string): Promise<string | null>;
  isValid(cookie: string): Promise<boolean>;
}

const LOGIN_TTL_MS = 10 * 60_000;
export const SESSION_TTL_MS = 12 * 60 * 60_000;
export const SESSION_COOKIE = 'backroom_session';
const hash = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export const createConsoleSessions = (options: { db: Database; clock: Clock; ids: Ids }): ConsoleSessions => {
  const { db, clock, ids } = options;
  const logins = new Map<string, number>();
  return {
    createLoginToken: () => {
      const token = ids.secret(24);
      logins.set(hash(token), clock.now() + LOGIN_TTL_MS);
      return token;
    },
    redeem: async (token) => {
      const key = hash(token);
      const ends = logins.get(key);
      logins.delete(key);
      if (ends === undefined || ends <= clock.now()) return null;
      const session = ids.secret(32);
      const now = clock.now();
      await db.write(async (tx) => {
        await tx.query('DELETE FROM console_sessions WHERE expires_at <= ?', [toIso(now)]);
        await tx.query('INSERT INTO console_sessions (token_hash, created_at, expires_at) VALUES (?, ?, ?)', [
          hash(session),
          toIso(now),
          toIso(now + SESSION_TTL_MS),
        ]);
      });
      return session;
    },
    isValid: async (cookie) => {
      const rows = await db.read('SELECT 1 FROM console_sessions WHERE token_hash = ? AND expires_at > ?', [
        hash(cookie),
        toIso(clock.now()),
      ]);
      return rows.length > 0;
    },
  };
};
