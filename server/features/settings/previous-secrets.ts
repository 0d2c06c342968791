import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Vault } from '../../platform/vault/vault.ts';
import { SettingEntity } from './entities.ts';

/** One setting for each secret: this text, or this text, a dot and the time of its end. */
export const PREVIOUS_SECRET_SETTING = 'app.credentials.previous';

/**
 * Shopify may go on signing with an old secret for an hour after a change, and repeats what failed for four more.
 * https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
 */
const KEPT_MS = 6 * 3_600_000;
/** Each is tried for each delivery that the current one does not fit. */
const MOST = 5;

/** Client secrets before the present one, for as long as deliveries may still be signed with them. */
export interface PreviousSecrets {
  /** Newest first. */
  current(): readonly { readonly secret: string; readonly until: string }[];
  keep(secret: string): Promise<void>;
}

interface Kept {
  readonly setting: string;
  readonly secret: string;
  readonly until: number;
}

export const createPreviousSecrets = async (options: {
  db: Database;
  vault: Vault;
  clock: Clock;
}): Promise<PreviousSecrets> => {
  const { db, vault, clock } = options;
  const rows = await db.read<{ key: string; value: string }>(
    `SELECT key, value FROM settings WHERE key = ? OR key LIKE ?`,
    [PREVIOUS_SECRET_SETTING, `${PREVIOUS_SECRET_SETTING}.%`],
  );
  const newestFirst = (one: Kept, other: Kept): number => other.until - one.until;
  let known = rows
    .map(({ key, value }): Kept => {
      const { sealedSecret, until } = JSON.parse(value) as { sealedSecret: string; until: string };
      return { setting: key, secret: vault.open(sealedSecret, key), until: Date.parse(until) };
    })
    .sort(newestFirst);
  const living = (): Kept[] => known.filter(({ until }) => clock.now() < until);

  return {
    current: () => living().map(({ secret, until }) => ({ secret, until: toIso(until) })),
    keep: async (secret) => {
      const until = clock.now() + KEPT_MS;
      const setting = `${PREVIOUS_SECRET_SETTING}.${toIso(until)}`;
      // One that comes back for a while and goes again has a new end.
      const others = living().filter((kept) => kept.secret !== secret && kept.setting !== setting);
      const next = [{ setting, secret, until }, ...others].slice(0, MOST);
      const value = JSON.stringify({ sealedSecret: vault.seal(secret, setting), until: toIso(until) });
      await db.write(async (tx) => {
        const settings = tx.getRepository(SettingEntity);
        for (const gone of known) if (!next.includes(gone)) await settings.delete({ key: gone.setting });
        await settings.save({ key: setting, value, updatedAt: toIso(clock.now()) });
      });
      known = next;
    },
  };
};
