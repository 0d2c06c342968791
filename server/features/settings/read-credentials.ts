import { parseEnv } from 'node:util';
import { parse as parseToml } from 'smol-toml';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import type { Comparable } from './taken-configuration.ts';

export interface FoundCredentials {
  readonly apiKey: string | null;
  readonly apiSecret: string | null;
  readonly scopes: readonly string[];
  /** What a configuration file says of the app at Shopify; null for other files. */
  readonly configuration: Comparable | null;
}

/** https://shopify.dev/docs/apps/build/cli-for-apps/app-configuration */
const AppToml = z.object({
  client_id: z.string().min(1).optional(),
  application_url: z.string().optional(),
  access_scopes: z.object({ scopes: z.string().optional() }).optional(),
  auth: z.object({ redirect_urls: z.array(z.string()).optional() }).optional(),
  webhooks: z
    .object({
      api_version: z.string().optional(),
      subscriptions: z
        .array(z.object({ compliance_topics: z.array(z.string()).optional(), uri: z.string().optional() }))
        .optional(),
    })
    .optional(),
});

const configurationOf = (toml: z.output<typeof AppToml>): Comparable => {
  const appUrl = toml.application_url ?? null;
  const uri = toml.webhooks?.subscriptions?.find(({ compliance_topics: topics }) => (topics?.length ?? 0) > 0)?.uri;
  // A path counts from the app's address.
  const isPath = uri?.startsWith('/') === true && appUrl !== null && URL.canParse(appUrl);
  return {
    clientId: toml.client_id ?? null,
    appUrl,
    redirectUrl: toml.auth?.redirect_urls?.join(',') ?? null,
    webhooksUrl: uri === undefined ? null : isPath ? new URL(uri, appUrl).href : uri,
    scopes: splitScopes(toml.access_scopes?.scopes),
    apiVersion: toml.webhooks?.api_version ?? null,
  };
};

export const splitScopes = (text: string | undefined): string[] =>
  (text ?? '').split(/[\s,]+/).filter((scope) => scope !== '');

/**
 * What a `shopify.app.toml` or `.env` holds. A toml file never has the secret: Shopify keeps that out of it.
 * @throws AppError `BAD_REQUEST` when the file can't be read as either.
 */
export const readCredentials = (fileName: string, text: string): FoundCredentials => {
  if (fileName.toLowerCase().endsWith('.toml')) {
    let document: unknown;
    try {
      document = parseToml(text);
    } catch (cause) {
      throw new AppError('BAD_REQUEST', `${fileName} is not valid TOML.`, {
        hint: 'Choose the shopify.app.toml of the app’s project folder.',
        cause,
      });
    }
    const toml = AppToml.safeParse(document);
    if (!toml.success)
      throw new AppError('BAD_REQUEST', `${fileName} is not a Shopify app configuration.`, {
        hint: 'It should contain client_id = "…".',
      });
    return {
      apiKey: toml.data.client_id ?? null,
      apiSecret: null,
      scopes: splitScopes(toml.data.access_scopes?.scopes),
      configuration: configurationOf(toml.data),
    };
  }
  const env = parseEnv(text);
  return {
    apiKey: env.SHOPIFY_API_KEY ?? env.SHOPIFY_CLIENT_ID ?? null,
    apiSecret: env.SHOPIFY_API_SECRET ?? env.SHOPIFY_CLIENT_SECRET ?? null,
    scopes: splitScopes(env.SHOPIFY_SCOPES ?? env.SCOPES),
    configuration: null,
  };
};
