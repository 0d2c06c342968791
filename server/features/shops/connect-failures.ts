import { HttpResponseError } from '@shopify/shopify-api';
import { AppError } from '../../../shared/errors.ts';
import { toFailure } from '../../shopify/errors.ts';
import type { TokenOutcome } from '../../shopify/token-endpoint.ts';
import type { ShopRecord } from './entities.ts';

/** Which of the three ways a store is connected by. */
export type ConnectWay = ShopRecord['grantType'];

export const noSuchStore = (shop: string, cause?: unknown): AppError =>
  new AppError('INVALID_SHOP', `There is no store at ${shop}.`, {
    hint: 'Compare it with the address of the store’s admin: admin.shopify.com/store/NAME is NAME.myshopify.com. A store’s own domain does not work here.',
    ...(cause === undefined ? {} : { cause }),
  });

const WRONG_SECRET_HINT =
  'Copy the client secret again from the app’s settings in the Dev Dashboard and save it in Settings, then try again.';

/** Why Shopify gave no token, in words that say what to correct. */
export const explainTokenRefusal = (
  outcome: Extract<TokenOutcome, { ok: false }>,
  context: { shop: string; way: ConnectWay },
): AppError => {
  const { error: cause, shopifyError, status } = outcome;
  const { shop, way } = context;
  if (status === 404) return noSuchStore(shop, cause);
  if (shopifyError === 'app_not_installed') {
    return new AppError('SHOPIFY_ERROR', `The app is not installed on ${shop}.`, {
      hint: 'Open the app in the Dev Dashboard, choose “Install app” and pick this store, then try again.',
      cause,
    });
  }
  if (shopifyError === 'shop_not_permitted') {
    return new AppError('SHOPIFY_ERROR', `The app and ${shop} do not belong to the same organisation.`, {
      hint: 'Connect this store by approval in the browser, or use an app that was made in the store’s own organisation.',
      cause,
    });
  }
  if (outcome.reason === 'credentials') {
    const isId = shopifyError === 'application_cannot_be_found';
    return new AppError(
      'NOT_CONFIGURED',
      isId ? 'Shopify knows no app with this client ID.' : 'Shopify does not accept the app’s client secret.',
      {
        hint: isId
          ? 'Copy the client ID again from the app’s settings in the Dev Dashboard and save it in Settings, then try again.'
          : WRONG_SECRET_HINT,
        cause,
      },
    );
  }
  if (outcome.reason === 'dead' && way === 'authorization_code') {
    return new AppError('SHOPIFY_ERROR', 'The approval is over: it was used before, or is older than a minute.', {
      hint: 'Start again with “Connect a store” in Backroom.',
      cause,
    });
  }
  return cause;
};

const REFUSED_TOKEN: Record<ConnectWay, { message: (shop: string) => string; hint: string }> = {
  admin_token: {
    message: (shop) => `${shop} does not accept this token.`,
    hint: 'Check that it is the Admin API access token of this very store, copied whole. Uninstalling the app, or revealing a new token, ends the old one.',
  },
  client_credentials: {
    message: (shop) => `${shop} does not accept the token that Shopify has just issued.`,
    hint: 'The app may have been uninstalled from this store. Install it there from the Dev Dashboard, then try again.',
  },
  authorization_code: {
    message: (shop) => `${shop} does not accept the token that Shopify has just issued.`,
    hint: 'The app may have been uninstalled meanwhile, or another copy of Backroom connected it. Start again.',
  },
};

/** Why the first call with a new token failed. */
export const explainFirstCall = (thrown: unknown, context: { shop: string; way: ConnectWay }): AppError => {
  const { error } = toFailure(thrown);
  if (error.cause instanceof HttpResponseError && error.cause.response.code === 404)
    return noSuchStore(context.shop, error);
  if (error.code === 'SHOPIFY_UNAUTHORIZED') {
    const { message, hint } = REFUSED_TOKEN[context.way];
    return new AppError('SHOPIFY_UNAUTHORIZED', message(context.shop), { hint, cause: error });
  }
  return error;
};

const TOKEN_KINDS: readonly [RegExp, string][] = [
  [/^shpss_/, 'This is the app’s client secret, not an access token.'],
  [/^shprt_/, 'This is a refresh token, not an access token.'],
  [/^shpua_|^shppa_/, 'This is a token of another kind, not an Admin API access token.'],
  [/^[0-9a-f]{32}$/i, 'This looks like the API key or secret key, not the access token.'],
];

/** What is wrong with a pasted token by its looks alone; null when it may be one. */
export const explainTokenShape = (token: string): AppError | null => {
  const known = TOKEN_KINDS.find(([pattern]) => pattern.test(token))?.[1];
  if (known === undefined && /^shp(at|ca)_\w{16,}$/.test(token)) return null;
  return new AppError('BAD_REQUEST', known ?? 'This is not an Admin API access token.', {
    hint: 'It begins with shpat_ and is shown once, under “API credentials” of the custom app in the store’s admin.',
  });
};

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Why Shopify could not send a browser back to this address; null when it could. */
export const explainPublicAddress = (
  url: string,
  problem: { message: string; hint: string } | null,
): AppError | null => {
  const other = 'Or connect by client credentials or a pasted token, which need no public address.';
  if (problem) {
    return new AppError('CONFLICT', `The public address does not work at the moment: ${problem.message}`, {
      hint: `${problem.hint} ${other}`,
    });
  }
  if (url !== '' && !LOOPBACK.test(new URL(url).hostname)) return null;
  return new AppError('CONFLICT', 'There is no public address yet, so Shopify could not send the browser back here.', {
    hint: `Set up the tunnel or a public URL in Settings. ${other}`,
  });
};
