import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { describeError } from '../api/errors.ts';
import { queryClient, trpc } from '../api/trpc.ts';
import { DetailPane } from '../components/detail-pane.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorState } from '../components/error-state.tsx';
import { IconCircleMinus } from '../components/icons.ts';
import { SkeletonLines } from '../components/skeleton.tsx';
import { noteRecent } from './recent-records.ts';
import { RefreshRecord } from './refresh-record.tsx';

interface Props<T> {
  readonly kind: 'product' | 'order' | 'transaction' | 'customer';
  readonly query: { readonly data: T | undefined; readonly error: unknown; readonly refetch: () => unknown };
  readonly title: (record: T) => string;
  readonly extra?: (record: T) => ReactNode;
  readonly onClose: () => void;
  /** The second argument refreshes the record; it belongs beside what else can be done with it. */
  readonly children: (record: T, refresh: ReactNode) => ReactNode;
}

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

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
  const name = data === undefined ? '' : title(data);
  const stored = data?.id;
  useEffect(() => {
    if (stored !== undefined) noteRecent({ resource: `${kind}s`, id: stored, title: name });
  }, [stored, kind, name]);
  const refresh = useMutation(
    trpc.records.refresh.mutationOptions({
      // The live stream tells of what changed; that nothing did is told by nobody.
      onSuccess: ({ outcome }) =>
        outcome === 'gone' ? undefined : queryClient.invalidateQueries(trpc[`${kind}s`].get.pathFilter()),
    }),
  );
  // What is said of another record that was open before does not belong to this one.
  const own = stored !== undefined && refresh.variables?.id === stored ? refresh : null;
  const isMissing = error !== null && describeError(error).code === 'NOT_FOUND';
  const isGone = own?.data?.outcome === 'gone' || (isMissing && data !== undefined);
  return (
    <DetailPane
      label={capital(kind)}
      testId={`${kind}-detail`}
      title={data === undefined ? capital(kind) : name}
      extra={data !== undefined && !isGone && extra?.(data)}
      onClose={onClose}
    >
      {isGone ? (
        <div role="status" data-testid="record-gone">
          <EmptyState
            icon={IconCircleMinus}
            title={`The ${kind} is gone at Shopify`}
            action={<Button onClick={onClose}>Close</Button>}
          >
            It was deleted in the store, so it was removed from this computer too.
          </EmptyState>
        </div>
      ) : data !== undefined ? (
        children(
          data,
          <RefreshRecord
            kind={kind}
            busy={own?.isPending ?? false}
            error={own?.error ?? null}
            outcome={own?.data?.outcome}
            onRefresh={() => refresh.mutate({ id: data.id })}
          />,
        )
      ) : error !== null ? (
        <ErrorState error={error} title={`The ${kind} could not be loaded`} onRetry={refetch} />
      ) : (
        <SkeletonLines count={8} label={`The ${kind} is being loaded`} />
      )}
    </DetailPane>
  );
};
