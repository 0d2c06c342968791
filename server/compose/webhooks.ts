import type { FastifyInstance } from 'fastify';
import type { WebhooksApi } from '../api/services/webhooks.ts';
import { createBookmarks } from '../features/webhooks/bookmarks.ts';
import { createWebhookGaps, type FoundChange } from '../features/webhooks/gaps.ts';
import { createWebhookHealth } from '../features/webhooks/health.ts';
import { createInbox } from '../features/webhooks/inbox.ts';
import { createListening, type Obstacle } from '../features/webhooks/listening.ts';
import { createWebhookProcessor } from '../features/webhooks/processor.ts';
import { createWebhookQueries } from '../features/webhooks/queries.ts';
import { createRecovery, type RecoveryPorts } from '../features/webhooks/recovery.ts';
import { requeueIgnored } from '../features/webhooks/requeue.ts';
import { createRerun } from '../features/webhooks/rerun.ts';
import { registerWebhookRoutes } from '../features/webhooks/routes.ts';
import { createSamples, type SampleRecord } from '../features/webhooks/samples.ts';
import { createWebhookSender } from '../features/webhooks/send.ts';
import { createSubscriptions } from '../features/webhooks/subscriptions.ts';
import { toIso } from '../platform/clock.ts';
import type { Suppression } from '../platform/personal-data.ts';
import type { TaskQueue } from '../platform/queue/queue.ts';
import type { TopicHandler } from '../platform/topic-handler.ts';
import type { ShopifyClient } from '../shopify/client.ts';
import type { Foundation } from './foundation.ts';

/** What a sync fetches by itself; transactions come with their orders. */
const RESOURCES = ['products', 'customers', 'orders'] as const;
interface Period {
  readonly shop: string;
  readonly resource: (typeof RESOURCES)[number];
  readonly from: string;
  readonly to: string;
}

export const composeWebhooks = async (
  { config, db, clock, ids, bus, log, publicAddress, onClose }: Foundation,
  parts: {
    handlers: Readonly<Record<string, TopicHandler>>;
    /** All that are accepted, the current one first. */
    secrets: () => readonly string[];
    queue: TaskQueue;
    sampleRecord: SampleRecord;
    /** Stores by domain, with what they granted. */
    stores: () => readonly {
      readonly shop: string;
      readonly scopes: readonly string[];
      readonly state: string;
      readonly connectedAt: string;
    }[];
    repairStore: (shop: string) => Promise<unknown>;
    reach: {
      /** Why no delivery can be taken now, as far as is known. */
      obstacle: () => Obstacle | null;
      /** All connected stores are put right and fetched: deliveries may have been missed. */
      catchUpAll: () => void;
      catchUp: (shop: string, resource?: Period['resource']) => Promise<void>;
    };
    recovery: RecoveryPorts;
    changedBetween: (period: Period) => AsyncIterable<readonly FoundChange[]>;
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
  const gaps = createWebhookGaps({ db, clock, bus, resources: RESOURCES });
  /** Stores with a dropped subscription that was found since their last sync was asked for. */
  const dropped = new Set<string>();
  const listening = createListening({
    db,
    clock,
    gaps,
    obstacle: parts.reach.obstacle,
    shops: () => parts.stores().filter(({ state }) => state === 'connected'),
    onGap: parts.reach.catchUpAll,
    onError: (error) => log.error({ err: error }, 'whether deliveries can come was not noted'),
  });
  onClose(() => listening.close());
  const subscriptions = createSubscriptions({
    db,
    clock,
    bus,
    uri: () => `${publicAddress.url()}/webhooks`,
    apiVersion: config.SHOPIFY_API_VERSION,
    scopesOf,
    onDropped: async (shop, since) => {
      dropped.add(shop);
      await gaps.begin({ shop, cause: 'subscription', from: since, to: toIso(clock.now()) });
    },
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
  const recovery = createRecovery({ clock, queue: parts.queue, gaps, resources: RESOURCES, ports: parts.recovery });

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
      if (dropped.delete(shop)) await parts.reach.catchUp(shop);
      const [check] = await subscriptions.list([shop]);
      return check ?? { shop, checkedAt: null, wantedUri: '', problem: null, subscriptions: [] };
    },
    missed: recovery.count,
    recover: recovery.start,
    gaps: gaps.list,
  };

  return {
    processor,
    service,
    listening,
    /** A sync has brought what changed until `toAt`: the gaps before that are filled, as far as this resource goes. */
    fillGaps: async (run: {
      shop: string;
      resource: Period['resource'];
      seq: number;
      toAt: string;
      deleted: number;
    }): Promise<void> => {
      const { shop, resource } = run;
      for (const [index, { id, from, to }] of (await gaps.open(shop, resource, run.toAt)).entries())
        await gaps.fill(id, {
          shop,
          resource,
          changes: parts.changedBetween({ shop, resource, from, to }),
          // When they were deleted is not known: they are counted once, for the oldest.
          deleted: index === 0 ? run.deleted : 0,
          run: String(run.seq),
          task: null,
        });
      // A gap that ended while this ran found its sync under way and joined it: it takes another.
      const later = await gaps.open(shop, resource, toIso(clock.now()));
      if (later.length > 0) await parts.reach.catchUp(shop, resource);
    },
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
