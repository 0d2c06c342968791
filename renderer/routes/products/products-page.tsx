import { Button } from '@mantine/core';
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { SortingState, Updater } from '@tanstack/react-table';
import { useCallback, useMemo } from 'react';
import type { ProductRow } from '../../../shared/api.ts';
import { client, type Inputs, trpc } from '../../api/trpc.ts';
import { DataGrid } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { IconPackage, IconSearch } from '../../components/icons.ts';
import { SearchField } from '../../components/search-field.tsx';
import { StoreChoice } from '../../components/store-choice.tsx';
import { useLiveSource } from '../../components/use-live-source.ts';
import { plural } from '../../lib/format.ts';
import { type ProductSearch, readProductSearch } from '../../lib/search-params.ts';
import { oneStoreColumns, productColumns } from './columns.tsx';
import { ProductDetailPane } from './product-detail-pane.tsx';

const rowId = (row: ProductRow): string => row.id;
const rowAttributes = (row: ProductRow) => ({ 'data-shop': row.shop, 'data-status': row.status });

type ListInput = Inputs['products']['list'];

/** tRPC takes `direction` in the input of an infinite query for its own: it overwrites it and leaves it out of the key. */
const productPages = (input: ListInput) =>
  infiniteQueryOptions({
    queryKey: [...trpc.products.list.infiniteQueryKey(input), input.direction],
    queryFn: ({ pageParam, signal }) => client.products.list.query({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

export const ProductsPage = () => {
  const search = useSearch({ from: '/products' });
  const navigate = useNavigate({ from: '/products' });
  const sort = search.sort ?? 'updatedAt';
  const direction = search.direction ?? 'desc';

  const options = productPages({ shop: search.shop, search: search.search, sort, direction, limit: 100 });
  const query = useInfiniteQuery(options);
  const source = useLiveSource<ProductRow>(query, options.queryKey, rowId);
  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  const oneStore = search.shop !== undefined || (stores?.items.length ?? 0) < 2;
  const total = query.data?.pages.at(-1)?.total ?? null;

  const change = useCallback(
    (next: Partial<ProductSearch>, replace = false): void => {
      navigate({ search: (old) => ({ ...old, ...next }), replace }).catch((error: unknown) =>
        console.warn('Changing the list failed.', error),
      );
    },
    [navigate],
  );
  const setSearch = useCallback((text: string) => change({ search: text === '' ? undefined : text }, true), [change]);

  const sorting = useMemo<SortingState>(() => [{ id: sort, desc: direction === 'desc' }], [direction, sort]);
  const setSorting = (updater: Updater<SortingState>): void => {
    const [first] = typeof updater === 'function' ? updater(sorting) : updater;
    if (first === undefined) return;
    change({ sort: readProductSearch({ sort: first.id }).sort, direction: first.desc ? 'desc' : 'asc' });
  };

  return (
    <>
      <div className="br-toolbar">
        <SearchField label="Search products" value={search.search ?? ''} onChange={setSearch} />
        <StoreChoice value={search.shop} onChange={(shop) => change({ shop, id: undefined })} />
        <div className="br-spacer" />
        <span className="br-toolbar-count br-num" role="status" data-testid="products-count">
          {total === null ? '' : plural(total, 'product')}
          {search.search !== undefined && total !== null && ' found'}
        </span>
      </div>
      <div className="br-split">
        <div className="br-split-list" data-stale={query.isPlaceholderData}>
          {source.error !== null && source.rows.length === 0 ? (
            <ErrorState error={source.error} title="Products could not be loaded" onRetry={source.retry} />
          ) : (
            <DataGrid
              label="Products"
              testId="products-table"
              rowTestId="product-row"
              columns={oneStore ? oneStoreColumns : productColumns}
              rows={source.rows}
              rowId={rowId}
              rowAttributes={rowAttributes}
              rowHeight={40}
              total={total}
              loading={source.loading}
              empty={<Empty search={search} onClear={() => change({ search: undefined, shop: undefined })} />}
              selectedId={search.id}
              onSelect={(id) => change({ id }, search.id !== undefined)}
              sorting={sorting}
              onSortingChange={setSorting}
              hasMore={source.hasMore && !source.loadingMore && !query.isPlaceholderData}
              onNeedMore={source.loadMore}
              resetKey={JSON.stringify([search.search, search.shop, sort, direction])}
            />
          )}
        </div>
        {search.id !== undefined && (
          <ProductDetailPane id={search.id} onClose={() => change({ id: undefined }, true)} />
        )}
      </div>
    </>
  );
};

const Empty = ({ search, onClear }: { readonly search: ProductSearch; readonly onClear: () => void }) => {
  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  if (search.search !== undefined || search.shop !== undefined) {
    return (
      <EmptyState
        icon={IconSearch}
        title="No products match"
        action={<Button onClick={onClear}>Clear the search</Button>}
      >
        {search.search === undefined ? 'This store has no products here.' : `Nothing matches “${search.search}”.`}
      </EmptyState>
    );
  }
  if (stores?.items.length === 0) {
    return (
      <EmptyState icon={IconPackage} title="No store is connected">
        Products appear here once a store is connected.{' '}
        <Link to="/stores" search={{ connect: 'new' }}>
          Connect a store
        </Link>
      </EmptyState>
    );
  }
  const running = stores?.items.some((store) => store.productSync.phase === 'running') === true;
  return (
    <EmptyState icon={IconPackage} title={running ? 'Products are being fetched' : 'No products'}>
      {running ? 'They appear here as they come in.' : 'The connected stores have no products.'}
    </EmptyState>
  );
};
