import { describe, expect, it } from 'vitest';
import type { MappedRecord } from '../records/record-table.ts';
import { productFromGraphql, productFromWebhook } from './mapping.ts';
import { PRODUCTS, VARIANTS } from './table.ts';

const valuesOf = (record: MappedRecord) =>
  Object.fromEntries(PRODUCTS.columns.map((column, index) => [column, record.values[index]]));

describe('a product from a webhook', () => {
  const payload = { id: 7, title: 'Hat', updated_at: '2026-05-01T02:00:00+02:00' };
  it('needs little, and brings times to UTC', () => {
    const product = productFromWebhook('EUR', payload);
    expect(product).toMatchObject({ pk: 7, updatedAt: '2026-05-01T00:00:00.000Z' });
    expect(valuesOf(product)).toMatchObject({ created_at: '2026-05-01T00:00:00.000Z', tags: '[]', status: 'ACTIVE' });
  });
  it('takes tags as text or list, and sums the inventory', () => {
    const variants = [
      { id: 1, price: 2.5, inventory_quantity: 2 },
      { id: 2, price: '3.00', inventory_quantity: -1 },
      { id: 3 },
    ];
    const product = productFromWebhook('EUR', { ...payload, tags: ' a, ,b ', variants });
    expect(valuesOf(product)).toMatchObject({
      tags: '["a","b"]',
      total_inventory: 1,
      variants_count: 3,
      price_min: 250,
      price_max: 300,
    });
    const price = VARIANTS.columns.indexOf('price');
    const position = VARIANTS.columns.indexOf('position');
    expect(product.children?.[VARIANTS.table]?.map(({ values }) => [values[price], values[position]])).toEqual([
      [250, 1],
      [300, 2],
      [null, 3],
    ]);
  });
  it('says nothing of metafields, so that those stay', () =>
    expect(Object.keys(productFromWebhook('EUR', payload).children ?? {})).toEqual([VARIANTS.table]));
  it.each([
    [null, 'body'],
    [{}, 'id'],
    [{ ...payload, updated_at: 'yesterday' }, 'updated_at'],
    [{ ...payload, variants: [{}] }, 'id'],
  ])('refuses %j naming the field', (wrong, field) => expect(() => productFromWebhook(null, wrong)).toThrow(field));
});

describe('a product from the Admin API', () => {
  it('leaves its children alone when they come by themselves', () => {
    const node = { id: 'gid://shopify/Product/7', title: 'Hat', status: 'DRAFT', createdAt: '2026-05-01T00:00:00Z' };
    const product = productFromGraphql('EUR', { ...node, updatedAt: '2026-05-01T00:00:01Z' }, null, 'as it came');
    expect(product).toMatchObject({ pk: 7, raw: 'as it came', children: null });
    expect(valuesOf(product)).toMatchObject({ updated_at: '2026-05-01T00:00:01.000Z', status: 'DRAFT' });
  });
});
