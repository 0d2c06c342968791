import { type ReactNode, useEffect } from 'react';
import { DetailPane } from '../components/detail-pane.tsx';
import { ErrorState } from '../components/error-state.tsx';
import { SkeletonLines } from '../components/skeleton.tsx';
import { noteRecent } from './recent-records.ts';

interface Props<T> {
  readonly kind: 'product' | 'order' | 'transaction' | 'customer';
  readonly query: { readonly data: T | undefined; readonly error: unknown; readonly refetch: () => unknown };
  readonly title: (record: T) => string;
  readonly extra?: (record: T) => ReactNode;
  readonly onClose: () => void;
  readonly children: (record: T) => ReactNode;
}

/** The pane of one record: its states are the same for all kinds. */
export const RecordPane = <T extends { readonly id: string }>({
  kind,
  query,
  title,
  extra,
  onClose,
  children,
}: Props<T>) => {
  const { data, error, refetch } = query;
  const id = data?.id;
  const name = data === undefined ? '' : title(data);
  useEffect(() => {
    if (id !== undefined) noteRecent({ resource: `${kind}s`, id, title: name });
  }, [id, kind, name]);
  const label = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  return (
    <DetailPane
      label={label}
      testId={`${kind}-detail`}
      title={data === undefined ? label : name}
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
