import type { WebhookSubscription, WebPixel } from '../shop/shop.ts';
import { gid, isoTime } from './context.ts';

type View = Readonly<Record<string, unknown>>;

/** The version webhook payloads have: the app's configured one, whatever the version of the request. */
export const WEBHOOK_API_VERSION = '2026-10';

export const subscriptionView = (subscription: WebhookSubscription): View => ({
  __typename: 'WebhookSubscription',
  id: gid('WebhookSubscription', subscription.id),
  legacyResourceId: String(subscription.id),
  topic: subscription.topic,
  uri: subscription.uri,
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
