import { type OnChangeFn, type RowData, type SortingState, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { CHECK_TRACK, type GridColumnMeta, type GridColumns, gridFeatures, gridWidth } from './grid-columns.ts';
import { GridHeader } from './grid-header.tsx';
import { type DataAttributes, GridRow } from './grid-row.tsx';
import { useGridKeys } from './use-grid-keys.ts';
import { useKeptPlace } from './use-kept-place.ts';
import { useScrollAnchor } from './use-scroll-anchor.ts';
import { useTicks } from './use-ticks.ts';
import { useWidth } from './use-width.ts';

const HEADER = 32;
const NO_SORTING: SortingState = [];
const unsorted: OnChangeFn<SortingState> = () => undefined;

interface Props<T extends RowData> {
  readonly label: string;
  readonly testId: string;
  readonly rowTestId: string;
  readonly columns: GridColumns<T>;
  readonly rows: readonly T[];
  readonly rowId: (row: T) => string;
  readonly rowAttributes?: (row: T) => DataAttributes;
  readonly rowHeight: number;
  /** All rows there are, loaded or not; `null` while unknown. */
  readonly total: number | null;
  readonly loading: boolean;
  readonly empty: ReactNode;
  /** What stands below the last row; null: more are to be loaded. */
  readonly end: string | null;
  readonly selectedId: string | undefined;
  readonly onSelect: (id: string | undefined) => void;
  readonly sorting?: SortingState;
  readonly onSortingChange?: OnChangeFn<SortingState>;
  readonly hasMore: boolean;
  readonly onNeedMore: () => void;
  /** Of a list that drops rows above while one scrolls on. */
  readonly hasBefore?: boolean;
  readonly onNeedBefore?: () => void;
  /** Scroll back to the top when this changes, e.g. on another search. */
  readonly resetKey: string;
  /** It is found where it was left when one comes back to it. */
  readonly keepsPlace?: boolean;
  readonly onAwayFromTop?: (away: boolean) => void;
  /** The ids that are ticked; with it the rows have boxes, and `x` ticks the row that the keyboard is on. */
  readonly checked?: ReadonlySet<string>;
  readonly onChecked?: (checked: ReadonlySet<string>) => void;
  readonly onResize?: (columnId: string, width: number) => void;
}

/**
 * A virtualised grid: react-table holds the columns and sorting, react-virtual the rows on screen. Rows have one height, so
 * the place can be kept exactly while rows come and go above it. The keyboard works on the grid as a whole (`aria-activedescendant`).
 */
export const DataGrid = <T extends RowData>(props: Props<T>) => {
  const { rows, rowId, rowHeight, selectedId, onSelect, hasMore, onNeedMore, onAwayFromTop, resetKey, loading } = props;
  const domId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState<string | undefined>(selectedId);
  const width = useWidth(scroller);

  const columnVisibility = useMemo(
    () =>
      Object.fromEntries(
        props.columns.flatMap((column) =>
          column.id === undefined ? [] : [[column.id, width === 0 || width >= (column.meta?.from ?? 0)]],
        ),
      ),
    [props.columns, width],
  );

  const table = useTable({
    features: gridFeatures,
    columns: props.columns,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state: { sorting: props.sorting ?? NO_SORTING, columnVisibility },
    onSortingChange: props.onSortingChange ?? unsorted,
  });
  const tableRows = table.getRowModel().rows;
  const metas = table.getVisibleLeafColumns().map((column) => column.columnDef.meta);
  const withBoxes = props.checked !== undefined;
  const tracks = [...(withBoxes ? [CHECK_TRACK] : []), ...metas.map((meta) => meta?.track ?? '1fr')].join(' ');
  const columnsWidth = gridWidth(metas, withBoxes);
  const ticks = useTicks({ ...props, rows });

  const virtualizer = useVirtualizer({
    count: tableRows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => tableRows[index]?.id ?? index,
    overscan: 10,
    scrollMargin: HEADER,
    scrollPaddingStart: HEADER,
  });

  const scrolled = useCallback(() => virtualizer.scrollOffset ?? 0, [virtualizer]);
  useScrollAnchor({ scroller, rows, rowId, rowHeight, resetKey, scrolled });
  useKeptPlace(scroller, props.keepsPlace === true ? `${props.testId} ${resetKey}` : undefined, rows.length > 0);

  useEffect(() => {
    const element = scroller.current;
    if (element === null || onAwayFromTop === undefined) return;
    const onScroll = (): void => onAwayFromTop(element.scrollTop > rowHeight);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [onAwayFromTop, rowHeight]);

  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (hasMore && !loading && last >= rows.length - 20) onNeedMore();
  }, [hasMore, last, loading, onNeedMore, rows.length]);
  const { hasBefore = false, onNeedBefore } = props;
  const isNearTop = (items[0]?.index ?? Number.POSITIVE_INFINITY) < 20;
  useEffect(() => {
    if (hasBefore && !loading && isNearTop) onNeedBefore?.();
  }, [hasBefore, isNearTop, loading, onNeedBefore]);

  const move = (index: number): void => {
    const row = tableRows[index];
    if (row === undefined) return;
    setActiveId(row.id);
    virtualizer.scrollToIndex(index, { align: 'auto' });
    // With the details open they follow, as in a mail program.
    if (selectedId !== undefined) onSelect(row.id);
  };
  const pick = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="row"]') : null;
    const id = row?.dataset.id;
    if (id === undefined) return;
    setActiveId(id);
    if (ticks !== undefined && event.target instanceof Element && event.target.closest('.br-grid-check') !== null) {
      ticks.toggle(id, event.shiftKey);
      return;
    }
    onSelect(id);
  };
  useGridKeys({
    scroller,
    count: tableRows.length,
    page: Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 400) - HEADER) / rowHeight) - 1),
    activeIndex: activeId === undefined ? -1 : tableRows.findIndex((row) => row.id === activeId),
    onMove: move,
    onOpen: () => {
      if (activeId !== undefined) onSelect(activeId);
    },
    onTick: () => {
      if (activeId !== undefined) ticks?.toggle(activeId, false);
    },
    onClose: () => {
      if (selectedId === undefined) return false;
      onSelect(undefined);
      scroller.current?.focus({ preventScroll: true });
      return true;
    },
  });

  const activeRendered = activeId !== undefined && items.some(({ index }) => tableRows[index]?.id === activeId);
  const columnCount = table.getVisibleLeafColumns().length + (ticks === undefined ? 0 : 1);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are positioned freely, which a real table can't do
    <div
      ref={scroller}
      className="br-grid"
      style={columnsWidth === undefined ? undefined : ({ '--br-grid-width': `${columnsWidth}px` } as CSSProperties)}
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.total === null ? -1 : props.total + 1}
      aria-colcount={columnCount}
      aria-busy={loading}
      tabIndex={0}
      data-testid={props.testId}
      {...(activeRendered ? { 'aria-activedescendant': `${domId}-${activeId}` } : {})}
    >
      <GridHeader table={table} tracks={tracks} check={ticks?.header} onResize={props.onResize} />
      {loading && <SkeletonRows height={rowHeight} boxes={withBoxes} metas={metas} tracks={tracks} />}
      {!loading && rows.length === 0 && <GridMessage columns={columnCount}>{props.empty}</GridMessage>}
      {rows.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: rows are positioned freely, which a real table body can't do
        // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keyboard
        <div role="rowgroup" className="br-grid-body" style={{ height: virtualizer.getTotalSize() }} onClick={pick}>
          {items.map((item) => {
            const row = tableRows[item.index];
            return row === undefined ? null : (
              <GridRow
                key={row.id}
                row={row}
                columns={props.columns}
                domId={`${domId}-${row.id}`}
                testId={props.rowTestId}
                attributes={props.rowAttributes}
                index={item.index}
                start={item.start - HEADER}
                height={rowHeight}
                tracks={tracks}
                active={row.id === activeId}
                selected={row.id === selectedId}
                checked={props.checked?.has(row.id)}
              />
            );
          })}
        </div>
      )}
      {rows.length > 0 && !loading && props.end !== null && <p className="br-grid-end">{props.end}</p>}
    </div>
  );
};

const GridMessage = ({ children, columns }: { readonly children: ReactNode; readonly columns: number }) => (
  // biome-ignore lint/a11y/useSemanticElements: see the row group above
  <div role="rowgroup">
    {/* biome-ignore lint/a11y/useSemanticElements: see the row group above */}
    {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
    <div role="row">
      {/* biome-ignore lint/a11y/useSemanticElements: see the row group above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
      <div role="gridcell" aria-colspan={columns}>
        {children}
      </div>
    </div>
  </div>
);

interface SkeletonProps {
  readonly height: number;
  /** A box stands before the columns. */
  readonly boxes: boolean;
  readonly metas: readonly (GridColumnMeta | undefined)[];
  readonly tracks: string;
}

/** The coming rows' places down to the end of the grid, with the same tracks, so that nothing jumps when they arrive. */
const SkeletonRows = ({ height, boxes, metas, tracks }: SkeletonProps) => (
  <div className="br-grid-body br-grid-coming" aria-hidden data-testid="loading">
    {Array.from({ length: Math.ceil(window.innerHeight / height) }, (_, row) => (
      <div
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are alike and never move
        key={row}
        className="br-grid-row"
        style={{ gridTemplateColumns: tracks, height, transform: `translateY(${row * height}px)` }}
      >
        {boxes && <span className="br-bar" />}
        {metas.map((meta, column) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the bars are alike and never move
            key={column}
            className="br-bar"
            data-align={meta?.align}
            style={{ width: `${45 + ((row * 31 + column * 17) % 45)}%` }}
          />
        ))}
      </div>
    ))}
  </div>
);
