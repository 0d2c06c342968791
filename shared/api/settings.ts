import { z } from 'zod';
import { MasterKeySource } from '../process-messages.ts';
import { IsoTime } from './common.ts';

export const CredentialSource = z.enum(['none', 'environment', 'saved', 'demo']);
/** `field` is named as in the file; an empty text is a value that is not there. */
export const AppTomlChange = z.object({ field: z.string(), before: z.string(), now: z.string() });
export const AppTomlTaken = z.object({ at: IsoTime, changes: z.array(AppTomlChange) });
export const Credentials = z.object({
  source: CredentialSource,
  apiKey: z.string().nullable(),
  /** Secrets are write-only: the console learns that there is one, and its last four characters. */
  apiSecretHint: z.string().nullable(),
  scopes: z.array(z.string()),
  /** To be entered in the app's configuration at Shopify. */
  appUrl: z.string(),
  redirectUrl: z.string(),
  /** Secrets that were replaced: webhooks signed with them are accepted until then. Never of secrets that the environment sets. */
  previousSecrets: z.array(z.object({ hint: z.string(), until: IsoTime })),
  /** The text of the matching `shopify.app.toml`. */
  appToml: z.string(),
  /** What has changed in it since the operator took it last; null when it never was. */
  appTomlTaken: AppTomlTaken.nullable(),
});
export type Credentials = z.infer<typeof Credentials>;
export const SaveCredentialsInput = z.object({
  apiKey: z.string().trim().min(8, 'the client ID has at least 8 characters').max(100),
  /** Absent: keep the secret that is already saved for the same client ID. */
  apiSecret: z.string().trim().min(8, 'the client secret has at least 8 characters').max(200).optional(),
  scopes: z
    .array(
      z
        .string()
        .trim()
        .regex(/^(unauthenticated_)?(read|write)_[a-z_]+$/, 'must look like read_products'),
    )
    .max(100),
});
/** The text of a `shopify.app.toml` or `.env` file. What is found is saved at once, so that a secret in it never comes back to the console. */
export const ImportCredentialsInput = z.object({ fileName: z.string().max(255), text: z.string().max(100_000) });
/** `notes` says, for a person, what was found, what was not, and what is still to be entered. */
export const ImportCredentialsOutput = z.object({ credentials: Credentials, notes: z.array(z.string()) });

/** The key that seals what is secret, and how far a change of it has come. `elsewhere`: another process on the same data does it. */
export const MasterKeyState = z.object({
  source: MasterKeySource,
  /** Names the key without telling it. */
  keyId: z.string(),
  inUseSince: IsoTime,
  /** False: the environment sets it. */
  canChange: z.boolean(),
  rotation: z.object({
    phase: z.enum(['idle', 'running', 'elsewhere', 'done', 'failed']),
    looked: z.number().int(),
    total: z.number().int(),
    resealed: z.number().int(),
    /** Open with no known key; the older keys are kept while there are some. */
    unreadable: z.number().int(),
  }),
});
export type MasterKeyState = z.infer<typeof MasterKeyState>;

/** How long Shopify answers the API version in use, and what it has said about the calls. */
export const ApiHealth = z.object({
  version: z.string(),
  supportedUntil: IsoTime.nullable(),
  state: z.enum(['current', 'ending', 'ended']),
  notices: z.array(
    z.object({
      kind: z.enum(['deprecated', 'version']),
      subject: z.string(),
      message: z.string(),
      count: z.number().int(),
      firstAt: IsoTime,
      lastAt: IsoTime,
    }),
  ),
});
export type ApiHealth = z.infer<typeof ApiHealth>;
