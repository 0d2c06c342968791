import type { FastifyInstance } from 'fastify';
import { createInbox } from '../features/webhooks/inbox.ts';
import { createWebhookProcessor } from '../features/webhooks/processor.ts';
import { createWebhookQueries } from '../features/webhooks/queries.ts';
import { requeueIgnored } from '../features/webhooks/requeue.ts';
import { registerWebhookRoutes } from '../features/webhooks/routes.ts';
import { ensureSubscriptions } from '../features/webhooks/subscriptions.ts';
import type { Suppression } from '../platform/personal-data.ts';
import type { TopicHandler } from '../platform/topic-handler.ts';
import type { ShopifyClient } from '../shopify/client.ts';
import type { Foundation } from './foundation.ts';

export const composeWebhooks = async (
  { config, db, clock, bus, log, publicAddress, onClose }: Foundation,
  parts: {
    handlers: Readonly<Record<string, TopicHandler>>;
    secrets: () => readonly string[];
    suppression: Suppression;
  },
) => {
  const processor = createWebhookProcessor({
    db,
    clock,
    bus,
    log,
    handlers: parts.handlers,
    isInboxBusy: () => inbox.isBusy(),
  });
  onClose(() => processor.close());
  const inbox = await createInbox({
    db,
    clock,
    bus,
    suppression: parts.suppression,
    onAccepted: processor.wake,
    onError: (error) => log.error({ err: error }, 'a webhook write failed'),
  });
  onClose(() => inbox.idle());
  return {
    processor,
    service: createWebhookQueries(db),
    ensureSubscriptions: (client: ShopifyClient): Promise<string[]> =>
      ensureSubscriptions(client, `${publicAddress.url()}/webhooks`),
    /** Deliveries that came before their store was known are due again. */
    takeUp: async (shop: string): Promise<void> => {
      await requeueIgnored(db, shop);
      processor.wake();
    },
    register: (door: FastifyInstance): void =>
      registerWebhookRoutes(door, {
        inbox,
        bodyLimit: config.BACKROOM_LIMITS_WEBHOOK_BODY_BYTES,
        secrets: parts.secrets,
      }),
  };
};
