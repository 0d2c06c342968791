import { createHash, timingSafeEqual } from 'node:crypto';
import type { Shopify } from '@shopify/shopify-api';
import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import { isShopDomain, normalizeShopDomain } from '../../../shared/shop-domain.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Ids } from '../../platform/ids.ts';
import { authorizeUrl, exchangeCode, type TokenResponse, verifyCallbackSignature } from '../../shopify/oauth.ts';
import type { AppCredentials, ShopifyAddress } from '../../shopify/platform.ts';
import { OAuthStateEntity, type OAuthStateRecord } from './entities.ts';

/** Long enough to log in, pass a second factor and read the scopes; the library's own cookie gives 60 s. */
const STATE_TTL_MS = 10 * 60_000;
export const STATE_COOKIE = 'backroom_oauth';

const hash = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
const sameHash = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));

export interface ConnectFlow {
  begin(input: z.output<typeof api.BeginConnectInput>): Promise<z.output<typeof api.BeginConnectOutput>>;
  /** The browser came with a ticket: where to send it, and the cookie that binds the state to it. */
  start(ticket: string): Promise<{ redirect: string; cookie: string; maxAgeSeconds: number }>;
  /** Shopify sent the browser back. Resolves with the new token. @throws AppError */
  finish(query: Record<string, string>, cookie: string | undefined): Promise<{ shop: string; token: TokenResponse }>;
}

export const createConnectFlow = (options: {
  db: Database;
  clock: Clock;
  ids: Ids;
  address: ShopifyAddress;
  publicUrl: () => string;
  app: () => { credentials: AppCredentials; api: Shopify } | null;
}): ConnectFlow => {
  const { db, clock, ids, address } = options;

  const app = () => {
    const current = options.app();
    if (current) return current;
    throw new AppError('NOT_CONFIGURED', 'The app’s client ID and secret are not set.', {
      hint: 'Enter them in Settings, or import the app’s .env file there.',
    });
  };
  const expired = (record: OAuthStateRecord): boolean => Date.parse(record.expiresAt) <= clock.now();
  const again = 'Start again with “Connect a store” in Backroom. The link works once, for ten minutes.';

  return {
    begin: async ({ shop: input }) => {
      app();
      const shop = normalizeShopDomain(input);
      if (shop === null) {
        throw new AppError('INVALID_SHOP', `“${input.slice(0, 60)}” is not a shop domain.`, {
          hint: 'It looks like my-store.myshopify.com, and is shown in the Shopify admin’s address.',
        });
      }
      const ticket = ids.secret(32);
      const now = clock.now();
      const record: OAuthStateRecord = {
        id: ids.uuid(),
        shop,
        ticketHash: hash(ticket),
        stateHash: null,
        cookieHash: null,
        createdAt: toIso(now),
        expiresAt: toIso(now + STATE_TTL_MS),
        startedAt: null,
        usedAt: null,
      };
      await db.write(async (tx) => {
        await tx.query('DELETE FROM oauth_states WHERE expires_at < ?', [toIso(now - STATE_TTL_MS)]);
        await tx.getRepository(OAuthStateEntity).insert(record);
      });
      return { shop, url: `${options.publicUrl()}/auth/start?ticket=${ticket}`, expiresAt: record.expiresAt };
    },

    start: async (ticket) => {
      const { credentials } = app();
      const state = ids.secret(32);
      const cookie = ids.secret(32);
      const record = await db.write(async (tx) => {
        const states = tx.getRepository(OAuthStateEntity);
        const found = await states.findOneBy({ ticketHash: hash(ticket) });
        if (!found || found.startedAt !== null || expired(found)) return null;
        await states.update(
          { id: found.id },
          { stateHash: hash(state), cookieHash: hash(cookie), startedAt: toIso(clock.now()) },
        );
        return found;
      });
      if (!record) throw new AppError('INVALID_STATE', 'This link was used before or is too old.', { hint: again });
      const redirect = authorizeUrl({
        address,
        credentials,
        shop: record.shop,
        redirectUri: `${options.publicUrl()}/auth/callback`,
        state,
      });
      return { redirect, cookie, maxAgeSeconds: STATE_TTL_MS / 1000 };
    },

    finish: async (query, cookie) => {
      const current = app();
      await verifyCallbackSignature(current.api, query);
      const { shop = '', state = '', code = '' } = query;
      if (!isShopDomain(shop)) throw new AppError('INVALID_SHOP', 'The answer names no valid shop.', { hint: again });
      const record = await db.write(async (tx) => {
        const states = tx.getRepository(OAuthStateEntity);
        const found = await states.findOneBy({ stateHash: hash(state) });
        if (!found || found.usedAt !== null || expired(found)) return null;
        // Used up whatever comes next, so that it can't be tried twice.
        await states.update({ id: found.id }, { usedAt: toIso(clock.now()) });
        return found;
      });
      if (!record)
        throw new AppError(
          'INVALID_STATE',
          'This answer was used before, or belongs to no connection that was started here.',
          { hint: again },
        );
      if (cookie === undefined || record.cookieHash === null || !sameHash(hash(cookie), record.cookieHash)) {
        throw new AppError('INVALID_STATE', 'The connection was started in another browser.', {
          hint: `${again} Finish in the browser window that opens.`,
        });
      }
      if (record.shop !== shop) {
        throw new AppError('INVALID_SHOP', `The answer is for ${shop}, but ${record.shop} was to be connected.`, {
          hint: `${again} Check which store the browser is logged in to.`,
        });
      }
      if (code === '')
        throw new AppError('BAD_REQUEST', 'The answer holds no code: the install was not approved.', { hint: again });
      return { shop, token: await exchangeCode({ address, credentials: current.credentials, shop, code }) };
    },
  };
};
