import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { OrderRow } from '../../../shared/api.ts';
import { type Inputs, trpc } from '../../api/trpc.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { fulfillmentLook, paymentLook } from '../../records/looks.ts';
import { OrderPicture, showCharts, useShowCharts } from '../../records/picture.tsx';
import type { Cells } from '../../records/record-columns.tsx';
import { PictureToggle, RecordScreen } from '../../records/record-screen.tsx';
import { sortingOf } from '../../records/record-search.ts';
import { useRecordAddress } from '../../records/use-record-address.ts';
import { useRecordList } from '../../records/use-record-list.ts';
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

type Sort = NonNullable<Inputs['orders']['list']['sort']>;

export const OrdersPage = () => {
  const search = useSearch({ from: '/orders' });
  const charts = useShowCharts();
  const onSearch = useRecordAddress('/orders');
  const { sort, order } = sortingOf('orders', search);
  const input = {
    shop: search.shop,
    search: search.search,
    filters: search.filters,
    sort: sort as Sort,
    order,
    limit: 100,
  };
  const options = trpc.orders.list.infiniteQueryOptions(input, {
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const list = useRecordList<OrderRow>(useInfiniteQuery(options), options.queryKey);
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
      picture={charts && <OrderPicture shop={search.shop} />}
      toolbar={<PictureToggle open={charts} onChange={showCharts.set} />}
      detail={
        search.id !== undefined && <OrderDetailPane id={search.id} onClose={() => onSearch({ id: undefined }, true)} />
      }
    />
  );
};
