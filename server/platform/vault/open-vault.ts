import { type Clock, toIso } from '../clock.ts';
import type { Database } from '../db/database.ts';
import { createVault, type Vault } from './vault.ts';

export const ROOT_KEY_SETTING = 'vault.root';

/**
 * The vault with its root key. Keys that are derived from the master key (the evidence's chain, digests of erased people) must outlive
 * its rotation, so the first master key is kept as their root, sealed with the current one.
 */
export const openVault = async (
  db: Database,
  clock: Clock,
  keys: { readonly key: string; readonly olderKeys?: readonly string[] | undefined },
): Promise<Vault> => {
  const olderKeys = keys.olderKeys ?? [];
  const vault = createVault(keys.key, { olderKeys });
  const [row] = await db.read<{ value: string }>('SELECT value FROM settings WHERE key = ?', [ROOT_KEY_SETTING]);
  if (row) {
    return createVault(keys.key, { olderKeys, rootKey: vault.open(JSON.parse(row.value), ROOT_KEY_SETTING) });
  }
  const rootKey = olderKeys.at(-1) ?? keys.key;
  await db.write((tx) =>
    tx.query('INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?)', [
      ROOT_KEY_SETTING,
      JSON.stringify(vault.seal(rootKey, ROOT_KEY_SETTING)),
      toIso(clock.now()),
    ]),
  );
  return createVault(keys.key, { olderKeys, rootKey });
};
