import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { Charts } from '../../shared/api.ts';
import { formatFilters } from '../../shared/browse/filters.ts';
import { currencyDigits } from '../../shared/currency.ts';
import { trpc } from '../api/trpc.ts';
import { formatCount, formatMoney, formatMoneyShort, plural } from '../lib/format.ts';
import { DayBars } from './day-bars.tsx';
import { choiceWord } from './filter-words.ts';
import { onDay } from './picture-links.ts';
import { Bars, change, OtherCurrencies, PictureComing, PictureFailed } from './picture-parts.tsx';
import { numberOf } from './record-links.tsx';

interface Props {
  readonly shop: string | undefined;
  readonly days?: number;
}

const sum = (days: Charts['days'], key: 'orders' | 'total' | 'firstOrders' | 'returningOrders'): number =>
  days.reduce((total, day) => total + day[key], 0);

/** Sales by day, orders by payment state and best sellers, of the orders on this computer. Each part leads to its rows. */
export const OrderCharts = memo(({ shop, days = 30 }: Props) => {
  const { data, error, refetch } = useQuery(trpc.browse.charts.queryOptions({ shop, days }));
  if (data === undefined) {
    return error === null ? <PictureComing /> : <PictureFailed error={error} onRetry={refetch} />;
  }
  // Without orders there is nothing to see in a picture of them, and the list says why.
  return sum(data.days, 'orders') === 0 ? null : <Picture charts={data} shop={shop} days={days} />;
});

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
        <DayBars
          label="Sales"
          days={charts.days.map((day) => ({
            day: day.day,
            value: day.total,
            words: `${formatMoney(day.total, charts.currency)}, ${plural(day.orders, 'order')}`,
          }))}
          format={(value) => formatMoneyShort(value, charts.currency)}
          step={10 ** currencyDigits(charts.currency)}
          resource="orders"
          searchOf={(day) => ({ shop, filters: onDay('processedAt', day) })}
        />
        <OtherCurrencies what="orders" currency={charts.currency} others={charts.otherCurrencies} />
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
            size: count,
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
            size: product.total,
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
