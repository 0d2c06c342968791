import type { FastifyInstance } from 'fastify';
import type { WebhooksApi } from '../api/services/webhooks.ts';
import { createBookmarks } from '../features/webhooks/bookmarks.ts';
import { createWebhookGaps } from '../features/webhooks/gaps.ts';
import { createWebhookHealth } from '../features/webhooks/health.ts';
import { createInbox } from '../features/webhooks/inbox.ts';
import { createWebhookProcessor } from '../features/webhooks/processor.ts';
import { createWebhookQueries } from '../features/webhooks/queries.ts';
import { requeueIgnored } from '../features/webhooks/requeue.ts';
import { createRerun } from '../features/webhooks/rerun.ts';
import { registerWebhookRoutes } from '../features/webhooks/routes.ts';
import { createSamples, type SampleRecord } from '../features/webhooks/samples.ts';
import { createWebhookSender } from '../features/webhooks/send.ts';
import { createSubscriptions } from '../features/webhooks/subscriptions.ts';
import type { Suppression } from '../platform/personal-data.ts';
import type { TaskQueue } from '../platform/queue/queue.ts';
import type { TopicHandler } from '../platform/topic-handler.ts';
import type { ShopifyClient } from '../shopify/client.ts';
import type { Foundation } from './foundation.ts';

export const composeWebhooks = async (
  { config, db, clock, ids, bus, log, publicAddress, onClose }: Foundation,
  parts: {
    handlers: Readonly<Record<string, TopicHandler>>;
    /** All that are accepted, the current one first. */
    secrets: () => readonly string[];
    queue: TaskQueue;
    sampleRecord: SampleRecord;
    /** Stores by domain, with what they granted. */
    stores: () => readonly { readonly shop: string; readonly scopes: readonly string[] }[];
    repairStore: (shop: string) => Promise<unknown>;
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

  const scopesOf = (shop: string): readonly string[] =>
    parts.stores().find((store) => store.shop === shop)?.scopes ?? [];
  const subscriptions = createSubscriptions({
    db,
    clock,
    bus,
    uri: () => `${publicAddress.url()}/webhooks`,
    apiVersion: config.SHOPIFY_API_VERSION,
    scopesOf,
  });
  let localUrl = '';
  const sender = createWebhookSender({
    db,
    clock,
    ids,
    localUrl: () => localUrl,
    secrets: parts.secrets,
    apiVersion: config.SHOPIFY_API_VERSION,
  });
  const queries = createWebhookQueries(db);
  const rerun = createRerun({ db, clock, queue: parts.queue, wake: processor.wake, count: queries.count });
  const bookmarks = createBookmarks(db, clock);
  const gaps = createWebhookGaps({ db, clock, bus });

  const service: WebhooksApi = {
    ...queries,
    ...sender,
    health: createWebhookHealth(db, processor.pauses),
    rerun: rerun.start,
    sample: createSamples(db, parts.sampleRecord),
    bookmarks: bookmarks.list,
    bookmark: async (id, name) => {
      await bookmarks.save(id, name);
      bus.publish({ topic: 'webhooks' });
    },
    subscriptions: async () => ({ items: await subscriptions.list(parts.stores().map(({ shop }) => shop)) }),
    repairSubscriptions: async (shop) => {
      await parts.repairStore(shop);
      const [check] = await subscriptions.list([shop]);
      return check ?? { shop, checkedAt: null, wantedUri: '', problem: null, subscriptions: [] };
    },
    gaps: gaps.list,
  };

  return {
    processor,
    service,
    /** For whatever fills periods without deliveries. */
    gaps,
    ensureSubscriptions: (client: ShopifyClient, signal?: AbortSignal): Promise<string[]> =>
      subscriptions.ensure(client, scopesOf(client.shop), signal),
    removeSubscriptions: subscriptions.remove,
    /** Deliveries that came before their store was known are due again. */
    takeUp: async (shop: string): Promise<void> => {
      await requeueIgnored(db, shop);
      processor.wake();
    },
    /** Where the public door listens on this computer: what is sent again from here goes through it. */
    listensAt: (url: string): void => {
      localUrl = url;
    },
    register: (door: FastifyInstance): void =>
      registerWebhookRoutes(door, {
        inbox,
        bodyLimit: config.BACKROOM_LIMITS_WEBHOOK_BODY_BYTES,
        secrets: parts.secrets,
      }),
  };
};
