import { describe, expect, it } from 'vitest';
import type { Suppression } from '../../../platform/personal-data.ts';
import { CUSTOMERS } from '../customers/table.ts';
import { ORDERS } from '../orders/table.ts';
import type { MappedRecord, RecordTable } from './record-table.ts';
import { withoutErased } from './suppressed.ts';

const SHOP = 'a.myshopify.com';
/** As the real list: the id for ever, an address for what is older than the erasure. */
const suppression: Suppression = {
  isEmpty: false,
  isSuppressed: (shop, { customerId, email, createdAt }) =>
    shop === SHOP &&
    (String(customerId) === '7' || (email === 'ada@example.com' && (createdAt ?? '') < '2026-11-24T00:00:00Z')),
  screen: (_shop, text) => text,
};
const record = (table: RecordTable, pk: number, cells: Record<string, string | number | null>): MappedRecord => ({
  pk,
  updatedAt: '2026-11-25T00:00:00Z',
  values: table.columns.map((column) => cells[column] ?? null),
  raw: JSON.stringify({ id: pk, name: '#1', total: '5.00', email: cells.email ?? null, note: 'for Ada' }),
  children: null,
});

describe('records of somebody who was erased', () => {
  it('are left out when they are the customer', () => {
    const kept = withoutErased(
      CUSTOMERS,
      [
        record(CUSTOMERS, 7, { email: 'new@example.com', created_at: '2026-12-01T00:00:00Z' }),
        record(CUSTOMERS, 8, { email: 'ada@example.com', created_at: '2026-01-01T00:00:00Z' }),
        record(CUSTOMERS, 9, { email: 'ada@example.com', created_at: '2026-12-01T00:00:00Z' }),
      ],
      { shop: SHOP, suppression },
    );
    expect(kept.map(({ pk }) => pk)).toEqual([9]);
  });

  it('lose their person and keep their amounts when they are orders', () => {
    const [order] = withoutErased(
      ORDERS,
      [record(ORDERS, 1, { customer_pk: 7, customer_name: 'Ada', email: 'ada@example.com', total: 500 })],
      { shop: SHOP, suppression },
    );
    const cell = (column: string) => order?.values[ORDERS.columns.indexOf(column)];
    expect([cell('customer_pk'), cell('customer_name'), cell('email'), cell('total')]).toEqual([null, '', null, 500]);
    expect(JSON.parse(order?.raw ?? '')).toEqual({ id: 1, name: '#1', total: '5.00', email: null, note: null });
  });

  it('are as they came while nobody was erased', () => {
    const records = [record(CUSTOMERS, 7, {})];
    expect(withoutErased(CUSTOMERS, records, { shop: SHOP, suppression: { ...suppression, isEmpty: true } })).toBe(
      records,
    );
    expect(withoutErased(CUSTOMERS, records, { shop: SHOP })).toBe(records);
  });
});
