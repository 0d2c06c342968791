import { expect, it } from 'vitest';
import type { Store } from '../../shared/api.ts';
import { fieldNotes, fieldWords, scopeNotes } from './scope-notes.ts';

const gap = (kind: 'scope' | 'window' | 'field', subject: string) => ({ kind, subject, message: '', hint: '' });
const store = (shop: string, missingScopes: string[], gaps: ReturnType<typeof gap>[] = []): Store =>
  ({ shop, name: shop, state: 'connected', missingScopes, syncs: [{ resource: 'orders', gaps }] }) as unknown as Store;

it('names what a screen lacks, store by store, and nothing of other screens', () => {
  const stores = [store('a', ['read_orders', 'write_pixels']), store('b', [])];
  expect(scopeNotes('orders', stores, undefined)).toEqual([
    { shop: 'a', storeName: 'a', scope: 'read_orders', text: 'Orders need read_orders', isRequested: true },
  ]);
  expect(scopeNotes('pixel', stores, undefined).map(({ text }) => text)).toEqual(['The web pixel needs write_pixels']);
  expect(scopeNotes('customers', stores, undefined)).toEqual([]);
  expect(scopeNotes('orders', stores, 'b')).toEqual([]);
});

it('tells of older orders when Shopify gives only those of 60 days, though the scope was never asked for', () => {
  const stores = [store('a', [], [gap('window', 'read_all_orders'), gap('field', 'customer')])];
  expect(scopeNotes('orders', stores, undefined)).toMatchObject([
    { scope: 'read_all_orders', text: 'Orders older than 60 days need read_all_orders', isRequested: false },
  ]);
  expect(scopeNotes('products', stores, undefined)).toEqual([]);
});

it('is silent about stores that are not connected: they have another problem', () => {
  const left = { ...store('a', ['read_orders']), state: 'disconnected' as const };
  expect(scopeNotes('orders', [left], undefined)).toEqual([]);
});

it('names the fields that Shopify refuses where they are empty, and what to do', () => {
  const refused = (subject: string) => ({ ...gap('field', subject), hint: 'Ask for access.' });
  const stores = [
    store('a', [], [refused('orders.defaultEmailAddress'), refused('orders.refunds.note'), gap('window', 'x')]),
    store('b', []),
  ];
  expect(fieldNotes('orders', stores, undefined)).toEqual([
    { shop: 'a', storeName: 'a', fields: ['default email address', 'refunds › note'], hint: 'Ask for access.' },
  ]);
  expect(fieldNotes('customers', stores, undefined)).toEqual([]);
  expect(fieldNotes('orders', stores, 'b')).toEqual([]);
});

it('tells the fields of transactions from those of the orders that bring them', () => {
  const gaps = [gap('field', 'orders.email'), gap('field', 'orders.transactions.paymentId')];
  expect(fieldWords({ resource: 'orders', gaps })).toEqual(['email']);
  expect(fieldWords({ resource: 'transactions', gaps })).toEqual(['transactions › payment id']);
});
