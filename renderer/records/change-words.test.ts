import { describe, expect, it } from 'vitest';
import { changeWords } from './change-words.ts';

describe('a change in the history of a record', () => {
  it('is named as the column is, and has its amounts in the record’s currency', () => {
    const change = { name: 'amount_spent', before: 80552, after: 139560 };
    expect(changeWords('customers', change, 'USD')).toEqual({ label: 'Spent', before: '$805.52', after: '$1,395.60' });
  });

  it('keeps the two ends of a price range apart', () => {
    expect(changeWords('products', { name: 'price_min', before: 100, after: 200 }, 'JPY')).toEqual({
      label: 'Lowest price',
      before: '¥100',
      after: '¥200',
    });
    expect(changeWords('products', { name: 'price_max', before: null, after: 2695 }, 'USD')).toEqual({
      label: 'Highest price',
      before: '–',
      after: '$26.95',
    });
  });

  it('says states, counts, lists and flags as the console does elsewhere', () => {
    expect(
      changeWords('orders', { name: 'financial_status', before: 'PAID', after: 'PARTIALLY_REFUNDED' }, 'USD'),
    ).toEqual({
      label: 'Payment',
      before: 'Paid',
      after: 'Partially refunded',
    });
    expect(changeWords('products', { name: 'total_inventory', before: 999, after: 1200 }, 'USD').after).toBe('1,200');
    expect(changeWords('orders', { name: 'tags', before: '[]', after: '["vip","gift"]' }, 'USD')).toEqual({
      label: 'Tags',
      before: '–',
      after: 'vip, gift',
    });
    expect(changeWords('customers', { name: 'verified_email', before: 0, after: 1 }, null)).toEqual({
      label: 'E-mail verified',
      before: 'no',
      after: 'yes',
    });
  });
});
