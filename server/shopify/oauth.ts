import { InvalidHmacError, type Shopify } from '@shopify/shopify-api';
import { AppError } from '../../shared/errors.ts';
import type { AppCredentials, ShopifyAddress } from './platform.ts';

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
