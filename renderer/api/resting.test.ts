import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { isResting } from './resting.ts';

describe('a query that failed', () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const queryOf = (name: string) => {
    const query = client.getQueryCache().find({ queryKey: [name] });
    if (query === undefined) throw new Error('no such query');
    return query;
  };
  const fail = (name: string) =>
    client
      .fetchQuery({ queryKey: [name], queryFn: () => Promise.reject(new Error('no')) })
      .catch((error: unknown) => error);

  it('rests for a while when it has nothing to show', async () => {
    await fail('list');
    const { errorUpdatedAt } = queryOf('list').state;
    expect(isResting(queryOf('list'), errorUpdatedAt + 1000)).toBe(true);
    expect(isResting(queryOf('list'), errorUpdatedAt + 20_000)).toBe(false);
  });

  it('goes on at once when it still shows what it had', async () => {
    client.setQueryData(['rows'], [1]);
    await fail('rows');
    expect(isResting(queryOf('rows'), Date.now())).toBe(false);
  });
});
