import { z } from 'zod';
import { ShopDomain } from '../shop-domain.ts';
import { IsoTime, Problem } from './common.ts';

export const StoreState = z.enum(['connected', 'reconnect', 'uninstalled']);

export const StoreSync = z.object({
  phase: z.enum(['never', 'running', 'done', 'failed']),
  /** Rows written so far, and the total Shopify says it has (null while unknown). */
  rows: z.number().int(),
  total: z.number().int().nullable(),
  startedAt: IsoTime.nullable(),
  finishedAt: IsoTime.nullable(),
  problem: Problem.nullable(),
});

export const Store = z.object({
  shop: ShopDomain,
  name: z.string(),
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
  tokenExpiresAt: IsoTime.nullable(),
  pixelKey: z.string(),
  pixelActive: z.boolean(),
  /** Topics subscribed at Shopify, e.g. `products/update`. */
  webhookTopics: z.array(z.string()),
  problem: Problem.nullable(),
  productSync: StoreSync,
});
export type Store = z.infer<typeof Store>;

export const BeginConnectInput = z.object({ shop: z.string().min(1).max(255) });
/** `url` is to be opened in the system browser; it works once, for ten minutes. */
export const BeginConnectOutput = z.object({ shop: ShopDomain, url: z.string(), expiresAt: IsoTime });
