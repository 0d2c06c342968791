import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { importShare, isImporting } from '../../shared/import-progress.ts';
import { trpc } from '../api/trpc.ts';
import { IconRefresh } from '../components/icons.ts';
import { paceWords } from '../lib/sync-words.ts';

/** Stores that are being imported, on every screen: what of, how far, and how long it still takes. Leads to where it can be paused. */
export const RunningImports = () => {
  const { data } = useQuery(trpc.stores.list.queryOptions());
  return data?.items.map((store) => {
    const share = importShare([store]);
    if (share === null) return null;
    const own = store.syncs.filter((sync) => sync.resource !== 'transactions' && isImporting(sync));
    const current = own.find(({ phase }) => phase !== 'waiting') ?? own[0];
    const pace = current === undefined ? '' : paceWords({ ...current, rate: null });
    return (
      <Link
        key={store.shop}
        to="/stores"
        className="br-status-item br-status-link br-status-import"
        data-testid="running-import"
        title={`What is fetched of ${store.name}`}
      >
        <IconRefresh size={14} aria-hidden />
        <span className="br-num">
          Importing {store.name}: {Math.floor(share * 100)}%
          {current !== undefined && <span className="br-status-detail"> · {current.resource}</span>}
          {pace !== '' && <span className="br-status-detail"> · {pace}</span>}
        </span>
      </Link>
    );
  });
};
