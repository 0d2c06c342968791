import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Resource } from '../../shared/browse/columns.ts';
import { trpc } from '../api/trpc.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { IconPackage, IconSearch } from '../components/icons.ts';
import type { RecordSearch } from './record-search.ts';

interface Props {
  readonly resource: Resource;
  readonly many: string;
  readonly search: RecordSearch;
  readonly onClear: () => void;
}

const SCOPES: Readonly<Record<Resource, string>> = {
  products: 'read_products',
  orders: 'read_orders',
  transactions: 'read_orders',
  customers: 'read_customers',
};

/** Why there is nothing: the selection, no store, a scope that is missing, or not fetched yet. */
export const RecordsEmpty = ({ resource, many, search, onClear }: Props) => {
  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  if (search.search !== undefined || search.filters !== undefined) {
    return (
      <EmptyState
        icon={IconSearch}
        title={`No ${many} match`}
        action={<Button onClick={onClear}>Clear search and filters</Button>}
      >
        {search.search === undefined ? 'No row fits these filters.' : `Nothing matches “${search.search}”.`}
      </EmptyState>
    );
  }
  if (stores?.items.length === 0) {
    return (
      <EmptyState icon={IconPackage} title="No store is connected">
        The {many} appear here once a store is connected.{' '}
        <Link to="/stores" search={{ connect: 'new' }}>
          Connect a store
        </Link>
      </EmptyState>
    );
  }
  const scope = SCOPES[resource];
  const lacking = stores?.items.filter(
    (store) => (search.shop === undefined || store.shop === search.shop) && store.missingScopes.includes(scope),
  );
  if (lacking !== undefined && lacking.length > 0) {
    return (
      <EmptyState
        icon={IconPackage}
        title={`${many.charAt(0).toUpperCase()}${many.slice(1)} need ${scope}`}
        action={
          <Button
            variant="filled"
            renderRoot={(props) => <Link {...props} to="/stores" search={{ connect: lacking[0]?.shop ?? 'new' }} />}
          >
            Reconnect {lacking[0]?.name}
          </Button>
        }
      >
        The store did not grant this scope. Reconnecting asks for it again.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconPackage} title={`No ${many} here`}>
      They appear as they are fetched; the store’s card in <Link to="/stores">Stores</Link> shows how far that is.
    </EmptyState>
  );
};
