import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Store } from '../../../shared/api.ts';
import { notify, notifyError } from '../../api/notify.ts';
import { type Outputs, trpc } from '../../api/trpc.ts';
import { openExternal } from '../../lib/desktop-bridge.ts';

type Ticket = Outputs['stores']['beginConnect'];

/** One click connects a store again, the way it was connected before. Only a pasted token has to be asked for. */
export const useReconnect = (openDialog: (shop: string) => void) => {
  const [ticket, setTicket] = useState<Ticket | null>(null);
  const onError = (error: unknown): void => notifyError('The store could not be reconnected', error);
  const begin = useMutation(
    trpc.stores.beginConnect.mutationOptions({
      onSuccess: (begun) => {
        setTicket(begun);
        openDialog(begun.shop);
        openExternal(begun.url).catch((error: unknown) => notifyError('The browser could not be opened', error));
      },
      onError,
    }),
  );
  const direct = useMutation(
    trpc.stores.connectWithCredentials.mutationOptions({
      onSuccess: (store) => notify('Store reconnected', `${store.name} is connected again.`),
      onError,
    }),
  );
  const pending = begin.isPending ? begin.variables : direct.isPending ? direct.variables : null;
  return {
    ticket,
    forget: (): void => setTicket(null),
    pendingShop: pending?.shop ?? null,
    start: (store: Store): void => {
      if (store.grant === 'admin_token') openDialog(store.shop);
      else if (store.grant === 'client_credentials') direct.mutate({ shop: store.shop });
      else begin.mutate({ shop: store.shop });
    },
  };
};
