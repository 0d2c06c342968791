import { describe, expect, it } from 'vitest';
import { maskJson, maskJsonText } from './masked-payload.ts';

const order = {
  id: 5500000000001,
  name: '#1001',
  email: 'ada@example.com',
  note: 'ring twice',
  note_attributes: [{ name: 'gift', value: 'for Grace' }],
  total_price: '19.90',
  tags: 'vip, ada@example.com',
  customer: { id: 7, first_name: 'Ada', last_name: 'Lovelace', created_at: '2026-01-01T00:00:00Z', state: 'enabled' },
  shipping_address: { name: 'Ada Lovelace', address1: '1 Street', city: 'London', country_code: 'GB' },
  line_items: [{ title: 'Hat', name: 'Hat – red', properties: [{ name: 'Engraving', value: 'Ada' }] }],
};

describe('a payload as the console sees it', () => {
  it('keeps the order’s own facts and masks its person, wherever they stand', () => {
    expect(maskJson(order, 'everything')).toEqual({
      ...order,
      email: 'a•••@e•••',
      note: 'r••• t•••',
      note_attributes: [{ name: 'g•••', value: 'f••• G•••' }],
      tags: 'vip, a•••@e•••',
      customer: { ...order.customer, first_name: 'A•••', last_name: 'L•••' },
      shipping_address: { name: 'A••• L•••', address1: '1••• S•••', city: 'L•••', country_code: 'GB' },
      line_items: [{ title: 'Hat', name: 'Hat – red', properties: [{ name: 'E•••', value: 'A•••' }] }],
    });
  });

  it('shows names where the operator wants only contact data masked', () => {
    expect(maskJson(order, 'contacts')).toMatchObject({
      email: 'a•••@e•••',
      customer: { first_name: 'Ada', last_name: 'Lovelace' },
      shipping_address: { name: 'Ada Lovelace', address1: '1••• S•••' },
    });
  });

  it('leaves every other byte as it came', () => {
    const text = '{ "id": 820982911946154508,\n  "price":1.50, "email" : "ada@example.com", "ok":true, "none":null }';
    expect(maskJsonText(text, 'everything')).toBe(text.replace('ada@example.com', 'a•••@e•••'));
  });

  it('masks Shopify’s newer shapes', () => {
    const masked = maskJson(
      {
        displayName: 'Ada Lovelace',
        defaultEmailAddress: { emailAddress: 'ada@example.com', marketingState: 'SUBSCRIBED' },
        addressesV2: { nodes: [{ id: 'gid://shopify/MailingAddress/1', address1: '1 Street', zip: 'N1' }] },
        numberOfOrders: '3',
        amountSpent: { amount: '19.90', currencyCode: 'EUR' },
      },
      'everything',
    );
    expect(masked).toEqual({
      displayName: 'A••• L•••',
      defaultEmailAddress: { emailAddress: 'a•••@e•••', marketingState: 'SUBSCRIBED' },
      addressesV2: { nodes: [{ id: 'gid://shopify/MailingAddress/1', address1: '1••• S•••', zip: 'N•••' }] },
      numberOfOrders: '3',
      amountSpent: { amount: '19.90', currencyCode: 'EUR' },
    });
  });

  it.each([
    ['{"email":"ada@exam', '{"email":"a•••@e•••"'],
    ['{"id": 12', '{"id": 12'],
    ['email=ada@example.com&name=Ada', '•••'],
    ['{"phone":4915112345678}', '{"phone":"•••"}'],
    ['{"customer":["Ada",{"x":"Ada"},"Ada"],"title":"Hat"}', '{"customer":["A•••",{"x":"A•••"},"A•••"],"title":"Hat"}'],
    ['', ''],
  ])('%s becomes %s', (text, masked) => expect(maskJsonText(text, 'everything')).toBe(masked));
});
