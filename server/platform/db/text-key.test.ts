import { expect, it } from 'vitest';
import { eventKey } from '../../features/pixel/event-key.ts';
import { keyOf } from '../../features/webhooks/seen-deliveries.ts';
import { textKey } from './text-key.ts';

it('gives the numbers that are stored: another function would no longer find them', () => {
  expect(eventKey('a.myshopify.com', 'event-1')).toBe(1574720981862499);
  expect(keyOf({ shop: 'a.myshopify.com', topic: 'products/update', webhookId: 'w-1' })).toBe(257262612705763);
});

it('reads parts as one text, exactly representable, and tells parts apart that are parted', () => {
  expect(textKey('ab', 'c')).toBe(textKey('abc'));
  expect(textKey('ab', '\n', 'c')).not.toBe(textKey('a', '\n', 'bc'));
  const keys = Array.from({ length: 20_000 }, (_, n) => textKey('shop', '\n', `id-${n}`));
  expect(keys.every(Number.isSafeInteger)).toBe(true);
  expect(new Set(keys).size).toBe(keys.length);
});
