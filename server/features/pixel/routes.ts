import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../../shared/errors.ts';
import { checkPixelEvent, type PixelEvent } from '../../../shared/pixel-event.ts';
import { type PixelIngest, type RejectedEvent, toQuarantineText } from './ingest.ts';

/** Pixels run in sandboxes whose origin is `null`, so the origin proves nothing; no cookies are involved. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': 'content-type, ngrok-skip-browser-warning',
  'access-control-max-age': '86400',
} as const;
const MAX_EVENTS = 500;
const RAW_LIMIT = 16_384;

const textOr = (value: unknown, fallback: string): string =>
  typeof value === 'string' ? value.slice(0, 100) : fallback;

const rejection = (input: unknown, reason: string): RejectedEvent => {
  const facts = typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
  return {
    name: textOr(facts.name, '(no name)'),
    eventId: typeof facts.id === 'string' ? facts.id.slice(0, 100) : null,
    reason,
    raw: toQuarantineText(input).slice(0, RAW_LIMIT),
  };
};

/** @throws AppError `INVALID_JSON`, `BAD_REQUEST` */
const parseEvents = (body: unknown): unknown[] => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '');
  } catch (cause) {
    throw new AppError('INVALID_JSON', 'The body is not JSON.', {
      hint: 'Send one event or an array of events, as text/plain or application/json.',
      cause,
    });
  }
  const events = Array.isArray(parsed) ? parsed : [parsed];
  if (events.length === 0 || events.length > MAX_EVENTS) {
    throw new AppError('BAD_REQUEST', `A request takes 1 to ${MAX_EVENTS} events; this one has ${events.length}.`, {
      hint: 'Split it into several requests.',
    });
  }
  return events;
};

interface Limits {
  readonly enabled: boolean;
  readonly perKey: number;
  readonly perAddress: number;
}

/** Resolves with the seconds to wait, or 0 when the events may pass. */
const createLimiter = (limits: Limits): ((shop: string, address: string, events: number) => Promise<number>) => {
  if (!limits.enabled) return async () => 0;
  const byShop = new RateLimiterMemory({ points: limits.perKey, duration: 60 });
  const byAddress = new RateLimiterMemory({ points: limits.perAddress, duration: 60 });
  return async (shop, address, events) => {
    try {
      await byAddress.consume(address, events);
      await byShop.consume(shop, events);
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      throw refused;
    }
  };
};

/** `POST /pixel/v1/events?key=`: one event or an array. 204 after the commit; `x-backroom-quarantined` says how many were put aside. */
export const registerPixelRoutes = (
  app: FastifyInstance,
  options: { ingest: PixelIngest; shopOf: (pixelKey: string) => string | undefined; bodyLimit: number; limits: Limits },
): void => {
  const { ingest } = options;
  const waitFor = createLimiter(options.limits);

  const receive = async (
    request: FastifyRequest<{ Querystring: { key?: string } }>,
    reply: FastifyReply,
  ): Promise<FastifyReply> => {
    const shop = options.shopOf(request.query.key ?? '');
    if (shop === undefined) {
      throw new AppError('UNKNOWN_PIXEL_KEY', 'The pixel key is not known here.', {
        hint: 'Use the key shown for the store; it may have been replaced.',
      });
    }
    const events = parseEvents(request.body);
    const wait = await waitFor(shop, request.ip, events.length);
    if (wait > 0) {
      ingest.countLimited(shop, events.length);
      reply.header('retry-after', wait);
      throw new AppError('RATE_LIMITED', 'Too many events for now.', { hint: `Send them again in ${wait} s.` });
    }
    const accepted: PixelEvent[] = [];
    const rejected: RejectedEvent[] = [];
    for (const input of events) {
      const check = checkPixelEvent(input);
      if (check.ok) accepted.push(check.event);
      else rejected.push(rejection(input, check.reason));
    }
    await ingest.store({ shop, accepted, rejected });
    if (rejected.length > 0) reply.header('x-backroom-quarantined', rejected.length);
    return reply.code(204).send();
  };

  app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers(CORS);
    });
    scope.options('/pixel/v1/events', async (_request, reply) => reply.code(204).send());
    scope.post('/pixel/v1/events', { bodyLimit: options.bodyLimit }, receive);
  });
};
