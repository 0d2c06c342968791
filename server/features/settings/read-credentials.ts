import { parseEnv } from 'node:util';
import { parse as parseToml } from 'smol-toml';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';

export interface FoundCredentials {
  readonly apiKey: string | null;
  readonly apiSecret: string | null;
  readonly scopes: readonly string[];
}

/** https://shopify.dev/docs/apps/build/cli-for-apps/app-configuration */
const AppToml = z.object({
  client_id: z.string().min(1).optional(),
  access_scopes: z.object({ scopes: z.string().optional() }).optional(),
});

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
    };
  }
  const env = parseEnv(text);
  return {
    apiKey: env.SHOPIFY_API_KEY ?? env.SHOPIFY_CLIENT_ID ?? null,
    apiSecret: env.SHOPIFY_API_SECRET ?? env.SHOPIFY_CLIENT_SECRET ?? null,
    scopes: splitScopes(env.SHOPIFY_SCOPES ?? env.SCOPES),
  };
};
