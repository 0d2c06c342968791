import { describe, expect, it } from 'vitest';
import { readPixelSearch, readProductSearch, readStoreSearch, readWebhookSearch } from './search-params.ts';

describe('search parameters', () => {
  it('keeps what is known and drops the rest', () => {
    expect(
      readProductSearch({
        search: 'mug',
        sort: 'title',
        direction: 'asc',
        shop: 'a.myshopify.com',
        id: 'gid://x',
        other: 1,
      }),
    ).toEqual({
      search: 'mug',
      sort: 'title',
      direction: 'asc',
      shop: 'a.myshopify.com',
      id: 'gid://x',
    });
    expect(readProductSearch({ sort: 'nonsense', direction: 3, search: '' })).toEqual({});
    expect(readWebhookSearch({ state: 'refused', topic: 'products/update' })).toEqual({
      state: 'refused',
      topic: 'products/update',
    });
    expect(readWebhookSearch({ state: 'lost' })).toEqual({});
    expect(readPixelSearch({ outcome: 'quarantined' })).toEqual({ outcome: 'quarantined' });
    expect(readStoreSearch({ connect: 'new' })).toEqual({ connect: 'new' });
  });

  it('reads a number typed into the address as text', () => {
    expect(readProductSearch({ search: 501 })).toEqual({ search: '501' });
  });
});
