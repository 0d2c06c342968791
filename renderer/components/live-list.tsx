import { Button } from '@mantine/core';
import type { RowData } from '@tanstack/react-table';
import { type ReactNode, useEffect, useRef } from 'react';
import { formatCount } from '../lib/format.ts';
import { listEnd } from '../lib/list-words.ts';
import { wantsSingleKey } from '../shell/shortcuts.ts';
import { DataGrid } from './data-grid.tsx';
import { ErrorState } from './error-state.tsx';
import type { GridColumns } from './grid-columns.ts';
import type { DataAttributes } from './grid-row.tsx';
import { IconArrowUp, IconPlayerPause, IconPlayerPlay } from './icons.ts';
import { useHeldRows } from './use-held-rows.ts';

/** The parts of an infinite query that a live list needs. */
export interface LiveSource<T> {
  readonly rows: readonly T[];
  readonly error: unknown;
  readonly loading: boolean;
  readonly hasMore: boolean;
  /** Rows above the first were dropped while one scrolled on. */
  readonly hasBefore: boolean;
  /** In either direction. */
  readonly loadingMore: boolean;
  readonly loadMore: () => void;
  readonly loadBefore: () => void;
  readonly retry: () => unknown;
  /** Forget the older pages, so that a live list does not refetch hundreds of rows at each arrival. */
  readonly trim: () => void;
}

interface Props<T extends RowData> {
  readonly label: string;
  readonly errorTitle: string;
  readonly testId: string;
  readonly rowTestId: string;
  readonly source: LiveSource<T>;
  /** Of the filters: another key is another list. */
  readonly listKey: string;
  readonly columns: GridColumns<T>;
  readonly rowId: (row: T) => string;
  readonly rowAttributes: (row: T) => DataAttributes;
  readonly empty: ReactNode;
  /** What one row is, and several are. */
  readonly one: string;
  readonly many: string;
  readonly isFiltered: boolean;
  readonly selectedId: string | undefined;
  readonly onSelect: (id: string | undefined) => void;
  readonly toolbar: ReactNode;
  readonly detail: ReactNode;
}

/** A live list, newest first, with its details: for webhooks and pixel events. It can be paused, and holds still while one reads further down. */
export const LiveList = <T extends RowData>(props: Props<T>) => {
  const { source, listKey, rowId } = props;
  const hold = useHeldRows(source.rows, rowId, listKey);
  // Rows above were dropped, or newer ones are held back.
  const isWhole = !source.hasBefore && hold.newCount === 0;
  const list = useRef<HTMLDivElement>(null);

  const showNew = (): void => {
    hold.release();
    source.trim();
    list.current?.querySelector('[role="grid"]')?.scrollTo({ top: 0 });
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== ' ' || !wantsSingleKey(event)) return;
      // On a control the space bar presses it.
      if (event.target instanceof HTMLElement && event.target.matches('button, a, [role="tab"]')) return;
      event.preventDefault();
      hold.setPaused(!hold.paused);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });

  return (
    <>
      <div className="br-toolbar">
        {props.toolbar}
        <div className="br-spacer" />
        <Button
          leftSection={
            hold.paused ? <IconPlayerPlay size={14} aria-hidden /> : <IconPlayerPause size={14} aria-hidden />
          }
          title={hold.paused ? 'Resume (Space)' : 'Hold the list still (Space)'}
          onClick={() => (hold.paused ? showNew() : hold.setPaused(true))}
        >
          {hold.paused ? 'Resume' : 'Pause'}
        </Button>
      </div>
      <div className="br-split">
        <div className="br-split-list" ref={list}>
          {hold.newCount > 0 && (
            <button type="button" className="br-pill" data-testid="new-rows" onClick={showNew}>
              <IconArrowUp size={14} aria-hidden />
              {formatCount(hold.newCount)}
              {hold.atLeast ? '+' : ''} new
            </button>
          )}
          {source.error !== null && source.rows.length === 0 ? (
            <ErrorState error={source.error} title={props.errorTitle} onRetry={source.retry} />
          ) : (
            <DataGrid
              label={props.label}
              testId={props.testId}
              rowTestId={props.rowTestId}
              columns={props.columns}
              rows={hold.rows}
              rowId={rowId}
              rowAttributes={props.rowAttributes}
              rowHeight={32}
              total={source.hasMore ? null : hold.rows.length}
              loading={source.loading}
              empty={props.empty}
              end={source.hasMore ? null : listEnd({ ...props, total: isWhole ? hold.rows.length : null })}
              selectedId={props.selectedId}
              onSelect={props.onSelect}
              hasMore={source.hasMore && !source.loadingMore}
              onNeedMore={source.loadMore}
              resetKey={listKey}
              onAwayFromTop={hold.onAwayFromTop}
            />
          )}
        </div>
        {props.detail}
      </div>
    </>
  );
};
