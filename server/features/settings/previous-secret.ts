import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Vault } from '../../platform/vault/vault.ts';
import { SettingEntity } from './entities.ts';

export const PREVIOUS_SECRET_SETTING = 'app.credentials.previous';

/**
 * Shopify may go on signing with the old secret for an hour after a change, and repeats what failed for four more.
 * https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
 */
const KEPT_MS = 6 * 3_600_000;

/** The client secret before the last change, for as long as deliveries may still be signed with it. */
export interface PreviousSecret {
  current(): string | null;
  /** When it ends (ISO); null when there is none. */
  until(): string | null;
  keep(secret: string): Promise<void>;
}

export const createPreviousSecret = async (options: {
  db: Database;
  vault: Vault;
  clock: Clock;
}): Promise<PreviousSecret> => {
  const { db, vault, clock } = options;
  const [row] = await db.read<{ value: string }>('SELECT value FROM settings WHERE key = ?', [PREVIOUS_SECRET_SETTING]);
  const kept = row ? (JSON.parse(row.value) as { sealedSecret: string; until: string }) : null;
  let known =
    kept === null
      ? null
      : { secret: vault.open(kept.sealedSecret, PREVIOUS_SECRET_SETTING), until: Date.parse(kept.until) };
  return {
    current: () => (known !== null && clock.now() < known.until ? known.secret : null),
    until: () => (known !== null && clock.now() < known.until ? toIso(known.until) : null),
    keep: async (secret) => {
      const until = clock.now() + KEPT_MS;
      const value = JSON.stringify({
        sealedSecret: vault.seal(secret, PREVIOUS_SECRET_SETTING),
        until: toIso(until),
      });
      await db.write((tx) =>
        tx.getRepository(SettingEntity).save({ key: PREVIOUS_SECRET_SETTING, value, updatedAt: toIso(clock.now()) }),
      );
      known = { secret, until };
    },
  };
};
