import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Random } from '../data/random.ts';
import type { ShopEvents } from '../graphql/context.ts';
import type { Clock } from '../shop/clock.ts';
import type { DemoShop } from '../shop/shop.ts';
import type { PixelSender } from '../traffic/pixel-sender.ts';
import type { Storefront } from '../traffic/storefront.ts';
import { changeProduct } from '../traffic/traffic.ts';
import type { DeliveryService } from '../webhooks/delivery.ts';
import { defaultPayload, productPayload } from '../webhooks/payloads.ts';
import { enumOfTopic } from '../webhooks/topics.ts';
import { Fault, type FaultPlan } from './faults.ts';

export interface ControlParts {
  readonly shops: readonly DemoShop[];
  readonly storefronts: ReadonlyMap<DemoShop, Storefront>;
  readonly deliveries: DeliveryService;
  readonly pixels: PixelSender;
  readonly faults: FaultPlan;
  readonly events: ShopEvents;
  readonly random: Random;
  readonly clock: Clock;
}

const Shop = z.string().optional();
const ProductUpdate = z.object({
  shop: Shop,
  id: z.union([z.number(), z.string()]).optional(),
  title: z.string().optional(),
  count: z.number().int().min(1).max(10_000).default(1),
});
const ProductRemove = z.object({ shop: Shop, id: z.union([z.number(), z.string()]) });
const SendWebhook = z.object({
  shop: Shop,
  topic: z.string(),
  payload: z.unknown().optional(),
  forge: z.enum(['signature']).optional(),
  webhookId: z.string().optional(),
  /** For a topic without a subscription. */
  uri: z.url().optional(),
  count: z.number().int().min(1).max(100_000).default(1),
  concurrency: z.number().int().min(1).max(256).default(1),
});
const SendPixel = z.object({
  shop: Shop,
  events: z.array(z.record(z.string(), z.unknown())).max(1000).optional(),
  invalid: z.boolean().default(false),
  count: z.number().int().min(1).max(10_000).default(1),
});
const SetFaults = z.object({ next: z.array(Fault).max(100), clear: z.boolean().default(false) });
const Advance = z.object({
  ms: z
    .number()
    .int()
    .min(0)
    .max(10 * 366 * 86_400_000),
});
const OneShop = z.object({ shop: Shop });

const LOOPBACK_ADDRESS = /^(127\.|::1$|::ffff:127\.)/;
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;

/** Runs `count` calls, at most `concurrency` at a time, and counts what they answered. */
const repeat = async (
  count: number,
  concurrency: number,
  call: (index: number) => Promise<number | null>,
): Promise<Record<string, number>> => {
  const statuses: Record<string, number> = {};
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const status = String((await call(index)) ?? 'none');
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, worker));
  return statuses;
};

/** Handles for tests and for curious people, under `/_demo/`: from this computer only, and from no web page. */
export const registerControl = (server: FastifyInstance, parts: ControlParts): void => {
  const { shops, random, clock } = parts;
  const { now } = clock;
  const shopBy = (domain: string | undefined): DemoShop => {
    const shop = domain === undefined ? shops[0] : shops.find((entry) => entry.profile.domain === domain);
    if (!shop) throw Object.assign(new Error(`no shop ${domain ?? ''}`), { statusCode: 404 });
    return shop;
  };
  const read = <Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> => {
    const parsed = schema.safeParse(body ?? {});
    if (!parsed.success) throw Object.assign(new Error(z.prettifyError(parsed.error)), { statusCode: 400 });
    return parsed.data;
  };
  const numericId = (id: number | string): number => Number(String(id).replace(/^gid:\/\/shopify\/Product\//, ''));

  server.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/_demo/')) return;
    // The host check keeps out pages that point a name of theirs at this computer.
    const isLocal =
      LOOPBACK_ADDRESS.test(request.ip) &&
      LOOPBACK_HOST.test(request.headers.host ?? '') &&
      request.headers.origin === undefined;
    if (!isLocal) await reply.code(403).send({ error: 'only for programs on this computer' });
  });

  server.get('/_demo/state', async () => ({
    shops: shops.map((shop) => ({
      shop: shop.profile.domain,
      name: shop.profile.name,
      isInstalled: shop.isInstalled,
      products: shop.products.count,
      orders: shop.orders.count,
      customers: shop.customers.count,
      throttle: shop.throttle.status(),
      subscriptions: [...shop.subscriptions.values()].map(({ topic, uri, consecutiveFailures }) => ({
        topic,
        uri,
        consecutiveFailures,
      })),
      pixel: shop.pixel ? { endpoint: shop.pixel.settings.endpoint ?? null } : null,
    })),
    deliveries: { ...parts.deliveries.counts, recent: parts.deliveries.recent.slice(-20) },
    pixelEvents: parts.pixels.counts,
    faultsPending: parts.faults.pending,
  }));

  server.post('/_demo/products/update', async (request) => {
    const input = read(ProductUpdate, request.body);
    const shop = shopBy(input.shop);
    const ids: string[] = [];
    for (let index = 0; index < input.count; index += 1) {
      const id =
        input.id === undefined
          ? shop.products.nth(random.int(0, Math.max(0, shop.products.count - 1)))?.id
          : numericId(input.id);
      const product =
        id === undefined
          ? null
          : shop.products.change(id, (draft) => {
              if (input.title === undefined) changeProduct(draft, random, now());
              else draft.title = input.title;
            });
      if (!product) throw Object.assign(new Error('no such product'), { statusCode: 404 });
      parts.events.productChanged(shop, product.id);
      ids.push(`gid://shopify/Product/${product.id}`);
    }
    return { ids };
  });
  server.post('/_demo/products/create', async (request) => {
    const shop = shopBy(read(OneShop, request.body).shop);
    const product = shop.products.create();
    parts.deliveries.publish(shop, 'products/create', productPayload(product));
    return { ids: [`gid://shopify/Product/${product.id}`] };
  });
  server.post('/_demo/products/delete', async (request) => {
    const input = read(ProductRemove, request.body);
    const shop = shopBy(input.shop);
    const id = numericId(input.id);
    if (!shop.products.remove(id)) throw Object.assign(new Error('no such product'), { statusCode: 404 });
    parts.deliveries.publish(shop, 'products/delete', { id });
    return { ids: [`gid://shopify/Product/${id}`] };
  });

  server.post('/_demo/webhook', async (request) => {
    const input = read(SendWebhook, request.body);
    const shop = shopBy(input.shop);
    const uri =
      input.uri ??
      [...shop.subscriptions.values()].find((subscription) => subscription.topic === enumOfTopic(input.topic))?.uri;
    if (!uri)
      throw Object.assign(new Error(`${shop.profile.domain} has no subscription of ${input.topic}; give a uri`), {
        statusCode: 409,
      });
    const payload = input.payload ?? defaultPayload(shop, input.topic);
    const statuses = await repeat(input.count, input.concurrency, () =>
      parts.deliveries.sendOnce({
        shop,
        topic: input.topic,
        uri,
        payload,
        webhookId: input.webhookId,
        isForged: input.forge === 'signature',
      }),
    );
    return { statuses };
  });

  server.post('/_demo/pixel', async (request) => {
    const input = read(SendPixel, request.body);
    const shop = shopBy(input.shop);
    const storefront = parts.storefronts.get(shop);
    if (!shop.pixel?.settings.endpoint || !storefront)
      throw Object.assign(new Error(`${shop.profile.domain} has no pixel with an endpoint`), { statusCode: 409 });
    const made = (): Record<string, unknown>[] =>
      Array.from({ length: input.count }, () => (input.invalid ? storefront.nextSpoiled() : storefront.next()));
    const events = input.events ?? made();
    return { status: await parts.pixels.send(shop, events), sent: events.length };
  });

  server.post('/_demo/faults', async (request) => {
    const input = read(SetFaults, request.body);
    if (input.clear) parts.faults.clear();
    parts.faults.add(input.next);
    return { pending: parts.faults.pending };
  });

  server.post('/_demo/time', async (request) => {
    clock.advance(read(Advance, request.body).ms);
    return { now: new Date(now()).toISOString() };
  });

  server.post('/_demo/uninstall', async (request) => {
    const shop = shopBy(read(OneShop, request.body).shop);
    parts.events.uninstalled(shop);
    return { shop: shop.profile.domain };
  });
};
