import { AppError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { acquireLease, type Lease, type Leases } from '../../platform/lease/lease.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Redactor } from '../../platform/log/redact.ts';
import type { Vault } from '../../platform/vault/vault.ts';
import type { AppCredentials, ShopifyAddress } from '../../shopify/platform.ts';
import { requestToken, type TokenGrant, type TokenOutcome } from '../../shopify/token-endpoint.ts';
import { hasLeft, ShopEntity, type ShopRecord } from './entities.ts';
import { problemOf, type ShopStore } from './shop-store.ts';
import { sealToken } from './token-columns.ts';

/** Gives every call a token that is alive, and renews it. One for the whole process; several processes may share the data. */
export interface TokenKeeper {
  /**
   * @param options.refused the token that Shopify has just answered 401 to
   * @throws AppError `SHOPIFY_UNAUTHORIZED` when the store has to be connected again
   */
  token(shop: string, options?: { refused?: string; signal?: AbortSignal }): Promise<string>;
  /** Waits for what is being renewed: an answer that nobody saves is a connection lost. */
  close(): Promise<void>;
}

/** Renewed this long before its end, so that a long call does not outlive its token. */
const REFRESH_EARLY_MS = 5 * 60_000;
/** Longer than one try with its back-off; prolonged before each try. */
const LEASE_MS = 2 * 60_000;
/** How long to wait for another process's renewal. */
const PATIENCE_MS = LEASE_MS + 30_000;
const MAX_ATTEMPTS = 4;
const FIRST_BACKOFF_MS = 500;
/** While the token still lives, a renewal that failed is not tried again before this. */
const PAUSE_MS = 30_000;

const RECONNECT_HINT = 'Connect the store again.';
const ended = (message: string): AppError => new AppError('SHOPIFY_UNAUTHORIZED', message, { hint: RECONNECT_HINT });

/** Resolves with `work`, unless the caller gives up first. The work goes on: others wait for it too. */
const unlessAborted = async <T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (!signal) return work;
  signal.throwIfAborted();
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
};

export const createTokenKeeper = (options: {
  db: Database;
  store: ShopStore;
  leases: Leases;
  vault: Vault;
  clock: Clock;
  log: Log;
  redactor: Redactor;
  address: ShopifyAddress;
  credentials: () => AppCredentials;
  /** The store's row changed. */
  onChange: (shop: string) => void;
  random?: () => number;
}): TokenKeeper => {
  const { db, store, vault, clock, log, redactor } = options;
  const random = options.random ?? Math.random;
  const renewing = new Map<string, Promise<string>>();
  const pausedUntil = new Map<string, number>();

  const open = (record: ShopRecord): string => {
    if (record.accessToken === null || hasLeft(record)) {
      throw ended(`${record.name} is not connected any more.`);
    }
    const token = vault.open(record.accessToken, record.shop);
    redactor.add(token);
    return token;
  };
  const lifeLeftMs = (record: ShopRecord): number =>
    record.tokenExpiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(record.tokenExpiresAt) - clock.now();
  const isGood = (record: ShopRecord, refused: string | undefined): boolean =>
    lifeLeftMs(record) >= REFRESH_EARLY_MS && open(record) !== refused;
  const reread = async (shop: string): Promise<ShopRecord> => {
    const record = await store.reread(shop);
    if (!record) throw new AppError('NOT_FOUND', `${shop} is not connected.`, { hint: 'Connect it in Stores.' });
    return record;
  };

  const grantOf = (record: ShopRecord): TokenGrant => {
    if (record.grantType === 'client_credentials') return { kind: 'client-credentials' };
    if (record.refreshToken === null) throw ended('Shopify no longer accepts this store’s access token.');
    const refreshToken = vault.open(record.refreshToken, record.shop);
    redactor.add(refreshToken);
    return { kind: 'refresh', refreshToken };
  };

  /** Asks Shopify; an answer that was lost is asked for again with the same refresh token. */
  const ask = async (record: ShopRecord, lease: Lease): Promise<TokenOutcome> => {
    const grant = grantOf(record);
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await requestToken({
        address: options.address,
        credentials: options.credentials(),
        shop: record.shop,
        grant,
      });
      if (outcome.ok || outcome.reason !== 'unanswered' || attempt >= MAX_ATTEMPTS) return outcome;
      const wait = outcome.retryAfterMs + random() * FIRST_BACKOFF_MS * 2 ** attempt;
      log.warn(
        { shop: record.shop, attempt, code: outcome.error.code },
        'the token could not be renewed, trying again',
      );
      await clock.delay(wait);
      if (!(await lease.extend())) return outcome;
    }
  };

  /**
   * Saves `change` unless the store has got another token since `basis` was read: by a new connection, another process, an uninstall.
   * The plain tokens are compared, since a change of the master key seals the same token anew.
   */
  const saveUnlessReplaced = async (basis: ShopRecord, change: Partial<ShopRecord>, lease: Lease): Promise<boolean> => {
    const before = open(basis);
    const isSaved = await db.write(async (tx) => {
      await lease.extendIn(tx);
      const current = await tx.getRepository(ShopEntity).findOneBy({ shop: basis.shop });
      if (!current || current.accessToken === null || vault.open(current.accessToken, basis.shop) !== before)
        return false;
      await tx.getRepository(ShopEntity).update({ shop: basis.shop }, change);
      return true;
    });
    await reread(basis.shop);
    options.onChange(basis.shop);
    return isSaved;
  };

  /** With the lease held: the row is read again, since another process may have been here before. */
  const renewHolding = async (shop: string, refused: string | undefined, lease: Lease): Promise<string> => {
    const record = await reread(shop);
    if (isGood(record, refused)) return open(record);
    const outcome = await ask(record, lease);
    if (outcome.ok) {
      const columns = sealToken(outcome.token, { shop, grantType: record.grantType, vault, clock, redactor });
      const wasDead = record.state === 'reconnect';
      const change = { ...columns, ...(wasDead ? { state: 'connected' as const, problem: null } : {}) };
      // In the database before anybody calls with it: what is not saved is lost with this process.
      const isSaved = await saveUnlessReplaced(record, change, lease);
      pausedUntil.delete(shop);
      log.info({ shop, grant: record.grantType }, 'token renewed');
      return isSaved ? outcome.token.access_token : open(await reread(shop));
    }
    if (outcome.reason === 'dead') {
      const error = ended('Shopify has ended this store’s access.');
      const change = { state: 'reconnect' as const, problem: problemOf(error, clock) };
      log.warn({ shop, code: error.code, reason: outcome.error.hint }, 'the store has to be connected again');
      if (await saveUnlessReplaced(record, change, lease)) throw error;
      return open(await reread(shop));
    }
    if (outcome.reason === 'credentials') {
      throw new AppError('NOT_CONFIGURED', 'Shopify does not accept the app’s client ID and secret.', {
        hint: 'Compare them in Settings with the app’s settings at Shopify.',
        cause: outcome.error,
      });
    }
    const current = open(record);
    if (lifeLeftMs(record) <= 0 || current === refused) throw outcome.error;
    pausedUntil.set(shop, clock.now() + PAUSE_MS);
    return current;
  };

  const renew = async (shop: string, refused: string | undefined): Promise<string> => {
    const lease = await acquireLease(options.leases, `token:${shop}`, {
      durationMs: LEASE_MS,
      patienceMs: PATIENCE_MS,
      clock,
      isNeeded: async () => !isGood(await reread(shop), refused),
    });
    if (lease) {
      try {
        return await renewHolding(shop, refused, lease);
      } finally {
        await lease.release();
      }
    }
    const record = await reread(shop);
    if (isGood(record, refused)) return open(record);
    throw new AppError('SHOPIFY_UNREACHABLE', 'Another copy of Backroom is renewing this store’s access.', {
      hint: 'Try again in a minute.',
    });
  };

  return {
    token: async (shop, { refused, signal } = {}) => {
      const record = store.find(shop) ?? (await reread(shop));
      if (isGood(record, refused)) return open(record);
      const isAlive = lifeLeftMs(record) > 0 && open(record) !== refused;
      if (isAlive && (pausedUntil.get(shop) ?? 0) > clock.now()) return open(record);
      let run = renewing.get(shop);
      if (!run) {
        run = renew(shop, refused).finally(() => renewing.delete(shop));
        renewing.set(shop, run);
      }
      const token = await unlessAborted(run, signal);
      // The renewal under way may have begun before this token was issued.
      return token === refused ? unlessAborted(renew(shop, refused), signal) : token;
    },
    close: async () => {
      await Promise.allSettled(renewing.values());
    },
  };
};
