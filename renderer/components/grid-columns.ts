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
