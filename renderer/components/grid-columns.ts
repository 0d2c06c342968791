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
  /** In px, where a person can change it by dragging the heading's edge; a grid whose columns all have one scrolls sideways. */
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
export const CHECK_LEFT = 0;
const GAP = 12;
const PADDING = 16;

/** What the columns need side by side, in px; undefined where they share the room there is. */
export const gridWidth = (metas: readonly (GridColumnMeta | undefined)[], withBoxes: boolean): number | undefined => {
  const widths = metas.map((meta) => meta?.width);
  if (widths.some((width) => width === undefined)) return undefined;
  const all = withBoxes ? [Number.parseInt(CHECK_TRACK, 10), ...widths] : widths;
  return all.reduce<number>((sum, width) => sum + (width ?? 0), 2 * PADDING + GAP * Math.max(0, all.length - 1));
};
