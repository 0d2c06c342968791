import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Store } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { TypeToConfirm } from '../../components/type-to-confirm.tsx';
import { plural } from '../../lib/format.ts';

interface Props {
  readonly store: Pick<Store, 'shop' | 'name' | 'state'>;
  readonly typed: string;
  readonly onType: (text: string) => void;
}

/** What goes with a store, when it begins, and the question for the store's domain. One that is connected has to be disconnected first. */
export const StoreErasure = ({ store, typed, onType }: Props) => {
  const { data: settings } = useQuery(trpc.privacy.settings.queryOptions());
  if (store.state === 'connected')
    return (
      <div className="br-note" data-tone="warn" role="status" data-testid="store-still-connected">
        {store.name} is still connected: what it sends would bring back what goes.{' '}
        <Link to="/stores">Disconnect it in Stores</Link> first. What was fetched stays until the erasure.
      </div>
    );
  const hours = settings?.shopRedactHours;
  return (
    <>
      <div className="br-note" data-tone="bad" role="status">
        Everything of {store.name} goes: products, orders, transactions, customers, webhooks, pixel events and the store
        itself. Requests and the evidence stay, without persons.{' '}
        {hours !== undefined &&
          (hours === 0
            ? 'It begins at once.'
            : `It begins by itself in ${plural(hours, 'hour')}; until then it can be held or refused.`)}{' '}
        It can’t be undone.
      </div>
      <TypeToConfirm phrase={store.shop} typed={typed} onType={onType} />
    </>
  );
};
