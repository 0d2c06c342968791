import './overview.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Stats, Store } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { AppTomlHint } from '../../components/app-toml-hint.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { GapNotes } from '../../components/gap-notes.tsx';
import { NoStore } from '../../components/no-store.tsx';
import { PageBody } from '../../components/page-body.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { SummaryStrip } from '../../components/summary-strip.tsx';
import { OrderCharts } from '../../records/order-charts.tsx';
import { RecentPixel, RecentWebhooks } from './recent.tsx';
import { StoreRows } from './store-rows.tsx';

export const OverviewPage = () => {
  const stores = useQuery(trpc.stores.list.queryOptions());
  const stats = useQuery(trpc.system.stats.queryOptions());
  const total = stats.data?.total;
  return (
    <>
      <SummaryStrip
        label="Totals of all stores"
        loading={total === undefined}
        items={[
          { name: 'Products', value: total?.products },
          { name: 'Orders', value: total?.orders },
          { name: 'Transactions', value: total?.transactions },
          { name: 'Customers', value: total?.customers },
          { name: 'Webhooks received', value: total?.webhooks.received },
          {
            name: 'Webhooks failed',
            value: total === undefined ? undefined : total.webhooks.failed + total.webhooks.dead,
            tone: 'bad',
          },
          { name: 'Webhooks refused', value: total?.webhooks.refused, tone: 'bad' },
          { name: 'Pixel events', value: total?.pixel.accepted },
          { name: 'In quarantine', value: total?.pixel.quarantined, tone: 'warn' },
        ]}
      />
      <PageBody label="Overview" width="wide">
        <GapNotes />
        <AppTomlHint />
        <section aria-labelledby="overview-stores" className="br-section">
          <div className="br-section-head">
            <h2 id="overview-stores">Stores</h2>
            <Link to="/stores">All details</Link>
          </div>
          <StoresPart stores={stores.data?.items} stats={stats.data} error={stores.error} onRetry={stores.refetch} />
        </section>
        {/* Its place is kept while nobody knows: most stores have orders. */}
        {total?.orders !== 0 && (
          <section aria-labelledby="overview-sales" className="br-section">
            <div className="br-section-head">
              <h2 id="overview-sales">Sales</h2>
              <Link to="/orders">All orders</Link>
            </div>
            <OrderCharts shop={undefined} />
          </section>
        )}
        <div className="br-columns">
          <section aria-labelledby="overview-webhooks" className="br-section">
            <div className="br-section-head">
              <h2 id="overview-webhooks">Latest webhooks</h2>
              <Link to="/webhooks">All webhooks</Link>
            </div>
            <RecentWebhooks />
          </section>
          <section aria-labelledby="overview-pixel" className="br-section">
            <div className="br-section-head">
              <h2 id="overview-pixel">Latest pixel events</h2>
              <Link to="/pixel">All pixel events</Link>
            </div>
            <RecentPixel />
          </section>
        </div>
      </PageBody>
    </>
  );
};

interface StoresPartProps {
  readonly stores: readonly Store[] | undefined;
  readonly stats: Stats | undefined;
  readonly error: unknown;
  readonly onRetry: () => unknown;
}

const StoresPart = ({ stores, stats, error, onRetry }: StoresPartProps) => {
  if (stores === undefined) {
    return error === null ? (
      <SkeletonLines count={4} label="Stores are being loaded" />
    ) : (
      <ErrorState error={error} title="The stores could not be loaded" onRetry={onRetry} />
    );
  }
  if (stores.length === 0) {
    return <NoStore>A connected store sends its products, webhooks and pixel events to this computer.</NoStore>;
  }
  return <StoreRows stores={stores} stats={stats} />;
};
