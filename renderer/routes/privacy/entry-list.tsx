import type { RowData } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { DataGrid } from '../../components/data-grid.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import type { GridColumns } from '../../components/grid-columns.ts';
import type { LiveSource } from '../../components/live-list.tsx';
import { listEnd } from '../../lib/list-words.ts';

interface Props<Row extends RowData> {
  readonly label: string;
  /** `evidence`: of the table's and its rows' test ids, and of the list among others. */
  readonly name: string;
  /** `The evidence could not be loaded`. */
  readonly failure: string;
  readonly columns: GridColumns<Row>;
  readonly source: LiveSource<Row>;
  readonly rowId: (row: Row) => string;
  readonly empty: ReactNode;
}

/** Entries that can only be read: nothing opens, and how many there are is known at the end. */
export const EntryList = <Row extends RowData>({ label, name, failure, columns, source, rowId, empty }: Props<Row>) => (
  <div className="br-split">
    <div className="br-split-list">
      {source.error !== null && source.rows.length === 0 ? (
        <ErrorState error={source.error} title={failure} onRetry={source.retry} />
      ) : (
        <DataGrid
          label={label}
          testId={`${name}-table`}
          rowTestId={`${name}-row`}
          columns={columns}
          rows={source.rows}
          rowId={rowId}
          rowHeight={32}
          total={source.hasMore ? null : source.rows.length}
          loading={source.loading}
          empty={empty}
          end={
            source.hasMore
              ? null
              : listEnd({ total: source.rows.length, one: 'entry', many: 'entries', isFiltered: false })
          }
          selectedId={undefined}
          onSelect={() => undefined}
          hasMore={source.hasMore && !source.loadingMore}
          onNeedMore={source.loadMore}
          resetKey={name}
        />
      )}
    </div>
  </div>
);
