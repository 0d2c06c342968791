import { z } from 'zod';
import { MasterKeySource } from './process-messages.ts';
import { ShopDomain } from './shop-domain.ts';

/** Times are UTC ISO strings; money is integer minor units beside its ISO 4217 currency; ids are Shopify gids or UUIDv7. */
const IsoTime = z.string();

// ---- system -------------------------------------------------------------------------------------------------------
export const SystemStatus = z.object({
  version: z.string(),
  mode: z.enum(['desktop', 'headless']),
  /** True while the console shows the built-in stand-in store, with invented data. */
  demo: z.boolean(),
  /** Where Shopify and browsers reach the public door, e.g. http://127.0.0.1:7701. */
  publicUrl: z.string(),
  /** True when `publicUrl` is loopback, so real Shopify can't reach it. */
  publicUrlIsLocal: z.boolean(),
  masterKeySource: MasterKeySource,
  apiVersion: z.string(),
  startedAt: IsoTime,
  database: z.object({ kind: z.enum(['sqlite']), bytes: z.number().int() }),
});
export type SystemStatus = z.infer<typeof SystemStatus>;

// ---- stores -------------------------------------------------------------------------------------------------------
export const StoreState = z.enum(['connected', 'reconnect', 'uninstalled']);
export const Problem = z.object({ code: z.string(), message: z.string(), hint: z.string().optional(), at: IsoTime });
export type Problem = z.infer<typeof Problem>;

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

// ---- products -----------------------------------------------------------------------------------------------------
export const ProductStatus = z.enum(['ACTIVE', 'ARCHIVED', 'DRAFT', 'UNLISTED']);
export const ProductSort = z.enum(['title', 'vendor', 'updatedAt', 'totalInventory', 'priceMin']);
export const ProductListInput = z.object({
  shop: ShopDomain.optional(),
  search: z.string().max(200).optional(),
  sort: ProductSort.default('updatedAt'),
  direction: z.enum(['asc', 'desc']).default('desc'),
  cursor: z.string().max(2000).nullish(),
  limit: z.number().int().min(1).max(250).default(100),
});
export const ProductRow = z.object({
  id: z.string(),
  shop: ShopDomain,
  title: z.string(),
  handle: z.string(),
  status: ProductStatus,
  vendor: z.string(),
  productType: z.string(),
  tags: z.array(z.string()),
  totalInventory: z.number().int(),
  variantsCount: z.number().int(),
  priceMin: z.number().int().nullable(),
  priceMax: z.number().int().nullable(),
  currency: z.string().nullable(),
  imageUrl: z.string().nullable(),
  updatedAt: IsoTime,
});
export type ProductRow = z.infer<typeof ProductRow>;
/** `total` counts every row that fits shop and search. */
export const ProductPage = z.object({
  items: z.array(ProductRow),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
});
export const ProductVariant = z.object({
  id: z.string(),
  title: z.string(),
  sku: z.string().nullable(),
  barcode: z.string().nullable(),
  price: z.number().int().nullable(),
  inventoryQuantity: z.number().int().nullable(),
  position: z.number().int(),
});
export const ProductDetail = ProductRow.extend({
  description: z.string(),
  createdAt: IsoTime,
  /** When this computer last wrote the row, and what brought it. */
  syncedAt: IsoTime,
  syncedBy: z.enum(['import', 'webhook']),
  variants: z.array(ProductVariant),
  raw: z.unknown(),
});
export type ProductDetail = z.infer<typeof ProductDetail>;

// ---- webhooks -----------------------------------------------------------------------------------------------------
/** `received` waits for the processor; `refused` never passed the signature check and keeps no body. */
export const WebhookState = z.enum(['received', 'processed', 'ignored', 'failed', 'refused']);
export const WebhookListInput = z.object({
  shop: ShopDomain.optional(),
  state: WebhookState.optional(),
  topic: z.string().max(100).optional(),
  cursor: z.string().nullish(),
  limit: z.number().int().min(1).max(250).default(100),
});
export const WebhookRow = z.object({
  id: z.string(),
  shop: z.string().nullable(),
  topic: z.string(),
  state: WebhookState,
  webhookId: z.string().nullable(),
  eventId: z.string().nullable(),
  apiVersion: z.string().nullable(),
  triggeredAt: IsoTime.nullable(),
  receivedAt: IsoTime,
  processedAt: IsoTime.nullable(),
  /** How often the same webhook id came again after the first. */
  duplicates: z.number().int(),
  attempts: z.number().int(),
  bytes: z.number().int(),
  problem: Problem.nullable(),
});
export type WebhookRow = z.infer<typeof WebhookRow>;
export const WebhookPage = z.object({ items: z.array(WebhookRow), nextCursor: z.string().nullable() });
export const WebhookDetail = WebhookRow.extend({
  headers: z.record(z.string(), z.string()),
  payload: z.string().nullable(),
});
export const WebhookSummary = z.object({
  received: z.number().int(),
  processed: z.number().int(),
  failed: z.number().int(),
  dead: z.number().int(),
  duplicates: z.number().int(),
  refused: z.number().int(),
});

// ---- pixel --------------------------------------------------------------------------------------------------------
export const PixelOutcome = z.enum(['accepted', 'quarantined']);
export const PixelListInput = z.object({
  shop: ShopDomain.optional(),
  outcome: PixelOutcome.default('accepted'),
  cursor: z.string().nullish(),
  limit: z.number().int().min(1).max(250).default(100),
});
export const PixelRow = z.object({
  id: z.string(),
  shop: ShopDomain,
  outcome: PixelOutcome,
  name: z.string(),
  eventId: z.string().nullable(),
  clientId: z.string().nullable(),
  url: z.string().nullable(),
  occurredAt: IsoTime.nullable(),
  receivedAt: IsoTime,
  /** Quarantined only: path and reason, e.g. `data.productVariant.price.amount: expected number`. */
  reason: z.string().nullable(),
});
export type PixelRow = z.infer<typeof PixelRow>;
export const PixelPage = z.object({ items: z.array(PixelRow), nextCursor: z.string().nullable() });
export const PixelDetail = PixelRow.extend({ raw: z.unknown() });
export const PixelSummary = z.object({
  accepted: z.number().int(),
  quarantined: z.number().int(),
  limited: z.number().int(),
  duplicates: z.number().int(),
});

// ---- settings -----------------------------------------------------------------------------------------------------
export const CredentialSource = z.enum(['none', 'environment', 'saved', 'demo']);
export const Credentials = z.object({
  source: CredentialSource,
  apiKey: z.string().nullable(),
  /** Secrets are write-only: the console learns that there is one, and its last four characters. */
  apiSecretHint: z.string().nullable(),
  scopes: z.array(z.string()),
  /** To be entered in the app's configuration at Shopify. */
  appUrl: z.string(),
  redirectUrl: z.string(),
});
export type Credentials = z.infer<typeof Credentials>;
export const SaveCredentialsInput = z.object({
  apiKey: z.string().trim().min(8, 'the client ID has at least 8 characters').max(100),
  /** Absent: keep the secret that is already saved for the same client ID. */
  apiSecret: z.string().trim().min(8, 'the client secret has at least 8 characters').max(200).optional(),
  scopes: z
    .array(
      z
        .string()
        .trim()
        .regex(/^(unauthenticated_)?(read|write)_[a-z_]+$/, 'must look like read_products'),
    )
    .max(100),
});
/** The text of a `shopify.app.toml` or `.env` file. What is found is saved at once, so that a secret in it never comes back to the console. */
export const ImportCredentialsInput = z.object({ fileName: z.string().max(255), text: z.string().max(100_000) });
/** `notes` says, for a person, what was found, what was not, and what is still to be entered. */
export const ImportCredentialsOutput = z.object({ credentials: Credentials, notes: z.array(z.string()) });

// ---- stats (contract of GET /api/v1/stats) --------------------------------------------------------------------------
const Counts = z.object({
  products: z.number().int(),
  orders: z.number().int(),
  transactions: z.number().int(),
  customers: z.number().int(),
  webhooks: WebhookSummary,
  pixel: PixelSummary,
  tasks: z.object({ waiting: z.number().int(), active: z.number().int(), failed: z.number().int() }),
});
export const Stats = z.object({ total: Counts, stores: z.array(Counts.extend({ shop: z.string() })) });
export type Stats = z.infer<typeof Stats>;
