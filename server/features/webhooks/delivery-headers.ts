import type { IncomingHttpHeaders } from 'node:http';

/**
 * Shopify's headers of a delivery, of the family of webhooks (`x-shopify-…`) or of Events (`shopify-…`). What has a column of its own is not
 * kept a second time: `restoreHeaders` puts it back for the inspector. An event's topic is `Product/update`: it has a body of another form than
 * `products/update`, so the two never share a handler.
 */
export interface DeliveryHeaders {
  readonly family: 'x-shopify' | 'shopify';
  readonly topic: string | null;
  readonly shop: string | null;
  readonly webhookId: string | null;
  readonly eventId: string | null;
  readonly apiVersion: string | null;
  readonly triggeredAt: string | null;
  readonly signature: string | null;
}

const LONGEST = 500;
const FAMILIES = ['x-shopify', 'shopify'] as const;
const NAMES = {
  topic: 'topic',
  shop: 'shop-domain',
  webhookId: 'webhook-id',
  eventId: 'event-id',
  apiVersion: 'api-version',
  triggeredAt: 'triggered-at',
  signature: 'hmac-sha256',
} as const;
type Field = keyof typeof NAMES;
const FIELDS = Object.keys(NAMES) as Field[];

/** Header names built once: this runs for each request. */
const namesOf = (family: DeliveryHeaders['family']): Readonly<Record<Field, string>> =>
  Object.fromEntries(FIELDS.map((field) => [field, `${family}-${NAMES[field]}`])) as Record<Field, string>;
const BY_FAMILY = { 'x-shopify': namesOf('x-shopify'), shopify: namesOf('shopify') } as const;
const IN_COLUMNS: ReadonlySet<string> = new Set(FAMILIES.flatMap((family) => Object.values(BY_FAMILY[family])));

const textOf = (headers: IncomingHttpHeaders, name: string): string | null => {
  const value = headers[name];
  return typeof value === 'string' && value !== '' && value.length <= LONGEST ? value : null;
};

/** Events say the resource (`Product`) and what happened to it (`update`) apart. */
const ACTION = 'shopify-action';
const topicOf = (headers: IncomingHttpHeaders, family: DeliveryHeaders['family']): string | null => {
  const topic = textOf(headers, BY_FAMILY[family].topic);
  const action = family === 'shopify' ? textOf(headers, ACTION) : null;
  return topic === null || action === null ? topic : `${topic}/${action}`;
};

export const readDeliveryHeaders = (headers: IncomingHttpHeaders): DeliveryHeaders => {
  const family =
    headers['x-shopify-hmac-sha256'] === undefined && headers['shopify-hmac-sha256'] !== undefined
      ? 'shopify'
      : 'x-shopify';
  const names = BY_FAMILY[family];
  return {
    family,
    topic: topicOf(headers, family),
    shop: textOf(headers, names.shop),
    webhookId: textOf(headers, names.webhookId),
    eventId: textOf(headers, names.eventId),
    apiVersion: textOf(headers, names.apiVersion),
    triggeredAt: textOf(headers, names.triggeredAt),
    signature: textOf(headers, names.signature),
  };
};

/** Most deliveries have the same other headers; their JSON is made once. */
const known = new Map<string, string>();
const MOST_KNOWN = 256;

/** JSON of the headers worth keeping that no column has: Shopify's others (name, sub-topic, order id), and what says how it was sent. */
export const otherHeaders = (headers: IncomingHttpHeaders, family: DeliveryHeaders['family']): string => {
  let key = family as string;
  const kept: Record<string, string> = {};
  for (const name in headers) {
    const isShopifys = name.startsWith('x-shopify-') || name.startsWith('shopify-');
    if (isShopifys ? IN_COLUMNS.has(name) : name !== 'content-type' && name !== 'user-agent') continue;
    const value = headers[name];
    if (typeof value !== 'string' || value.length > LONGEST) continue;
    kept[name] = value;
    key += `\n${name}\n${value}`;
  }
  const before = known.get(key);
  if (before !== undefined) return before;
  const json = JSON.stringify(family === 'shopify' ? { ...kept, ':family': 'shopify' } : kept);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, json);
  return json;
};

/** All kept headers of a stored delivery, as they came; the signature is not kept, since it can be made again. */
export const restoreHeaders = (
  row: Readonly<Record<Exclude<Field, 'signature'>, string | null>>,
  otherJson: string | null,
): Record<string, string> => {
  const { ':family': family, ...others } = JSON.parse(otherJson ?? '{}') as Record<string, string>;
  const names = BY_FAMILY[family === 'shopify' ? 'shopify' : 'x-shopify'];
  const restored: Record<string, string> = {};
  for (const field of FIELDS) {
    const value = field === 'signature' ? null : row[field];
    if (value !== null)
      restored[names[field]] =
        field === 'topic' && others[ACTION] !== undefined ? value.slice(0, -others[ACTION].length - 1) : value;
  }
  return { ...restored, ...others };
};
