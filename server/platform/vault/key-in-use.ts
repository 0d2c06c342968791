import { type Clock, toIso } from '../clock.ts';
import type { Database } from '../db/database.ts';

const SETTING = 'vault.key';

/** Since when this key seals (ISO). A key that was not seen before counts from now. */
export const noteKeyInUse = async (options: { db: Database; clock: Clock; keyId: string }): Promise<string> => {
  const { db, clock, keyId } = options;
  const [row] = await db.read<{ value: string }>('SELECT value FROM settings WHERE key = ?', [SETTING]);
  const known = row ? (JSON.parse(row.value) as { keyId: string; since: string }) : null;
  if (known?.keyId === keyId) return known.since;
  const since = toIso(clock.now());
  await db.write((tx) =>
    tx.query(
      `INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
      [SETTING, JSON.stringify({ keyId, since }), since],
    ),
  );
  return since;
};
