import '@mantine/core/styles/ColorSwatch.css';
import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import type { TaskRates } from '../../../shared/api.ts';
import { formatMs } from '../../lib/time.ts';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** Both charts take their colours from the theme's own tones, so they follow light and dark. */
export const RateCharts = ({ rates }: { readonly rates: TaskRates }) => {
  const points = rates.points.map((point) => ({ ...point, time: clock.format(new Date(point.at)) }));
  const times = rates.names
    .filter((name) => name.p95 !== null)
    .map((name) => ({ name: name.name, p50: name.p50 ?? 0, p95: name.p95 ?? 0, p99: name.p99 ?? 0 }));
  const step = rates.stepMinutes === 1 ? 'minute' : `${rates.stepMinutes} minutes`;
  // Side by side, so both are as high as the one with a line for each task.
  const height = Math.max(220, 60 + times.length * 40);
  return (
    <div className="br-columns">
      <section className="br-section" aria-label={`Attempts each ${step}`}>
        <div className="br-section-head">
          <h2>Attempts each {step}</h2>
        </div>
        <BarChart
          h={height}
          data={points}
          dataKey="time"
          type="stacked"
          withLegend
          yAxisProps={{ allowDecimals: false }}
          series={[
            { name: 'done', label: 'Done', color: 'var(--br-ok)' },
            { name: 'retry', label: 'Tried again', color: 'var(--br-warn)' },
            { name: 'failed', label: 'Failed', color: 'var(--br-bad)' },
          ]}
        />
      </section>
      <section className="br-section" aria-label="Run time by task">
        <div className="br-section-head">
          <h2>Run time</h2>
        </div>
        <BarChart
          h={height}
          data={times}
          dataKey="name"
          orientation="vertical"
          withLegend
          valueFormatter={formatMs}
          yAxisProps={{ width: 164, interval: 0 }}
          series={[
            { name: 'p50', label: 'Median (p50)', color: 'var(--br-control)' },
            { name: 'p95', label: 'p95', color: 'var(--br-accent)' },
            { name: 'p99', label: 'p99', color: 'var(--br-json-literal)' },
          ]}
        />
      </section>
    </div>
  );
};
