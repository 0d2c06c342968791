import { PrivacySettings } from '../../../shared/api/privacy.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { EvidenceLog } from './evidence.ts';

const KEY = 'privacy';

/**
 * What the operator decided, over what the environment says. Requests that are here already keep their dates: a shorter grace period must not
 * begin an erasure that somebody still meant to look at.
 */
export interface PrivacySettingsStore {
  get(): PrivacySettings;
  /** Writes them with an entry in the evidence, which names what changed; of the owner only that it did, since no entry names a person. */
  save(next: PrivacySettings): Promise<PrivacySettings>;
}

export const createPrivacySettings = async (options: {
  db: Database;
  clock: Clock;
  evidence: EvidenceLog;
  defaults: PrivacySettings;
  onChanged: (before: PrivacySettings, after: PrivacySettings) => void;
}): Promise<PrivacySettingsStore> => {
  const { db, clock, evidence, defaults } = options;
  const [row] = await db.read<{ value: string }>('SELECT value FROM settings WHERE key = ?', [KEY]);
  let saved: PrivacySettings = PrivacySettings.parse({ ...defaults, ...(row && JSON.parse(row.value)) });
  return {
    get: () => saved,
    save: async (next) => {
      const before = saved;
      const facts = Object.fromEntries(
        (['redactHours', 'shopRedactHours', 'packageDays', 'masking'] as const)
          .filter((name) => before[name] !== next[name])
          .map((name) => [name, { from: before[name], to: next[name] }]),
      );
      const changed = { ...facts, ...(before.owner === next.owner ? {} : { owner: 'changed' }) };
      if (Object.keys(changed).length === 0) return saved;
      await db.write(async (tx) => {
        await tx.query(
          `INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?)
           ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
          [KEY, JSON.stringify(next), toIso(clock.now())],
        );
        await evidence.append(tx, [{ kind: 'settings.changed', facts: changed }]);
      });
      saved = next;
      options.onChanged(before, next);
      return saved;
    },
  };
};
