import { Button, Checkbox, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Store } from '../../../shared/api.ts';
import { notify } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { TypeToConfirm } from '../../components/type-to-confirm.tsx';
import { FailureNote } from './failure-note.tsx';

/** Says what goes and what stays, and wants the domain typed. */
export const DisconnectDialog = ({ store, onClose }: { readonly store: Store; readonly onClose: () => void }) => {
  const [typed, setTyped] = useState('');
  // A custom app with a pasted token may serve others too.
  const [uninstall, setUninstall] = useState(store.grant !== 'admin_token');
  const canUninstall = store.state === 'connected';
  const disconnect = useMutation(
    trpc.stores.disconnect.mutationOptions({
      onSuccess: async ({ uninstalled, note }) => {
        await queryClient.invalidateQueries(trpc.stores.pathFilter());
        // What is left to do must not go with a message that fades.
        if (note !== null) return;
        notify(
          `${store.name} is disconnected`,
          uninstalled ? 'The app was uninstalled from the store.' : 'What was fetched stays here.',
        );
        onClose();
      },
    }),
  );
  const isTyped = typed.trim().toLowerCase() === store.shop;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isTyped) disconnect.mutate({ shop: store.shop, confirm: typed, uninstall: canUninstall && uninstall });
  };
  if (disconnect.data !== undefined) {
    return (
      <Modal
        opened
        onClose={onClose}
        title={`${store.name} is disconnected`}
        size={480}
        data-testid="disconnected-dialog"
      >
        <div className="br-form">
          <p className="br-note" role="status">
            {disconnect.data.note ?? 'What was fetched stays here.'}
          </p>
          <div className="br-form-actions">
            <Button variant="filled" onClick={onClose} data-autofocus>
              Close
            </Button>
          </div>
        </div>
      </Modal>
    );
  }
  return (
    <Modal opened onClose={onClose} title={`Disconnect ${store.name}`} size={480} data-testid="disconnect-dialog">
      <form className="br-form" onSubmit={submit}>
        <dl className="br-facts">
          <div className="br-fact">
            <dt>Removed</dt>
            <dd>
              The access token on this computer
              {canUninstall &&
                (uninstall
                  ? '; at Shopify the app with its token, webhooks and pixel'
                  : '; at Shopify the app’s webhooks and pixel. The app stays installed')}
              . Nothing new arrives.
            </dd>
          </div>
          <div className="br-fact">
            <dt>Kept</dt>
            <dd>Everything that was fetched and received so far. The store can be connected again at any time.</dd>
          </div>
        </dl>
        {canUninstall && (
          <Checkbox
            label="Also uninstall the app from the store"
            description={
              store.grant === 'admin_token'
                ? 'Ends this token everywhere. Leave it off when the custom app is used by others too.'
                : 'Ends its token, webhooks and pixel at Shopify at once.'
            }
            checked={uninstall}
            onChange={(event) => setUninstall(event.currentTarget.checked)}
          />
        )}
        <TypeToConfirm phrase={store.shop} typed={typed} onType={setTyped} isFirst />
        <FailureNote error={disconnect.error} />
        <div className="br-form-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" color="red" disabled={!isTyped} loading={disconnect.isPending}>
            Disconnect
          </Button>
        </div>
      </form>
    </Modal>
  );
};
