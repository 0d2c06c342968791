import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Filter, formatFilters, parseFilters } from './filters.ts';

describe('filters as text', () => {
  it('says the same after being written and read again, whatever is in the values', () => {
    const texts = fc.string({ minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 5 }), fc.integer(), fc.integer(), (values, low, high) => {
        const filters: Filter[] = [
          { column: 'customerName', operator: 'is', values },
          { column: 'tags', operator: 'has', values },
          { column: 'total', operator: 'between', values: [String(low), String(high)] },
          { column: 'email', operator: 'empty', values: [] },
        ];
        expect(parseFilters('orders', formatFilters(filters))).toEqual({ filters, problem: null });
      }),
    );
  });

  it.each([
    ['nothing.is.1', 'no column'],
    ['total.contains.5', 'can’t be filtered'],
    ['total.gte.abc', 'not a value'],
    ['total.between.1', 'takes 2 values'],
    ['processedAt.since.2026-13-45', 'not a value'],
    ['financialStatus.is.%ZZ', 'not encoded'],
    ['email.empty.x', 'takes 0 values'],
    [Array.from({ length: 21 }, () => 'total.gte.1').join(';'), 'At most 20'],
  ])('names what is wrong with %s', (text, words) => {
    expect(parseFilters('orders', text).problem?.replaceAll("'", '’')).toContain(words);
  });
});
