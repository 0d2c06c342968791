import {
  columnVisibilityFeature,
  createColumnHelper,
  metaHelper,
  type RowData,
  rowSortingFeature,
  type TableOptions,
  tableFeatures,
} from '@tanstack/react-table';

export interface GridColumnMeta {
  /** A CSS grid track, e.g. `minmax(160px, 3fr)`. */
  readonly track: string;
  readonly align?: 'end';
  /** In px, where a person can change it by dragging the heading's edge. */
  readonly width?: number;
  /** Stays in sight, this many px from the left, while the rest scrolls sideways. */
  readonly pinned?: number;
  /** The column is left out where the grid is narrower than this. */
  readonly from?: number;
}

export const gridFeatures = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  columnMeta: metaHelper<GridColumnMeta>(),
});
export type GridFeatures = typeof gridFeatures;
export type GridColumns<T extends RowData> = TableOptions<GridFeatures, T>['columns'];

export const gridColumnHelper = <T extends RowData>() => createColumnHelper<GridFeatures, T>();

/** The boxes for ticking rows: their track, and where they stay while the rest scrolls sideways. */
export const CHECK_TRACK = '16px';
export const CHECK_LEFT = 16;
