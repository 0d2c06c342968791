import { type Clock, toIso } from '../../platform/clock.ts';
import type { Redactor } from '../../platform/log/redact.ts';
import type { Vault } from '../../platform/vault/vault.ts';
import type { TokenResponse } from '../../shopify/token-endpoint.ts';
import type { ShopRecord } from './entities.ts';

/** What Shopify's documentation gives expiring tokens; assumed where an answer names no end, since such a token would never be renewed. */
const ASSUMED_LIFETIME_S = 3600;

export type TokenColumns = Pick<
  ShopRecord,
  'accessToken' | 'refreshToken' | 'tokenIssuedAt' | 'tokenExpiresAt' | 'refreshTokenExpiresAt'
>;

/** What a dead token leaves behind. */
export const NO_TOKEN: TokenColumns = {
  accessToken: null,
  refreshToken: null,
  tokenIssuedAt: null,
  tokenExpiresAt: null,
  refreshTokenExpiresAt: null,
};

/**
 * A token as it is stored: sealed with the shop as associated data, so that a row's token opens for no other shop. Pasted tokens do
 * not end; the others do, even when the answer does not say when.
 */
export const sealToken = (
  token: TokenResponse,
  options: { shop: string; grantType: ShopRecord['grantType']; vault: Vault; clock: Clock; redactor: Redactor },
): TokenColumns => {
  const { shop, vault } = options;
  for (const secret of [token.access_token, token.refresh_token]) {
    if (secret !== undefined) options.redactor.add(secret);
  }
  const after = (seconds: number | undefined): string | null =>
    seconds === undefined ? null : toIso(options.clock.now() + seconds * 1000);
  const isRenewable = token.refresh_token !== undefined || options.grantType === 'client_credentials';
  return {
    accessToken: vault.seal(token.access_token, shop),
    refreshToken: token.refresh_token === undefined ? null : vault.seal(token.refresh_token, shop),
    tokenIssuedAt: after(0),
    tokenExpiresAt: after(token.expires_in ?? (isRenewable ? ASSUMED_LIFETIME_S : undefined)),
    refreshTokenExpiresAt: after(token.refresh_token_expires_in),
  };
};
