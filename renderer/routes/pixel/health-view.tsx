import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { trpc } from '../../api/trpc.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { IconArrowDown } from '../../components/icons.ts';
import { PageBody } from '../../components/page-body.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { SummaryStrip } from '../../components/summary-strip.tsx';
import { formatCount } from '../../lib/format.ts';
import { formatMs } from '../../lib/time.ts';
import { downloadText } from './download-text.ts';
import { healthCsv } from './funnel-csv.ts';
import { KeptFacts } from './kept.tsx';
import { NumberTable } from './number-table.tsx';
import { PeriodToolbar, percentText, pointLabel } from './period.tsx';

const HealthChart = lazy(async () => ({ default: (await import('./charts.tsx')).HealthChart }));

/** What became of everything that was received. */
export const HealthView = () => {
  const { shop, period = 'day' } = useSearch({ from: '/pixel' });
  const { data, error, refetch } = useQuery(trpc.pixel.health.queryOptions({ shop, period }));
  const counts = data?.counts;
  return (
    <>
      <div className="br-toolbar">
        <PeriodToolbar period={period} />
        <div className="br-spacer" />
        {data !== undefined && (
          <span className="br-dim br-num">
            {data.lagMs === null ? 'No events' : `Events arrive ${formatMs(data.lagMs)} after they happen`} ·{' '}
            {formatCount(data.waiting)} wait to be counted
          </span>
        )}
        <Button
          leftSection={<IconArrowDown size={14} aria-hidden />}
          disabled={data === undefined}
          onClick={() => data && downloadText(`pixel-health-${data.series[0]?.at.slice(0, 10)}.csv`, healthCsv(data))}
        >
          CSV
        </Button>
      </div>
      {data === undefined && error !== null ? (
        <ErrorState error={error} title="The numbers could not be loaded" onRetry={refetch} />
      ) : (
        <PageBody label="Health" width="wide" testId="pixel-health">
          <SummaryStrip
            label="Events of the period"
            loading={data === undefined}
            items={[
              { name: 'Received', value: data?.received },
              { name: 'Accepted', value: counts?.accepted },
              { name: 'Quarantined', value: counts?.quarantined, tone: 'warn' },
              { name: 'Over the limit', value: counts?.limited, tone: 'bad' },
              { name: 'Duplicates', value: counts?.duplicate },
              { name: 'Withheld (no consent)', value: counts?.withheld },
            ]}
          />
          {data === undefined && <SkeletonLines count={8} label="The numbers are being loaded" />}
          {data !== undefined && (
            <>
              <section className="br-section" aria-labelledby="health-chart">
                <div className="br-section-head">
                  <h2 id="health-chart">Received over time</h2>
                </div>
                <Suspense fallback={<SkeletonLines count={6} label="The chart is being loaded" />}>
                  <HealthChart health={data} period={period} />
                </Suspense>
              </section>
              <div className="br-columns">
                <NumberTable
                  id="health-names"
                  title="By event"
                  first="Event"
                  columns={['Accepted', 'Quarantined', 'Share']}
                  rows={data.names.map((row) => ({
                    label: row.name,
                    values: [
                      row.accepted,
                      row.quarantined,
                      percentText(row.quarantined, row.accepted + row.quarantined),
                    ],
                  }))}
                  empty="No events in this period."
                />
                <NumberTable
                  id="health-versions"
                  title="By version of the extension"
                  first="Version"
                  columns={['Accepted', 'Quarantined', 'Duplicates', 'Withheld', 'Delay']}
                  rows={data.versions.map((row) => ({
                    label: row.version === '' ? 'something else than the extension' : row.version,
                    values: [
                      row.accepted,
                      row.quarantined,
                      row.duplicate,
                      row.withheld,
                      row.lagMs === null ? '–' : formatMs(row.lagMs),
                    ],
                  }))}
                  empty="No events in this period."
                />
              </div>
              <div className="br-columns">
                <NumberTable
                  id="health-numbers"
                  title="The chart’s numbers"
                  first="From"
                  columns={['Accepted', 'Duplicates', 'Quarantined', 'Over the limit']}
                  rows={data.series
                    .filter((point) => point.accepted + point.quarantined + point.limited + point.duplicate > 0)
                    .map((point) => ({
                      label: pointLabel(point.at, period),
                      values: [point.accepted, point.duplicate, point.quarantined, point.limited],
                    }))}
                  empty="No events in this period."
                />
                <Kept />
              </div>
            </>
          )}
        </PageBody>
      )}
    </>
  );
};

/** What the pixel's rows take, beside the numbers of what comes. */
const Kept = () => {
  const { data, error, refetch } = useQuery(trpc.pixel.retention.queryOptions());
  return (
    <section className="br-section" aria-labelledby="health-kept">
      <div className="br-section-head">
        <h2 id="health-kept">Kept on this computer</h2>
        <Link to="/settings" hash="pixel">
          Change
        </Link>
      </div>
      {data !== undefined ? (
        <KeptFacts kept={data} columns={2} />
      ) : error === null ? (
        <SkeletonLines count={4} label="What is kept is being measured" />
      ) : (
        <ErrorState error={error} title="What is kept could not be measured" onRetry={refetch} />
      )}
    </section>
  );
};
