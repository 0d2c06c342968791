import type { CustomerRow } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { CustomerCharts } from '../../records/customer-charts.tsx';
import type { Cells } from '../../records/record-columns.tsx';
import { RecordScreen } from '../../records/record-screen.tsx';
import { useRecords } from '../../records/use-records.ts';
import { CustomerDetailPane } from './customer-detail-pane.tsx';

const cells: Cells<CustomerRow> = {
  displayName: ({ displayName }) => <span className="br-strong">{displayName}</span>,
};

const rowAttributes = (row: CustomerRow) => ({ 'data-shop': row.shop });

export const CustomersPage = () => {
  const { search, onSearch, list } = useRecords('customers', (input, paging) =>
    trpc.customers.list.infiniteQueryOptions(input, paging),
  );
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
      picture={<CustomerCharts shop={search.shop} />}
      detail={
        search.id !== undefined && (
          <CustomerDetailPane id={search.id} onClose={() => onSearch({ id: undefined }, true)} />
        )
      }
    />
  );
};
