import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { isShopDomain } from '../../../shared/shop-domain.ts';
import { isSignedBy } from '../../shopify/webhook-signature.ts';
import { otherHeaders, readDeliveryHeaders } from './delivery-headers.ts';
import type { Inbox } from './inbox.ts';

const TOPIC = /^[A-Za-z0-9_]+(\/[a-z0-9_]+)+$/;
/** Set by Backroom itself when it sends a delivery through its own public door. */
export const ORIGIN_HEADER = 'x-backroom-origin';

const originOf = (request: FastifyRequest): { kind: string; seq: number | null } | null => {
  const value = request.headers[ORIGIN_HEADER];
  if (value === undefined) return null;
  const match = /^(edited|sample)(?: (\d{1,15}))?$/.exec(String(value));
  return match?.[1] === undefined ? null : { kind: match[1], seq: match[2] === undefined ? null : Number(match[2]) };
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
    const { shop, topic } = readDeliveryHeaders(request.headers);
    inbox.refuse({
      shop: shop !== null && isShopDomain(shop) ? shop : null,
      topic: topic ?? '(no topic)',
      bytes,
      ...problem,
    });
    throw new AppError(problem.code, problem.message, { hint: problem.hint });
  };

  const receive = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { family, topic, shop, webhookId, eventId, apiVersion, triggeredAt, signature } = readDeliveryHeaders(
      request.headers,
    );
    if (signature === null || !options.secrets().some((secret) => isSignedBy(secret, body, signature))) {
      return refuse(request, body.length, {
        code: 'INVALID_HMAC',
        message: signature === null ? 'The request carries no signature.' : 'The signature does not fit the body.',
        hint: 'It was not sent by Shopify for this app, or the client secret in Settings is another app’s. Test notifications from the store’s own settings are signed with another secret and always end here.',
      });
    }
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
      eventId,
      apiVersion,
      triggeredAt,
      headers: otherHeaders(request.headers, family),
      payload: body,
      origin: originOf(request),
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
            topic: readDeliveryHeaders(request.headers).topic ?? '(no topic)',
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
