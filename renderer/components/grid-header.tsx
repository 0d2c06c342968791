import type { ReactTable, RowData } from '@tanstack/react-table';
import type { GridFeatures } from './grid-columns.ts';
import { IconArrowDown, IconArrowUp } from './icons.ts';

interface Props<T extends RowData> {
  readonly table: ReactTable<GridFeatures, T>;
  readonly tracks: string;
}

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;

export const GridHeader = <T extends RowData>({ table, tracks }: Props<T>) => (
  // biome-ignore lint/a11y/useSemanticElements: rows are positioned freely, which a real table can't do
  <div role="rowgroup" className="br-grid-head">
    {table.getHeaderGroups().map((group) => (
      // biome-ignore lint/a11y/useSemanticElements: see above
      // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
      <div key={group.id} role="row" aria-rowindex={1} className="br-grid-row" style={{ gridTemplateColumns: tracks }}>
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
            </div>
          );
        })}
      </div>
    ))}
  </div>
);
