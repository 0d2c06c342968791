import fc from 'fast-check';
import { expect, it } from 'vitest';
import { typedEvent } from './typed-event.ts';

const AT = '2026-11-24T10:00:01.500Z';
const price = { amount: 19.5, currencyCode: 'EUR' };
const variant = { title: 'Blue', sku: 'M-1', price, product: { id: '1', title: 'Mug' } };
const factsOf = (raw: unknown, title: string) =>
  Object.fromEntries(
    typedEvent(raw, AT)
      .groups.filter((group) => group.title === title)
      .flatMap(({ facts }) => facts.map(({ name, value }) => [name, value])),
  );

it('a checkout: money, discounts, order and its lines', () => {
  const raw = {
    data: {
      checkout: {
        totalPrice: { amount: 1050, currencyCode: 'JPY' },
        subtotalPrice: price,
        discountsAmount: price,
        discountApplications: [{ title: 'SPRING' }],
        order: { id: '77' },
        lineItems: [{ title: 'Mug', quantity: 2, finalLinePrice: { amount: 39, currencyCode: 'EUR' }, variant }],
        transactions: [{ gateway: 'shopify_payments' }],
      },
    },
  };
  expect(factsOf(raw, 'Checkout')).toMatchObject({ Subtotal: '€19.50', Discounts: '€19.50 · SPRING', Order: '77' });
  expect(factsOf(raw, 'Checkout').Total).toContain('1,050');
  expect(typedEvent(raw, AT).lines).toEqual([
    { title: 'Mug', variant: 'Blue', sku: 'M-1', quantity: '2', price: '€39.00' },
  ]);
});

it('products, carts and searches have lines, too', () => {
  const line = { quantity: 3, merchandise: variant, cost: { totalAmount: { amount: 58.5, currencyCode: 'EUR' } } };
  expect(typedEvent({ data: { productVariant: variant } }, AT).lines[0]).toMatchObject({
    title: 'Mug',
    price: '€19.50',
  });
  expect(typedEvent({ data: { cartLine: line } }, AT).lines[0]).toMatchObject({ quantity: '3', price: '€58.50' });
  expect(typedEvent({ data: { cart: { lines: [line, line] } } }, AT).lines).toHaveLength(2);
  expect(factsOf({ data: { searchResult: { query: 'mug', productVariants: [variant] } } }, 'Search')).toEqual({
    Words: 'mug',
    'Products found': '1',
  });
});

it('custom data by path, and what the extension adds', () => {
  const stamp = { extension: '1.0.0', schema: 1, n: 4, privacy: 'am', lost: 2, sentAt: '2026-11-24T10:00:00.000Z' };
  const raw = { customData: { plan: 'weekly', deep: { rank: 1, list: [1, 2] }, none: null }, backroom: stamp };
  expect(factsOf(raw, 'Custom data')).toEqual({
    plan: 'weekly',
    'deep.rank': '1',
    'deep.list': '2 elements',
    none: 'nothing',
  });
  expect(factsOf(raw, 'Extension')).toMatchObject({
    Version: '1.0.0',
    'On its page': 'event 4',
    Allowed: 'analytics, marketing',
    'On its way': '1.5 s',
    'Given up by the page': '2 events',
  });
});

it('an event of any form can be opened', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (data, checkout, backroom) => {
      typedEvent(data, AT);
      typedEvent({ data, customData: data, context: data, backroom }, AT);
      typedEvent({ data: { checkout, cart: checkout, productVariant: checkout, searchResult: checkout } }, AT);
    }),
    { numRuns: 1000, seed: 5 },
  );
});

it('a browser that is masked is said to be hidden, instead of a row of initials', () => {
  const browserOf = (userAgent: string) => factsOf({ context: { navigator: { userAgent } } }, 'Browser').Browser;
  expect(browserOf('Mozilla/5.0 (X11)')).toBe('Mozilla/5.0 (X11)');
  expect(browserOf('M••• (•••')).toBe('hidden; shown with the whole payload in Raw JSON');
});
