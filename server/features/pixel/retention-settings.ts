import { PixelRetentionSettings } from '../../../shared/api/pixel.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';

const KEY = 'pixel.retention';

/** How long and how much is kept: what the operator saved, over what the environment says. */
export interface RetentionSettingsStore {
  get(): PixelRetentionSettings;
  save(next: PixelRetentionSettings): Promise<void>;
}

export const createRetentionSettings = async (options: {
  db: Database;
  clock: Clock;
  defaults: PixelRetentionSettings;
  onChanged: () => void;
}): Promise<RetentionSettingsStore> => {
  const { db, clock, defaults } = options;
  const [row] = await db.read<{ value: string }>('SELECT value FROM settings WHERE key = ?', [KEY]);
  let saved = PixelRetentionSettings.parse({ ...defaults, ...(row && JSON.parse(row.value)) });
  return {
    get: () => saved,
    save: async (next) => {
      await db.writeStatements((connection) =>
        connection.run(
          `INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?)
           ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
          KEY,
          JSON.stringify(next),
          toIso(clock.now()),
        ),
      );
      saved = next;
      options.onChanged();
    },
  };
};
