import { GraphQLError } from 'graphql';
import type { BulkOperation, BulkService } from '../bulk/types.ts';
import type { DemoCustomer } from '../data/customers.ts';
import type { Bag, DemoOrder, Presentment } from '../data/order-types.ts';
import { expandScopes } from '../shop/scopes.ts';
import type { DemoShop } from '../shop/shop.ts';

/** What an event in the stand-in sets off; the webhooks and the traffic hang on it. */
export interface ShopEvents {
  productChanged(shop: DemoShop, productId: number): void;
  uninstalled(shop: DemoShop): void;
  bulkFinished(operation: BulkOperation): void;
}

/** A GraphQL object: values, or functions of the arguments. */
export type View = Readonly<Record<string, unknown>>;

/** How to show what another kind refers to; handed in, since orders and customers refer to each other. */
export interface Views {
  order(shop: DemoShop, order: DemoOrder): object;
  customer(shop: DemoShop, customer: DemoCustomer): object;
}

/** Of one Admin API request. */
export interface RequestContext {
  readonly shop: DemoShop;
  readonly scopes: readonly string[];
  readonly apiVersion: string;
  readonly clientId: string;
  readonly now: number;
  readonly events: ShopEvents;
  readonly bulk: BulkService;
  readonly views: Views;
  uninstall(): void;
}

export const isoTime = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');
export const isoTimeOrNull = (time: number | null): string | null => (time === null ? null : isoTime(time));
export const decimal = (cents: number): string => (cents / 100).toFixed(2);
/** Shopify writes `Decimal` amounts with one digit after the point at least, and no more zeros than that. */
const shortest = (amount: number): string => amount.toFixed(2).replace(/0$/, '');
export const money = (cents: number, currencyCode: string): { amount: string; currencyCode: string } => ({
  amount: shortest(cents / 100),
  currencyCode,
});
/** A `MoneyBag`: the same amount in both currencies. */
export const bagView = (bag: Bag, shopCurrency: string, { currency, decimals }: Presentment): View => ({
  shopMoney: money(bag.shop, shopCurrency),
  presentmentMoney: money(bag.presentment * (decimals === 0 ? 100 : 1), currency),
});
export const gid = (type: string, id: number): string => `gid://shopify/${type}/${id}`;

/** The number in a gid of this type, or null. */
export const numberOf = (type: string, id: string): number | null => {
  const match = new RegExp(`^gid://shopify/${type}/(\\d+)$`).exec(id);
  return match ? Number(match[1]) : null;
};

/** Fails a field of protected customer data that the app is not approved for. */
export const refuseDenied = (deniedFields: readonly string[], type: string, field: string): void => {
  if (!deniedFields.includes(`${type}.${field}`)) return;
  throw new GraphQLError(
    `This app is not approved to use the ${field} field. See https://shopify.dev/docs/apps/launch/protected-customer-data for more details.`,
    { extensions: { code: 'ACCESS_DENIED', documentation: 'https://shopify.dev/api/usage/access-scopes' } },
  );
};

/** Fails the field as Shopify does when the app lacks a scope. */
export const requireScope = (context: RequestContext, scope: string, field: string): void => {
  if (expandScopes(context.scopes).includes(scope)) return;
  const requiredAccess = `\`${scope}\` access scope.`;
  throw new GraphQLError(`Access denied for ${field} field. Required access: ${requiredAccess}`, {
    extensions: { code: 'ACCESS_DENIED', documentation: 'https://shopify.dev/api/usage/access-scopes', requiredAccess },
  });
};
