import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../shared/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { PixelIngest } from './ingest.ts';
import { createRateLimit } from './rate-limit.ts';
import type { PixelReceiver } from './receive.ts';

/** Pixels run in sandboxes whose origin is `null`, so the origin proves nothing; no cookies are involved. */
const PREFLIGHT = {
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': 'content-type, ngrok-skip-browser-warning',
  'access-control-max-age': '86400',
} as const;

interface Limits {
  readonly enabled: boolean;
  readonly perKey: number;
  readonly perAddress: number;
}

/** Seconds to wait, or 0 when the events may pass. */
const createLimiter = (
  clock: Clock,
  limits: Limits,
): ((shop: string, address: string, events: number) => Promise<number> | number) => {
  if (!limits.enabled) return () => 0;
  const byShop = createRateLimit(clock, limits.perKey);
  const byAddress = createRateLimit(clock, limits.perAddress);
  // The address first: one that floods must not use up what the store's other shoppers may send.
  // A proxy may hand on what a sender claims: cut, so that no key is large.
  return async (shop, address, events) =>
    (await byAddress.take(`${shop} ${address.slice(0, 64)}`, events)) || (await byShop.take(shop, events));
};

/** `POST /pixel/v1/events?key=`: one event or an array. 204 after the commit; `x-backroom-quarantined` says how many were put aside. */
export const registerPixelRoutes = (
  app: FastifyInstance,
  options: {
    ingest: PixelIngest;
    receiver: PixelReceiver;
    clock: Clock;
    shopOf: (pixelKey: string) => string | undefined;
    bodyLimit: number;
    limits: Limits;
  },
): void => {
  const { ingest, receiver, clock } = options;
  const waitFor = createLimiter(clock, options.limits);

  const receive = async (
    request: FastifyRequest<{ Querystring: { key?: string } }>,
    reply: FastifyReply,
  ): Promise<FastifyReply> => {
    const { key } = request.query;
    const shop = typeof key === 'string' ? options.shopOf(key) : undefined;
    if (shop === undefined) {
      throw new AppError('UNKNOWN_PIXEL_KEY', 'The pixel key is not known here.', {
        hint: 'Use the key shown for the store; it may have been replaced.',
      });
    }
    const body = receiver.parseBody(request.body);
    const wait = await waitFor(shop, request.ip, body.events.length);
    if (wait > 0) {
      ingest.countLimited(shop, body.events.length);
      reply.header('retry-after', wait);
      throw new AppError('RATE_LIMITED', 'Too many events for now.', { hint: `Send them again in ${wait} s.` });
    }
    const batch = receiver.toBatch(shop, clock.now(), body);
    await ingest.store(batch);
    if (batch.rejected.length > 0) reply.header('x-backroom-quarantined', batch.rejected.length);
    if (batch.withheld.length > 0) reply.header('x-backroom-withheld', batch.withheld.length);
    return reply.code(204).send();
  };

  app.register(async (scope) => {
    scope.addHook('onRequest', (_request, reply, done) => {
      reply.header('access-control-allow-origin', '*');
      reply.header('access-control-expose-headers', 'retry-after');
      done();
    });
    scope.options('/pixel/v1/events', async (_request, reply) => reply.headers(PREFLIGHT).code(204).send());
    scope.post('/pixel/v1/events', { bodyLimit: options.bodyLimit }, receive);
  });
};
