import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Vault } from '../../platform/vault/vault.ts';
import type { AppCredentials } from '../../shopify/platform.ts';
import { SettingEntity } from './entities.ts';
import type { PreviousSecrets } from './previous-secrets.ts';

/** The environment's credentials of the last start, the secret sealed. */
export const ENVIRONMENT_SECRET_SETTING = 'app.credentials.environment';
const KEY = ENVIRONMENT_SECRET_SETTING;

interface Noted {
  readonly apiKey: string;
  readonly sealedSecret: string;
}

/**
 * The process that had the former secret of the environment is gone, but Shopify may go on signing with it: so each start notes the secret
 * it was given, and one that was another before is accepted for a while.
 */
export const noteEnvironmentSecret = async (
  { db, vault, clock, previous }: { db: Database; vault: Vault; clock: Clock; previous: PreviousSecrets },
  { apiKey, apiSecret }: AppCredentials,
): Promise<void> => {
  const [row] = await db.read<{ value: string }>('SELECT value FROM settings WHERE key = ?', [KEY]);
  const noted = row ? (JSON.parse(row.value) as Noted) : null;
  const before = noted === null ? null : vault.open(noted.sealedSecret, KEY);
  if (before === apiSecret && noted?.apiKey === apiKey) return;
  // Of another app nothing more comes.
  if (before !== null && noted?.apiKey === apiKey) await previous.keep(before);
  const next: Noted = { apiKey, sealedSecret: vault.seal(apiSecret, KEY) };
  await db.write((tx) =>
    tx.getRepository(SettingEntity).save({ key: KEY, value: JSON.stringify(next), updatedAt: toIso(clock.now()) }),
  );
};
