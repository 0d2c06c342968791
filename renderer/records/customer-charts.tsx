import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo, type ReactNode } from 'react';
import type { CustomerCharts as Sums } from '../../shared/api.ts';
import { endOfBand, ORDERS_FROM, SPENT_FROM } from '../../shared/browse/bands.ts';
import { type Filter, formatFilters } from '../../shared/browse/filters.ts';
import { trpc } from '../api/trpc.ts';
import { formatCount, formatMoneyShort, plural } from '../lib/format.ts';
import { DayBars } from './day-bars.tsx';
import { inBand, onDay } from './picture-links.ts';
import { Bars, change, OtherCurrencies, PictureComing, PictureFailed } from './picture-parts.tsx';

interface Props {
  readonly shop: string | undefined;
}

const DAYS = 30;

const spentWord = (from: number, currency: string | null): string => {
  if (from === 0) return 'Nothing yet';
  const end = endOfBand(SPENT_FROM, from);
  if (end === null) return `${formatMoneyShort(from, currency)} and more`;
  const below = formatMoneyShort(end + 1, currency);
  return from === 1 ? `Below ${below}` : `${formatMoneyShort(from, currency)} to ${below}`;
};
const ordersWord = (from: number): string => {
  if (from === 0) return 'No orders';
  const end = endOfBand(ORDERS_FROM, from);
  if (end === from) return plural(from, 'order');
  return end === null ? `${from} orders and more` : `${from} to ${end} orders`;
};

/** Who is new, who comes back, and who spends how much. Each part leads to its customers. */
export const CustomerCharts = memo(({ shop }: Props) => {
  const { data, error, refetch } = useQuery(trpc.browse.customerCharts.queryOptions({ shop, days: DAYS }));
  if (data === undefined) return error === null ? <PictureComing /> : <PictureFailed error={error} onRetry={refetch} />;
  return data.currency === null ? null : <Picture sums={data} shop={shop} />;
});

const Picture = ({ sums, shop }: Props & { readonly sums: Sums }) => {
  const created = sums.days.reduce((total, day) => total + day.customers, 0);
  const known = sums.firstOrders + sums.returningOrders;
  const linkTo = (filter: Filter) => (content: ReactNode) => (
    <Link to="/customers" search={{ shop, filters: formatFilters([filter]) }}>
      {content}
    </Link>
  );
  return (
    <section className="br-picture" aria-label="Customers in charts" data-testid="customer-charts">
      <div>
        <h3>
          {linkTo({ column: 'createdAt', operator: 'last', values: [String(DAYS)] })(`New customers, ${DAYS} days`)}{' '}
          <strong>{formatCount(created)}</strong>
          <span>{change(created, sums.before)}</span>
        </h3>
        <DayBars
          label="New customers"
          days={sums.days.map(({ day, customers }) => ({
            day,
            value: customers,
            words: plural(customers, 'new customer'),
          }))}
          format={formatCount}
          step={1}
          resource="customers"
          searchOf={(day) => ({ shop, filters: onDay('createdAt', day) })}
        />
      </div>
      <div>
        <h3>How often they ordered</h3>
        <Bars
          empty=""
          items={sums.orders.map(({ from, customers }) => ({
            key: String(from),
            label: ordersWord(from),
            value: formatCount(customers),
            size: customers,
            link: linkTo(inBand('ordersCount', from, endOfBand(ORDERS_FROM, from))),
          }))}
        />
        {known > 0 && (
          <p className="br-dim br-num">
            {Math.round((sums.returningOrders / known) * 100)}% of orders by returning customers
          </p>
        )}
      </div>
      <div>
        <h3>What they have spent</h3>
        <Bars
          empty=""
          items={sums.spent.map(({ from, customers }) => ({
            key: String(from),
            label: spentWord(from, sums.currency),
            value: formatCount(customers),
            size: customers,
            link: linkTo(inBand('amountSpent', from, endOfBand(SPENT_FROM, from))),
          }))}
        />
        <OtherCurrencies what="customers" currency={sums.currency} others={sums.otherCurrencies} />
      </div>
    </section>
  );
};
