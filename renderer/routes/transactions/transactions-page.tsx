import type { TransactionRow } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatMoney } from '../../lib/format.ts';
import { transactionLook } from '../../records/looks.ts';
import type { Cells } from '../../records/record-columns.tsx';
import { RecordScreen } from '../../records/record-screen.tsx';
import { TransactionCharts } from '../../records/transaction-charts.tsx';
import { useRecords } from '../../records/use-records.ts';
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

export const TransactionsPage = () => {
  const { search, onSearch, list } = useRecords('transactions', (input, paging) =>
    trpc.transactions.list.infiniteQueryOptions(input, paging),
  );
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
      picture={<TransactionCharts shop={search.shop} />}
      detail={
        search.id !== undefined && (
          <TransactionDetailPane id={search.id} onClose={() => onSearch({ id: undefined }, true)} />
        )
      }
    />
  );
};
