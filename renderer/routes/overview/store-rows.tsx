import { Link } from '@tanstack/react-router';
import type { Stats, Store } from '../../../shared/api.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { STORE_STATE, StatusBadge } from '../../components/status-badge.tsx';
import { SyncLine } from '../../components/sync-line.tsx';
import { formatCount, shortShop } from '../../lib/format.ts';
import { syncProblemOf } from '../../lib/sync.ts';

interface Props {
  readonly stores: readonly Store[];
  readonly stats: Stats | undefined;
}

const Amount = ({ value, tone }: { readonly value: number | undefined; readonly tone?: 'bad' | 'warn' }) =>
  value === undefined ? (
    <span className="br-dim">–</span>
  ) : (
    <span className={tone !== undefined && value > 0 ? `br-tone-${tone}` : ''}>{formatCount(value)}</span>
  );

/** A line per store; what is wrong with it stands below its line. */
export const StoreRows = ({ stores, stats }: Props) => (
  <ul className="br-store-rows">
    {stores.map((store) => (
      <StoreRow key={store.shop} store={store} counts={stats?.stores.find(({ shop }) => shop === store.shop)} />
    ))}
  </ul>
);

interface RowProps {
  readonly store: Store;
  readonly counts: Stats['stores'][number] | undefined;
}

const StoreRow = ({ store, counts }: RowProps) => {
  const syncProblem = syncProblemOf(store);
  const { shop } = store;
  const failed = counts === undefined ? undefined : counts.webhooks.failed + counts.webhooks.dead;
  return (
    <li className="br-store-row" data-testid="store-card" data-shop={shop} data-state={store.state}>
      <div className="br-store-row-name">
        <h3>{store.name}</h3>
        <span className="br-dim br-ellipsis" title={shop}>
          {shortShop(shop)}
        </span>
        <StatusBadge look={STORE_STATE[store.state]} />
      </div>
      <dl className="br-store-row-counts">
        <div>
          <dt>Products</dt>
          <dd>
            <Link to="/products" search={{ shop }}>
              <Amount value={counts?.products} />
            </Link>
          </dd>
        </div>
        <div>
          <dt>Webhooks</dt>
          <dd>
            <Link to="/webhooks" search={{ shop }}>
              <Amount value={counts?.webhooks.received} />
            </Link>
          </dd>
        </div>
        <div>
          <dt>Failed</dt>
          <dd>
            <Link to="/webhooks" search={{ shop, state: 'failed' }}>
              <Amount value={failed} tone="bad" />
            </Link>
          </dd>
        </div>
        <div>
          <dt>Pixel events</dt>
          <dd>
            <Link to="/pixel" search={{ shop }}>
              <Amount value={counts?.pixel.accepted} />
            </Link>
          </dd>
        </div>
        <div>
          <dt>Quarantined</dt>
          <dd>
            <Link to="/pixel" search={{ shop, outcome: 'quarantined' }}>
              <Amount value={counts?.pixel.quarantined} tone="warn" />
            </Link>
          </dd>
        </div>
      </dl>
      <div className="br-store-row-more">
        <SyncLine store={store} />
        {store.problem !== null && <ProblemNote problem={store.problem} />}
        {syncProblem !== null && syncProblem.message !== store.problem?.message && (
          <ProblemNote problem={syncProblem} />
        )}
      </div>
    </li>
  );
};
