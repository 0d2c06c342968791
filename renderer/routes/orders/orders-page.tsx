import type { OrderRow } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { fulfillmentLook, paymentLook } from '../../records/looks.ts';
import { OrderCharts } from '../../records/order-charts.tsx';
import type { Cells } from '../../records/record-columns.tsx';
import { RecordScreen } from '../../records/record-screen.tsx';
import { useRecords } from '../../records/use-records.ts';
import { OrderDetailPane } from './order-detail-pane.tsx';

const cells: Cells<OrderRow> = {
  name: ({ name, cancelledAt, test }) => (
    <span className={cancelledAt === null ? 'br-strong' : 'br-struck'} title={test ? 'A test order' : undefined}>
      {name}
      {test && <span className="br-dim"> test</span>}
    </span>
  ),
  financialStatus: ({ financialStatus }) => <StatusBadge look={paymentLook(financialStatus)} />,
  fulfillmentStatus: ({ fulfillmentStatus }) => <StatusBadge look={fulfillmentLook(fulfillmentStatus)} />,
};

const rowAttributes = (row: OrderRow) => ({ 'data-shop': row.shop, 'data-status': row.financialStatus });

export const OrdersPage = () => {
  const { search, onSearch, list } = useRecords('orders', (input, paging) =>
    trpc.orders.list.infiniteQueryOptions(input, paging),
  );
  return (
    <RecordScreen
      resource="orders"
      one="order"
      many="orders"
      search={search}
      onSearch={onSearch}
      list={list}
      cells={cells}
      rowAttributes={rowAttributes}
      picture={<OrderCharts shop={search.shop} />}
      detail={
        search.id !== undefined && <OrderDetailPane id={search.id} onClose={() => onSearch({ id: undefined }, true)} />
      }
    />
  );
};
