import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Resource } from '../../shared/browse/columns.ts';
import { trpc } from '../api/trpc.ts';
import { EmptyState } from '../components/empty-state.tsx';
import type { Icon } from '../components/icon-type.ts';
import { IconCreditCard, IconPackage, IconReceipt, IconSearch, IconUsers } from '../components/icons.ts';
import { NoStore } from '../components/no-store.tsx';
import { isFetchedWhole } from '../lib/sync.ts';
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

const ICONS: Readonly<Record<Resource, Icon>> = {
  products: IconPackage,
  orders: IconReceipt,
  transactions: IconCreditCard,
  customers: IconUsers,
};

/** Why there is nothing: the selection, no store, a scope that is missing, nothing there, or not fetched yet. */
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
    return <NoStore>The {many} appear here once a store is connected.</NoStore>;
  }
  const scope = SCOPES[resource];
  const shown = stores?.items.filter((store) => search.shop === undefined || store.shop === search.shop);
  const lacking = shown?.filter((store) => store.missingScopes.includes(scope));
  if (lacking !== undefined && lacking.length > 0) {
    return (
      <EmptyState
        icon={ICONS[resource]}
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
  if (shown !== undefined && isFetchedWhole(shown, resource)) {
    return (
      <EmptyState icon={ICONS[resource]} title={`No ${many} in the store`}>
        Everything was fetched, and there were none. New ones appear here by themselves.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={ICONS[resource]} title={`No ${many} yet`}>
      They appear as they are fetched; the store’s card in <Link to="/stores">Stores</Link> shows how far that is.
    </EmptyState>
  );
};
