import { describe, expect, it } from 'vitest';
import { filterWords } from './filter-words.ts';
import { defaultLayout, isSameView, readLayout, viewsOf } from './layout.ts';
import { readRecordSearch, sortingOf } from './record-search.ts';

describe('the address of a record screen', () => {
  const read = readRecordSearch('orders');

  it('keeps what is known and drops the rest', () => {
    const address = {
      search: 'hat',
      filters: 'total.gte.100',
      sort: 'total',
      order: 'asc',
      shop: 'a.myshopify.com',
      id: '1',
    };
    expect(read({ ...address, other: 1 })).toEqual(address);
    expect(read({ sort: 'colour', order: 'up', search: '' })).toEqual({});
  });

  it('reads a number typed into the address as text', () => {
    expect(read({ search: 1001 })).toEqual({ search: '1001' });
  });

  it('sorts a search by how well it fits, and all else by its own order', () => {
    expect(sortingOf('orders', { search: 'hat' })).toEqual({ sort: 'relevance', order: 'desc' });
    expect(sortingOf('orders', {})).toEqual({ sort: 'processedAt', order: 'desc' });
    expect(sortingOf('orders', { search: 'hat', sort: 'total', order: 'asc' })).toEqual({
      sort: 'total',
      order: 'asc',
    });
  });
});

describe('the layout of a grid', () => {
  it('survives columns that came or went since it was kept', () => {
    const kept = readLayout('orders', {
      order: ['total', 'gone', 'name'],
      hidden: ['gone', 'name'],
      widths: { total: 90, gone: 9 },
      pinned: 2,
      density: 'compact',
    });
    expect(kept?.order.slice(0, 2)).toEqual(['total', 'name']);
    expect(kept?.order).toHaveLength(defaultLayout('orders').order.length);
    expect(kept?.hidden).toContain('name');
    expect(kept?.hidden).not.toContain('gone');
    expect(kept).toMatchObject({ widths: { total: 90 }, pinned: 2, density: 'compact' });
  });

  it('is the usual one when what was kept can’t be read', () => {
    expect(readLayout('orders', null)).toBeNull();
    expect(readLayout('orders', 'text')).toBeNull();
  });
});

describe('a filter in words', () => {
  it.each([
    [
      { column: 'financialStatus', operator: 'is', values: ['PAID', 'PARTIALLY_REFUNDED'] },
      'Payment is Paid or Partially refunded',
    ],
    [{ column: 'total', operator: 'between', values: ['1000', '2550'] }, 'Total between 10.00 and 25.50'],
    [{ column: 'processedAt', operator: 'last', values: ['7'] }, 'Date in the last 7 days'],
    [{ column: 'email', operator: 'empty', values: [] }, 'E-mail is empty'],
  ] as const)('%j', (filter, words) => {
    expect(filterWords('orders', filter)).toBe(words);
  });
});

describe('saved views', () => {
  const view = (name: string, shop?: string) => ({
    name,
    search: shop === undefined ? {} : { shop },
    layout: defaultLayout('orders'),
  });
  const views = [view('Unpaid'), view('Unpaid', 'a.myshopify.com'), view('Rest', 'b.myshopify.com')];

  it('are those of the chosen store and those of no store', () => {
    expect(viewsOf(views, 'a.myshopify.com')).toEqual(views.slice(0, 2));
    expect(viewsOf(views, undefined)).toEqual(views);
  });

  it('may have the same name in two stores', () => {
    expect(isSameView(view('Unpaid', 'a.myshopify.com'), view('Unpaid', 'b.myshopify.com'))).toBe(false);
    expect(isSameView(view('Unpaid'), view('Unpaid'))).toBe(true);
  });
});
