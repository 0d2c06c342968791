import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { isShopDomain } from '../../../shared/shop-domain.ts';
import { isSignedBy } from '../../shopify/webhook-signature.ts';
import type { Inbox } from './inbox.ts';

/** Headers worth keeping for the inspector: Shopify's own, in both families, and what says how the body was sent. */
const KEPT_HEADER = /^(x-shopify-|shopify-|content-type$|user-agent$)/;
const SIGNATURE_HEADER = /hmac/;
const TOPIC = /^[a-z0-9_]+(\/[a-z0-9_]+)+$/;

const header = (request: FastifyRequest, name: string): string | null => {
  const value = request.headers[`x-shopify-${name}`] ?? request.headers[`shopify-${name}`];
  return typeof value === 'string' && value !== '' && value.length <= 500 ? value : null;
};

const keptHeaders = (request: FastifyRequest): string => {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string' && KEPT_HEADER.test(name) && !SIGNATURE_HEADER.test(name)) kept[name] = value;
  }
  return JSON.stringify(kept);
};

/**
 * `POST /webhooks`, any topic. Signature first, over the raw bytes; the body is not parsed here: what Shopify signed is kept as it is,
 * and a body that no handler understands is a failed delivery to look at, not a lost one.
 */
export const registerWebhookRoutes = (
  app: FastifyInstance,
  options: { inbox: Inbox; secrets: () => readonly string[]; bodyLimit: number },
): void => {
  const { inbox } = options;

  const refuse = (
    request: FastifyRequest,
    bytes: number,
    problem: { code: ErrorCode; message: string; hint: string },
  ): never => {
    const shop = header(request, 'shop-domain');
    inbox.refuse({
      shop: shop !== null && isShopDomain(shop) ? shop : null,
      topic: header(request, 'topic') ?? '(no topic)',
      bytes,
      ...problem,
    });
    throw new AppError(problem.code, problem.message, { hint: problem.hint });
  };

  const receive = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const signature = header(request, 'hmac-sha256');
    if (signature === null || !options.secrets().some((secret) => isSignedBy(secret, body, signature))) {
      return refuse(request, body.length, {
        code: 'INVALID_HMAC',
        message: signature === null ? 'The request carries no signature.' : 'The signature does not fit the body.',
        hint: 'It was not sent by Shopify for this app, or the client secret in Settings is another app’s. Test notifications from the store’s own settings are signed with another secret and always end here.',
      });
    }
    const topic = header(request, 'topic');
    const shop = header(request, 'shop-domain');
    const webhookId = header(request, 'webhook-id');
    if (topic === null || !TOPIC.test(topic) || webhookId === null) {
      return refuse(request, body.length, {
        code: 'BAD_REQUEST',
        message: 'The topic or the webhook id is missing.',
        hint: 'Shopify sends X-Shopify-Topic and X-Shopify-Webhook-Id with each delivery; a proxy may have removed them.',
      });
    }
    if (shop === null || !isShopDomain(shop)) {
      return refuse(request, body.length, {
        code: 'INVALID_SHOP',
        message: 'The shop domain is missing or is not a myshopify.com domain.',
        hint: 'Shopify sends X-Shopify-Shop-Domain with each delivery; a proxy may have changed it.',
      });
    }
    await inbox.accept({
      shop,
      topic,
      webhookId,
      eventId: header(request, 'event-id'),
      apiVersion: header(request, 'api-version'),
      triggeredAt: header(request, 'triggered-at'),
      headers: keptHeaders(request),
      payload: body.toString('utf8'),
      bytes: body.length,
    });
    return reply.code(200).send();
  };

  app.post(
    '/webhooks',
    {
      bodyLimit: options.bodyLimit,
      errorHandler: (error, request, reply) => {
        if ((error as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
          inbox.refuse({
            shop: null,
            topic: header(request, 'topic') ?? '(no topic)',
            bytes: Number(request.headers['content-length'] ?? 0),
            code: 'BODY_TOO_LARGE',
            message: `The body is larger than ${options.bodyLimit} bytes.`,
            hint: 'Raise BACKROOM_LIMITS_WEBHOOK_BODY_BYTES if Shopify really sends bodies of this size.',
          });
        }
        app.errorHandler(error, request, reply);
      },
    },
    receive,
  );
};
