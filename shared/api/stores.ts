import { z } from 'zod';
import { ShopDomain } from '../shop-domain.ts';
import { IsoTime, Problem } from './common.ts';

export const StoreState = z.enum(['connected', 'reconnect', 'uninstalled', 'disconnected']);

export const StoreSync = z.object({
  phase: z.enum(['never', 'running', 'done', 'failed']),
  /** Rows written so far, and the total Shopify says it has (null while unknown). */
  rows: z.number().int(),
  total: z.number().int().nullable(),
  startedAt: IsoTime.nullable(),
  finishedAt: IsoTime.nullable(),
  problem: Problem.nullable(),
});

/** The store's API budget in points, as the last answers of Shopify told; null until it was called. */
export const StoreBudget = z.object({
  available: z.number(),
  maximum: z.number(),
  /** Points a second. */
  restoreRate: z.number(),
  waiting: z.number().int(),
});

export const Store = z.object({
  shop: ShopDomain,
  /** What the operator calls it, or else its name at Shopify. */
  name: z.string(),
  nameAtShopify: z.string(),
  label: z.string().nullable(),
  plan: z.string().nullable(),
  email: z.string().nullable(),
  currency: z.string().nullable(),
  timezone: z.string().nullable(),
  primaryUrl: z.string().nullable(),
  state: StoreState,
  demo: z.boolean(),
  grant: z.enum(['authorization_code', 'client_credentials', 'admin_token']),
  scopes: z.array(z.string()),
  missingScopes: z.array(z.string()),
  connectedAt: IsoTime,
  lastCallAt: IsoTime.nullable(),
  /** When the access token was issued or last renewed; null when there is none. */
  tokenIssuedAt: IsoTime.nullable(),
  tokenExpiresAt: IsoTime.nullable(),
  /** When the connection ends unless it is used before; only tokens that are renewed by a refresh token have one. */
  refreshTokenExpiresAt: IsoTime.nullable(),
  budget: StoreBudget.nullable(),
  pixelKey: z.string(),
  pixelActive: z.boolean(),
  /** Topics subscribed at Shopify, e.g. `products/update`. */
  webhookTopics: z.array(z.string()),
  problem: Problem.nullable(),
  productSync: StoreSync,
});
export type Store = z.infer<typeof Store>;

export const BeginConnectInput = z.object({ shop: z.string().min(1).max(255) });
/** `url` is to be opened in the system browser; it works once, for ten minutes. `attempt` tells how far it has come. */
export const BeginConnectOutput = z.object({
  attempt: z.string(),
  shop: ShopDomain,
  url: z.string(),
  expiresAt: IsoTime,
});
/** `waiting` for the browser, then Shopify's pages are open in the `browser`, then it is over. */
export const ConnectAttempt = z.object({
  id: z.string(),
  shop: ShopDomain,
  phase: z.enum(['waiting', 'browser', 'connected', 'failed', 'expired']),
  problem: Problem.nullable(),
});
export type ConnectAttempt = z.infer<typeof ConnectAttempt>;

/** The Admin API access token of a custom app of this store. It is verified by a call and then never shown again. */
export const ConnectWithTokenInput = z.object({
  shop: z.string().min(1).max(255),
  token: z.string().trim().min(1, 'is missing').max(200),
});
/** By the client-credentials grant: the saved app and the store belong to the same organisation. */
export const ConnectWithCredentialsInput = z.object({ shop: z.string().min(1).max(255) });

/** Null or empty: the name at Shopify. */
export const RenameStoreInput = z.object({ shop: ShopDomain, label: z.string().trim().max(80).nullable() });

export const DisconnectInput = z.object({
  shop: ShopDomain,
  /** The shop domain, typed by the person. */
  confirm: z.string().max(255),
  /** Also uninstall the app from the store, which ends its tokens, webhooks and pixel there. */
  uninstall: z.boolean(),
});
/** `note` says what is left to be done by the person. */
export const DisconnectOutput = z.object({ uninstalled: z.boolean(), note: z.string().nullable() });
