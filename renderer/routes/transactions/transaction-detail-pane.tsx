import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { TransactionDetail } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { MaskedPart } from '../../components/masked.tsx';
import { FullTime } from '../../components/relative-time.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { formatMoney } from '../../lib/format.ts';
import { choiceWord } from '../../records/filter-words.ts';
import { transactionLook } from '../../records/looks.ts';
import { TransactionChain } from '../../records/order-list.tsx';
import { History, RecordStamp } from '../../records/record-extras.tsx';
import { WebhooksLink } from '../../records/record-links.tsx';
import { RecordPane } from '../../records/record-pane.tsx';

export const TransactionDetailPane = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => (
  <RecordPane<TransactionDetail>
    kind="transaction"
    query={useQuery(trpc.transactions.get.queryOptions({ id }))}
    title={(transaction) => `${choiceWord(transaction.kind)} ${formatMoney(transaction.amount, transaction.currency)}`}
    extra={(transaction) => <StatusBadge soft look={transactionLook(transaction.status)} />}
    onClose={onClose}
  >
    {(transaction, refresh) => <Body key={transaction.id} transaction={transaction} refresh={refresh} />}
  </RecordPane>
);

type Part = 'chain' | 'history' | 'json';

const Body = ({ transaction, refresh }: { readonly transaction: TransactionDetail; readonly refresh: ReactNode }) => {
  const [part, setPart] = useState<Part>('chain');
  const { order } = transaction;
  return (
    <>
      <div className="br-pane-facts">
        <div className="br-record-actions">{refresh}</div>
        <Facts columns={2}>
          <Fact name="Order">
            <Link to="/orders" search={{ id: transaction.orderId }}>
              {transaction.orderName}
            </Link>
            {order !== null && <span className="br-dim"> · {formatMoney(order.total, order.currency)} in all</span>}
          </Fact>
          <Fact name="Gateway">{transaction.gateway}</Fact>
          <Fact name="Processed">
            <FullTime iso={transaction.processedAt} />
          </Fact>
          <Fact name="Fees">{formatMoney(transaction.fees, transaction.currency)}</Fact>
          {transaction.errorCode !== null && <Fact name="Error">{choiceWord(transaction.errorCode)}</Fact>}
          {transaction.paymentId !== null && (
            <Fact name="Payment id">
              <CopyText value={transaction.paymentId} label="payment id" />
            </Fact>
          )}
          <Fact name="Webhooks">
            <WebhooksLink kind="transaction" id={transaction.id} />
          </Fact>
          {transaction.test && <Fact name="Test">no money moved</Fact>}
        </Facts>
        <RecordStamp {...transaction} updatedAt={null} />
      </div>
      <Tabs
        label="Parts of the transaction"
        value={part}
        onChange={setPart}
        tabs={[
          { value: 'chain', label: 'Chain' },
          { value: 'history', label: 'History' },
          { value: 'json', label: 'JSON' },
        ]}
      >
        {part === 'chain' && <TransactionChain transactions={transaction.chain} current={transaction.id} />}
        {part === 'history' && (
          <History resource="transactions" changes={transaction.changes} currency={transaction.currency} />
        )}
        {part === 'json' && (
          <MaskedPart
            label="whole record"
            value={transaction.raw}
            source={{ record: 'transaction', id: transaction.id, field: 'raw' }}
          >
            {(raw) => <JsonView value={raw} label="transaction" />}
          </MaskedPart>
        )}
      </Tabs>
    </>
  );
};
