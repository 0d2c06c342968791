import type * as api from '../../../shared/api.ts';
import type { WebhookSubscriptionTopic } from '../../shopify/generated/admin.ts';
import { missingScopes } from '../../shopify/platform.ts';

/** The desired set, in one place, with the scope that Shopify asks for each. */
const DESIRED = [
  ['PRODUCTS_CREATE', 'products/create', 'read_products'],
  ['PRODUCTS_UPDATE', 'products/update', 'read_products'],
  ['PRODUCTS_DELETE', 'products/delete', 'read_products'],
  ['ORDERS_CREATE', 'orders/create', 'read_orders'],
  ['ORDERS_UPDATED', 'orders/updated', 'read_orders'],
  ['ORDERS_DELETE', 'orders/delete', 'read_orders'],
  ['REFUNDS_CREATE', 'refunds/create', 'read_orders'],
  ['ORDER_TRANSACTIONS_CREATE', 'order_transactions/create', 'read_orders'],
  ['CUSTOMERS_CREATE', 'customers/create', 'read_customers'],
  ['CUSTOMERS_UPDATE', 'customers/update', 'read_customers'],
  ['CUSTOMERS_DELETE', 'customers/delete', 'read_customers'],
  ['APP_UNINSTALLED', 'app/uninstalled', null],
  ['APP_SCOPES_UPDATE', 'app/scopes_update', null],
  ['BULK_OPERATIONS_FINISH', 'bulk_operations/finish', null],
] as const satisfies readonly (readonly [WebhookSubscriptionTopic, string, string | null])[];

/** Can be set in the app's configuration only (`compliance_topics` in shopify.app.toml); the API neither lists nor creates them. */
const COMPLIANCE = ['customers/data_request', 'customers/redact', 'shop/redact'] as const;

export interface DesiredSubscription {
  readonly enumName: WebhookSubscriptionTopic;
  readonly topic: string;
}

/** What Shopify has, as far as it matters here. */
export interface ExistingSubscription {
  readonly id: string;
  readonly enumName: string;
  readonly uri: string;
  readonly apiVersion: string;
}

export const desiredFor = (grantedScopes: readonly string[]): DesiredSubscription[] =>
  DESIRED.filter(([, , scope]) => scope === null || missingScopes([scope], grantedScopes).length === 0).map(
    ([enumName, topic]) => ({ enumName, topic }),
  );

/** `PRODUCTS_UPDATE` as `products/update`, near enough for topics that nobody here knows. */
export const topicOf = (enumName: string): string =>
  DESIRED.find(([name]) => name === enumName)?.[1] ?? enumName.toLowerCase().replace(/_([a-z]+)$/, '/$1');

/** Wanted beside registered, one line a topic; the order is that of the desired set. */
export const compareSubscriptions = (
  existing: readonly ExistingSubscription[],
  wanted: { uri: string; apiVersion: string; scopes: readonly string[] },
): api.WebhookSubscription[] => {
  const desired = desiredFor(wanted.scopes);
  const lines: api.WebhookSubscription[] = [];
  for (const [enumName, topic, scope] of DESIRED) {
    const [first, ...extra] = existing.filter((subscription) => subscription.enumName === enumName);
    const isWanted = desired.some((entry) => entry.topic === topic);
    if (!first) {
      lines.push({
        topic,
        state: isWanted ? 'missing' : 'no_scope',
        uri: null,
        apiVersion: null,
        why: isWanted ? 'Shopify has no such subscription.' : `The store has not granted ${scope}.`,
      });
      continue;
    }
    const at = { topic, uri: first.uri, apiVersion: first.apiVersion };
    if (first.uri !== wanted.uri)
      lines.push({ ...at, state: 'wrong_address', why: 'Deliveries go to another address, e.g. of a former tunnel.' });
    else if (first.apiVersion !== wanted.apiVersion)
      lines.push({
        ...at,
        state: 'wrong_version',
        why: `Bodies come in the form of ${first.apiVersion}; ${wanted.apiVersion} is expected. The version is set in the app’s configuration.`,
      });
    else lines.push({ ...at, state: 'ok', why: 'As wanted.' });
    for (const { uri, apiVersion } of extra)
      lines.push({
        topic,
        uri,
        apiVersion,
        state: 'extra',
        why: 'A second one of the topic: each event would come twice.',
      });
  }
  for (const { enumName, uri, apiVersion } of existing) {
    if (DESIRED.some(([name]) => name === enumName)) continue;
    lines.push({
      topic: topicOf(enumName),
      uri,
      apiVersion,
      state: 'foreign',
      why: 'Not one of ours: left alone, another backend of the same app may want it.',
    });
  }
  for (const topic of COMPLIANCE)
    lines.push({
      topic,
      uri: wanted.uri,
      apiVersion: null,
      state: 'app_config',
      why: 'Set in the app’s configuration (compliance_topics); Shopify does not show it here.',
    });
  return lines;
};
