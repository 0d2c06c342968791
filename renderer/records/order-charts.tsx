import { AreaChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CSSProperties, ReactNode } from 'react';
import type { Charts } from '../../shared/api.ts';
import { formatFilters } from '../../shared/browse/filters.ts';
import { currencyDigits } from '../../shared/currency.ts';
import { trpc } from '../api/trpc.ts';
import { ErrorState } from '../components/error-state.tsx';
import { SkeletonLines } from '../components/skeleton.tsx';
import { formatCount, formatMoney, formatMoneyShort } from '../lib/format.ts';
import { formatDay } from '../lib/time.ts';
import { choiceWord } from './filter-words.ts';
import { numberOf } from './record-links.tsx';

interface Props {
  readonly shop: string | undefined;
  readonly days?: number;
}

const sum = (days: Charts['days'], key: 'orders' | 'total' | 'firstOrders' | 'returningOrders'): number =>
  days.reduce((total, day) => total + day[key], 0);

const change = (now: number, before: number): string => {
  if (before === 0) return now === 0 ? '' : 'none in the period before';
  const percent = Math.round(((now - before) / before) * 100);
  return `${percent > 0 ? '+' : ''}${formatCount(percent)}% against the period before`;
};

/** Sales by day, orders by payment state and best sellers, of the orders on this computer. Each part leads to its rows. */
export const OrderCharts = ({ shop, days = 30 }: Props) => {
  const { data, error, refetch } = useQuery(trpc.browse.charts.queryOptions({ shop, days }));
  if (data === undefined) {
    return error === null ? (
      <div className="br-picture">
        <SkeletonLines count={5} label="Charts are being loaded" />
      </div>
    ) : (
      <section className="br-section" aria-label="Charts">
        <ErrorState error={error} title="The charts could not be loaded" onRetry={refetch} />
      </section>
    );
  }
  // Without orders there is nothing to see in a picture of them, and the list says why.
  return sum(data.days, 'orders') === 0 ? null : <Picture charts={data} shop={shop} days={days} />;
};

const Picture = ({
  charts,
  shop,
  days,
}: {
  readonly charts: Charts;
  readonly shop: string | undefined;
  readonly days: number;
}) => {
  const total = sum(charts.days, 'total');
  const orders = sum(charts.days, 'orders');
  const returning = sum(charts.days, 'returningOrders');
  const known = returning + sum(charts.days, 'firstOrders');
  const factor = 10 ** currencyDigits(charts.currency);
  const inPeriod = { column: 'processedAt', operator: 'last', values: [String(days)] } as const;
  return (
    <section className="br-picture" aria-label={`The last ${days} days`} data-testid="order-charts">
      <div>
        <h3>
          <Link to="/orders" search={{ shop, filters: formatFilters([inPeriod]) }}>
            Sales, {days} days
          </Link>{' '}
          <strong>{formatMoney(total, charts.currency)}</strong>
          <span>{change(total, charts.before.total)}</span>
        </h3>
        <AreaChart
          h={132}
          data={charts.days.map((day) => ({ day: formatDay(day.day), Sales: day.total / factor }))}
          dataKey="day"
          series={[{ name: 'Sales', color: 'var(--br-accent)' }]}
          curveType="linear"
          withDots={false}
          strokeWidth={1.5}
          gridAxis="x"
          tickLine="none"
          areaChartProps={{ accessibilityLayer: true }}
          valueFormatter={(value) => formatMoney(Math.round(value * factor), charts.currency)}
          yAxisProps={{
            width: 72,
            tickCount: 3,
            interval: 0,
            tickFormatter: (value: number) => formatMoneyShort(Math.round(value * factor), charts.currency),
          }}
        />
        {charts.otherCurrencies.length > 0 && (
          <p className="br-dim">
            Only orders in {charts.currency}; there are also some in {charts.otherCurrencies.join(', ')}.
          </p>
        )}
      </div>
      <div>
        <h3>
          <Link to="/orders" search={{ shop, filters: formatFilters([inPeriod]) }}>
            Orders by payment
          </Link>{' '}
          <strong>{formatCount(orders)}</strong>
        </h3>
        <Bars
          empty="No orders in this period."
          items={charts.payment.slice(0, 5).map(({ status, orders: count }) => ({
            key: status,
            label: choiceWord(status),
            value: formatCount(count),
            share: count / Math.max(1, charts.payment[0]?.orders ?? 1),
            link: (content) => (
              <Link
                to="/orders"
                search={{
                  shop,
                  filters: formatFilters([inPeriod, { column: 'financialStatus', operator: 'is', values: [status] }]),
                }}
              >
                {content}
              </Link>
            ),
          }))}
        />
        {known > 0 && (
          <p className="br-dim br-num">
            {formatCount(returning)} from{' '}
            <Link
              to="/customers"
              search={{
                shop,
                filters: formatFilters([{ column: 'ordersCount', operator: 'gte', values: ['2'] }]),
                sort: 'ordersCount',
              }}
            >
              returning customers
            </Link>{' '}
            ({Math.round((returning / known) * 100)}%)
          </p>
        )}
      </div>
      <div>
        <h3>Top products</h3>
        <Bars
          empty="Nothing was sold in this period."
          items={charts.topProducts.slice(0, 5).map((product) => ({
            key: product.productId,
            label: product.title,
            value: formatMoney(product.total, charts.currency),
            share: product.total / Math.max(1, charts.topProducts[0]?.total ?? 1),
            link: (content) => (
              <Link
                to="/orders"
                search={{
                  shop,
                  filters: formatFilters([
                    inPeriod,
                    { column: 'productId', operator: 'is', values: [numberOf(product.productId)] },
                  ]),
                }}
              >
                {content}
              </Link>
            ),
          }))}
        />
      </div>
    </section>
  );
};

interface Bar {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** 0 to 1, of the longest bar. */
  readonly share: number;
  readonly link: (content: ReactNode) => ReactNode;
}

const Bars = ({ items, empty }: { readonly items: readonly Bar[]; readonly empty: string }) =>
  items.length === 0 ? (
    <p className="br-dim">{empty}</p>
  ) : (
    <ul className="br-bars">
      {items.map((item) => (
        <li key={item.key} style={{ '--share': `${Math.round(item.share * 100)}%` } as CSSProperties}>
          {item.link(
            <>
              <span className="br-ellipsis">{item.label}</span>
              <span className="br-num">{item.value}</span>
            </>,
          )}
        </li>
      ))}
    </ul>
  );
