import './stores.css';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useId, useState } from 'react';
import type { Store } from '../../../shared/api.ts';
import { scopeNeed } from '../../../shared/scope-needs.ts';
import { useRepairStore, useSyncStore } from '../../api/store-actions.ts';
import { CopyText } from '../../components/copy-text.tsx';
import {
  IconChevronDown,
  IconChevronRight,
  IconDots,
  IconFlask,
  IconPencil,
  IconPlugConnected,
  IconPlugConnectedX,
  IconRefresh,
  IconTool,
} from '../../components/icons.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { STORE_STATE, StatusBadge } from '../../components/status-badge.tsx';
import { SyncLine } from '../../components/sync-line.tsx';
import { SyncRows } from '../../components/sync-rows.tsx';
import { shopOfFact } from '../../lib/store-status.ts';
import { isNoteworthy, isSyncing, syncProblemOf } from '../../lib/sync.ts';
import { StoreFacts } from './store-facts.tsx';

interface Props {
  readonly store: Store;
  readonly openAtFirst: boolean;
  readonly reconnecting: boolean;
  readonly onReconnect: () => void;
  readonly onRename: () => void;
  readonly onReimport: () => void;
  readonly onDisconnect: () => void;
}

/** Opens the card when one of its facts is led to, and puts the focus there. */
const useSoughtFact = (shop: string, open: boolean, setOpen: (open: boolean) => void): void => {
  const fragment = useRouterState({ select: ({ location }) => location.hash });
  const isHere = shopOfFact(fragment) === shop;
  useEffect(() => {
    if (isHere) setOpen(true);
  }, [isHere, setOpen]);
  useEffect(() => {
    if (isHere && open) document.getElementById(fragment)?.focus();
  }, [isHere, open, fragment]);
};

export const StoreCard = ({
  store,
  openAtFirst,
  reconnecting,
  onReconnect,
  onRename,
  onReimport,
  onDisconnect,
}: Props) => {
  const [open, setOpen] = useState(openAtFirst);
  const id = useId();
  useSoughtFact(store.shop, open, setOpen);
  const sync = useSyncStore();
  const repair = useRepairStore();
  const running = isSyncing(store);
  const syncProblem = syncProblemOf(store);
  const connected = store.state === 'connected';

  return (
    <section
      className="br-card"
      aria-labelledby={`${id}-name`}
      data-testid="store-card"
      data-shop={store.shop}
      data-state={store.state}
    >
      <header className="br-card-head">
        <ActionIcon
          aria-label={open ? `Hide the details of ${store.name}` : `Show the details of ${store.name}`}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
        </ActionIcon>
        <h2 id={`${id}-name`}>{store.name}</h2>
        <CopyText value={store.shop} label="store domain" />
        <StatusBadge soft look={STORE_STATE[store.state]} />
        {store.demo && (
          <span className="br-demo">
            <IconFlask size={14} aria-hidden />
            Demo
          </span>
        )}
        <div className="br-spacer" />
        {connected ? (
          <Button
            leftSection={<IconRefresh size={14} aria-hidden />}
            loading={sync.isPending}
            disabled={running}
            onClick={() => sync.mutate({ shop: store.shop })}
          >
            Fetch again
          </Button>
        ) : (
          <Button
            variant="filled"
            leftSection={<IconPlugConnected size={14} aria-hidden />}
            loading={reconnecting}
            onClick={onReconnect}
          >
            Reconnect
          </Button>
        )}
        {connected && (
          <Button
            leftSection={<IconTool size={14} aria-hidden />}
            loading={repair.isPending}
            onClick={() => repair.mutate({ shop: store.shop })}
          >
            Check and repair
          </Button>
        )}
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <ActionIcon aria-label={`More for ${store.name}`}>
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={onRename}>
              Rename…
            </Menu.Item>
            {connected && (
              <Menu.Item leftSection={<IconPlugConnected size={14} aria-hidden />} onClick={onReconnect}>
                Reconnect
              </Menu.Item>
            )}
            {connected && (
              <Menu.Item leftSection={<IconRefresh size={14} aria-hidden />} onClick={onReimport}>
                Fetch everything anew…
              </Menu.Item>
            )}
            {store.state !== 'disconnected' && (
              <Menu.Item leftSection={<IconPlugConnectedX size={14} aria-hidden />} onClick={onDisconnect}>
                Disconnect…
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </header>
      <div className="br-card-body">
        {store.problem !== null && <ProblemNote problem={store.problem} />}
        {syncProblem !== null && <ProblemNote problem={syncProblem} />}
        {store.state === 'disconnected' && (
          <p className="br-dim">Disconnected on purpose. What was fetched stays here and can be browsed.</p>
        )}
        {connected && store.missingScopes.length > 0 && <MissingScopes store={store} onReconnect={onReconnect} />}
        <SyncLine store={store} />
        {(open || isNoteworthy(store)) && <SyncRows store={store} />}
        {open && <StoreFacts store={store} />}
        <p className="br-card-links">
          <Link to="/products" search={{ shop: store.shop }}>
            Products
          </Link>
          <Link to="/orders" search={{ shop: store.shop }}>
            Orders
          </Link>
          <Link to="/transactions" search={{ shop: store.shop }}>
            Transactions
          </Link>
          <Link to="/customers" search={{ shop: store.shop }}>
            Customers
          </Link>
          <Link to="/webhooks" search={{ shop: store.shop }}>
            Webhooks
          </Link>
          <Link to="/pixel" search={{ shop: store.shop }}>
            Pixel events
          </Link>
        </p>
      </div>
    </section>
  );
};

const MissingScopes = ({ store, onReconnect }: { readonly store: Store; readonly onReconnect: () => void }) => (
  <div className="br-problem" data-testid="missing-scopes">
    <IconPlugConnected size={16} aria-hidden />
    <div>
      <p>
        <strong>{store.missingScopes.length === 1 ? 'A scope is not granted.' : 'Some scopes are not granted.'}</strong>{' '}
        {store.missingScopes.map(scopeNeed).join('; ')}.
      </p>
      <p>
        {store.grant === 'authorization_code'
          ? `Reconnecting asks the store to grant ${store.missingScopes.length === 1 ? 'it' : 'them'}.`
          : 'Grant what is missing in the app’s settings at Shopify and install that version, then reconnect.'}{' '}
        <button type="button" className="br-link" onClick={onReconnect}>
          Reconnect
        </button>
      </p>
    </div>
  </div>
);
