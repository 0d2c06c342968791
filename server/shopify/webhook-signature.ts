import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether Shopify signed these bytes: base64(HMAC-SHA256(client secret, raw body)), compared in constant time. The library's
 * own check wants the body as a string and converts the whole request first; this is the hot path.
 * https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
 */
export const isSignedBy = (secret: string, rawBody: Buffer, signature: string): boolean => {
  const expected = createHmac('sha256', secret).update(rawBody).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
};
