import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMinorUnits } from './money.ts';
import { deletedProductId, productFromWebhook } from './product-mapping.ts';

describe('money', () => {
  it('keeps every amount to the last unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 12 }),
        fc.constantFrom(['EUR', 2], ['JPY', 0], ['KWD', 3]),
        fc.boolean(),
        (minor, [currency, digits], negative) => {
          const text = String(minor).padStart(Number(digits) + 1, '0');
          const cut = text.length - Number(digits);
          const amount = `${negative ? '-' : ''}${text.slice(0, cut)}${digits === 0 ? '' : `.${text.slice(cut)}`}`;
          expect(toMinorUnits(amount, String(currency)) === (negative ? -minor : minor) || minor === 0).toBe(true);
        },
      ),
    );
  });
  it('never throws, and answers an integer or nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string()), (amount, currency) => {
        const value = toMinorUnits(amount, currency);
        expect(value === null || Number.isSafeInteger(value)).toBe(true);
      }),
    );
  });
  it.each([
    ['12.3', 'EUR', 1230],
    ['12', null, 1200],
    ['1000.00', 'JPY', 1000],
    ['1.2345', 'KWD', 1234],
    ['', 'EUR', null],
    ['1e3', 'EUR', null],
    ['9'.repeat(20), 'EUR', null],
  ])('%s %s is %s', (amount, currency, expected) => expect(toMinorUnits(amount, currency)).toBe(expected));
});

describe('a product from a webhook', () => {
  const payload = { id: 7, title: 'Hat', updated_at: '2026-05-01T02:00:00+02:00' };
  it('needs little, and brings times to UTC', () => {
    expect(productFromWebhook('a.myshopify.com', 'EUR', payload)).toMatchObject({
      id: 'gid://shopify/Product/7',
      updatedAt: '2026-05-01T00:00:00.000Z',
      createdAt: '2026-05-01T00:00:00.000Z',
      tags: [],
      variants: [],
      status: 'ACTIVE',
    });
  });
  it('takes tags as text or list, and sums the inventory', () => {
    const variants = [
      { id: 1, price: 2.5, inventory_quantity: 2 },
      { id: 2, price: '3.00', inventory_quantity: -1 },
      { id: 3 },
    ];
    const product = productFromWebhook('a.myshopify.com', 'EUR', { ...payload, tags: ' a, ,b ', variants });
    expect(product).toMatchObject({ tags: ['a', 'b'], totalInventory: 1, variantsCount: 3 });
    expect(product.variants.map(({ price, position }) => [price, position])).toEqual([
      [250, 1],
      [300, 2],
      [null, 3],
    ]);
  });
  it.each([
    [null, 'body'],
    [{}, 'id'],
    [{ ...payload, updated_at: 'yesterday' }, 'updated_at'],
    [{ ...payload, variants: [{}] }, 'variants.0.id'],
  ])('refuses %j naming the field', (wrong, field) =>
    expect(() => productFromWebhook('a.myshopify.com', null, wrong)).toThrow(field),
  );
  it('reads the id of a deleted one', () => {
    expect(deletedProductId({ id: 7 })).toBe('gid://shopify/Product/7');
    expect(() => deletedProductId({ id: '7' })).toThrow('id');
  });
});
