import { createHash, timingSafeEqual } from 'node:crypto';
import type { Shopify } from '@shopify/shopify-api';
import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import { isShopDomain, normalizeShopDomain } from '../../../shared/shop-domain.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Ids } from '../../platform/ids.ts';
import { authorizeUrl, verifyCallbackSignature } from '../../shopify/oauth.ts';
import type { AppCredentials, ShopifyAddress } from '../../shopify/platform.ts';
import { requestToken, type TokenResponse } from '../../shopify/token-endpoint.ts';
import { explainPublicAddress, explainTokenRefusal } from './connect-failures.ts';
import type { OAuthStateStore } from './oauth-states.ts';
import { problemOf } from './shop-store.ts';

/** Long enough to log in, pass a second factor and read the scopes; the library's own cookie gives 60 s. */
export const STATE_TTL_MS = 10 * 60_000;
export const STATE_COOKIE = 'backroom_oauth';

const hash = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
const sameHash = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));

/** Where to send the browser, and the cookie that binds the state to it. */
export interface BrowserStart {
  readonly redirect: string;
  readonly cookie: string;
  readonly maxAgeSeconds: number;
}

/** The authorization-code grant, from the ticket to the token. */
export interface ConnectFlow {
  begin(input: z.output<typeof api.BeginConnectInput>): Promise<z.output<typeof api.BeginConnectOutput>>;
  /** The browser came with a ticket. */
  start(ticket: string): Promise<BrowserStart>;
  /** Shopify sent the browser to the app's address: an install from its side. Null: the store is connected with all it needs. */
  startFromShopify(query: Record<string, string>): Promise<BrowserStart | { connected: string }>;
  /** Shopify sent the browser back: verifies the answer and connects the store. @throws AppError */
  finish(query: Record<string, string>, cookie: string | undefined): Promise<{ shop: string }>;
  attempt(id: string): Promise<z.output<typeof api.ConnectAttempt>>;
}

/** What a person typed as a shop domain. @throws AppError `INVALID_SHOP` */
export const readShopDomain = (input: string): string => {
  const shop = normalizeShopDomain(input);
  if (shop !== null) return shop;
  throw new AppError('INVALID_SHOP', `“${input.slice(0, 60)}” is not a shop domain.`, {
    hint: 'It looks like my-store.myshopify.com, and is shown in the Shopify admin’s address.',
  });
};

export const createConnectFlow = (options: {
  states: OAuthStateStore;
  clock: Clock;
  ids: Ids;
  address: ShopifyAddress;
  publicUrl: () => string;
  /** What keeps the public address from working, where that is known. */
  publicProblem: () => { message: string; hint: string } | null;
  app: () => { credentials: AppCredentials; api: Shopify } | null;
  /** Whether the store is connected and lacks no scope. */
  isSettled: (shop: string) => boolean;
  connect: (shop: string, token: TokenResponse) => Promise<void>;
  /** An attempt for this store changed. */
  onChange: (shop: string) => void;
}): ConnectFlow => {
  const { states, ids, address } = options;

  const app = () => {
    const current = options.app();
    if (current) return current;
    throw new AppError('NOT_CONFIGURED', 'The app’s client ID and secret are not set.', {
      hint: 'Enter them in Settings, or import the app’s .env file there.',
    });
  };
  const again = 'Start again with “Connect a store” in Backroom. The link works once, for ten minutes.';
  const newBinding = () => {
    const state = ids.secret(32);
    const cookie = ids.secret(32);
    return { state, cookie, hashes: { stateHash: hash(state), cookieHash: hash(cookie) } };
  };
  const sendTo = (shop: string, binding: { state: string; cookie: string }): BrowserStart => ({
    redirect: authorizeUrl({
      address,
      credentials: app().credentials,
      shop,
      redirectUri: `${options.publicUrl()}/auth/callback`,
      state: binding.state,
    }),
    cookie: binding.cookie,
    maxAgeSeconds: STATE_TTL_MS / 1000,
  });

  /** Everything that must hold before the code is exchanged. */
  const accept = async (query: Record<string, string>, cookie: string | undefined) => {
    const current = app();
    await verifyCallbackSignature(current.api, query);
    const { shop = '', state = '', code = '' } = query;
    if (!isShopDomain(shop)) throw new AppError('INVALID_SHOP', 'The answer names no valid shop.', { hint: again });
    const attempt = await states.take(hash(state));
    if (!attempt)
      throw new AppError(
        'INVALID_STATE',
        'This answer was used before, or belongs to no connection that was started here.',
        { hint: again },
      );
    if (cookie === undefined || !sameHash(hash(cookie), attempt.cookieHash)) {
      throw new AppError('INVALID_STATE', 'The connection was started in another browser.', {
        hint: `${again} Finish in the browser window that opens.`,
      });
    }
    if (attempt.shop !== shop) {
      throw new AppError('INVALID_SHOP', `The answer is for ${shop}, but ${attempt.shop} was to be connected.`, {
        hint: `${again} Check which store the browser is logged in to.`,
      });
    }
    if (code === '')
      throw new AppError('BAD_REQUEST', 'The answer holds no code: the install was not approved.', { hint: again });
    return { id: attempt.id, shop, code, credentials: current.credentials };
  };

  return {
    begin: async ({ shop: input }) => {
      app();
      const shop = readShopDomain(input);
      // A stand-in runs on this computer too, and its browser comes back without a public address.
      const problem =
        address.standIn === null ? explainPublicAddress(options.publicUrl(), options.publicProblem()) : null;
      if (problem) throw problem;
      const ticket = ids.secret(32);
      const { id, expiresAt } = await states.open({ shop, ticketHash: hash(ticket) });
      return { attempt: id, shop, url: `${options.publicUrl()}/auth/start?ticket=${ticket}`, expiresAt };
    },

    start: async (ticket) => {
      app();
      const binding = newBinding();
      const attempt = await states.start(hash(ticket), binding.hashes);
      if (!attempt) throw new AppError('INVALID_STATE', 'This link was used before or is too old.', { hint: again });
      options.onChange(attempt.shop);
      return sendTo(attempt.shop, binding);
    },

    startFromShopify: async (query) => {
      await verifyCallbackSignature(app().api, query);
      const { shop = '' } = query;
      if (!isShopDomain(shop)) throw new AppError('INVALID_SHOP', 'The address names no valid shop.', { hint: again });
      if (options.isSettled(shop)) return { connected: shop };
      const binding = newBinding();
      await states.open({ shop, ...binding.hashes });
      return sendTo(shop, binding);
    },

    finish: async (query, cookie) => {
      try {
        const { id, shop, code, credentials } = await accept(query, cookie);
        // Once only: a code is used up even when its answer was lost.
        const outcome = await requestToken({ address, credentials, shop, grant: { kind: 'authorization-code', code } });
        if (!outcome.ok) throw explainTokenRefusal(outcome, { shop, way: 'authorization_code' });
        await options.connect(shop, outcome.token);
        await states.succeed(id);
        options.onChange(shop);
        return { shop };
      } catch (thrown) {
        // The console waits for this attempt: it says there what the browser's page says.
        if (thrown instanceof AppError && query.state !== undefined) {
          const shop = await states.fail(hash(query.state), problemOf(thrown, options.clock));
          if (shop !== null) options.onChange(shop);
        }
        throw thrown;
      }
    },

    attempt: async (id) => {
      const progress = await states.progress(id);
      if (progress) return progress;
      throw new AppError('NOT_FOUND', 'This attempt to connect is not known any more.', { hint: again });
    },
  };
};
