import { z } from 'zod';
import { ShopDomain } from '../shop-domain.ts';
import { IsoTime, Problem } from './common.ts';

export const StoreState = z.enum(['connected', 'reconnect', 'uninstalled', 'disconnected']);

export const SyncResource = z.enum(['products', 'orders', 'transactions', 'customers']);
export const SyncPhase = z.enum([
  'never',
  'waiting',
  'preparing',
  'downloading',
  'indexing',
  'catching-up',
  'checking',
  'done',
  'paused',
  'failed',
]);
/** Something that Shopify does not give this app, in words for the place where it is missing. */
export const SyncGap = z.object({
  kind: z.enum(['scope', 'field', 'window']),
  subject: z.string(),
  message: z.string(),
  hint: z.string(),
});

/** How far one resource of a store is fetched. Transactions come with their orders and share their state. */
export const StoreSync = z.object({
  resource: SyncResource,
  phase: SyncPhase,
  /** Rows of the present run so far, and how many Shopify says there are (null while unknown); between runs the rows that are here. */
  rows: z.number().int(),
  total: z.number().int().nullable(),
  /** Rows a second, and seconds left; null while they can't be told. */
  rate: z.number().nullable(),
  secondsLeft: z.number().int().nullable(),
  startedAt: IsoTime.nullable(),
  finishedAt: IsoTime.nullable(),
  /** When the first import was complete. */
  importedAt: IsoTime.nullable(),
  /** What changed at Shopify before this is here. */
  freshAt: IsoTime.nullable(),
  /** Counted at the last check; what is here and what is withheld is what Shopify has when nothing is missing. */
  remoteCount: z.number().int().nullable(),
  localCount: z.number().int().nullable(),
  /** Rows that Shopify has and that stay away from here, since their people were erased. */
  withheldCount: z.number().int(),
  gaps: z.array(SyncGap),
  problem: Problem.nullable(),
});
export type StoreSync = z.infer<typeof StoreSync>;

/** All resources when none is named. */
export const SyncInput = z.object({ shop: ShopDomain, resource: SyncResource.optional() });

/** `confirm`: the shop domain, as the person typed or chose it. */
export const ReimportInput = SyncInput.extend({ confirm: z.string().max(255) });

/** One reconcile: the period that it filled in, and what it found. */
export const SyncRunRow = z.object({
  seq: z.number().int(),
  shop: ShopDomain,
  resource: SyncResource,
  trigger: z.string(),
  fromAt: IsoTime.nullable(),
  toAt: IsoTime,
  startedAt: IsoTime,
  finishedAt: IsoTime.nullable(),
  created: z.number().int(),
  updated: z.number().int(),
  deleted: z.number().int(),
});

/** The store's API budget in points, as the last answers of Shopify told; null until it was called. */
export const StoreBudget = z.object({
  available: z.number(),
  maximum: z.number(),
  /** Points a second. */
  restoreRate: z.number(),
  waiting: z.number().int(),
});
export type StoreBudget = z.infer<typeof StoreBudget>;

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
  syncs: z.array(StoreSync),
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
