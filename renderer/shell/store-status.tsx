import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Store, StoreBudget } from '../../shared/api.ts';
import { useBudgetLeft } from '../api/budget-left.ts';
import { trpc } from '../api/trpc.ts';
import type { Icon } from '../components/icon-type.ts';
import { IconBuildingStore, IconClock, IconGauge, IconKey } from '../components/icons.ts';
import { RelativeTime } from '../components/relative-time.tsx';
import { STORE_STATE, type Tone } from '../components/status-badge.tsx';
import { useNow } from '../lib/clock.ts';
import { formatCount } from '../lib/format.ts';
import { factId, type StoreFactName, selectedStore, shopOfFact, storesWords, tokenWords } from '../lib/store-status.ts';

/** One figure of a store, leading to where its card explains it. */
const StoreItem = ({
  store,
  fact,
  icon: ItemIcon,
  tone = 'idle',
  children,
}: {
  readonly store: Store;
  readonly fact: StoreFactName;
  readonly icon: Icon;
  readonly tone?: Tone;
  readonly children: ReactNode;
}) => (
  <Link
    to="/stores"
    hash={factId(fact, store.shop)}
    className="br-status-item br-status-link"
    data-tone={tone}
    data-testid={`store-${fact}`}
  >
    <ItemIcon size={14} aria-hidden />
    {children}
  </Link>
);

const TokenItem = ({ store }: { readonly store: Store }) => {
  const words = useNow((now) => tokenWords(store, now));
  const { state } = store;
  return (
    <StoreItem store={store} fact="access" icon={IconKey} tone={state === 'connected' ? 'ok' : STORE_STATE[state].tone}>
      <span className="br-visually-hidden">Access of {store.name}: </span>
      <span className="br-num">{state === 'connected' ? words : STORE_STATE[state].word}</span>
    </StoreItem>
  );
};

const BudgetItem = ({ store, budget }: { readonly store: Store; readonly budget: StoreBudget }) => {
  const left = useBudgetLeft(budget);
  return (
    <StoreItem store={store} fact="budget" icon={IconGauge} tone={budget.waiting > 0 ? 'warn' : 'idle'}>
      <span className="br-num">
        API budget {formatCount(left)} of {formatCount(budget.maximum)}
        {budget.waiting > 0 && `, ${formatCount(budget.waiting)} waiting`}
      </span>
    </StoreItem>
  );
};

/** How the chosen store's connection is; with several stores and none chosen, how many are connected. */
export const StoreStatus = () => {
  const { data } = useQuery(trpc.stores.list.queryOptions());
  const { shop } = useSearch({ strict: false });
  const sought = useRouterState({ select: ({ location }) => shopOfFact(location.hash) });
  if (data === undefined) return null;
  const store = selectedStore(data.items, shop ?? sought);
  if (store === null) {
    const { words, needsWork } = storesWords(data.items);
    return (
      <Link
        to="/stores"
        className="br-status-item br-status-link"
        data-tone={needsWork ? 'warn' : 'idle'}
        data-testid="stores-item"
      >
        <IconBuildingStore size={14} aria-hidden />
        {words}
      </Link>
    );
  }
  return (
    <>
      <Link to="/stores" hash={factId('access', store.shop)} className="br-status-item br-status-link br-status-name">
        <IconBuildingStore size={14} aria-hidden />
        <span title={store.name}>{store.name}</span>
      </Link>
      <TokenItem store={store} />
      {store.lastCallAt !== null && (
        <StoreItem store={store} fact="last-call" icon={IconClock}>
          <span>
            Last call <RelativeTime iso={store.lastCallAt} />
          </span>
        </StoreItem>
      )}
      {store.budget !== null && <BudgetItem store={store} budget={store.budget} />}
    </>
  );
};
