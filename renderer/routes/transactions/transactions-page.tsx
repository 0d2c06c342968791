import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { TransactionRow } from '../../../shared/api.ts';
import { type Inputs, trpc } from '../../api/trpc.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatMoney } from '../../lib/format.ts';
import { transactionLook } from '../../records/looks.ts';
import type { Cells } from '../../records/record-columns.tsx';
import { RecordScreen } from '../../records/record-screen.tsx';
import { sortingOf } from '../../records/record-search.ts';
import { useRecordAddress } from '../../records/use-record-address.ts';
import { useRecordList } from '../../records/use-record-list.ts';
import { TransactionDetailPane } from './transaction-detail-pane.tsx';

const cells: Cells<TransactionRow> = {
  orderName: ({ orderName }) => <span className="br-strong">{orderName}</span>,
  status: ({ status }) => <StatusBadge look={transactionLook(status)} />,
  amount: ({ kind, amount, currency }) => (
    <span className={kind === 'REFUND' ? 'br-tone-bad' : ''}>
      {kind === 'REFUND' && '−'}
      {formatMoney(amount, currency)}
    </span>
  ),
};

const rowAttributes = (row: TransactionRow) => ({ 'data-shop': row.shop, 'data-status': row.status });

type Sort = NonNullable<Inputs['transactions']['list']['sort']>;

export const TransactionsPage = () => {
  const search = useSearch({ from: '/transactions' });
  const onSearch = useRecordAddress('/transactions');
  const { sort, order } = sortingOf('transactions', search);
  const input = {
    shop: search.shop,
    search: search.search,
    filters: search.filters,
    sort: sort as Sort,
    order,
    limit: 100,
  };
  const options = trpc.transactions.list.infiniteQueryOptions(input, {
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const list = useRecordList<TransactionRow>(useInfiniteQuery(options), options.queryKey);
  return (
    <RecordScreen
      resource="transactions"
      one="transaction"
      many="transactions"
      search={search}
      onSearch={onSearch}
      list={list}
      cells={cells}
      rowAttributes={rowAttributes}
      detail={
        search.id !== undefined && (
          <TransactionDetailPane id={search.id} onClose={() => onSearch({ id: undefined }, true)} />
        )
      }
    />
  );
};
