import type { WebhookSubscription, WebPixel } from '../shop/shop.ts';
import { gid, isoTime } from './context.ts';

type View = Readonly<Record<string, unknown>>;

/** The version webhook payloads have: the app's configured one, whatever the version of the request. */
export const WEBHOOK_API_VERSION = '2026-10';

/** Where a subscription delivers, in the shape from before `uri`. */
const endpointView = (uri: string): View => {
  if (uri.startsWith('arn:')) return { __typename: 'WebhookEventBridgeEndpoint', arn: uri };
  const pubSub = /^pubsub:\/\/([^:]+):(.+)$/.exec(uri);
  return pubSub
    ? { __typename: 'WebhookPubSubEndpoint', pubSubProject: pubSub[1], pubSubTopic: pubSub[2] }
    : { __typename: 'WebhookHttpEndpoint', callbackUrl: uri };
};

export const subscriptionView = (subscription: WebhookSubscription): View => ({
  __typename: 'WebhookSubscription',
  id: gid('WebhookSubscription', subscription.id),
  legacyResourceId: String(subscription.id),
  topic: subscription.topic,
  uri: subscription.uri,
  callbackUrl: subscription.uri,
  endpoint: endpointView(subscription.uri),
  format: subscription.format,
  filter: subscription.filter,
  includeFields: subscription.includeFields,
  metafieldNamespaces: subscription.metafieldNamespaces,
  metafields: subscription.metafields,
  name: subscription.name,
  apiVersion: { handle: WEBHOOK_API_VERSION, displayName: WEBHOOK_API_VERSION, supported: true },
  createdAt: isoTime(subscription.createdAt),
  updatedAt: isoTime(subscription.updatedAt),
});

export const pixelView = (pixel: WebPixel): View => ({
  __typename: 'WebPixel',
  id: gid('WebPixel', pixel.id),
  settings: pixel.settings,
});
