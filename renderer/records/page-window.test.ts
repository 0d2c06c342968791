import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { createPageWindow } from './page-window.ts';

const ROWS = 10_000;
const PAGE = 100;

/** A list that pages forward only, as the backend's. */
const fetchPage = async (cursor: string | null) => {
  const from = cursor === null || cursor === '' ? 0 : Number(cursor);
  return {
    items: Array.from({ length: PAGE }, (_value, at) => from + at),
    nextCursor: from + PAGE < ROWS ? String(from + PAGE) : null,
  };
};

const listOf = () =>
  new InfiniteQueryObserver(new QueryClient(), {
    queryKey: ['rows'],
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: null as string | null,
    ...createPageWindow().paging,
  });

describe('the window of a list', () => {
  it('holds as many rows wherever one is, and leads to both ends without a gap', async () => {
    const list = listOf();
    const seen = new Set<number>();
    let most = 0;
    await list.refetch();
    let result = list.getCurrentResult();
    const look = (): readonly number[] => {
      const rows = (result.data?.pages ?? []).flatMap(({ items }) => items);
      for (const row of rows) seen.add(row);
      most = Math.max(most, rows.length);
      expect(rows).toEqual(rows.map((_row, at) => (rows[0] ?? 0) + at));
      return rows;
    };
    while (result.hasNextPage) {
      await list.fetchNextPage();
      result = list.getCurrentResult();
      look();
    }
    expect(look().at(-1)).toBe(ROWS - 1);
    expect(seen.size).toBe(ROWS);
    while (result.hasPreviousPage) {
      await list.fetchPreviousPage();
      result = list.getCurrentResult();
      look();
    }
    expect(look()[0]).toBe(0);
    expect(most).toBe(3000);
  });

  it('stays where it is when the list is fetched anew', async () => {
    const list = listOf();
    await list.refetch();
    for (let page = 0; page < 50; page += 1) await list.fetchNextPage();
    const before = list.getCurrentResult().data?.pageParams;
    expect(before?.[0]).toBe('2100');
    await list.refetch();
    const after = list.getCurrentResult();
    expect(after.data?.pageParams).toEqual(before);
    expect(after.hasPreviousPage).toBe(true);
  });

  it('says what the first page said also while that page is away', () => {
    const { headOf } = createPageWindow();
    expect(headOf(undefined, undefined)).toEqual({ total: null, corrected: null, isTop: true });
    expect(headOf({ total: 7, corrected: 'mug' }, null)).toEqual({ total: 7, corrected: 'mug', isTop: true });
    expect(headOf({ total: null, corrected: null }, '300')).toEqual({ total: 7, corrected: 'mug', isTop: false });
    expect(headOf({ total: 8, corrected: null }, '')).toEqual({ total: 8, corrected: null, isTop: true });
  });
});
