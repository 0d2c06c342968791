import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { BulkService } from '../bulk/types.ts';
import type { Random } from '../data/random.ts';
import type { RequestContext, ShopEvents, Views } from '../graphql/context.ts';
import { CustomerView } from '../graphql/customer-view.ts';
import type { AdminExecutor, GraphqlAnswer } from '../graphql/execute.ts';
import { OrderView } from '../graphql/order-view.ts';
import { API_VERSIONS } from '../graphql/root-queries.ts';
import type { Access } from '../shop/access.ts';
import type { DemoShop } from '../shop/shop.ts';
import type { Fault, FaultPlan } from './faults.ts';

export interface AdminApiParts {
  readonly access: Access;
  readonly execute: AdminExecutor;
  readonly faults: FaultPlan;
  readonly events: ShopEvents;
  readonly bulk: BulkService;
  readonly random: Random;
  readonly now: () => number;
  readonly delay: (ms: number) => Promise<void>;
  /** The shop a request names; null when it names none, undefined when there is no such shop. */
  readonly shopOf: (request: FastifyRequest) => DemoShop | null | undefined;
}

const Body = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

const VIEWS: Views = {
  order: (shop, order) => new OrderView(shop, order),
  customer: (shop, customer) => new CustomerView(shop, customer),
};

const NON_EXPIRING = {
  errors:
    '[API] Non-expiring access tokens are no longer accepted for the Admin API. Start using expiring offline tokens.',
};
const DEPRECATION_PAGE = 'https://shopify.dev/api/usage/versioning#deprecation-practices';

const INVALID_TOKEN = { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' };

/** The version that answers: retired ones fall forward to the oldest supported. */
const resolveVersion = (asked: string): string | null => {
  if (asked === 'unstable' || API_VERSIONS.includes(asked)) return asked;
  const [oldest = ''] = API_VERSIONS;
  return /^\d{4}-(01|04|07|10)$/.test(asked) && asked < oldest ? oldest : null;
};

const faultAnswer = (fault: Fault, shop: DemoShop, requestId: string): GraphqlAnswer | null => {
  if (fault.kind === 'throttled') {
    const status = shop.throttle.status();
    return {
      errors: [
        {
          message: 'Throttled',
          extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' },
        },
      ],
      extensions: {
        cost: {
          requestedQueryCost: 100,
          actualQueryCost: null,
          throttleStatus: { ...status, currentlyAvailable: Math.max(0, 100 - status.restoreRate) },
        },
      },
    };
  }
  if (fault.kind === 'graphql-error') {
    const message = `Internal error. Looks like something went wrong on our end.\nRequest ID: ${requestId} (include this in support requests).`;
    return { errors: [{ message, extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } }] };
  }
  if (fault.kind === 'access-denied') {
    const requiredAccess = '`read_products` access scope.';
    const extensions = {
      code: 'ACCESS_DENIED',
      documentation: 'https://shopify.dev/api/usage/access-scopes',
      requiredAccess,
    };
    return {
      data: null,
      errors: [
        {
          message: `Access denied for products field. Required access: ${requiredAccess}`,
          path: ['products'],
          extensions,
        },
      ],
    };
  }
  return null;
};

/** HTTP-level faults. True when the request has been dealt with. */
export const applyHttpFault = async (
  fault: Fault | null,
  request: FastifyRequest,
  reply: FastifyReply,
  delay: (ms: number) => Promise<void>,
): Promise<boolean> => {
  switch (fault?.kind) {
    case 'slow':
      await delay(fault.ms);
      return false;
    case 'drop':
      reply.hijack();
      request.raw.socket.destroy();
      return true;
    case '429':
      await reply.code(429).header('Retry-After', '2.0').send({
        errors: 'Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.',
      });
      return true;
    case '500':
    case '502':
      await reply
        .code(Number(fault.kind))
        .type('text/html')
        .send(
          `<html><head><title>${fault.kind}</title></head><body><h1>${fault.kind === '502' ? 'Bad Gateway' : 'Internal Server Error'}</h1></body></html>`,
        );
      return true;
    default:
      return false;
  }
};

/** `POST /admin/api/{version}/graphql.json`. */
export const registerAdminApi = (server: FastifyInstance, parts: AdminApiParts): void => {
  server.post<{ Params: { version: string } }>('/admin/api/:version/graphql.json', async (request, reply) => {
    const requestId = parts.random.uuid();
    // The shop's own time, which may have been moved.
    void reply.headers({ 'X-Request-Id': requestId, Date: new Date(parts.now()).toUTCString() });
    const fault = parts.faults.take(request.url);
    if (await applyHttpFault(fault, request, reply, parts.delay)) return reply;

    const version = resolveVersion(request.params.version);
    const named = parts.shopOf(request);
    if (version === null || named === undefined) return reply.code(404).send({ errors: 'Not Found' });
    void reply.header('X-Shopify-API-Version', version);

    const token = request.headers['x-shopify-access-token'];
    const grant = typeof token === 'string' ? parts.access.verify(token) : null;
    if (grant === 'non-expiring') return reply.code(403).send(NON_EXPIRING);
    if (!grant || (named && named !== grant.shop)) return reply.code(401).send(INVALID_TOKEN);

    const answer = fault ? faultAnswer(fault, grant.shop, requestId) : null;
    if (answer) return reply.send(answer);

    const body = Body.safeParse(request.body);
    if (!body.success) return reply.code(400).send({ errors: { query: 'Required parameter missing or invalid' } });
    const context: RequestContext = {
      ...grant,
      apiVersion: version,
      clientId: parts.access.clientId,
      now: parts.now(),
      events: parts.events,
      bulk: parts.bulk,
      views: VIEWS,
      uninstall: () => parts.events.uninstalled(grant.shop),
    };
    const { query, variables, operationName } = body.data;
    const asked = { query, variables: variables ?? {}, operationName: operationName ?? null };
    const { answer: result, usesDeprecated } = await parts.execute(asked, context);
    if (usesDeprecated || version !== request.params.version)
      void reply.header('X-Shopify-API-Deprecated-Reason', DEPRECATION_PAGE);
    return reply.send(result);
  });
};
