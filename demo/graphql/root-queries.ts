import { GraphQLError } from 'graphql';
import { listOf, type PageArgs, paginate, paginateSource, type RowSource, type SortKey } from '../data/ordered-list.ts';
import { productIdOfVariant } from '../data/products.ts';
import { compileSearch } from '../data/search.ts';
import { describeScope, expandScopes } from '../shop/scopes.ts';
import type { DemoShop, WebhookSubscription } from '../shop/shop.ts';
import { bulkOperationView, bulkQueries } from './bulk-views.ts';
import { gid, numberOf, type RequestContext, requireScope } from './context.ts';
import { inventoryItemView, locationView, productView, variantView } from './product-views.ts';
import { pixelView, subscriptionView } from './set-up-views.ts';

type Args = PageArgs & { readonly query?: string | null; readonly sortKey?: string | null };
type View = Readonly<Record<string, unknown>>;

/** Newest last, as Shopify's `publicApiVersions` has them. */
export const API_VERSIONS: readonly string[] = ['2026-01', '2026-04', '2026-07', '2026-10'];

const shopView = (shop: DemoShop): View => {
  const { profile } = shop;
  const url = `https://${profile.storefrontHost}`;
  return {
    __typename: 'Shop',
    id: gid('Shop', shop.id),
    name: profile.name,
    myshopifyDomain: profile.domain,
    email: profile.email,
    contactEmail: profile.email,
    enabledPresentmentCurrencies: [profile.currency],
    unitSystem: 'METRIC_SYSTEM',
    shopOwnerName: profile.owner,
    currencyCode: profile.currency,
    ianaTimezone: profile.timezone,
    timezoneOffsetMinutes: profile.timezoneOffsetMinutes,
    weightUnit: 'KILOGRAMS',
    taxesIncluded: false,
    plan: { displayName: profile.plan, publicDisplayName: profile.plan, partnerDevelopment: true, shopifyPlus: false },
    primaryDomain: { id: gid('Domain', shop.id), host: profile.storefrontHost, url, sslEnabled: true },
    url,
    createdAt: '2021-03-02T10:15:00Z',
    updatedAt: '2026-10-20T09:00:00Z',
  };
};

export const appView = (context: RequestContext): View => ({
  __typename: 'App',
  id: gid('App', 4_200_001),
  title: 'Backroom',
  handle: 'backroom',
  apiKey: context.clientId,
  webhookApiVersion: API_VERSIONS.at(-1),
});

const installationView = (context: RequestContext): View => ({
  __typename: 'AppInstallation',
  id: gid('AppInstallation', 900_000_000 + context.shop.index),
  accessScopes: expandScopes(context.scopes).map((handle) => ({ handle, description: describeScope(handle) })),
  launchUrl: `https://${context.shop.profile.domain}/admin/apps/backroom`,
  uninstallUrl: null,
  app: appView(context),
});

/** `limit` caps the count, as at Shopify: past it the answer is a floor. */
const countView = (size: number, limit: number | null | undefined): View =>
  limit != null && size > limit ? { count: limit, precision: 'AT_LEAST' } : { count: size, precision: 'EXACT' };

const subscriptionList = (
  shop: DemoShop,
  args: Args & { topics?: readonly string[] | null; uri?: string | null; format?: string | null },
) => {
  const matches = compileSearch(args.query);
  const wanted = (subscription: WebhookSubscription): boolean =>
    (!args.topics || args.topics.includes(subscription.topic)) &&
    (!args.uri || args.uri === subscription.uri) &&
    (!args.format || args.format === subscription.format) &&
    (!matches ||
      matches.matches(
        (field) =>
          ({ id: subscription.id, created_at: subscription.createdAt, updated_at: subscription.updatedAt })[field],
      ));
  const list = listOf([...shop.subscriptions.values()].filter(wanted), (subscription) => [
    subscription.createdAt,
    subscription.id,
  ]);
  return { ...list, at: (position: number) => subscriptionView(list.at(position)) };
};

const NODE_FINDERS: Readonly<
  Record<string, { readonly scope: string; readonly find: (context: RequestContext, id: number) => object | null }>
> = {
  Product: { scope: 'read_products', find: (context, id) => findProduct(context, id) },
  ProductVariant: { scope: 'read_products', find: (context, id) => findVariant(context, id) },
  Order: { scope: 'read_orders', find: (context, id) => findOrder(context, id) },
  Customer: { scope: 'read_customers', find: (context, id) => findCustomer(context, id) },
};

const findNode = (context: RequestContext, id: string): object | null => {
  const { shop } = context;
  const type = /^gid:\/\/shopify\/([A-Za-z]+)\//.exec(id)?.[1] ?? '';
  const number = numberOf(type, id);
  if (number === null)
    throw new GraphQLError(`Invalid global id '${id}'`, { extensions: { code: 'argumentLiteralsIncompatible' } });
  const finder = NODE_FINDERS[type];
  if (finder) {
    requireScope(context, finder.scope, 'node');
    return finder.find(context, number);
  }
  if (type === 'BulkOperation') {
    const operation = context.bulk.get(shop, number);
    return operation && bulkOperationView(operation, context.bulk);
  }
  const subscription = type === 'WebhookSubscription' ? shop.subscriptions.get(number) : undefined;
  return subscription ? subscriptionView(subscription) : null;
};

interface CountArgs {
  readonly query?: string | null;
  readonly limit?: number | null;
}
const VISIBLE_ORDERS_MS = 60 * 86_400_000;

const searchOf = ({ shop, now }: RequestContext, query: string | null | undefined) => ({
  query,
  ...(shop.traps.searchLagMs > 0 ? { searchableUntil: now - shop.traps.searchLagMs } : {}),
});
const visibleOrdersSince = ({ shop, scopes, now }: RequestContext): number | null =>
  shop.traps.hideOldOrders && !scopes.includes('read_all_orders') ? now - VISIBLE_ORDERS_MS : null;
const ordersSearchOf = (context: RequestContext, query: string | null | undefined) => {
  const createdSince = visibleOrdersSince(context);
  return { ...searchOf(context, query), ...(createdSince === null ? {} : { createdSince }) };
};
const customersSearchOf = (context: RequestContext, query: string | null | undefined) => ({
  ...searchOf(context, query),
  ...(context.shop.traps.customersByDay ? { wholeDays: ['updated_at'] } : {}),
});

const findProduct = ({ shop }: RequestContext, id: number): View | null => {
  const product = shop.products.get(id);
  return product && productView(shop, product);
};
const findVariant = ({ shop }: RequestContext, id: number): View | null => {
  const product = shop.products.get(productIdOfVariant(id));
  const variant = product?.variants.find((entry) => entry.id === id);
  return product && variant ? variantView(shop, product, variant) : null;
};
const VARIANT_TO_ITEM = 2_000_000_000_000;
const findInventoryItem = ({ shop }: RequestContext, id: number): View | null => {
  const variantId = id - VARIANT_TO_ITEM;
  const product = shop.products.get(productIdOfVariant(variantId));
  const variant = product?.variants.find((entry) => entry.inventoryItemId === id);
  return product && variant ? inventoryItemView(shop, product, variant) : null;
};
/** Every variant, in the order of its product; sort keys and searches of variants are not understood. */
const variantSource = ({ shop }: RequestContext): RowSource<View> => ({
  scan: function* (from, direction) {
    const start: SortKey | null = from && [productIdOfVariant(from[1]), productIdOfVariant(from[1]) - direction];
    for (const { row } of shop.products.list({ sortKey: 'ID' }).scan(start, direction)) {
      const product = row();
      const variants = direction === 1 ? product.variants : [...product.variants].reverse();
      for (const variant of variants)
        if (!from || (variant.id - from[1]) * direction > 0)
          yield { key: [variant.id, variant.id], row: () => variantView(shop, product, variant) };
    }
  },
});
const findOrder = (context: RequestContext, id: number): object | null => {
  const order = context.shop.orders.get(id);
  const since = visibleOrdersSince(context);
  return order && (since === null || order.createdAt >= since) ? context.views.order(context.shop, order) : null;
};
const findCustomer = ({ shop, views }: RequestContext, id: number): object | null => {
  const customer = shop.customers.get(id);
  return customer && views.customer(shop, customer);
};

/** Resolvers of `QueryRoot`. */
export const queryRoot = {
  shop: (_: unknown, { shop }: RequestContext) => shopView(shop),
  currentAppInstallation: (_: unknown, context: RequestContext) => installationView(context),
  publicApiVersions: () => API_VERSIONS.map((handle) => ({ handle, displayName: handle, supported: true })),
  node: ({ id }: { id: string }, context: RequestContext) => findNode(context, id),
  nodes: ({ ids }: { ids: readonly string[] }, context: RequestContext) => ids.map((id) => findNode(context, id)),

  products: (args: Args, context: RequestContext) => {
    requireScope(context, 'read_products', 'products');
    const { shop } = context;
    const source = shop.products.list({ ...searchOf(context, args.query), sortKey: args.sortKey ?? 'ID' });
    return paginateSource(source, args, (product) => productView(shop, product));
  },
  product: ({ id }: { id: string }, context: RequestContext) => {
    requireScope(context, 'read_products', 'product');
    return findProduct(context, numberOf('Product', id) ?? -1);
  },
  productsCount: ({ query, limit }: CountArgs, context: RequestContext) => {
    requireScope(context, 'read_products', 'productsCount');
    return countView(context.shop.products.countOf(searchOf(context, query), limit ?? Number.POSITIVE_INFINITY), limit);
  },
  productVariant: ({ id }: { id: string }, context: RequestContext) => {
    requireScope(context, 'read_products', 'productVariant');
    return findVariant(context, numberOf('ProductVariant', id) ?? -1);
  },

  productVariants: (args: Args, context: RequestContext) => {
    requireScope(context, 'read_products', 'productVariants');
    return paginateSource(variantSource(context), args, (view) => view);
  },
  productVariantsCount: ({ limit }: CountArgs, context: RequestContext) => {
    requireScope(context, 'read_products', 'productVariantsCount');
    let count = 0;
    for (const product of context.shop.products.all()) count += product.variants.length;
    return countView(count, limit);
  },
  inventoryItem: ({ id }: { id: string }, context: RequestContext) => {
    requireScope(context, 'read_products', 'inventoryItem');
    return findInventoryItem(context, numberOf('InventoryItem', id) ?? -1);
  },
  location: (_: unknown, { shop }: RequestContext) => locationView(shop),
  locations: (args: Args, { shop }: RequestContext) =>
    paginate(
      listOf([locationView(shop)], () => [0, 0]),
      args,
    ),

  orders: (args: Args, context: RequestContext) => {
    requireScope(context, 'read_orders', 'orders');
    const { shop, views } = context;
    const source = shop.orders.list({
      ...ordersSearchOf(context, args.query),
      sortKey: args.sortKey ?? 'PROCESSED_AT',
    });
    return paginateSource(source, args, (order) => views.order(shop, order));
  },
  order: ({ id }: { id: string }, context: RequestContext) => {
    requireScope(context, 'read_orders', 'order');
    return findOrder(context, numberOf('Order', id) ?? -1);
  },
  ordersCount: ({ query, limit }: CountArgs, context: RequestContext) => {
    requireScope(context, 'read_orders', 'ordersCount');
    return countView(
      context.shop.orders.countOf(ordersSearchOf(context, query), limit ?? Number.POSITIVE_INFINITY),
      limit,
    );
  },

  customers: (args: Args, context: RequestContext) => {
    requireScope(context, 'read_customers', 'customers');
    const { shop, views } = context;
    const source = shop.customers.list({ ...customersSearchOf(context, args.query), sortKey: args.sortKey ?? 'ID' });
    return paginateSource(source, args, (customer) => views.customer(shop, customer));
  },
  customer: ({ id }: { id: string }, context: RequestContext) => {
    requireScope(context, 'read_customers', 'customer');
    return findCustomer(context, numberOf('Customer', id) ?? -1);
  },
  customersCount: ({ query, limit }: CountArgs, context: RequestContext) => {
    requireScope(context, 'read_customers', 'customersCount');
    return countView(
      context.shop.customers.countOf(customersSearchOf(context, query), limit ?? Number.POSITIVE_INFINITY),
      limit,
    );
  },

  webhookSubscriptions: (
    args: Args & { topics?: readonly string[]; uri?: string; format?: string },
    { shop }: RequestContext,
  ) => paginate(subscriptionList(shop, args), args),
  webhookSubscription: ({ id }: { id: string }, { shop }: RequestContext) => {
    const subscription = shop.subscriptions.get(numberOf('WebhookSubscription', id) ?? -1);
    return subscription ? subscriptionView(subscription) : null;
  },
  webPixel: ({ id }: { id?: string | null }, context: RequestContext) => {
    requireScope(context, 'read_pixels', 'webPixel');
    const { pixel } = context.shop;
    if (!pixel || (id && id !== gid('WebPixel', pixel.id)))
      throw new GraphQLError('No web pixel was found for this app.', { extensions: { code: 'RESOURCE_NOT_FOUND' } });
    return pixelView(pixel);
  },
  ...bulkQueries,
};
