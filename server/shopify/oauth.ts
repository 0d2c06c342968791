import { InvalidHmacError, type Shopify } from '@shopify/shopify-api';
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

const TIMEOUT_MS = 15_000;

/** Where the person approves the install. In stand-in mode the shop is a query parameter too: its one origin serves several shops. */
export const authorizeUrl = (options: {
  address: ShopifyAddress;
  credentials: AppCredentials;
  shop: string;
  redirectUri: string;
  state: string;
}): string => {
  const query = new URLSearchParams({
    client_id: options.credentials.apiKey,
    scope: options.credentials.scopes.join(','),
    redirect_uri: options.redirectUri,
    state: options.state,
    'grant_options[]': '',
    ...(options.address.standIn ? { shop: options.shop } : {}),
  });
  return `${options.address.url(options.shop, '/admin/oauth/authorize')}?${query.toString().replaceAll('+', '%20')}`;
};

/**
 * Whether Shopify signed this callback, not longer than 90 s ago by this computer's clock.
 * @throws AppError `INVALID_HMAC`
 */
export const verifyCallbackSignature = async (api: Shopify, query: Record<string, string>): Promise<void> => {
  try {
    if (await api.utils.validateHmac(query)) return;
  } catch (error) {
    if (!(error instanceof InvalidHmacError)) throw error;
    if (/timestamp/i.test(error.message)) {
      throw new AppError('INVALID_HMAC', 'The answer from Shopify is too old, or this computer’s clock is wrong.', {
        hint: 'Set the clock to automatic time, then connect the store again. The difference may be 90 seconds at most.',
        cause: error,
      });
    }
  }
  throw new AppError('INVALID_HMAC', 'The answer did not come from Shopify, or the client secret is wrong.', {
    hint: 'Compare the client secret in Settings with the one in the app’s settings at Shopify, then connect the store again.',
  });
};

/** @throws AppError saying what to correct. */
export const exchangeCode = async (options: {
  address: ShopifyAddress;
  credentials: AppCredentials;
  shop: string;
  code: string;
}): Promise<TokenResponse> => {
  const { address, credentials, shop } = options;
  let response: Response;
  try {
    response = await fetch(address.url(shop, '/admin/oauth/access_token'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...address.headers(shop) },
      body: JSON.stringify({
        client_id: credentials.apiKey,
        client_secret: credentials.apiSecret,
        code: options.code,
        expiring: '1',
      }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new AppError('SHOPIFY_UNREACHABLE', 'Shopify could not be reached to finish the connection.', {
      hint: 'Check the internet connection, then connect the store again.',
      cause,
    });
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const reason = z.object({ error_description: z.string() }).safeParse(body);
    throw new AppError('SHOPIFY_ERROR', `Shopify refused the connection (HTTP ${response.status}).`, {
      hint: reason.success
        ? `Shopify says: ${reason.data.error_description}`
        : 'Check the client ID and the client secret in Settings.',
    });
  }
  const token = TokenResponse.safeParse(body);
  if (!token.success) {
    throw new AppError('SHOPIFY_ERROR', 'Shopify’s answer holds no access token.', {
      hint: 'Connect the store again.',
    });
  }
  return token.data;
};
