import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { AppConfiguration } from './app-toml.ts';
import { SettingEntity } from './entities.ts';

const SETTING = 'app.toml.taken';

type Change = z.output<typeof api.AppTomlChange>;
export type Comparable = { readonly [K in keyof AppConfiguration]: AppConfiguration[K] | null };

const FIELDS: readonly {
  readonly field: string;
  readonly key: keyof AppConfiguration;
  /** Its value says nothing while only this computer can be reached. */
  readonly isAddress: boolean;
}[] = [
  { field: 'client_id', key: 'clientId', isAddress: false },
  { field: 'application_url', key: 'appUrl', isAddress: true },
  { field: 'auth.redirect_urls', key: 'redirectUrl', isAddress: true },
  { field: 'webhooks.subscriptions.uri (compliance topics)', key: 'webhooksUrl', isAddress: true },
  { field: 'access_scopes.scopes', key: 'scopes', isAddress: false },
  { field: 'webhooks.api_version', key: 'apiVersion', isAddress: false },
];

const textOf = (value: string | readonly string[] | null): string =>
  value === null ? '' : typeof value === 'string' ? value : [...value].sort().join(',');

/** What differs, field by field, in the names of `shopify.app.toml`. */
export const compareConfigurations = (
  before: Comparable,
  now: AppConfiguration,
  options: { readonly isLocal: boolean },
): Change[] =>
  FIELDS.filter(({ isAddress }) => !(isAddress && options.isLocal))
    .map(({ field, key }) => ({ field, before: textOf(before[key]), now: textOf(now[key]) }))
    .filter((change) => change.before !== change.now);

/**
 * The configuration as the operator last took it from here, or brought it in a file: the nearest to what is deployed, since Shopify offers
 * no way to read that back.
 */
export interface TakenConfiguration {
  /** Null: never taken, so there is nothing to compare with. */
  compare(now: AppConfiguration, options: { readonly isLocal: boolean }): z.output<typeof api.AppTomlTaken> | null;
  keep(configuration: Comparable): Promise<void>;
}

export const createTakenConfiguration = async (options: {
  db: Database;
  clock: Clock;
}): Promise<TakenConfiguration> => {
  const { db, clock } = options;
  const [row] = await db.read<{ value: string }>('SELECT value FROM settings WHERE key = ?', [SETTING]);
  let taken = row ? (JSON.parse(row.value) as { at: string; configuration: Comparable }) : null;
  return {
    compare: (now, { isLocal }) =>
      taken && { at: taken.at, changes: compareConfigurations(taken.configuration, now, { isLocal }) },
    keep: async (configuration) => {
      const next = { at: toIso(clock.now()), configuration };
      await db.write((tx) =>
        tx.getRepository(SettingEntity).save({ key: SETTING, value: JSON.stringify(next), updatedAt: next.at }),
      );
      taken = next;
    },
  };
};
