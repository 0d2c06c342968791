import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { AppCredentials, ShopifyAddress } from './platform.ts';

/** Shopify's answer at `/admin/oauth/access_token`; times in seconds from now. Expiring offline tokens carry the last three. */
const TokenResponse = z.object({
  access_token: z.string().min(1),
  scope: z.string().default(''),
  expires_in: z.number().int().positive().optional(),
  refresh_token: z.string().min(1).optional(),
  refresh_token_expires_in: z.number().int().positive().optional(),
});
export type TokenResponse = z.infer<typeof TokenResponse>;

/** What a token is asked for with. */
export type TokenGrant =
  | { readonly kind: 'authorization-code'; readonly code: string }
  | { readonly kind: 'refresh'; readonly refreshToken: string }
  | { readonly kind: 'client-credentials' };

/**
 * `dead`: this code or refresh token is over, or the app is not installed. `credentials`: the client ID or secret is wrong.
 * `unanswered`: nobody knows whether Shopify issued a token; asking again with the same grant is right.
 */
export type TokenOutcome =
  | { readonly ok: true; readonly token: TokenResponse }
  | {
      readonly ok: false;
      readonly reason: 'dead' | 'credentials' | 'unanswered';
      readonly error: AppError;
      readonly retryAfterMs: number;
      /** HTTP status; null when there was no answer. */
      readonly status: number | null;
      /** Shopify's own code, e.g. `app_not_installed`; empty when it gave none. */
      readonly shopifyError: string;
    };

const TIMEOUT_MS = 15_000;
const MAX_RETRY_AFTER_MS = 60_000;
const CREDENTIAL_ERRORS = new Set(['invalid_client', 'application_cannot_be_found', 'unauthorized_client']);
const Refusal = z.looseObject({ error: z.string().default(''), error_description: z.string().default('') });

const grantBody = (grant: TokenGrant): Record<string, string> => {
  switch (grant.kind) {
    case 'authorization-code':
      return { code: grant.code, expiring: '1' };
    case 'refresh':
      return { grant_type: 'refresh_token', refresh_token: grant.refreshToken };
    case 'client-credentials':
      return { grant_type: 'client_credentials' };
  }
};

const unanswered = (error: AppError, status: number | null, retryAfterMs = 0): TokenOutcome => ({
  ok: false,
  reason: 'unanswered',
  error,
  retryAfterMs,
  status,
  shopifyError: '',
});

const refused = (status: number, body: unknown): TokenOutcome => {
  const parsed = Refusal.safeParse(body);
  // Shopify refuses in JSON. A page says that a proxy or a captive portal answered, and must not end a store's connection.
  if (!parsed.success) {
    return unanswered(
      new AppError('SHOPIFY_UNREACHABLE', `Something other than Shopify answered (HTTP ${status}).`, {
        hint: 'Check the proxy, or log in to this network, then try again.',
      }),
      status,
    );
  }
  const { error, error_description: description } = parsed.data;
  const isCredentials = CREDENTIAL_ERRORS.has(error) || /client[ _]secret/i.test(description);
  return {
    ok: false,
    reason: isCredentials ? 'credentials' : 'dead',
    retryAfterMs: 0,
    status,
    shopifyError: error,
    error: new AppError('SHOPIFY_ERROR', `Shopify refused the connection (HTTP ${status}).`, {
      hint:
        description === '' ? 'Check the client ID and the client secret in Settings.' : `Shopify says: ${description}`,
    }),
  };
};

/** One request for a token. Never throws for what Shopify or the network did. */
export const requestToken = async (options: {
  address: ShopifyAddress;
  credentials: AppCredentials;
  shop: string;
  grant: TokenGrant;
}): Promise<TokenOutcome> => {
  const { address, credentials, shop } = options;
  let response: Response;
  let text: string;
  try {
    response = await fetch(address.url(shop, '/admin/oauth/access_token'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...address.headers(shop) },
      body: JSON.stringify({
        client_id: credentials.apiKey,
        client_secret: credentials.apiSecret,
        ...grantBody(options.grant),
      }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await response.text();
  } catch (cause) {
    return unanswered(
      new AppError('SHOPIFY_UNREACHABLE', 'Shopify could not be reached to get an access token.', {
        hint: 'Check the internet connection, then try again.',
        cause,
      }),
      null,
    );
  }
  const { status } = response;
  if (status === 429 || status === 408 || status >= 500) {
    const seconds = Number.parseFloat(response.headers.get('retry-after') ?? '');
    const wait = Number.isFinite(seconds) ? Math.min(MAX_RETRY_AFTER_MS, Math.max(0, seconds * 1000)) : 0;
    return unanswered(
      new AppError(
        status === 429 ? 'SHOPIFY_THROTTLED' : 'SHOPIFY_UNREACHABLE',
        `Shopify could not issue an access token for the moment (HTTP ${status}).`,
        { hint: 'Try again in a minute.' },
      ),
      status,
      wait,
    );
  }
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    // An error page of a proxy, or half an answer: what it means is told by the status alone.
  }
  if (!response.ok) return refused(status, body);
  const token = TokenResponse.safeParse(body);
  if (token.success) return { ok: true, token: token.data };
  return unanswered(
    new AppError('SHOPIFY_ERROR', 'Shopify’s answer holds no access token.', { hint: 'Connect the store again.' }),
    status,
  );
};
