import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AppCredentials, ShopifyAddress } from '../../shopify/platform.ts';
import { requestToken, type TokenResponse } from '../../shopify/token-endpoint.ts';
import { readShopDomain } from './connect.ts';
import { type ConnectWay, explainTokenRefusal, explainTokenShape } from './connect-failures.ts';

/** The two ways without a browser. */
export interface DirectConnect {
  withToken(input: z.output<typeof api.ConnectWithTokenInput>): Promise<api.Store>;
  withCredentials(input: z.output<typeof api.ConnectWithCredentialsInput>): Promise<api.Store>;
}

/** An answer that was lost can be asked for again: the grant is not used up. */
const MAX_ATTEMPTS = 3;

export const createDirectConnect = (options: {
  address: ShopifyAddress;
  credentials: () => AppCredentials | null;
  connect: (shop: string, token: TokenResponse, way: ConnectWay) => Promise<api.Store>;
}): DirectConnect => ({
  withToken: async ({ shop: input, token }) => {
    const shop = readShopDomain(input);
    const problem = explainTokenShape(token);
    if (problem) throw problem;
    return options.connect(shop, { access_token: token, scope: '' }, 'admin_token');
  },
  withCredentials: async ({ shop: input }) => {
    const shop = readShopDomain(input);
    const credentials = options.credentials();
    if (!credentials) {
      throw new AppError('NOT_CONFIGURED', 'The app’s client ID and secret are not set.', {
        hint: 'Enter them in Settings, or import the app’s .env file there.',
      });
    }
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await requestToken({
        address: options.address,
        credentials,
        shop,
        grant: { kind: 'client-credentials' },
      });
      if (outcome.ok) return options.connect(shop, outcome.token, 'client_credentials');
      const isLost = outcome.reason === 'unanswered' && outcome.status !== 404;
      if (!isLost || attempt >= MAX_ATTEMPTS) throw explainTokenRefusal(outcome, { shop, way: 'client_credentials' });
    }
  },
});
