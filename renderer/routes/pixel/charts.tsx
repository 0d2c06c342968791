import '@mantine/core/styles/ColorSwatch.css';
import '@mantine/charts/styles.css';
import { AreaChart, BarChart } from '@mantine/charts';
import type { PixelFunnel, PixelHealth } from '../../../shared/api.ts';
import { type Period, pointLabel } from './period.tsx';

/** Half an event is none. */
const WHOLE = { allowDecimals: false };

/** The legend follows the steps; by itself it is sorted by name. */
const IN_ORDER = { itemSorter: null };

/** Drawn as it is: numbers that change several times a second would never come to rest, and each step costs frames. */
const STILL = { isAnimationActive: false };

/** Both take their colours from the theme's own tones, so they follow light and dark. */
export const FunnelChart = ({ funnel, period }: { readonly funnel: PixelFunnel; readonly period: Period }) => (
  <AreaChart
    h={220}
    data={funnel.series.map((point) => ({ ...point, time: pointLabel(point.at, period) }))}
    dataKey="time"
    yAxisProps={WHOLE}
    withLegend
    legendProps={IN_ORDER}
    areaProps={STILL}
    curveType="linear"
    // A line through one point is none.
    withDots={funnel.series.length === 1}
    series={[
      { name: 'viewed', label: 'Viewed', color: 'var(--br-control)' },
      { name: 'added', label: 'Added to cart', color: 'var(--br-accent)' },
      { name: 'started', label: 'Started checkout', color: 'var(--br-warn)' },
      { name: 'paid', label: 'Paid', color: 'var(--br-ok)' },
    ]}
  />
);

export const HealthChart = ({ health, period }: { readonly health: PixelHealth; readonly period: Period }) => (
  <BarChart
    h={220}
    data={health.series.map((point) => ({ ...point, time: pointLabel(point.at, period) }))}
    dataKey="time"
    yAxisProps={WHOLE}
    barProps={STILL}
    type="stacked"
    withLegend
    legendProps={IN_ORDER}
    series={[
      { name: 'accepted', label: 'Accepted', color: 'var(--br-ok)' },
      { name: 'duplicate', label: 'Duplicates', color: 'var(--br-control)' },
      { name: 'quarantined', label: 'Quarantined', color: 'var(--br-warn)' },
      { name: 'limited', label: 'Over the limit', color: 'var(--br-bad)' },
    ]}
  />
);
