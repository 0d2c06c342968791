import { describe, expect, it } from 'vitest';
import { fetchEach, fetchedWords } from './refresh-rows.ts';

describe('refreshing the rows that are ticked', () => {
  it('goes on past what fails, and says what came of all', async () => {
    const failure = new Error('Shopify did not answer.');
    const done: number[] = [];
    const outcomes = { a: 'changed', b: 'unchanged', d: 'gone' } as const;
    const fetched = await fetchEach(
      ['a', 'b', 'c', 'd'],
      async (id) => {
        const outcome = outcomes[id as keyof typeof outcomes];
        if (outcome === undefined) throw failure;
        return { outcome };
      },
      (count) => done.push(count),
    );
    expect(fetched).toEqual({ changed: 1, unchanged: 1, gone: 1, failed: 1, failure });
    expect(done).toEqual([1, 2, 3, 4]);
    expect(fetchedWords(fetched, 'order', 'orders')).toBe(
      '4 orders: 1 had changed, 1 is gone at Shopify, 1 could not be fetched.',
    );
  });

  it('says that nothing has changed', () => {
    const fetched = { changed: 0, unchanged: 1, gone: 0, failed: 0, failure: null };
    expect(fetchedWords(fetched, 'order', 'orders')).toBe('1 order: nothing has changed at Shopify.');
  });
});
