import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { TaskRates } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { IconClock } from '../../components/icons.ts';
import { PageBody } from '../../components/page-body.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { formatCount } from '../../lib/format.ts';
import { formatMs } from '../../lib/time.ts';

/** The chart library is large, and only this tab draws. */
const RateCharts = lazy(async () => ({ default: (await import('./rate-charts.tsx')).RateCharts }));

const SPANS = [
  { value: '60', label: '1 hour' },
  { value: '360', label: '6 hours' },
  { value: '1440', label: '24 hours' },
];

/** How many attempts ended how, and how long they ran. */
export const RatesView = () => {
  const [minutes, setMinutes] = useState('60');
  const { data, error, refetch } = useQuery(trpc.tasks.rates.queryOptions({ minutes: Number(minutes) }));
  return (
    <>
      <div className="br-toolbar">
        <SegmentedControl aria-label="Time span" data={SPANS} value={minutes} onChange={setMinutes} />
      </div>
      {data === undefined ? (
        error === null ? (
          <SkeletonLines count={6} label="Rates are being loaded" />
        ) : (
          <ErrorState error={error} title="The rates could not be loaded" onRetry={refetch} />
        )
      ) : data.names.length === 0 ? (
        <EmptyState icon={IconClock} title="No task ran in this time">
          Rates and run times appear with the first task that ends.
        </EmptyState>
      ) : (
        <PageBody label="Rates and run times" width="wide">
          <Suspense fallback={<SkeletonLines count={6} label="The charts are being loaded" />}>
            <RateCharts rates={data} />
          </Suspense>
          <RunTimes rates={data} />
        </PageBody>
      )}
    </>
  );
};

const ms = (value: number | null): string => (value === null ? '–' : formatMs(value));

const RunTimes = ({ rates }: { readonly rates: TaskRates }) => (
  <section className="br-section" aria-labelledby="task-run-times">
    <div className="br-section-head">
      <h2 id="task-run-times">Run time by task</h2>
    </div>
    <table className="br-table" data-testid="run-times">
      <thead>
        <tr>
          <th scope="col">Task</th>
          <th scope="col" data-align="end">
            Done
          </th>
          <th scope="col" data-align="end">
            Tried again
          </th>
          <th scope="col" data-align="end">
            Failed
          </th>
          <th scope="col" data-align="end" title="Half of them took at most this long">
            Median (p50)
          </th>
          <th scope="col" data-align="end">
            p95
          </th>
          <th scope="col" data-align="end">
            p99
          </th>
        </tr>
      </thead>
      <tbody>
        {rates.names.map((name) => (
          <tr key={name.name}>
            <th scope="row" className="br-mono" title={name.title}>
              {name.name}
            </th>
            {[name.done, name.retry, name.failed].map((count, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: three columns that never move
              <td key={index} data-align="end" className="br-num">
                {formatCount(count)}
              </td>
            ))}
            {[name.p50, name.p95, name.p99].map((time, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: three columns that never move
              <td key={index} data-align="end" className="br-num">
                {ms(time)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
