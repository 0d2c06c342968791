import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Person } from './personal-data.ts';
import { anonymiseText, ERASED, mentionsIn, samePhone, textIsOf } from './personal-payload.ts';

const nobody: Person = {
  shop: 'a.myshopify.com',
  customerIds: [],
  emails: [],
  phones: [],
  orderIds: [],
  clientIds: [],
};
const ada: Person = {
  ...nobody,
  customerIds: ['7300000000001'],
  emails: ['ada@example.com'],
  phones: ['4915112345678'],
};
const order = {
  id: 5500000000001,
  name: '#1001',
  total_price: '19.90',
  email: 'Ada@Example.com',
  customer: { id: 7300000000001, first_name: 'Ada' },
  shipping_address: { name: 'Ada L', phone: '0151 123 456 78', address1: '1 Road' },
  note: 'for Ada',
  line_items: [{ title: 'Hat', price: '19.90', properties: [{ name: 'Engraving', value: 'Ada' }] }],
};

describe('whose a stored text is', () => {
  it.each([
    ['the id alone', { customerIds: ada.customerIds }],
    ['the e-mail alone, in any case', { emails: ada.emails }],
    ['the phone alone, however it is written', { phones: ada.phones }],
    ['an order that a request names', { orderIds: ['5500000000001'] }],
  ])('is found by %s', (_name, known) => {
    expect(textIsOf(JSON.stringify(order), { ...nobody, ...known }, 'orders/create')).toBe(true);
    expect(textIsOf(JSON.stringify({ id: 1, name: '#1' }), { ...nobody, ...known }, 'orders/create')).toBe(false);
  });

  it('is not decided by a short number that stands for something else', () => {
    const person = { ...nobody, customerIds: ['12'] };
    expect(textIsOf('{"quantity":12,"id":12}', person, 'orders/create')).toBe(false);
    expect(textIsOf('{"customer":{"id":12}}', person, 'orders/create')).toBe(true);
    expect(textIsOf('{"id":12}', person, 'customers/update')).toBe(true);
    expect(textIsOf('{"gid":"gid://shopify/Customer/12"}', person)).toBe(true);
    expect(textIsOf('{"gid":"gid://shopify/Customer/123"}', person)).toBe(false);
  });

  it('is found in a text that is no JSON', () => {
    expect(textIsOf('{"email":"ada@example.com', ada)).toBe(true);
  });
});

describe('a text without its person', () => {
  it('keeps the order’s amounts and loses every trace of the person', () => {
    const kept = anonymiseText(JSON.stringify(order), ada, 'orders/create');
    expect(JSON.parse(kept)).toMatchObject({
      id: 5500000000001,
      name: '#1001',
      total_price: '19.90',
      email: null,
      customer: null,
      shipping_address: null,
      line_items: [{ title: 'Hat', price: '19.90', properties: [] }],
    });
    expect(kept.toLowerCase()).not.toMatch(/ada|7300000000001|example|12345678|1 road/);
  });

  it('is nothing but a mark when it is a customer, or can’t be taken apart', () => {
    expect(anonymiseText('{"id":7300000000001}', ada, 'customers/delete')).toBe('{"erased":true}');
    expect(anonymiseText('{"email":"ada@example.com', ada)).toBe(ERASED);
  });

  it('never names the person any more, wherever they stood', () => {
    const marks = fc.constantFrom('ada@example.com', 'Mail ADA@example.com!', 'gid://shopify/Customer/7300000000001');
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        marks,
        fc.string(),
        fc.integer(),
        fc.constant(null),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.oneof(fc.string(), marks), tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(tree, (value) => {
        const kept = anonymiseText(JSON.stringify(value), ada);
        return !/ada@example\.com|7300000000001/i.test(kept);
      }),
    );
  });
});

it('everybody whom a text mentions is listed, to be compared with the erased', () => {
  expect(mentionsIn(JSON.stringify(order), 'orders/create')).toEqual({
    customerIds: ['7300000000001'],
    emails: ['ada@example.com'],
    phones: ['015112345678'],
  });
});

it('a national number is the same as the one with its country code', () => {
  expect(samePhone('4915112345678', '015112345678')).toBe(true);
  expect(samePhone('4915112345678', '4915112345679')).toBe(false);
  expect(samePhone('', '')).toBe(false);
});
