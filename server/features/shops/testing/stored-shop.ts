import type { Clock } from '../../../platform/clock.ts';
import { createRedactor } from '../../../platform/log/redact.ts';
import type { Vault } from '../../../platform/vault/vault.ts';
import type { ShopRecord } from '../entities.ts';
import { sealToken } from '../token-columns.ts';

interface Options {
  readonly shop: string;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly grantType?: ShopRecord['grantType'];
}

/** A connected store that has the pair which `startShopifyTokens` begins with. */
export const storedShop = ({ shop, vault, clock, grantType = 'authorization_code' }: Options): ShopRecord => {
  const token = {
    access_token: 'access-0',
    scope: '',
    expires_in: 3600,
    refresh_token: 'refresh-0',
    refresh_token_expires_in: 7_776_000,
  };
  return {
    shop,
    label: null,
    name: 'A',
    plan: null,
    email: null,
    currency: null,
    timezone: null,
    primaryUrl: null,
    state: 'connected',
    demo: true,
    grantType,
    scopes: [],
    ...sealToken(token, { shop, grantType, vault, clock, redactor: createRedactor() }),
    connectedAt: new Date(clock.now()).toISOString(),
    lastCallAt: null,
    webhookTopics: [],
    problem: null,
  };
};
