import type { ReactNode } from 'react';
import { DetailPane } from '../components/detail-pane.tsx';
import { ErrorState } from '../components/error-state.tsx';
import { SkeletonLines } from '../components/skeleton.tsx';

interface Props<T> {
  readonly kind: string;
  readonly query: { readonly data: T | undefined; readonly error: unknown; readonly refetch: () => unknown };
  readonly title: (record: T) => ReactNode;
  readonly extra?: (record: T) => ReactNode;
  readonly onClose: () => void;
  readonly children: (record: T) => ReactNode;
}

/** The pane of one record: its states are the same for all kinds. */
export const RecordPane = <T,>({ kind, query, title, extra, onClose, children }: Props<T>) => {
  const { data, error, refetch } = query;
  const label = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  return (
    <DetailPane
      label={label}
      testId={`${kind}-detail`}
      title={data === undefined ? label : title(data)}
      extra={data !== undefined && extra?.(data)}
      onClose={onClose}
    >
      {data !== undefined ? (
        children(data)
      ) : error !== null ? (
        <ErrorState error={error} title={`The ${kind} could not be loaded`} onRetry={refetch} />
      ) : (
        <SkeletonLines count={8} label={`The ${kind} is being loaded`} />
      )}
    </DetailPane>
  );
};
