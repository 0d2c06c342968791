import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { TRUTH_KINDS, truthLines, truthOf } from '../shop/truth.ts';
import { defaultPayload } from '../webhooks/payloads.ts';
import { enumOfTopic } from '../webhooks/topics.ts';
import { controlPage } from './control-page.ts';
import { type ControlParts, conflict, readBody, ShopName, shopFinder } from './control-parts.ts';
import { registerShopControl } from './control-shop.ts';
import { Fault } from './faults.ts';
import { sendPage } from './pages.ts';

const SendWebhook = z.object({
  shop: ShopName,
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
  shop: ShopName,
  events: z.array(z.record(z.string(), z.unknown())).max(1000).optional(),
  invalid: z.boolean().default(false),
  count: z.number().int().min(1).max(10_000).default(1),
});
const SetFaults = z.object({ next: z.array(Fault).max(100), clear: z.boolean().default(false) });
const Habits = z.object({
  duplicates: z.number().min(0).max(1).optional(),
  disorder: z.number().min(0).max(1).optional(),
  forged: z.number().min(0).max(1).optional(),
  lagMs: z.number().int().min(1).max(86_400_000).optional(),
  headers: z.enum(['webhooks', 'events', 'both']).optional(),
  silent: z.boolean().optional(),
  complianceUri: z.url().nullish(),
});
const SetTraps = z.object({
  shop: ShopName,
  customersByDay: z.boolean().optional(),
  hideOldOrders: z.boolean().optional(),
  hasPixelExtension: z.boolean().optional(),
  searchLagMs: z.number().int().min(0).max(3_600_000).optional(),
  deniedFields: z
    .array(z.string().regex(/^\w+\.\w+$/))
    .max(100)
    .optional(),
});
const SetAccess = z.object({
  refuseNonExpiring: z.boolean().optional(),
  credentialsNeedInstall: z.boolean().optional(),
  loopbackRedirects: z.boolean().optional(),
  slowLoginMs: z.number().int().min(0).max(600_000).optional(),
});
const Advance = z.object({
  ms: z
    .number()
    .int()
    .min(0)
    .max(10 * 366 * 86_400_000),
});
const TruthQuery = z.object({ shop: ShopName, resource: z.enum(TRUTH_KINDS).optional() });

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

/** Writes the given entries over an object; absent ones stay. */
const assignGiven = (target: object, given: object): void => {
  for (const [key, value] of Object.entries(given))
    if (value !== undefined && key in target) Object.assign(target, { [key]: value });
};

/** Handles for tests and for curious people, under `/_demo/`: from this computer only, and from no other web page. */
export const registerControl = (server: FastifyInstance, parts: ControlParts): void => {
  const { shops, clock, deliveries, faults } = parts;
  const shopBy = shopFinder(shops);

  server.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/_demo')) return;
    const { host = '', origin } = request.headers;
    // The host check keeps out pages that point a name of theirs at this computer.
    const isLocal =
      LOOPBACK_ADDRESS.test(request.ip) &&
      LOOPBACK_HOST.test(host) &&
      (origin === undefined || origin === `http://${host}`);
    if (!isLocal) await reply.code(403).send({ error: 'only for programs on this computer' });
  });

  const state = () => ({
    now: new Date(clock.now()).toISOString(),
    shops: shops.map((shop) => ({
      shop: shop.profile.domain,
      name: shop.profile.name,
      isInstalled: shop.isInstalled,
      products: shop.products.count,
      orders: shop.orders.count,
      customers: shop.customers.count,
      throttle: shop.throttle.status(),
      traps: shop.traps,
      subscriptions: [...shop.subscriptions.values()].map(({ topic, uri, consecutiveFailures }) => ({
        topic,
        uri,
        consecutiveFailures,
      })),
      pixel: shop.pixel ? { endpoint: shop.pixel.settings.endpoint ?? null } : null,
    })),
    deliveries: { ...deliveries.counts, habits: deliveries.habits, recent: deliveries.recent.slice(-20) },
    pixelEvents: parts.pixels.counts,
    faultsPending: faults.pending,
  });
  for (const path of ['/_demo', '/_demo/'])
    server.get(path, async (_request, reply) => {
      const nonce = randomBytes(16).toString('base64url');
      return sendPage(reply, 200, controlPage(state(), nonce), nonce);
    });
  server.get('/_demo/state', async () => state());

  server.get('/_demo/truth', async (request) => {
    const query = readBody(TruthQuery, request.query);
    const shop = shopBy(query.shop);
    const kinds = query.resource ? [query.resource] : TRUTH_KINDS;
    const entries: [string, { count: number; checksum: string }][] = [];
    for (const kind of kinds) entries.push([kind, await truthOf(shop, kind)]);
    return { shop: shop.profile.domain, now: new Date(clock.now()).toISOString(), ...Object.fromEntries(entries) };
  });
  server.get('/_demo/truth/rows', async (request, reply) => {
    const query = readBody(TruthQuery, request.query);
    const lines = truthLines(shopBy(query.shop), query.resource ?? 'products');
    const text = (function* () {
      for (const line of lines) yield `${line}\n`;
    })();
    return reply.type('text/plain; charset=utf-8').send(Readable.from(text));
  });
  server.get('/_demo/budget', async (request) => {
    const shop = shopBy(readBody(z.object({ shop: ShopName }), request.query).shop);
    return { shop: shop.profile.domain, ...shop.throttle.budget() };
  });
  server.post('/_demo/budget/reset', async (request) => {
    const shop = shopBy(readBody(z.object({ shop: ShopName }), request.body).shop);
    shop.throttle.resetBudget();
    return { shop: shop.profile.domain };
  });

  server.post('/_demo/webhook', async (request) => {
    const input = readBody(SendWebhook, request.body);
    const shop = shopBy(input.shop);
    const uri =
      input.uri ??
      [...shop.subscriptions.values()].find((subscription) => subscription.topic === enumOfTopic(input.topic))?.uri;
    if (!uri) throw conflict(`${shop.profile.domain} has no subscription of ${input.topic}; give a uri`);
    const payload = input.payload ?? defaultPayload(shop, input.topic);
    const statuses = await repeat(input.count, input.concurrency, () =>
      deliveries.sendOnce({
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
    const input = readBody(SendPixel, request.body);
    const shop = shopBy(input.shop);
    const storefront = parts.storefronts.get(shop);
    if (!shop.pixel?.settings.endpoint || !storefront)
      throw conflict(`${shop.profile.domain} has no pixel with an endpoint`);
    const made = (): Record<string, unknown>[] =>
      Array.from({ length: input.count }, () => (input.invalid ? storefront.nextSpoiled() : storefront.next()));
    const events = input.events ?? made();
    return { status: await parts.pixels.send(shop, events), sent: events.length };
  });

  server.post('/_demo/faults', async (request) => {
    const input = readBody(SetFaults, request.body);
    if (input.clear) faults.clear();
    faults.add(input.next);
    return { pending: faults.pending };
  });
  server.post('/_demo/habits', async (request) => {
    const { complianceUri, ...habits } = readBody(Habits, request.body);
    assignGiven(deliveries.habits, habits);
    if (complianceUri !== undefined) deliveries.complianceUri = complianceUri;
    return { ...deliveries.habits, complianceUri: deliveries.complianceUri };
  });
  server.post('/_demo/traps', async (request) => {
    const { shop: name, ...traps } = readBody(SetTraps, request.body);
    const shop = shopBy(name);
    assignGiven(shop.traps, traps);
    return shop.traps;
  });
  server.post('/_demo/access', async (request) => {
    assignGiven(parts.access.rules, readBody(SetAccess, request.body));
    return parts.access.rules;
  });
  server.post('/_demo/time', async (request) => {
    clock.advance(readBody(Advance, request.body).ms);
    return { now: new Date(clock.now()).toISOString() };
  });
  server.post('/_demo/subscriptions/drop', async (request) => {
    const shop = shopBy(readBody(z.object({ shop: ShopName }), request.body).shop);
    const dropped = shop.subscriptions.size;
    shop.subscriptions.clear();
    return { dropped };
  });
  registerShopControl(server, parts);
};
