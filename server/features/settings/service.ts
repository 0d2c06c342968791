import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { Redactor } from '../../platform/log/redact.ts';
import type { Vault } from '../../platform/vault/vault.ts';
import type { AppCredentials } from '../../shopify/platform.ts';
import { type AppConfiguration, writeAppToml } from './app-toml.ts';
import { SettingEntity } from './entities.ts';
import { noteEnvironmentSecret } from './environment-secret.ts';
import { createPreviousSecrets } from './previous-secrets.ts';
import { readCredentials } from './read-credentials.ts';
import { createTakenConfiguration } from './taken-configuration.ts';

export const DEFAULT_SCOPES = [
  'read_products',
  'read_orders',
  'read_customers',
  'write_pixels',
  'read_customer_events',
] as const;
export const CREDENTIALS_SETTING = 'app.credentials';
const KEY = CREDENTIALS_SETTING;

interface Saved {
  readonly apiKey: string;
  readonly sealedSecret: string | null;
  readonly scopes: string[];
}
type Source = z.output<typeof api.CredentialSource>;

/** The app's own client ID and secret: from the environment, the demo, or what the operator saved; in that order. */
export interface CredentialSettings {
  /** What calls are made with, or null while something is missing. */
  current(): AppCredentials | null;
  /** All secrets that a delivery may be signed with: the current one, and for some hours those before. */
  acceptedSecrets(): readonly string[];
  view(): Promise<api.Credentials>;
  /** The operator copied or saved the app's configuration as it is now: later changes are shown against it. */
  takeAppToml(): Promise<api.Credentials>;
  save(input: z.output<typeof api.SaveCredentialsInput>): Promise<api.Credentials>;
  importFile(input: z.output<typeof api.ImportCredentialsInput>): Promise<z.output<typeof api.ImportCredentialsOutput>>;
}

/** The saved credentials, or null. Read before the app is composed, since they decide whether it opens on the demo store. */
export const loadSavedCredentials = async (db: Database): Promise<Saved | null> => {
  const [row] = await db.read<{ value: string }>('SELECT value FROM settings WHERE key = ?', [KEY]);
  return row ? (JSON.parse(row.value) as Saved) : null;
};

export const createCredentialSettings = async (options: {
  db: Database;
  vault: Vault;
  clock: Clock;
  bus: EventBus;
  redactor: Redactor;
  publicUrl: () => string;
  /** Whether that address is of this computer only. */
  isLocal: () => boolean;
  apiVersion: string;
  fixed: { source: 'environment' | 'demo'; credentials: AppCredentials } | null;
  /** Called after the credentials changed, so that whatever was built with them is built again. */
  onChange: (leavesDemo: boolean) => void;
}): Promise<CredentialSettings> => {
  const { db, vault, fixed } = options;
  let saved = await loadSavedCredentials(db);
  const taken = await createTakenConfiguration({ db, clock: options.clock });
  const previous = await createPreviousSecrets({ db, vault, clock: options.clock });
  if (fixed?.source === 'environment')
    await noteEnvironmentSecret({ db, vault, clock: options.clock, previous }, fixed.credentials);
  /** The demo's app has one secret; whatever was saved before is not its. */
  const previousSecrets = (): ReturnType<typeof previous.current> =>
    fixed?.source === 'demo' ? [] : previous.current();

  const savedSecret = (): string | null => (saved?.sealedSecret ? vault.open(saved.sealedSecret, KEY) : null);
  /** Sealed anew: what was read at the start may be sealed with a key that is on its way out. */
  const keptSecret = (): string | null => {
    const secret = savedSecret();
    return secret === null ? null : vault.seal(secret, KEY);
  };
  const current = (): AppCredentials | null => {
    if (fixed) return fixed.credentials;
    const secret = savedSecret();
    if (!saved || secret === null) return null;
    options.redactor.add(secret);
    return { apiKey: saved.apiKey, apiSecret: secret, scopes: saved.scopes };
  };
  const source = (): Source => fixed?.source ?? (saved ? 'saved' : 'none');

  /** In the demo, what the operator has entered so far is shown; it takes effect once the secret is there. */
  const shownInstead = (): AppCredentials | null =>
    fixed && (fixed.source === 'environment' || !saved) ? fixed.credentials : null;
  const configuration = (): AppConfiguration => {
    const { apiKey, scopes } = shownInstead() ?? {
      apiKey: saved?.apiKey ?? '',
      scopes: saved?.scopes ?? DEFAULT_SCOPES,
    };
    const url = options.publicUrl();
    return {
      clientId: apiKey,
      // An address that the public door serves: a visit there, signed by Shopify, starts an install.
      appUrl: `${url}/auth/start`,
      redirectUrl: `${url}/auth/callback`,
      webhooksUrl: `${url}/webhooks`,
      scopes,
      apiVersion: options.apiVersion,
    };
  };
  const view = async (): Promise<api.Credentials> => {
    const shown = shownInstead();
    const app = configuration();
    const secret = shown ? shown.apiSecret : savedSecret();
    return {
      source: source(),
      apiKey: shown?.apiKey ?? saved?.apiKey ?? null,
      apiSecretHint: secret === null ? null : `…${secret.slice(-4)}`,
      scopes: [...app.scopes],
      appUrl: app.appUrl,
      redirectUrl: app.redirectUrl,
      previousSecrets: previousSecrets().map(({ secret: before, until }) => ({ hint: `…${before.slice(-4)}`, until })),
      appToml: writeAppToml(app),
      // The demo's app exists nowhere else.
      appTomlTaken: source() === 'demo' ? null : taken.compare(app, { isLocal: options.isLocal() }),
    };
  };

  const acceptedSecrets = (): readonly string[] =>
    [current()?.apiSecret ?? null, ...previousSecrets().map(({ secret }) => secret)].filter(
      (secret) => secret !== null,
    );

  const store = async (next: Saved): Promise<void> => {
    const before = savedSecret();
    const after = next.sealedSecret === null ? null : vault.open(next.sealedSecret, KEY);
    // Of another app nothing more comes.
    if (before !== null && before !== after && saved?.apiKey === next.apiKey) await previous.keep(before);
    await db.write((tx) =>
      tx
        .getRepository(SettingEntity)
        .save({ key: KEY, value: JSON.stringify(next), updatedAt: toIso(options.clock.now()) }),
    );
    saved = next;
    options.bus.publish({ topic: 'settings' });
    options.onChange(fixed?.source === 'demo' && next.sealedSecret !== null);
  };

  const assertWritable = (): void => {
    if (fixed?.source !== 'environment') return;
    throw new AppError('CONFLICT', 'The credentials are set by the environment.', {
      hint: 'Change SHOPIFY_API_KEY and SHOPIFY_API_SECRET in the environment or in .env, then restart Backroom.',
    });
  };

  return {
    current,
    acceptedSecrets,
    view,
    takeAppToml: async () => {
      await taken.keep(configuration());
      options.bus.publish({ topic: 'settings' });
      return view();
    },
    save: async (input) => {
      assertWritable();
      const kept = saved?.apiKey === input.apiKey ? keptSecret() : null;
      const sealedSecret = input.apiSecret === undefined ? kept : vault.seal(input.apiSecret, KEY);
      if (sealedSecret === null) {
        throw new AppError('BAD_REQUEST', 'The client secret is missing.', {
          hint: 'Copy it from the app’s settings in the Dev Dashboard.',
        });
      }
      await store({ apiKey: input.apiKey, sealedSecret, scopes: [...new Set(input.scopes)] });
      return view();
    },
    importFile: async ({ fileName, text }) => {
      assertWritable();
      const found = readCredentials(fileName, text);
      if (found.apiKey === null) {
        throw new AppError('BAD_REQUEST', `No client ID was found in ${fileName}.`, {
          hint: 'A shopify.app.toml has client_id = "…"; a .env file has SHOPIFY_API_KEY=….',
        });
      }
      const kept = saved?.apiKey === found.apiKey ? keptSecret() : null;
      const sealedSecret = found.apiSecret === null ? kept : vault.seal(found.apiSecret, KEY);
      const scopes = found.scopes.length > 0 ? [...found.scopes] : [...(saved?.scopes ?? DEFAULT_SCOPES)];
      const notes = [
        'The client ID was found and saved.',
        found.apiSecret !== null
          ? 'The client secret was found and saved.'
          : kept !== null
            ? 'The client secret saved before is kept.'
            : 'The file holds no client secret: enter it below.',
        found.scopes.length > 0
          ? `${found.scopes.length} scopes were found.`
          : 'The file names no scopes: the usual ones are used.',
      ];
      if (found.configuration) await taken.keep(found.configuration);
      await store({ apiKey: found.apiKey, sealedSecret, scopes });
      return { credentials: await view(), notes };
    },
  };
};
