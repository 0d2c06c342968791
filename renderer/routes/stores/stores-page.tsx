import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { trpc } from '../../api/trpc.ts';
import { AppTomlHint } from '../../components/app-toml-hint.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { IconPlus } from '../../components/icons.ts';
import { NoStore } from '../../components/no-store.tsx';
import { PageBody } from '../../components/page-body.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { plural } from '../../lib/format.ts';
import { ConnectDialog } from './connect-dialog.tsx';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import { ReimportDialog } from './reimport-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { StoreCard } from './store-card.tsx';
import { useReconnect } from './use-reconnect.ts';

/** With more stores than this only the ones with a problem are open at first. */
const OPEN_UP_TO = 3;

export const StoresPage = () => {
  const { connect } = useSearch({ from: '/stores' });
  const navigate = useNavigate({ from: '/stores' });
  const { data, error, refetch } = useQuery(trpc.stores.list.queryOptions());
  const stores = data?.items;

  const setConnect = (shop: string | undefined): void => {
    navigate({ search: { connect: shop } }).catch((problem: unknown) =>
      console.warn('The dialog could not be opened.', problem),
    );
  };
  const reconnect = useReconnect(setConnect);
  const [asked, setAsked] = useState<{
    readonly what: 'rename' | 'reimport' | 'disconnect';
    readonly shop: string;
  } | null>(null);
  const askedStore = stores?.find((store) => store.shop === asked?.shop);
  const connectButton = (
    <Button variant="filled" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setConnect('new')}>
      Connect a store
    </Button>
  );

  return (
    <>
      <div className="br-toolbar">
        <span className="br-toolbar-count br-num">{stores === undefined ? '' : plural(stores.length, 'store')}</span>
        <div className="br-spacer" />
        {connectButton}
      </div>
      <PageBody label="Stores" width="wide">
        <AppTomlHint />
        {stores === undefined && error === null && (
          <div className="br-card">
            <div className="br-card-body">
              <SkeletonLines count={12} label="Stores are being loaded" />
            </div>
          </div>
        )}
        {stores === undefined && error !== null && (
          <ErrorState error={error} title="The stores could not be loaded" onRetry={refetch} />
        )}
        {stores?.length === 0 && (
          <NoStore>A connected store sends its products, webhooks and pixel events to this computer.</NoStore>
        )}
        {stores?.map((store) => (
          <StoreCard
            key={store.shop}
            store={store}
            openAtFirst={stores.length <= OPEN_UP_TO || store.problem !== null}
            reconnecting={reconnect.pendingShop === store.shop}
            onReconnect={() => reconnect.start(store)}
            onRename={() => setAsked({ what: 'rename', shop: store.shop })}
            onReimport={() => setAsked({ what: 'reimport', shop: store.shop })}
            onDisconnect={() => setAsked({ what: 'disconnect', shop: store.shop })}
          />
        ))}
      </PageBody>
      {connect !== undefined && stores !== undefined && (
        <ConnectDialog
          key={connect}
          reconnect={stores.find((store) => store.shop === connect) ?? null}
          ticket={reconnect.ticket?.shop === connect ? reconnect.ticket : null}
          stores={stores}
          onClose={() => {
            reconnect.forget();
            setConnect(undefined);
          }}
        />
      )}
      {asked?.what === 'rename' && askedStore !== undefined && (
        <RenameDialog store={askedStore} onClose={() => setAsked(null)} />
      )}
      {asked?.what === 'reimport' && askedStore !== undefined && (
        <ReimportDialog store={askedStore} onClose={() => setAsked(null)} />
      )}
      {asked?.what === 'disconnect' && askedStore !== undefined && (
        <DisconnectDialog store={askedStore} onClose={() => setAsked(null)} />
      )}
    </>
  );
};
