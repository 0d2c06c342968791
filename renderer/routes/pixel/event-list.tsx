import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { PixelRow } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { IconCircleCheck, IconPointer } from '../../components/icons.ts';
import { LiveList } from '../../components/live-list.tsx';
import { NoStore } from '../../components/no-store.tsx';
import { StoreChoice } from '../../components/store-choice.tsx';
import { useLiveSource } from '../../components/use-live-source.ts';
import type { PixelSearch } from '../../lib/search-params.ts';
import { acceptedColumns, quarantinedColumns } from './columns.tsx';
import { NameChoice, ReasonChoice } from './filters.tsx';
import { PixelDetailPane } from './pixel-detail-pane.tsx';

const rowId = (row: PixelRow): string => row.id;
const rowAttributes = (row: PixelRow) => ({ 'data-outcome': row.outcome, 'data-name': row.name });

const Empty = ({ outcome }: { readonly outcome: 'accepted' | 'quarantined' }) =>
  outcome === 'accepted' ? (
    <EmptyState
      icon={IconPointer}
      title="No pixel events yet"
      action={
        <Link className="br-link" to="/pixel" search={{ view: 'status' }}>
          See how the stores’ pixels are
        </Link>
      }
    >
      Events of shoppers appear here the moment they arrive. The pixel has to be active in the store, and the shopper
      has to agree to analytics.
    </EmptyState>
  ) : (
    <EmptyState icon={IconCircleCheck} title="Nothing in quarantine">
      Events that do not have the expected form are kept here, each with its reason.
    </EmptyState>
  );

/** The live stream of one outcome, like a browser's network panel. */
export const EventList = ({ outcome }: { readonly outcome: 'accepted' | 'quarantined' }) => {
  const search = useSearch({ from: '/pixel' });
  const navigate = useNavigate({ from: '/pixel' });
  const options = trpc.pixel.list.infiniteQueryOptions(
    { outcome, shop: search.shop, name: search.name, reason: search.reason, limit: 100 },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const source = useLiveSource<PixelRow>(useInfiniteQuery(options), options.queryKey, rowId);

  const change = (next: Partial<PixelSearch>, replace = false): void => {
    navigate({ search: (old) => ({ ...old, ...next }), replace }).catch((error: unknown) =>
      console.warn('Changing the filter failed.', error),
    );
  };

  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  const isFiltered = [search.shop, search.name, search.reason].some((each) => each !== undefined);
  return (
    <LiveList
      label={outcome === 'accepted' ? 'Accepted pixel events, newest first' : 'Quarantined pixel events, newest first'}
      errorTitle="The pixel events could not be loaded"
      testId="pixel-table"
      rowTestId="pixel-row"
      source={source}
      listKey={JSON.stringify([outcome, search.shop, search.name, search.reason])}
      columns={outcome === 'accepted' ? acceptedColumns : quarantinedColumns}
      rowId={rowId}
      rowAttributes={rowAttributes}
      selectedId={search.id}
      onSelect={(id) => change({ id }, search.id !== undefined)}
      toolbar={
        <>
          <StoreChoice value={search.shop} onChange={(shop) => change({ shop, id: undefined })} />
          <NameChoice shop={search.shop} value={search.name} onChange={(name) => change({ name, id: undefined })} />
          {outcome === 'quarantined' && (
            <ReasonChoice
              shop={search.shop}
              value={search.reason}
              onChange={(reason) => change({ reason, id: undefined })}
            />
          )}
        </>
      }
      empty={
        isFiltered ? (
          <EmptyState
            icon={IconPointer}
            title="No events with these filters"
            action={
              <Button onClick={() => change({ shop: undefined, name: undefined, reason: undefined })}>
                Clear the filters
              </Button>
            }
          >
            New ones appear here as they arrive.
          </EmptyState>
        ) : stores?.items.length === 0 ? (
          <NoStore>Events of connected stores’ shoppers appear here the moment they arrive.</NoStore>
        ) : (
          <Empty outcome={outcome} />
        )
      }
      one="event"
      many="events"
      isFiltered={isFiltered}
      detail={
        search.id !== undefined && <PixelDetailPane id={search.id} onClose={() => change({ id: undefined }, true)} />
      }
    />
  );
};
