import {
  hashKey,
  type InfiniteData,
  keepPreviousData,
  type QueryKey,
  type UseInfiniteQueryOptions,
  useInfiniteQuery,
} from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Resource } from '../../shared/browse/columns.ts';
import { ENDS_UNAWAITED, type Inputs } from '../api/trpc.ts';
import { useLiveSource } from '../components/use-live-source.ts';
import { type PageWindow, pageWindowOf } from './page-window.ts';
import type { RecordRow } from './record-columns.tsx';
import type { RecordList } from './record-screen.tsx';
import { type RecordSearch, sortingOf } from './record-search.ts';

type ListInput<R extends Resource> = Inputs[R]['list'];

interface Page<Row> {
  readonly items: Row[];
  readonly nextCursor: string | null;
  readonly total: number | null;
  readonly corrected: string | null;
}

/** What tRPC makes of a list's input. */
type ListOptions<Row, Key extends QueryKey, Failure> = UseInfiniteQueryOptions<
  Page<Row>,
  Failure,
  InfiniteData<Page<Row>, string | null>,
  Key,
  string | null
> & { readonly queryKey: Key };

const KEPT = { ...ENDS_UNAWAITED, placeholderData: keepPreviousData } as const;
/** How a list is paged and how much of it is held: for its options. */
type Paging = typeof KEPT & PageWindow['paging'];

const idOf = (row: RecordRow): string => row.id;

/**
 * One of the four lists as its address says: `search` is the address, `onSearch` changes a part of it (with `replace` the step before is not
 * kept for Back), `list` the rows.
 */
export const useRecords = <R extends Resource, Row extends RecordRow, Key extends QueryKey, Failure>(
  resource: R,
  optionsOf: (input: ListInput<R>, paging: Paging) => ListOptions<Row, Key, Failure>,
): {
  readonly search: RecordSearch;
  readonly onSearch: (change: Partial<RecordSearch>, replace?: boolean) => void;
  readonly list: RecordList<Row>;
} => {
  const from: `/${Resource}` = `/${resource}`;
  const search: RecordSearch = useSearch({ from });
  const navigate = useNavigate({ from });
  const onSearch = useCallback(
    (change: Partial<RecordSearch>, replace = false): void => {
      navigate({ search: (old: RecordSearch) => ({ ...old, ...change }), replace }).catch((error: unknown) =>
        console.warn('Changing the list failed.', error),
      );
    },
    [navigate],
  );
  const { sort, order } = sortingOf(resource, search);
  const { id: _id, ...selection } = search;
  // The address was read by the same list of columns that the input is made from.
  const input = { ...selection, sort, order, limit: 100 } as ListInput<R>;
  const { paging, headOf } = pageWindowOf(hashKey([resource, input]));
  const options = optionsOf(input, { ...KEPT, ...paging });
  const query = useInfiniteQuery(options);
  // The rows shown belong to the list before, until the new one is here.
  const stale = query.isPlaceholderData;
  const [first] = query.data?.pages ?? [];
  const head = headOf(stale ? undefined : first, query.data?.pageParams[0]);
  return {
    search,
    onSearch,
    list: {
      source: useLiveSource<Row>(query, options.queryKey, idOf),
      total: head.isTop ? (first?.total ?? null) : null,
      lastTotal: head.total,
      corrected: stale ? (first?.corrected ?? null) : head.corrected,
      stale,
    },
  };
};
