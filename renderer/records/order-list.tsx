import { Link } from '@tanstack/react-router';
import type { OrderRow, TransactionRow } from '../../shared/api.ts';
import { RelativeTime } from '../components/relative-time.tsx';
import { StatusBadge } from '../components/status-badge.tsx';
import { formatMoney } from '../lib/format.ts';
import { choiceWord } from './filter-words.ts';
import { paymentLook, transactionLook } from './looks.ts';

export const OrderLinks = ({ orders }: { readonly orders: readonly OrderRow[] }) => (
  <table className="br-table">
    <thead>
      <tr>
        <th scope="col">Order</th>
        <th scope="col">Date</th>
        <th scope="col">Payment</th>
        <th scope="col" data-align="end">
          Total
        </th>
      </tr>
    </thead>
    <tbody>
      {orders.map((order) => (
        <tr key={order.id}>
          <td>
            <Link to="/orders" search={{ id: order.id }}>
              {order.name}
            </Link>
          </td>
          <td>
            <RelativeTime iso={order.processedAt} />
          </td>
          <td>
            <StatusBadge look={paymentLook(order.financialStatus)} />
          </td>
          <td data-align="end">{formatMoney(order.total, order.currency)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** An order's transactions in the order they happened; a capture or refund stands under what it follows from. */
export const TransactionChain = ({
  transactions,
  current,
}: {
  readonly transactions: readonly TransactionRow[];
  readonly current?: string;
}) => {
  const ids = new Set(transactions.map((each) => each.id));
  return (
    <ol className="br-chain">
      {transactions.map((each) => (
        <li
          key={each.id}
          data-current={each.id === current}
          data-child={each.parentId !== null && ids.has(each.parentId)}
        >
          <StatusBadge look={transactionLook(each.status)} />
          <Link
            to="/transactions"
            search={{ id: each.id }}
            {...(each.id === current ? { 'aria-current': 'true' } : {})}
          >
            {choiceWord(each.kind)}
          </Link>
          <span className="br-dim br-ellipsis">
            {each.gateway}
            {each.errorCode !== null && `: ${choiceWord(each.errorCode)}`}
          </span>
          <span className="br-num">{formatMoney(each.amount, each.currency)}</span>
          <RelativeTime iso={each.processedAt} />
        </li>
      ))}
    </ol>
  );
};
