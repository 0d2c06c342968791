import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo, type ReactNode } from 'react';
import type { TransactionCharts as Sums } from '../../shared/api.ts';
import { type Filter, formatFilters } from '../../shared/browse/filters.ts';
import { currencyDigits } from '../../shared/currency.ts';
import { trpc } from '../api/trpc.ts';
import { formatCount, formatMoney, formatMoneyShort, plural } from '../lib/format.ts';
import { DayBars } from './day-bars.tsx';
import { choiceWord } from './filter-words.ts';
import { ofChoice, onDay } from './picture-links.ts';
import { Bars, change, OtherCurrencies, PictureComing, PictureFailed } from './picture-parts.tsx';

interface Props {
  readonly shop: string | undefined;
}

const DAYS = 30;
const SHOWN = 5;
const IN_PERIOD = { column: 'processedAt', operator: 'last', values: [String(DAYS)] } as const satisfies Filter;

/** Money received by day, through whom, and how it went. Each part leads to its transactions. */
export const TransactionCharts = memo(({ shop }: Props) => {
  const { data, error, refetch } = useQuery(trpc.browse.transactionCharts.queryOptions({ shop, days: DAYS }));
  if (data === undefined) return error === null ? <PictureComing /> : <PictureFailed error={error} onRetry={refetch} />;
  return data.gateways.length === 0 ? null : <Picture sums={data} shop={shop} />;
});

const Picture = ({ sums, shop }: Props & { readonly sums: Sums }) => {
  const { currency, days } = sums;
  const received = days.reduce((total, day) => total + day.received, 0);
  const refunded = days.reduce((total, day) => total + day.refunded, 0);
  const linkTo = (filters: readonly Filter[]) => (content: ReactNode) => (
    <Link to="/transactions" search={{ shop, filters: formatFilters(filters) }}>
      {content}
    </Link>
  );
  const barsOf = (column: string, counted: readonly { readonly value: string; readonly transactions: number }[]) =>
    counted.slice(0, SHOWN).map(({ value, transactions }) => ({
      key: value,
      label: value === '' ? 'None' : choiceWord(value),
      value: formatCount(transactions),
      size: transactions,
      link: linkTo([IN_PERIOD, ofChoice(column, value)]),
    }));
  return (
    <section className="br-picture" data-parts="4" aria-label="Transactions in charts" data-testid="transaction-charts">
      <div>
        <h3>
          {linkTo([IN_PERIOD])(`Received, ${DAYS} days`)} <strong>{formatMoney(received, currency)}</strong>
          <span>{change(received, sums.before.received)}</span>
        </h3>
        <DayBars
          label="Received"
          days={days.map((day) => ({
            day: day.day,
            value: day.received,
            words: [
              `${formatMoney(day.received, currency)} received`,
              ...(day.refunded > 0 ? [`${formatMoney(day.refunded, currency)} refunded`] : []),
              plural(day.transactions, 'transaction'),
              ...(day.failed > 0 ? [`${formatCount(day.failed)} failed`] : []),
            ].join(', '),
          }))}
          format={(value) => formatMoneyShort(value, currency)}
          step={10 ** currencyDigits(currency)}
          resource="transactions"
          searchOf={(day) => ({ shop, filters: onDay('processedAt', day) })}
        />
        <OtherCurrencies what="amounts" currency={currency} others={sums.otherCurrencies} />
      </div>
      <div>
        <h3>By gateway</h3>
        <Bars
          empty=""
          items={barsOf(
            'gateway',
            sums.gateways.map((each) => ({ ...each, value: each.gateway })),
          )}
        />
      </div>
      <div>
        <h3>By kind</h3>
        <Bars
          empty=""
          items={barsOf(
            'kind',
            sums.kinds.map((each) => ({ ...each, value: each.kind })),
          )}
        />
        {refunded > 0 && <p className="br-dim br-num">{formatMoney(refunded, currency)} refunded</p>}
      </div>
      <div>
        <h3>By status</h3>
        <Bars
          empty=""
          items={barsOf(
            'status',
            sums.statuses.map((each) => ({ ...each, value: each.status })),
          )}
        />
      </div>
    </section>
  );
};
