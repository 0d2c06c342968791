import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SortingState, Updater } from '@tanstack/react-table';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import type { Resource } from '../../shared/browse/columns.ts';
import { ENDS_UNAWAITED, trpc } from '../api/trpc.ts';
import { DataGrid } from '../components/data-grid.tsx';
import { ErrorState } from '../components/error-state.tsx';
import { IconChartArea } from '../components/icons.ts';
import type { LiveSource } from '../components/live-list.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import { ScopeNotes } from '../components/scope-notes.tsx';
import { SearchField } from '../components/search-field.tsx';
import { StoreChoice } from '../components/store-choice.tsx';
import { plural } from '../lib/format.ts';
import { listEnd } from '../lib/list-words.ts';
import { freshOf } from '../lib/sync.ts';
import { ExportMenu } from './export-menu.tsx';
import { FilterBar } from './filter-bar.tsx';
import { layoutStore, MAX_WIDTH, MIN_WIDTH, useStore } from './layout.ts';
import { LayoutMenu } from './layout-menu.tsx';
import { type Cells, type RecordRow, recordColumns } from './record-columns.tsx';
import { type RecordSearch, sortingOf } from './record-search.ts';
import { RecordsEmpty } from './records-empty.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { showCharts, useShowCharts } from './show-charts.ts';
import { useTickedRows } from './use-ticked-rows.ts';
import { ViewsMenu } from './views-menu.tsx';

export interface RecordList<Row> {
  readonly source: LiveSource<Row>;
  /** From the page: null when it was too much to count there. */
  readonly total: number | null;
  /** As the list's first page said it last; shown until it is counted while that page is away. */
  readonly lastTotal: number | null;
  readonly corrected: string | null;
  /** The rows shown belong to the list before, until the new one is here. */
  readonly stale: boolean;
}

interface Props<Row extends RecordRow> {
  readonly resource: Resource;
  /** `order`, `orders`: for counts and labels. */
  readonly one: string;
  readonly many: string;
  readonly search: RecordSearch;
  readonly onSearch: (change: Partial<RecordSearch>, replace?: boolean) => void;
  readonly list: RecordList<Row>;
  readonly cells: Cells<Row>;
  readonly rowAttributes?: (row: Row) => Readonly<Record<`data-${string}`, string | undefined>>;
  /** Charts above the grid, memoised: drawn anew at each sort and filter, they would cost more than the list's rows. */
  readonly picture: ReactNode;
  readonly detail: ReactNode;
}

const ROW_HEIGHT = { compact: 32, comfortable: 40 } as const;
const CHECK_COLUMN = 28;
const rowId = (row: RecordRow): string => row.id;

/** One screen for products, orders, transactions and customers: search, filters, views, the grid, and the record that is open. */
export const RecordScreen = <Row extends RecordRow>(props: Props<Row>) => {
  const { resource, search, onSearch, list, cells, many } = props;
  const layout = useStore(layoutStore(resource));
  const charts = useShowCharts();
  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  const freshAt = freshOf(stores?.items ?? [], resource, search.shop);
  const withStore = search.shop === undefined && (stores?.items.length ?? 0) > 1;
  const { sort, order } = sortingOf(resource, search);
  const listKey = JSON.stringify([search.search, search.shop, search.filters, sort, order]);

  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another selection is another list
  useEffect(() => setChecked(new Set()), [search.search, search.shop, search.filters]);

  const ticked = useTickedRows(list.source.rows, checked);

  const isFiltered = [search.search, search.shop, search.filters].some((value) => value !== undefined);
  const selection = { resource, shop: search.shop, search: search.search, filters: search.filters };
  // Rows first: a count may look at every row, and its answer is often on their page.
  const counts = list.total === null && !list.stale && !list.source.loading;
  const counted = useQuery({ ...trpc.browse.count.queryOptions(selection, ENDS_UNAWAITED), enabled: counts });
  const total = list.total ?? (list.stale ? null : (counted.data?.total ?? list.lastTotal));

  const columns = useMemo(
    () => recordColumns(resource, layout, cells, { withStore, offset: CHECK_COLUMN }),
    [cells, layout, resource, withStore],
  );
  const sorting = useMemo<SortingState>(() => [{ id: sort, desc: order === 'desc' }], [order, sort]);
  const setSorting = (updater: Updater<SortingState>): void => {
    const [first] = typeof updater === 'function' ? updater(sorting) : updater;
    if (first !== undefined) onSearch({ sort: first.id, order: first.desc ? 'desc' : 'asc' });
  };
  const setText = useCallback(
    (text: string) => onSearch({ search: text === '' ? undefined : text, sort: undefined }, true),
    [onSearch],
  );
  const setFilters = useCallback((filters: string | undefined) => onSearch({ filters, id: undefined }), [onSearch]);
  const resize = useCallback(
    (id: string, width: number): void => {
      const store = layoutStore(resource);
      const now = store.get();
      store.set({
        ...now,
        widths: { ...now.widths, [id]: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Math.round(width))) },
      });
    },
    [resource],
  );

  return (
    <>
      <div className="br-toolbar">
        <SearchField label={`Search ${many}`} value={search.search ?? ''} onChange={setText} />
        <StoreChoice value={search.shop} onChange={(shop) => onSearch({ shop, id: undefined })} />
        <div className="br-spacer" />
        <span className="br-toolbar-count br-num" role="status" data-testid={`${many}-count`}>
          {total === null ? '' : plural(total, props.one, many)}
          {search.search !== undefined && total !== null && ' found'}
        </span>
        {freshAt !== null && (
          <span className="br-toolbar-count" data-testid={`${many}-fresh`}>
            complete as of <RelativeTime iso={freshAt} />
          </span>
        )}
        <PictureToggle open={charts} onChange={showCharts.set} />
        <ViewsMenu
          resource={resource}
          search={search}
          layout={layout}
          onOpen={(next) =>
            onSearch({
              search: undefined,
              filters: undefined,
              sort: undefined,
              order: undefined,
              shop: undefined,
              ...next,
            })
          }
        />
        <ExportMenu resource={resource} search={search} layout={layout} />
        <LayoutMenu resource={resource} layout={layout} />
      </div>
      <div className="br-subbar">
        {checked.size > 0 ? (
          <SelectionBar
            resource={resource}
            many={many}
            one={props.one}
            rows={ticked}
            layout={layout}
            onClear={() => setChecked(new Set())}
          />
        ) : (
          <FilterBar resource={resource} shop={search.shop} filters={search.filters} onChange={setFilters} />
        )}
      </div>
      <ScopeNotes area={resource} shop={search.shop} />
      {list.corrected !== null && (
        <p className="br-corrected" role="status">
          Nothing matches “{search.search}”. Shown: <strong>{list.corrected}</strong>
        </p>
      )}
      <div className="br-split">
        <div className="br-split-list" data-stale={list.stale}>
          {charts && props.picture}
          {list.source.error !== null && list.source.rows.length === 0 ? (
            <ErrorState
              error={list.source.error}
              title={`The ${many} could not be loaded`}
              onRetry={list.source.retry}
            />
          ) : (
            <DataGrid
              label={`${many.charAt(0).toUpperCase()}${many.slice(1)}`}
              testId={`${many}-table`}
              rowTestId={`${props.one}-row`}
              columns={columns}
              rows={list.source.rows}
              rowId={rowId}
              {...(props.rowAttributes ? { rowAttributes: props.rowAttributes } : {})}
              rowHeight={ROW_HEIGHT[layout.density]}
              total={total}
              loading={list.source.loading}
              empty={
                <RecordsEmpty
                  resource={resource}
                  many={many}
                  search={search}
                  onClear={() => onSearch({ search: undefined, shop: undefined, filters: undefined })}
                />
              }
              end={list.source.hasMore ? null : listEnd({ total, one: props.one, many, isFiltered })}
              selectedId={search.id}
              onSelect={(id) => onSearch({ id }, search.id !== undefined)}
              sorting={sorting}
              onSortingChange={setSorting}
              hasMore={list.source.hasMore && !list.source.loadingMore && !list.stale}
              onNeedMore={list.source.loadMore}
              hasBefore={list.source.hasBefore && !list.source.loadingMore && !list.stale}
              onNeedBefore={list.source.loadBefore}
              resetKey={listKey}
              keepsPlace
              checked={checked}
              onChecked={setChecked}
              onResize={resize}
            />
          )}
        </div>
        {props.detail}
      </div>
    </>
  );
};

const PictureToggle = ({ open, onChange }: { readonly open: boolean; readonly onChange: (open: boolean) => void }) => (
  <Button
    leftSection={<IconChartArea size={14} aria-hidden />}
    aria-pressed={open}
    data-chosen={open}
    onClick={() => onChange(!open)}
  >
    Charts
  </Button>
);
