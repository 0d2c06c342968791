import { describe, expect, it } from 'vitest';
import { readPixelSearch, readStoreSearch, readWebhookSearch } from './search-params.ts';

describe('search parameters', () => {
  it('keeps what is known and drops the rest', () => {
    expect(readWebhookSearch({ state: 'refused', topic: 'products/update' })).toEqual({
      state: 'refused',
      topic: 'products/update',
    });
    expect(readWebhookSearch({ state: 'lost' })).toEqual({});
    expect(readPixelSearch({ outcome: 'quarantined' })).toEqual({ outcome: 'quarantined' });
    expect(readStoreSearch({ connect: 'new' })).toEqual({ connect: 'new' });
  });
});
