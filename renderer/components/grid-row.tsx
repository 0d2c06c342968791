import { flexRender, type Row, type RowData } from '@tanstack/react-table';
import { memo } from 'react';
import { useChangedAt } from '../api/changes.ts';
import { CHECK_LEFT, type GridColumns, type GridFeatures } from './grid-columns.ts';

export type DataAttributes = Readonly<Record<`data-${string}`, string | undefined>>;

interface Props<T extends RowData> {
  readonly row: Row<GridFeatures, T>;
  /** Only compared: other columns show the same row differently. */
  readonly columns: GridColumns<T>;
  readonly domId: string;
  readonly testId: string;
  readonly attributes: ((row: T) => DataAttributes) | undefined;
  readonly index: number;
  readonly start: number;
  readonly height: number;
  readonly tracks: string;
  readonly active: boolean;
  readonly selected: boolean;
  /** Undefined: rows of this grid can't be ticked. */
  readonly checked: boolean | undefined;
}

/** A cell that stays in sight covers what scrolls under it. */
export const cellPlace = (pinned: number | undefined): { 'data-pinned'?: true; style?: { left: number } } =>
  pinned === undefined ? {} : { 'data-pinned': true, style: { left: pinned } };

const RowView = <T extends RowData>(props: Props<T>) => {
  const { row, start, height, tracks } = props;
  const changedAt = useChangedAt(row.id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are positioned freely, which a real table row can't be
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and points to the row
    <div
      role="row"
      id={props.domId}
      aria-rowindex={props.index + 2}
      aria-selected={props.selected}
      className="br-grid-row"
      style={{ gridTemplateColumns: tracks, height, transform: `translateY(${start}px)` }}
      data-testid={props.testId}
      data-id={row.id}
      data-active={props.active}
      data-fresh={changedAt > 0}
      data-beat={changedAt % 2}
      {...props.attributes?.(row.original)}
    >
      {props.checked !== undefined && (
        // biome-ignore lint/a11y/useSemanticElements: see the row
        // biome-ignore lint/a11y/useFocusableInteractive: its box has the focus
        <div role="gridcell" className="br-grid-cell br-grid-check" {...cellPlace(CHECK_LEFT)}>
          <input
            type="checkbox"
            tabIndex={-1}
            data-check
            aria-label="Select this row"
            checked={props.checked}
            readOnly
          />
        </div>
      )}
      {row.getVisibleCells().map((cell) => (
        // biome-ignore lint/a11y/useSemanticElements: see the row
        // biome-ignore lint/a11y/useFocusableInteractive: see the row
        <div
          key={cell.id}
          role="gridcell"
          className="br-grid-cell"
          data-align={cell.column.columnDef.meta?.align}
          {...cellPlace(cell.column.columnDef.meta?.pinned)}
        >
          {flexRender(cell.column.columnDef.cell, cell.getContext())}
        </div>
      ))}
    </div>
  );
};

/** `row` is a new object at each change of the data; what it shows is the same when `original` is. */
export const GridRow = memo(RowView, (before, after) => {
  const keys = ['domId', 'index', 'start', 'height', 'tracks', 'active', 'selected', 'checked', 'attributes'] as const;
  return (
    before.row.original === after.row.original &&
    before.columns === after.columns &&
    keys.every((key) => before[key] === after[key])
  );
}) as typeof RowView;
