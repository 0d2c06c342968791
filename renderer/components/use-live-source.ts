import type { InfiniteData, QueryKey } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { queryClient } from '../api/trpc.ts';
import { joinPages } from '../lib/held-list.ts';
import type { LiveSource } from './live-list.tsx';

/** What is used of `useInfiniteQuery`'s answer. */
interface Query<T> {
  readonly data: { readonly pages: readonly { readonly items: readonly T[] }[] } | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
  readonly hasPreviousPage: boolean;
  readonly isFetchingPreviousPage: boolean;
  readonly fetchPreviousPage: () => Promise<unknown>;
  readonly refetch: () => Promise<unknown>;
}

/** An infinite query as the source of a live list. */
export const useLiveSource = <T>(query: Query<T>, queryKey: QueryKey, idOf: (row: T) => string): LiveSource<T> => {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query;
  const rows = useMemo(() => joinPages<T>(data?.pages ?? [], idOf), [data, idOf]);
  const loadMore = useCallback(() => {
    fetchNextPage().catch((problem: unknown) => console.warn('The next page could not be loaded.', problem));
  }, [fetchNextPage]);
  const { hasPreviousPage, isFetchingPreviousPage, fetchPreviousPage } = query;
  const loadBefore = useCallback(() => {
    fetchPreviousPage().catch((problem: unknown) => console.warn('The page before could not be loaded.', problem));
  }, [fetchPreviousPage]);
  const trim = (): void => {
    queryClient.setQueryData<InfiniteData<unknown>>(queryKey, (old) =>
      old === undefined || old.pages.length < 2
        ? old
        : { pages: old.pages.slice(0, 1), pageParams: old.pageParams.slice(0, 1) },
    );
  };
  return {
    rows,
    error,
    loading: isPending,
    hasMore: hasNextPage,
    hasBefore: hasPreviousPage,
    loadingMore: isFetchingNextPage || isFetchingPreviousPage,
    loadMore,
    loadBefore,
    retry: refetch,
    trim,
  };
};
