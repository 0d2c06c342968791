import type { FastifyInstance } from 'fastify';
import type { PixelApi } from '../api/services/pixel.ts';
import { createPixelActivation } from '../features/pixel/activation.ts';
import { createPixelAnalysis } from '../features/pixel/analysis/analysis.ts';
import { createFunnelQueries } from '../features/pixel/analysis/funnel-queries.ts';
import type { KnownOrders, OrdersPort } from '../features/pixel/analysis/order-gaps.ts';
import { createSessionQueries, type SessionOrdersPort } from '../features/pixel/analysis/session-queries.ts';
import { createEventInsert } from '../features/pixel/event-insert.ts';
import { createPixelHealth } from '../features/pixel/health.ts';
import { createPixelIngest } from '../features/pixel/ingest.ts';
import { createQuarantine } from '../features/pixel/quarantine.ts';
import { createPixelQueries } from '../features/pixel/queries.ts';
import { createReceiver } from '../features/pixel/receive.ts';
import { defineRetention } from '../features/pixel/retention.ts';
import { createRetentionSettings } from '../features/pixel/retention-settings.ts';
import { createRollups } from '../features/pixel/rollups.ts';
import { registerPixelRoutes } from '../features/pixel/routes.ts';
import { createPixelRules } from '../features/pixel/rules/rules.ts';
import { createPixelActions } from '../features/pixel/service.ts';
import { createPixelStatus } from '../features/pixel/status.ts';
import { createTestEvent } from '../features/pixel/test-event.ts';
import { createPixelUsage } from '../features/pixel/usage.ts';
import { createPixelCheck } from '../features/pixel/validators.ts';
import { toIso } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Suppression } from '../platform/personal-data.ts';
import type { Queue } from '../platform/queue/queue.ts';
import type { ShopifyClient } from '../shopify/client.ts';
import type { Foundation } from './foundation.ts';

/** Orders as they are synced; null while a store has none here. */
const ordersFrom = (db: Database): OrdersPort & SessionOrdersPort => ({
  between: async (shop, from, to) => {
    const own = shop === undefined ? '' : 'AND shop = ?';
    const params = shop === undefined ? [] : [shop];
    const [any] = await db.read(`SELECT 1 FROM orders WHERE true ${own} LIMIT 1`, params);
    if (!any) return null;
    const stores = await db.read<{ shop: string; ids: string; names: string; times: string; checkoutTokens: string }>(
      `SELECT shop, json_group_array(CAST(pk AS TEXT)) AS ids, json_group_array(name) AS names,
         json_group_array(CAST(round(unixepoch(processed_at, 'subsec') * 1000) AS INTEGER)) AS times, json_group_array(checkout_token) AS checkoutTokens
       FROM (SELECT pk, name, shop, processed_at, checkout_token FROM orders WHERE processed_at >= ? AND processed_at < ? ${own} LIMIT 20000)
       GROUP BY shop`,
      [toIso(from), toIso(to), ...params],
    );
    return stores.map(
      ({ shop: owner, ids, names, times, checkoutTokens }): KnownOrders => ({
        shop: owner,
        ids: JSON.parse(ids) as string[],
        names: JSON.parse(names) as string[],
        times: JSON.parse(times) as number[],
        checkoutTokens: JSON.parse(checkoutTokens) as (string | null)[],
      }),
    );
  },
  ofSessions: async (asked) => {
    const rows = await db.read<{ place: number; pk: number; name: string }>(
      `SELECT k.key AS place, o.pk, o.name FROM json_each(?1) AS k CROSS JOIN orders AS o
         ON o.checkout_token = k.value->>'checkoutToken' AND o.shop = k.value->>'shop'
       UNION ALL SELECT k.key, o.pk, o.name FROM json_each(?1) AS k CROSS JOIN orders AS o
         ON o.pk = CAST(k.value->>'orderId' AS INTEGER) AND o.shop = k.value->>'shop'`,
      [JSON.stringify(asked)],
    );
    const found = new Map(rows.map(({ place, pk, name }) => [place, { id: `gid://shopify/Order/${pk}`, name }]));
    return asked.map((_, place) => found.get(place) ?? null);
  },
});

export const composePixel = async (
  { db, clock, ids, bus, log, config, publicAddress, onClose }: Foundation,
  suppression: Suppression,
  parts: {
    readonly queue: Queue;
    readonly clientOf: (shop: string) => ShopifyClient;
    /** The tunnel's plan has nothing left for pixels. */
    readonly isStopped: () => boolean;
    readonly shops: () => readonly { readonly shop: string; readonly state: string }[];
  },
) => {
  const endpoint = (): string => `${publicAddress.url()}/pixel/v1/events`;
  const activation = await createPixelActivation({ db, clock, ids });
  const rollups = await createRollups(db);
  const {
    reload: reloadRules,
    withRules,
    ...rules
  } = await createPixelRules({
    db,
    clock,
    onChange: (shop) => bus.publish({ topic: 'pixel', shop }),
  });
  const receiver = createReceiver({ check: withRules(createPixelCheck()) });
  const ingest = createPixelIngest({
    db,
    rollups,
    insert: await createEventInsert(db),
    clock,
    bus,
    screen: suppression.screen,
    onStored: () => analysis.wake(),
    onError: (error) => log.error({ err: error }, 'a pixel write failed'),
  });
  onClose(() => ingest.idle());
  const analysis = createPixelAnalysis({
    db,
    clock,
    isBusy: ingest.isBusy,
    onChange: () => bus.publish({ topic: 'pixel' }),
    onError: (error) => log.error({ err: error }, 'the pixel’s events could not be analysed'),
  });
  onClose(() => analysis.close());
  analysis.wake();
  const usage = createPixelUsage({ db, clock });
  const retentionSettings = await createRetentionSettings({
    db,
    clock,
    defaults: { days: config.BACKROOM_PIXEL_KEEP_DAYS, megabytes: config.BACKROOM_PIXEL_KEEP_MEGABYTES },
    onChanged: () => bus.publish({ topic: 'pixel' }),
  });
  const keepEvents = config.BACKROOM_PIXEL_KEEP_EVENTS;
  const retention = defineRetention({ db, clock, settings: retentionSettings, usage, keepEvents });
  const retentionNow = async () => ({
    ...retentionSettings.get(),
    maxEvents: keepEvents,
    ...(await usage.usage()),
  });
  parts.queue.register(retention);
  parts.queue.schedule(retention, { cron: '23 * * * *', input: {}, uniqueKey: 'pixel.retention' });

  const onChange = (shop?: string): void => {
    bus.publish({ topic: 'pixel', ...(shop === undefined ? {} : { shop }) });
    analysis.wake();
  };
  const status = createPixelStatus({
    db,
    clock,
    activation,
    endpoint,
    isStopped: parts.isStopped,
    shops: async () => parts.shops().map(({ shop, state }) => ({ shop, isUninstalled: state === 'uninstalled' })),
  });
  const quarantine = createQuarantine({ db, clock, receiver, ingest, onChange });
  const orders = ordersFrom(db);
  const service: PixelApi = {
    ...createPixelQueries(db),
    ...createPixelActions({ activation, status, endpoint, clientOf: parts.clientOf, onChange }),
    ...createPixelHealth(db, clock),
    ...createFunnelQueries({ db, clock, orders }),
    ...createSessionQueries({ db, orders }),
    ...rules,
    stores: async () => ({ items: await status.all() }),
    test: createTestEvent({
      db,
      clock,
      ids,
      endpoint,
      keyOf: async (shop) => (await activation.of(shop))?.pixelKey ?? '',
    }),
    retention: retentionNow,
    saveRetention: async (next) => {
      await retentionSettings.save(next);
      // What is over the new limits goes at once, not within the hour.
      await parts.queue.enqueue(retention, {}, { uniqueKey: 'pixel.retention' });
      return retentionNow();
    },
    quarantineGroups: quarantine.groups,
    rerun: quarantine.rerun,
  };
  return {
    activation: {
      ...activation,
      reload: async (): Promise<void> => {
        await activation.reload();
        await reloadRules();
      },
    },
    service,
    /** For tests: resolves when what was received is also in funnel and sessions. */
    analysed: analysis.caughtUp,
    ensureActive: (client: ShopifyClient, signal?: AbortSignal): Promise<void> =>
      activation.ensureActive(client, endpoint(), signal),
    register: (door: FastifyInstance): void =>
      registerPixelRoutes(door, {
        ingest,
        receiver,
        clock,
        shopOf: activation.shopOf,
        bodyLimit: config.BACKROOM_LIMITS_PIXEL_BODY_BYTES,
        limits: {
          enabled: config.BACKROOM_LIMITS === 'on',
          perKey: config.BACKROOM_LIMITS_PIXEL_EVENTS_PER_MINUTE,
          perAddress: config.BACKROOM_LIMITS_PIXEL_ADDRESS_EVENTS_PER_MINUTE,
        },
      }),
  };
};
