import './pixel.css';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { PixelFunnel } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { IconArrowDown, IconPointer } from '../../components/icons.ts';
import { NoStore } from '../../components/no-store.tsx';
import { PageBody } from '../../components/page-body.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { formatCount } from '../../lib/format.ts';
import { downloadText } from './download-text.ts';
import { funnelCsv } from './funnel-csv.ts';
import { NumberTable } from './number-table.tsx';
import { OrderGaps } from './order-gaps.tsx';
import { type Period, PeriodToolbar, percentText, pointLabel, spanText } from './period.tsx';
import { SessionList } from './session-list.tsx';

/** The chart library is large, and only this tab and Health draw. */
const FunnelChart = lazy(async () => ({ default: (await import('./charts.tsx')).FunnelChart }));

const STEPS = [
  ['sessions', 'Visited'],
  ['viewed', 'Viewed a product'],
  ['added', 'Added to cart'],
  ['started', 'Started checkout'],
  ['paid', 'Paid'],
] as const;

const changeText = (now: number, before: number): string => {
  if (before === 0) return now === 0 ? '–' : 'new';
  const change = Math.round((100 * (now - before)) / before);
  return change < 0 ? `−${-change}%` : `${change > 0 ? '+' : ''}${change}%`;
};

export const FunnelView = () => {
  const { shop, period = 'day', session } = useSearch({ from: '/pixel' });
  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  const { data, error, refetch } = useQuery(trpc.pixel.funnel.queryOptions({ shop, period }));
  return (
    <>
      <div className="br-toolbar">
        <PeriodToolbar period={period} />
        {data !== undefined && <span className="br-dim br-num">{spanText(data.from, period)}</span>}
        <div className="br-spacer" />
        {data !== undefined && data.waiting > 0 && (
          <span className="br-dim br-num">{formatCount(data.waiting)} events are being counted</span>
        )}
        <Button
          leftSection={<IconArrowDown size={14} aria-hidden />}
          disabled={data === undefined}
          onClick={() => data && downloadText(`funnel-${data.from.slice(0, 10)}.csv`, funnelCsv(data))}
        >
          CSV
        </Button>
      </div>
      {data === undefined && error !== null ? (
        <ErrorState error={error} title="The funnel could not be loaded" onRetry={refetch} />
      ) : data?.current.sessions === 0 && data.previous.sessions === 0 && session === undefined ? (
        stores?.items.length === 0 ? (
          <NoStore>What shoppers of connected stores viewed, put in the cart and paid is counted here.</NoStore>
        ) : (
          <EmptyState icon={IconPointer} title="No sessions in this period">
            Sessions appear with the first events of shoppers who allow analytics.
          </EmptyState>
        )
      ) : (
        <PageBody label="Funnel, orders and sessions" width="wide" testId="pixel-funnel">
          {data === undefined ? (
            <SkeletonLines count={8} label="The funnel is being loaded" />
          ) : (
            <>
              <Numbers funnel={data} shop={shop} period={period} />
              {/* Asked for only then: in one request with the funnel, its rows would hold up the numbers. */}
              <SessionList shop={shop} linked={session} />
            </>
          )}
        </PageBody>
      )}
    </>
  );
};

const Numbers = ({
  funnel,
  shop,
  period,
}: {
  readonly funnel: PixelFunnel;
  readonly shop: string | undefined;
  readonly period: Period;
}) => (
  <>
    <div className="br-funnel-top">
      <Steps funnel={funnel} />
      <section className="br-section" aria-labelledby="funnel-chart">
        <div className="br-section-head">
          <h2 id="funnel-chart">Sessions by step</h2>
        </div>
        <Suspense fallback={<SkeletonLines count={6} label="The chart is being loaded" />}>
          <FunnelChart funnel={funnel} period={period} />
        </Suspense>
      </section>
    </div>
    <OrderGaps funnel={funnel} shop={shop} period={period} />
    <div className="br-columns">
      <NumberTable
        id="funnel-products"
        title="Products"
        first="Product"
        columns={['Views', 'Added', 'Sold']}
        rows={funnel.products.map((row) => ({ label: row.label, values: [row.seen, row.added, row.paid] }))}
        empty="No product was viewed."
      />
      <NumberTable
        id="funnel-sources"
        title="Sources"
        first="Source"
        columns={['Sessions', 'Added', 'Paid']}
        rows={funnel.sources.map((row) => ({ label: row.label, values: [row.seen, row.added, row.paid] }))}
        empty="No session has a source."
      />
    </div>
    <NumberTable
      id="funnel-searches"
      title="Searches"
      first="Words"
      columns={['Times']}
      rows={funnel.searches.map((row) => ({ label: row.label, values: [row.seen] }))}
      empty="Nobody searched."
    />
    <NumberTable
      id="funnel-numbers"
      title="The chart’s numbers"
      first="From"
      columns={STEPS.map(([, word]) => word)}
      rows={funnel.series
        .filter((point) => point.sessions > 0)
        .map((point) => ({
          label: pointLabel(point.at, period),
          values: STEPS.map(([step]) => point[step]),
        }))}
      empty="Nothing happened."
    />
  </>
);

const Steps = ({ funnel }: { readonly funnel: PixelFunnel }) => (
  <NumberTable
    id="funnel-steps"
    title="Funnel"
    first="Step"
    columns={['Sessions', 'Of all', 'Of the step before', 'Period before', 'Change']}
    rows={STEPS.map(([step, word], index) => {
      const before = STEPS[index - 1];
      const now = funnel.current[step];
      return {
        label: word,
        values: [
          now,
          percentText(now, funnel.current.sessions),
          before ? percentText(now, funnel.current[before[0]]) : '–',
          funnel.previous[step],
          changeText(now, funnel.previous[step]),
        ],
      };
    })}
    empty=""
  />
);
