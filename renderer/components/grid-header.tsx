import type { ReactTable, RowData } from '@tanstack/react-table';
import type { PointerEvent } from 'react';
import { CHECK_LEFT, type GridFeatures } from './grid-columns.ts';
import { cellPlace } from './grid-row.tsx';
import { IconArrowDown, IconArrowUp } from './icons.ts';

interface Props<T extends RowData> {
  readonly table: ReactTable<GridFeatures, T>;
  readonly tracks: string;
  /** Undefined: rows of this grid can't be ticked. */
  readonly check: { readonly all: boolean; readonly some: boolean; readonly onToggle: () => void } | undefined;
  readonly onResize: ((columnId: string, width: number) => void) | undefined;
}

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;

export const GridHeader = <T extends RowData>({ table, tracks, check, onResize }: Props<T>) => (
  // biome-ignore lint/a11y/useSemanticElements: rows are positioned freely, which a real table can't do
  <div role="rowgroup" className="br-grid-head">
    {table.getHeaderGroups().map((group) => (
      // biome-ignore lint/a11y/useSemanticElements: see above
      // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
      <div key={group.id} role="row" aria-rowindex={1} className="br-grid-row" style={{ gridTemplateColumns: tracks }}>
        {check !== undefined && (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: its box has the focus
          <div role="columnheader" className="br-grid-cell br-grid-check" {...cellPlace(CHECK_LEFT)}>
            <input
              type="checkbox"
              aria-label="Select all rows that are loaded"
              checked={check.all}
              ref={(box) => {
                if (box !== null) box.indeterminate = check.some && !check.all;
              }}
              onChange={check.onToggle}
            />
          </div>
        )}
        {group.headers.map((header) => {
          const { column } = header;
          const sorted = column.getIsSorted();
          const content = header.isPlaceholder ? null : <table.FlexRender header={header} />;
          return (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: its button has the focus
            <div
              key={header.id}
              role="columnheader"
              className="br-grid-cell"
              data-align={column.columnDef.meta?.align}
              {...cellPlace(column.columnDef.meta?.pinned)}
              {...(column.getCanSort() ? { 'aria-sort': sorted === false ? 'none' : ARIA_SORT[sorted] } : {})}
            >
              {column.getCanSort() ? (
                <button
                  type="button"
                  onClick={() => column.toggleSorting(sorted === false ? undefined : sorted === 'asc')}
                >
                  {content}
                  {sorted === 'asc' && <IconArrowUp size={12} aria-hidden />}
                  {sorted === 'desc' && <IconArrowDown size={12} aria-hidden />}
                </button>
              ) : (
                content
              )}
              {onResize !== undefined && column.columnDef.meta?.width !== undefined && (
                <ColumnEdge id={column.id} width={column.columnDef.meta.width} onResize={onResize} />
              )}
            </div>
          );
        })}
      </div>
    ))}
  </div>
);

interface EdgeProps {
  readonly id: string;
  readonly width: number;
  readonly onResize: (columnId: string, width: number) => void;
}

/** The right edge of a heading, to be dragged. Widths are also reset from the columns menu, so the keyboard misses nothing it needs. */
const ColumnEdge = ({ id, width, onResize }: EdgeProps) => {
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>): void => {
    const handle = event.currentTarget;
    const startX = event.clientX;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    const move = (next: globalThis.PointerEvent): void => onResize(id, width + next.clientX - startX);
    const end = (): void => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('lostpointercapture', end);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', end);
  };
  return <span className="br-grid-edge" aria-hidden onPointerDown={onPointerDown} />;
};
