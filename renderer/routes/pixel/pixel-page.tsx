import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { PixelRow } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { IconCircleCheck, IconPointer } from '../../components/icons.ts';
import { LiveList } from '../../components/live-list.tsx';
import { StoreChoice } from '../../components/store-choice.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { useLiveSource } from '../../components/use-live-source.ts';
import { formatCount } from '../../lib/format.ts';
import type { PixelSearch } from '../../lib/search-params.ts';
import { acceptedColumns, quarantinedColumns } from './columns.tsx';
import { PixelDetailPane } from './pixel-detail-pane.tsx';

const rowId = (row: PixelRow): string => row.id;
const rowAttributes = (row: PixelRow) => ({ 'data-outcome': row.outcome, 'data-name': row.name });

const TabLabel = ({ word, count }: { readonly word: string; readonly count: number | undefined }) => (
  <>
    {word} <span className="br-dim">{count === undefined ? '' : formatCount(count)}</span>
  </>
);

const Empty = ({ outcome }: { readonly outcome: 'accepted' | 'quarantined' }) =>
  outcome === 'accepted' ? (
    <EmptyState icon={IconPointer} title="No pixel events yet">
      Events of shoppers appear here the moment they arrive. The pixel has to be active in the store, and the shopper
      has to agree to analytics.
    </EmptyState>
  ) : (
    <EmptyState icon={IconCircleCheck} title="Nothing in quarantine">
      Events that do not have the expected form are kept here, each with its reason.
    </EmptyState>
  );

export const PixelPage = () => {
  const search = useSearch({ from: '/pixel' });
  const navigate = useNavigate({ from: '/pixel' });
  const outcome = search.outcome ?? 'accepted';
  const { data: summary } = useQuery(trpc.pixel.summary.queryOptions());
  const options = trpc.pixel.list.infiniteQueryOptions(
    { outcome, shop: search.shop, limit: 100 },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const source = useLiveSource<PixelRow>(useInfiniteQuery(options), options.queryKey, rowId);

  const change = (next: Partial<PixelSearch>, replace = false): void => {
    navigate({ search: (old) => ({ ...old, ...next }), replace }).catch((error: unknown) =>
      console.warn('Changing the filter failed.', error),
    );
  };

  return (
    <Tabs
      label="Outcome"
      value={outcome}
      onChange={(value) => change({ outcome: value, id: undefined })}
      tabs={[
        { value: 'accepted', label: <TabLabel word="Accepted" count={summary?.accepted} /> },
        { value: 'quarantined', label: <TabLabel word="Quarantined" count={summary?.quarantined} /> },
      ]}
      extra={
        summary !== undefined && (
          <span className="br-dim br-num">
            {formatCount(summary.duplicates)} duplicates left out · {formatCount(summary.limited)} over the rate limit
          </span>
        )
      }
    >
      <LiveList
        label={
          outcome === 'accepted' ? 'Accepted pixel events, newest first' : 'Quarantined pixel events, newest first'
        }
        errorTitle="Pixel events could not be loaded"
        testId="pixel-table"
        rowTestId="pixel-row"
        source={source}
        listKey={JSON.stringify([outcome, search.shop])}
        columns={outcome === 'accepted' ? acceptedColumns : quarantinedColumns}
        rowId={rowId}
        rowAttributes={rowAttributes}
        selectedId={search.id}
        onSelect={(id) => change({ id }, search.id !== undefined)}
        toolbar={<StoreChoice value={search.shop} onChange={(shop) => change({ shop, id: undefined })} />}
        empty={<Empty outcome={outcome} />}
        detail={
          search.id !== undefined && <PixelDetailPane id={search.id} onClose={() => change({ id: undefined }, true)} />
        }
      />
    </Tabs>
  );
};
