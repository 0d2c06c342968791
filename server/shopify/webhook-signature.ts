import { hash, timingSafeEqual } from 'node:crypto';

const BLOCK = 64;
const DIGEST = 32;
/** Base64 of 32 bytes. */
const LENGTH = 44;

/** What HMAC (RFC 2104) makes of a key before it sees a message: both padded keys, each at the front of the buffer that is hashed. */
interface Key {
  /** Grows to the largest message seen, so that no message needs a buffer of its own. */
  inner: Buffer;
  readonly outer: Buffer;
}

const padded = (secret: string, byte: number, room: number): Buffer => {
  const bytes = Buffer.from(secret, 'utf8');
  const key = bytes.length > BLOCK ? hash('sha256', bytes, 'buffer') : bytes;
  const buffer = Buffer.alloc(BLOCK + room);
  key.copy(buffer);
  for (let at = 0; at < BLOCK; at += 1) buffer[at] = (buffer[at] ?? 0) ^ byte;
  return buffer;
};

/** One app has one secret, or two while it changes. */
const keys = new Map<string, Key>();
const MOST_KEYS = 16;
const keyOf = (secret: string): Key => {
  const known = keys.get(secret);
  if (known) return known;
  if (keys.size >= MOST_KEYS) keys.clear();
  const key = { inner: padded(secret, 0x36, 16_384), outer: padded(secret, 0x5c, DIGEST) };
  keys.set(secret, key);
  return key;
};

/**
 * The signature that Shopify puts on these bytes: base64(HMAC-SHA256(client secret, raw body)). Two one-shot hashes cost less than half of
 * `createHmac`, which makes a stream for each message; the tests compare both.
 */
export const signatureOf = (secret: string, rawBody: Buffer): string => {
  const key = keyOf(secret);
  const length = BLOCK + rawBody.length;
  if (key.inner.length < length) {
    const larger = Buffer.alloc(length * 2);
    key.inner.copy(larger, 0, 0, BLOCK);
    key.inner = larger;
  }
  rawBody.copy(key.inner, BLOCK);
  key.outer.write(hash('sha256', key.inner.subarray(0, length), 'binary'), BLOCK, 'latin1');
  return hash('sha256', key.outer, 'base64');
};

const expected = Buffer.alloc(LENGTH);
const given = Buffer.alloc(LENGTH);

/**
 * Whether Shopify signed these bytes, compared in constant time. The library's own check wants the body as a string and converts the whole
 * request first; this is the hot path. https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
 */
export const isSignedBy = (secret: string, rawBody: Buffer, signature: string): boolean => {
  if (signature.length !== LENGTH) return false;
  expected.write(signatureOf(secret, rawBody), 'latin1');
  given.write(signature, 'latin1');
  return timingSafeEqual(given, expected);
};
