import { AppError } from '../../../shared/errors.ts';
import type { ShopifyClient } from '../../shopify/client.ts';
import type { WebhookSubscriptionTopic } from '../../shopify/generated/admin.ts';
import {
  WebhookSubscriptionCreateDocument,
  WebhookSubscriptionDeleteDocument,
  WebhookSubscriptionsListDocument,
  WebhookSubscriptionUpdateDocument,
} from '../../shopify/generated/admin.ts';

/** The desired set, in one place. The compliance topics are not here: they can be set in the app's configuration only. */
export const SUBSCRIBED_TOPICS = [
  ['PRODUCTS_CREATE', 'products/create'],
  ['PRODUCTS_UPDATE', 'products/update'],
  ['PRODUCTS_DELETE', 'products/delete'],
  ['APP_UNINSTALLED', 'app/uninstalled'],
  ['APP_SCOPES_UPDATE', 'app/scopes_update'],
] as const satisfies readonly (readonly [WebhookSubscriptionTopic, string])[];

const assertDone = (topic: string, userErrors: readonly { message: string }[] | undefined): void => {
  if (!userErrors || userErrors.length === 0) return;
  throw new AppError(
    'SHOPIFY_ERROR',
    `The webhook ${topic} could not be registered: ${userErrors.map((error) => error.message).join('; ')}`,
    {
      hint: 'Shopify wants a public https address: start the tunnel or set BACKROOM_PUBLIC_URL, then repair the store.',
    },
  );
};

/**
 * Makes the store's subscriptions as desired: creates what is missing, corrects a changed address, removes our duplicates. Subscriptions
 * of other topics are left alone: they may be another backend's of the same app. Answers the topics that are subscribed.
 */
export const ensureSubscriptions = async (
  client: ShopifyClient,
  uri: string,
  signal?: AbortSignal,
): Promise<string[]> => {
  const options = signal ? { signal } : {};
  const { webhookSubscriptions } = await client.request(WebhookSubscriptionsListDocument, {}, options);
  for (const [topic, name] of SUBSCRIBED_TOPICS) {
    const [first, ...extra] = webhookSubscriptions.nodes.filter((node) => node.topic === topic);
    if (!first) {
      const created = await client.request(
        WebhookSubscriptionCreateDocument,
        { topic, webhookSubscription: { uri } },
        options,
      );
      assertDone(name, created.webhookSubscriptionCreate?.userErrors);
    } else if (first.uri !== uri) {
      const updated = await client.request(
        WebhookSubscriptionUpdateDocument,
        { id: first.id, webhookSubscription: { uri } },
        options,
      );
      assertDone(name, updated.webhookSubscriptionUpdate?.userErrors);
    }
    for (const { id } of extra) await client.request(WebhookSubscriptionDeleteDocument, { id }, options);
  }
  return SUBSCRIBED_TOPICS.map(([, name]) => name);
};
