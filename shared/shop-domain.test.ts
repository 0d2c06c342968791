import { expect, it } from 'vitest';
import { isShopDomain, normalizeShopDomain } from './shop-domain.ts';

it.each([
  ['My-Store', 'my-store.myshopify.com'],
  [' https://my-store.myshopify.com/admin?x=1 ', 'my-store.myshopify.com'],
  ['https://admin.shopify.com/store/my-store/products', 'my-store.myshopify.com'],
  ['my-store.example.com', null],
  ['my-store.myshopify.com.evil.example', null],
  ['my-store.myshopify.com:443', null],
  ['user@my-store.myshopify.com', null],
  ['', null],
  ['-x', null],
])('“%s” is %s', (input, expected) => expect(normalizeShopDomain(input)).toBe(expected));

it.each([
  'a.myshopify.com\n',
  'A.myshopify.com',
  'a.b.myshopify.com',
  `${'a'.repeat(61)}.myshopify.com`,
  '.myshopify.com',
])('%j is no shop domain', (value) => expect(isShopDomain(value)).toBe(false));
