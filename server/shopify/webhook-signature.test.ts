import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSignedBy, signatureOf } from './webhook-signature.ts';

const reference = (secret: string, body: Uint8Array): string =>
  createHmac('sha256', secret).update(body).digest('base64');

it('is the HMAC of Node for any key and body, in any order of lengths', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
      fc.uint8Array({ maxLength: 40_000, size: 'max' }),
      (secret, body) => {
        expect(signatureOf(secret, Buffer.from(body))).toBe(reference(secret, body));
      },
    ),
    { seed: 1, numRuns: 25 },
  );
});

it('refuses another secret, another body, and what is no signature', () => {
  const body = Buffer.from('{"id":1}');
  const signature = reference('secret', body);
  expect(isSignedBy('secret', body, signature)).toBe(true);
  expect(isSignedBy('secret2', body, signature)).toBe(false);
  expect(isSignedBy('secret', Buffer.from('{"id":2}'), signature)).toBe(false);
  for (const wrong of ['', signature.slice(0, -1), `${signature}=`, 'Ā'.repeat(44)])
    expect(isSignedBy('secret', body, wrong)).toBe(false);
});
