import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { CustomerRow } from '../../../shared/api.ts';
import { type Inputs, trpc } from '../../api/trpc.ts';
import type { Cells } from '../../records/record-columns.tsx';
import { RecordScreen } from '../../records/record-screen.tsx';
import { sortingOf } from '../../records/record-search.ts';
import { useRecordAddress } from '../../records/use-record-address.ts';
import { useRecordList } from '../../records/use-record-list.ts';
import { CustomerDetailPane } from './customer-detail-pane.tsx';

const cells: Cells<CustomerRow> = {
  displayName: ({ displayName }) => <span className="br-strong">{displayName}</span>,
};

const rowAttributes = (row: CustomerRow) => ({ 'data-shop': row.shop });

type Sort = NonNullable<Inputs['customers']['list']['sort']>;

export const CustomersPage = () => {
  const search = useSearch({ from: '/customers' });
  const onSearch = useRecordAddress('/customers');
  const { sort, order } = sortingOf('customers', search);
  const input = {
    shop: search.shop,
    search: search.search,
    filters: search.filters,
    sort: sort as Sort,
    order,
    limit: 100,
  };
  const options = trpc.customers.list.infiniteQueryOptions(input, {
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const list = useRecordList<CustomerRow>(useInfiniteQuery(options), options.queryKey);
  return (
    <RecordScreen
      resource="customers"
      one="customer"
      many="customers"
      search={search}
      onSearch={onSearch}
      list={list}
      cells={cells}
      rowAttributes={rowAttributes}
      detail={
        search.id !== undefined && (
          <CustomerDetailPane id={search.id} onClose={() => onSearch({ id: undefined }, true)} />
        )
      }
    />
  );
};
