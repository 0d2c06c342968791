import { GraphQLError } from 'graphql';
import { listOf, type PageArgs, paginate } from '../data/ordered-list.ts';
import { compileSearch } from '../data/search.ts';
import { describeScope, expandScopes } from '../shop/scopes.ts';
import type { DemoShop, WebhookSubscription } from '../shop/shop.ts';
import { bulkOperationView, bulkQueries } from './bulk-views.ts';
import { gid, numberOf, type RequestContext, requireScope } from './context.ts';
import { customerList, customerView, findCustomer, findOrder, orderList, orderView } from './order-views.ts';
import { productView } from './product-views.ts';
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
    shopOwnerName: profile.owner,
    currencyCode: profile.currency,
    ianaTimezone: profile.timezone,
    timezoneOffsetMinutes: profile.timezoneOffsetMinutes,
    weightUnit: 'KILOGRAMS',
    taxesIncluded: false,
    plan: { publicDisplayName: profile.plan, partnerDevelopment: true, shopifyPlus: false },
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
      matches(
        (field) =>
          ({ id: subscription.id, created_at: subscription.createdAt, updated_at: subscription.updatedAt })[field],
      ));
  const list = listOf([...shop.subscriptions.values()].filter(wanted), (subscription) => [
    subscription.createdAt,
    subscription.id,
  ]);
  return { ...list, at: (position: number) => subscriptionView(list.at(position)) };
};

const findNode = (context: RequestContext, id: string): View | null => {
  const { shop } = context;
  const type = /^gid:\/\/shopify\/([A-Za-z]+)\//.exec(id)?.[1] ?? '';
  const number = numberOf(type, id);
  if (number === null)
    throw new GraphQLError(`Invalid global id '${id}'`, { extensions: { code: 'argumentLiteralsIncompatible' } });
  if (type === 'Product') {
    requireScope(context, 'read_products', 'node');
    const product = shop.products.get(number);
    return product && productView(shop, product);
  }
  if (type === 'Order') {
    requireScope(context, 'read_orders', 'node');
    const order = findOrder(shop, number);
    return order && orderView(shop, order);
  }
  if (type === 'Customer') {
    requireScope(context, 'read_customers', 'node');
    const customer = findCustomer(shop, number);
    return customer && customerView(shop, customer);
  }
  if (type === 'BulkOperation') {
    const operation = context.bulk.get(shop, number);
    return operation && bulkOperationView(operation, context.bulk);
  }
  const subscription = type === 'WebhookSubscription' ? shop.subscriptions.get(number) : undefined;
  return subscription ? subscriptionView(subscription) : null;
};

/** Resolvers of `QueryRoot`. */
export const queryRoot = {
  shop: (_: unknown, { shop }: RequestContext) => shopView(shop),
  currentAppInstallation: (_: unknown, context: RequestContext) => installationView(context),
  publicApiVersions: () => API_VERSIONS.map((handle) => ({ handle, displayName: handle, supported: true })),
  node: ({ id }: { id: string }, context: RequestContext) => findNode(context, id),

  products: (args: Args, context: RequestContext) => {
    requireScope(context, 'read_products', 'products');
    const { shop } = context;
    const list = shop.products.list(args.sortKey ?? 'ID', args.query);
    return paginate({ ...list, at: (position) => productView(shop, list.at(position)) }, args);
  },
  product: ({ id }: { id: string }, context: RequestContext) => {
    requireScope(context, 'read_products', 'product');
    const number = numberOf('Product', id);
    const product = number === null ? null : context.shop.products.get(number);
    return product ? productView(context.shop, product) : null;
  },
  productsCount: ({ query, limit }: { query?: string | null; limit?: number | null }, context: RequestContext) => {
    requireScope(context, 'read_products', 'productsCount');
    return countView(query ? context.shop.products.list('ID', query).size : context.shop.products.count, limit);
  },

  orders: (args: Args, context: RequestContext) => {
    requireScope(context, 'read_orders', 'orders');
    const list = orderList(context.shop, args.sortKey ?? 'PROCESSED_AT', args.query);
    return paginate({ ...list, at: (position) => orderView(context.shop, list.at(position)) }, args);
  },
  order: ({ id }: { id: string }, context: RequestContext) => {
    requireScope(context, 'read_orders', 'order');
    const number = numberOf('Order', id);
    const order = number === null ? null : findOrder(context.shop, number);
    return order ? orderView(context.shop, order) : null;
  },
  ordersCount: ({ query, limit }: { query?: string | null; limit?: number | null }, context: RequestContext) => {
    requireScope(context, 'read_orders', 'ordersCount');
    return countView(orderList(context.shop, 'ID', query).size, limit);
  },

  customers: (args: Args, context: RequestContext) => {
    requireScope(context, 'read_customers', 'customers');
    const list = customerList(context.shop, args.sortKey ?? 'ID', args.query);
    return paginate({ ...list, at: (position) => customerView(context.shop, list.at(position)) }, args);
  },
  customer: ({ id }: { id: string }, context: RequestContext) => {
    requireScope(context, 'read_customers', 'customer');
    const number = numberOf('Customer', id);
    const customer = number === null ? null : findCustomer(context.shop, number);
    return customer ? customerView(context.shop, customer) : null;
  },
  customersCount: ({ query, limit }: { query?: string | null; limit?: number | null }, context: RequestContext) => {
    requireScope(context, 'read_customers', 'customersCount');
    return countView(customerList(context.shop, 'ID', query).size, limit);
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
