import type { DemoProduct } from '../data/products.ts';
import { expandScopes } from '../shop/scopes.ts';
import type { DemoShop, WebhookSubscription } from '../shop/shop.ts';
import { topicOfEnum } from '../webhooks/topics.ts';
import { bulkMutations } from './bulk-views.ts';
import { gid, numberOf, type RequestContext, requireScope } from './context.ts';
import { productView } from './product-views.ts';
import { appView, queryRoot } from './root-queries.ts';
import { pixelView, subscriptionView } from './set-up-views.ts';

interface UserError {
  readonly field: readonly string[] | null;
  readonly message: string;
  readonly code?: string;
}
const userError = (field: readonly string[] | null, message: string, code?: string): UserError => ({
  field,
  message,
  ...(code ? { code } : {}),
});

interface SubscriptionInput {
  readonly uri?: string | null;
  /** What `uri` was called before; Shopify's own library still sends it. */
  readonly callbackUrl?: string | null;
  readonly format?: 'JSON' | 'XML' | null;
  readonly filter?: string | null;
  readonly includeFields?: readonly string[] | null;
  readonly metafieldNamespaces?: readonly string[] | null;
  readonly metafields?: readonly { readonly key: string; readonly namespace?: string | null }[] | null;
  readonly name?: string | null;
}

const URI_FIELD = ['webhookSubscription', 'callbackUrl'];
const TOPIC_SCOPES: readonly (readonly [RegExp, string])[] = [
  [/^(PRODUCTS|PRODUCT_|VARIANTS|COLLECTIONS|COLLECTION_)/, 'read_products'],
  [/^(ORDERS|ORDER_|REFUNDS|DRAFT_ORDERS|CHECKOUTS|CARTS)/, 'read_orders'],
  [/^(CUSTOMERS|CUSTOMER_)/, 'read_customers'],
  [/^INVENTORY_/, 'read_inventory'],
];

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** https, as at Shopify; plain http on this computer as well, since that is where the console of the demo listens. */
const uriProblem = (uri: string | null | undefined): string | null => {
  if (!uri) return "Address can't be blank";
  if (!URL.canParse(uri)) return 'Address is invalid';
  const url = new URL(uri);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname))) return null;
  return url.protocol === 'http:' ? 'Address protocol http:// is not supported' : 'Address is invalid';
};

const isTaken = (shop: DemoShop, topic: string, input: SubscriptionInput, except: number | null): boolean =>
  [...shop.subscriptions.values()].some(
    (other) =>
      other.id !== except &&
      other.topic === topic &&
      other.uri === input.uri &&
      (other.filter ?? '') === (input.filter ?? ''),
  );

const subscriptionProblem = (
  context: RequestContext,
  topic: string,
  input: SubscriptionInput,
  except: number | null,
): UserError | null => {
  const problem = uriProblem(input.uri);
  if (problem) return userError(URI_FIELD, problem);
  const scope = TOPIC_SCOPES.find(([pattern]) => pattern.test(topic))?.[1];
  if (scope && !expandScopes(context.scopes).includes(scope)) {
    return userError(
      ['topic'],
      `You do not have permission to create or update webhooks with ${topicOfEnum(topic)} topic. This topic contains protected data.`,
    );
  }
  if (isTaken(context.shop, topic, input, except))
    return userError(URI_FIELD, 'Address for this topic has already been taken');
  if (input.name != null && !/^[\w-]{1,50}$/.test(input.name))
    return userError(['webhookSubscription', 'name'], 'Name is invalid');
  return null;
};

/** Settings as the pixel extension declares them: texts, the account id among them. */
const readSettings = (settings: unknown): { settings: Record<string, string> } | { error: UserError } => {
  let value = settings;
  if (typeof value === 'string') {
    try {
      value = JSON.parse(value);
    } catch {
      return { error: userError(['settings'], 'Settings must be valid JSON', 'INVALID_CONFIGURATION_JSON') };
    }
  }
  const invalid = (message: string) => ({ error: userError(['settings'], message, 'INVALID_SETTINGS') });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return invalid('Settings must be an object');
  const entries = Object.entries(value);
  for (const [key, entry] of entries) {
    if (key !== 'accountID' && key !== 'endpoint') return invalid(`Settings contain the unexpected field ${key}`);
    if (typeof entry !== 'string') return invalid(`Settings field ${key} must be a string`);
  }
  const texts = Object.fromEntries(entries.map(([key, entry]) => [key, String(entry)]));
  return texts.accountID ? { settings: texts } : invalid("Settings field accountID can't be blank");
};

const requirePixelScopes = (context: RequestContext, field: string): void => {
  requireScope(context, 'write_pixels', field);
  requireScope(context, 'read_customer_events', field);
};

const applyProductInput = (product: DemoProduct, input: Readonly<Record<string, unknown>>): void => {
  const text = (key: string, apply: (value: string) => void): void => {
    const value = input[key];
    if (typeof value === 'string') apply(value);
  };
  text('title', (value) => Object.assign(product, { title: value }));
  text('handle', (value) => Object.assign(product, { handle: value }));
  text('descriptionHtml', (value) => Object.assign(product, { descriptionHtml: value }));
  text('productType', (value) => Object.assign(product, { productType: value }));
  text('vendor', (value) => Object.assign(product, { vendor: value }));
  text('templateSuffix', (value) => Object.assign(product, { templateSuffix: value }));
  text('status', (value) =>
    Object.assign(product, {
      status: value,
      publishedAt: value === 'ACTIVE' ? (product.publishedAt ?? product.updatedAt) : null,
    }),
  );
  if (Array.isArray(input.tags)) product.tags = input.tags.map(String).sort();
  if (typeof input.seo === 'object' && input.seo !== null) product.seo = { ...product.seo, ...input.seo };
};

/** Resolvers of `Mutation`. */
export const mutationRoot = {
  webhookSubscriptionCreate: (
    { topic, webhookSubscription: given }: { topic: string; webhookSubscription: SubscriptionInput },
    context: RequestContext,
  ) => {
    const input = { ...given, uri: given.uri ?? given.callbackUrl ?? null };
    const problem = subscriptionProblem(context, topic, input, null);
    if (problem) return { webhookSubscription: null, userErrors: [problem] };
    const { shop, now } = context;
    const subscription: WebhookSubscription = {
      id: shop.nextId(),
      topic,
      uri: input.uri ?? '',
      format: input.format ?? 'JSON',
      filter: input.filter ?? null,
      includeFields: input.includeFields ?? [],
      metafieldNamespaces: input.metafieldNamespaces ?? [],
      metafields: (input.metafields ?? []).map(({ key, namespace }) => ({ key, namespace: namespace ?? '' })),
      name: input.name ?? null,
      createdAt: now,
      updatedAt: now,
      consecutiveFailures: 0,
      lastSuccessAt: 0,
    };
    shop.subscriptions.set(subscription.id, subscription);
    return { webhookSubscription: subscriptionView(subscription), userErrors: [] };
  },
  webhookSubscriptionUpdate: (
    { id, webhookSubscription: input }: { id: string; webhookSubscription: SubscriptionInput },
    context: RequestContext,
  ) => {
    const subscription = context.shop.subscriptions.get(numberOf('WebhookSubscription', id) ?? -1);
    if (!subscription)
      return { webhookSubscription: null, userErrors: [userError(['id'], 'Webhook subscription does not exist')] };
    const merged = { ...input, uri: input.uri ?? input.callbackUrl ?? subscription.uri };
    const problem = subscriptionProblem(context, subscription.topic, merged, subscription.id);
    if (problem) return { webhookSubscription: null, userErrors: [problem] };
    subscription.uri = merged.uri;
    subscription.format = input.format ?? subscription.format;
    if (input.filter !== undefined) subscription.filter = input.filter;
    subscription.includeFields = input.includeFields ?? subscription.includeFields;
    subscription.metafieldNamespaces = input.metafieldNamespaces ?? subscription.metafieldNamespaces;
    if (input.name !== undefined) subscription.name = input.name;
    subscription.updatedAt = context.now;
    subscription.consecutiveFailures = 0;
    return { webhookSubscription: subscriptionView(subscription), userErrors: [] };
  },
  webhookSubscriptionDelete: ({ id }: { id: string }, { shop }: RequestContext) =>
    shop.subscriptions.delete(numberOf('WebhookSubscription', id) ?? -1)
      ? { deletedWebhookSubscriptionId: id, userErrors: [] }
      : { deletedWebhookSubscriptionId: null, userErrors: [userError(['id'], 'Webhook subscription does not exist')] },

  webPixelCreate: ({ webPixel }: { webPixel: { settings: unknown } }, context: RequestContext) => {
    requirePixelScopes(context, 'webPixelCreate');
    const { shop } = context;
    if (!shop.traps.hasPixelExtension)
      return { webPixel: null, userErrors: [userError(null, 'No extension found.', 'NO_EXTENSION')] };
    if (shop.pixel) return { webPixel: null, userErrors: [userError(null, 'Web pixel is taken.', 'TAKEN')] };
    const read = readSettings(webPixel.settings);
    if ('error' in read) return { webPixel: null, userErrors: [read.error] };
    shop.pixel = { id: shop.nextId(), settings: read.settings };
    return { webPixel: pixelView(shop.pixel), userErrors: [] };
  },
  webPixelUpdate: ({ id, webPixel }: { id: string; webPixel: { settings: unknown } }, context: RequestContext) => {
    requirePixelScopes(context, 'webPixelUpdate');
    const { pixel } = context.shop;
    if (!pixel || gid('WebPixel', pixel.id) !== id)
      return { webPixel: null, userErrors: [userError(['id'], 'Web pixel not found.', 'NOT_FOUND')] };
    const read = readSettings(webPixel.settings);
    if ('error' in read) return { webPixel: null, userErrors: [read.error] };
    pixel.settings = read.settings;
    return { webPixel: pixelView(pixel), userErrors: [] };
  },
  webPixelDelete: ({ id }: { id: string }, context: RequestContext) => {
    requirePixelScopes(context, 'webPixelDelete');
    const { pixel } = context.shop;
    if (!pixel || gid('WebPixel', pixel.id) !== id)
      return { deletedWebPixelId: null, userErrors: [userError(['id'], 'Web pixel not found.', 'NOT_FOUND')] };
    context.shop.pixel = null;
    return { deletedWebPixelId: id, userErrors: [] };
  },

  productUpdate: (
    { product: input }: { product?: Readonly<Record<string, unknown>> | null },
    context: RequestContext,
  ) => {
    requireScope(context, 'write_products', 'productUpdate');
    const number = numberOf('Product', String(input?.id ?? ''));
    if (input?.title === '') return { product: null, userErrors: [userError(['title'], "Title can't be blank")] };
    const product =
      input && number !== null
        ? context.shop.products.change(number, (draft) => applyProductInput(draft, input))
        : null;
    if (!product) return { product: null, userErrors: [userError(['id'], 'Product does not exist')] };
    context.events.productChanged(context.shop, product.id);
    return { product: productView(context.shop, product), userErrors: [] };
  },

  ...bulkMutations(queryRoot),

  appUninstall: (_: unknown, context: RequestContext) => {
    context.uninstall();
    return { app: appView(context), userErrors: [] };
  },
  appRevokeAccessScopes: () => ({
    revoked: null,
    userErrors: [
      userError(
        ['scopes'],
        'The stand-in grants no optional scopes that could be revoked.',
        'CANNOT_REVOKE_REQUIRED_SCOPES',
      ),
    ],
  }),
};
