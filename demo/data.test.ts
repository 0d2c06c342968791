import { describe, expect, it } from 'vitest';
import { lineNet, refundTotal, sumBags, totalsOf } from './data/order-totals.ts';
import type { DemoOrder } from './data/order-types.ts';
import type { RowSource } from './data/ordered-list.ts';
import { createRelations } from './data/relations.ts';
import { createShops, type DemoShop } from './shop/shop.ts';

const NOW = Date.UTC(2026, 9, 25);
const shopOf = (size: { products?: number; orders?: number; customers?: number }): DemoShop => {
  const [shop] = createShops({
    seed: 1,
    products: 60,
    orders: 3000,
    customers: 800,
    ...size,
    throttle: { maximum: 2000, restoreRate: 100 },
    now: () => NOW,
  });
  if (!shop) throw new Error('no shop');
  return shop;
};
const idsOf = <Row extends { id: number }>(source: RowSource<Row>, count = 50, direction: 1 | -1 = 1): number[] => {
  const ids: number[] = [];
  for (const { row } of source.scan(null, direction)) {
    ids.push(row().id);
    if (ids.length >= count) break;
  }
  return ids;
};

describe('orders of the seed', () => {
  const shop = shopOf({});
  const orders = [...shop.orders.all()];

  it('add up in both currencies', () => {
    for (const order of orders) {
      const totals = totalsOf(order);
      for (const side of ['shop', 'presentment'] as const) {
        const lines = order.lines.reduce((sum, line) => sum + lineNet(line)[side] + line.tax[side], 0);
        expect(lines + order.shipping[side]).toBe(totals.total[side]);
        expect(totals.refunded[side]).toBe(sumBags(order.refunds.map(refundTotal))[side]);
        expect(totals.refunded[side]).toBeLessThanOrEqual(totals.received[side]);
        expect(totals.received[side]).toBeLessThanOrEqual(totals.total[side]);
      }
      for (const entry of order.transactions) {
        expect(entry.at).toBeGreaterThanOrEqual(order.createdAt);
        expect(entry.at).toBeLessThanOrEqual(order.updatedAt);
        if (entry.parentId !== null) expect(order.transactions.some((other) => other.id === entry.parentId)).toBe(true);
      }
    }
  });

  it('show every state a payment and a parcel can be in, and other currencies', () => {
    const statesOf = (read: (order: DemoOrder) => string): Set<string> => new Set(orders.map(read));
    expect([...statesOf((order) => totalsOf(order).financialStatus)].sort()).toEqual([
      'AUTHORIZED',
      'PAID',
      'PARTIALLY_PAID',
      'PARTIALLY_REFUNDED',
      'PENDING',
      'REFUNDED',
      'VOIDED',
    ]);
    expect([...statesOf((order) => totalsOf(order).fulfillmentStatus)].sort()).toEqual([
      'FULFILLED',
      'ON_HOLD',
      'PARTIALLY_FULFILLED',
      'UNFULFILLED',
    ]);
    expect(statesOf((order) => order.presentment.currency)).toContain('JPY');
    const lines = orders.reduce((sum, order) => sum + order.lines.length, 0);
    const transactions = orders.reduce((sum, order) => sum + order.transactions.length, 0);
    expect(lines / orders.length).toBeCloseTo(2.55, 0);
    expect(transactions / orders.length).toBeCloseTo(1.3, 1);
  });

  it('belong to customers who know them', () => {
    for (const order of orders) {
      const customer = order.customerId === null ? null : shop.customers.get(order.customerId);
      if (!customer) continue;
      expect(order.email).toBe(customer.email);
      expect(customer.createdAt).toBeLessThan(order.createdAt);
      expect(shop.orders.ofCustomer(customer.id).map(({ id }) => id)).toContain(order.id);
    }
  });

  it('have parts with ids of their own', () => {
    const ids = orders.flatMap((order) => [
      order.id,
      ...order.lines.map((line) => line.id),
      ...order.transactions.map((entry) => entry.id),
      ...order.refunds.map((entry) => entry.id),
      ...order.fulfillments.map((entry) => entry.id),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('relations', () => {
  it.each([
    [1000, 300],
    [7, 1],
    [10, 3],
    [5, 100],
    [100, 0],
  ])('of %i orders and %i customers lead both ways', (orders, customers) => {
    const relations = createRelations(orders, customers);
    const found = Array.from({ length: customers }, (_, customer) => relations.ordersOf(customer));
    const seen = new Set<number>();
    found.forEach((list, customer) => {
      for (const order of list) {
        expect(relations.customerOf(order)).toBe(customer);
        seen.add(order);
      }
    });
    for (let order = 0; order < orders; order += 1) expect(seen.has(order)).toBe(relations.customerOf(order) >= 0);
  });
});

describe('lists', () => {
  it('keep their place while rows change', () => {
    const shop = shopOf({});
    const all = idsOf(shop.orders.list({ sortKey: 'UPDATED_AT' }), 100);
    const times = all.map((id) => shop.orders.get(id)?.updatedAt ?? 0);
    expect(times).toEqual([...times].sort((left, right) => left - right));
    const moved = all[10] ?? 0;
    shop.orders.change(moved, () => ({ note: 'changed' }));
    const after = idsOf(shop.orders.list({ sortKey: 'UPDATED_AT' }), 100);
    expect(after).not.toContain(moved);
    expect(after.slice(0, 99)).toEqual(all.filter((id) => id !== moved).slice(0, 99));
    expect(idsOf(shop.orders.list({ sortKey: 'UPDATED_AT' }), 1, -1)).toEqual([moved]);
  });

  it('search by range, state and words, with OR and brackets', () => {
    const shop = shopOf({});
    const count = (query: string): number => shop.orders.countOf({ query }, 100_000);
    const half = new Date(NOW - 60 * 86_400_000).toISOString();
    const brute = [...shop.orders.all()].filter((order) => order.updatedAt >= Date.parse(half)).length;
    expect(count(`updated_at:>='${half}'`)).toBe(brute);
    const paid = count('financial_status:paid');
    const voided = count('financial_status:voided');
    expect(count('(financial_status:voided) OR (financial_status:refunded)')).toBe(
      voided + count('financial_status:refunded'),
    );
    expect(paid).toBeGreaterThan(voided);
    expect(idsOf(shop.orders.list({ sortKey: 'ID', query: 'name:#1001' }), 1)).toEqual([
      idsOf(shop.orders.list({ sortKey: 'ID' }), 1)[0],
    ]);
  });

  it('go by whole days where Shopify does, and lag where it does', () => {
    const shop = shopOf({});
    const [id = 0] = idsOf(shop.customers.list({ sortKey: 'ID' }), 1);
    shop.customers.change(id, { note: 'new' });
    const evening = `updated_at:>'${new Date(NOW + 20 * 3_600_000).toISOString()}'`;
    expect(shop.customers.countOf({ query: evening }, 10)).toBe(0);
    expect(shop.customers.countOf({ query: evening, wholeDays: ['updated_at'] }, 10)).toBe(1);
    const since = `updated_at:>'${new Date(NOW - 1000).toISOString()}'`;
    expect(shop.customers.countOf({ query: since }, 10)).toBe(1);
    expect(shop.customers.countOf({ query: since, searchableUntil: NOW - 1 }, 10)).toBe(0);
  });

  it('place orders for people, and forget what is removed', () => {
    const shop = shopOf({ orders: 10, customers: 5 });
    const [customer = 0] = idsOf(shop.customers.list({ sortKey: 'ID' }), 1);
    const order = shop.orders.place(customer);
    expect(shop.orders.count).toBe(11);
    expect(shop.orders.ofCustomer(customer).at(-1)?.id).toBe(order.id);
    expect(shop.orders.remove(order.id)).toBe(true);
    expect(shop.orders.get(order.id)).toBeNull();
    expect(shop.orders.count).toBe(10);
  });
});
