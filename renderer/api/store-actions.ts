import { useMutation } from '@tanstack/react-query';
import { notify, notifyError } from './notify.ts';
import { queryClient, trpc } from './trpc.ts';

/** What can be done to a store from several places. The answer comes by the live stream; these only say that it began or failed. */
export const useSyncStore = () =>
  useMutation(
    trpc.stores.sync.mutationOptions({
      onSuccess: async (_result, { shop }) => {
        notify('Fetching again', `What changed in ${shop} is being fetched.`);
        await queryClient.invalidateQueries(trpc.stores.list.pathFilter());
      },
      onError: (error) => notifyError('The store could not be fetched', error),
    }),
  );

type SyncAction = 'start' | 'pause' | 'cancel' | 'verify';
type SyncTarget = { readonly shop: string; readonly resource: 'products' | 'orders' | 'transactions' | 'customers' };

/** Pausing, giving up, going on or trying again, and comparing with Shopify, of one resource. What comes of it is seen by the live stream. */
export const useSyncActions = () => {
  const told = (problem: string) => ({
    onSuccess: () => queryClient.invalidateQueries(trpc.stores.list.pathFilter()),
    onError: (error: unknown) => notifyError(problem, error),
  });
  const start = useMutation(trpc.stores.sync.mutationOptions(told('It could not be fetched')));
  const pause = useMutation(trpc.stores.pauseSync.mutationOptions(told('It could not be paused')));
  const cancel = useMutation(trpc.stores.cancelSync.mutationOptions(told('It could not be given up')));
  const verify = useMutation(trpc.stores.verifySync.mutationOptions(told('It could not be compared')));
  const all = { start, pause, cancel, verify };
  return {
    act: (action: SyncAction, target: SyncTarget): void => all[action].mutate(target),
    isPending: Object.values(all).some(({ isPending }) => isPending),
  };
};

export const useRepairStore = () =>
  useMutation(
    trpc.stores.repair.mutationOptions({
      onSuccess: async (store) => {
        if (store.problem === null)
          notify('Store checked', `The token, webhooks and pixel of ${store.name} are in order.`);
        else notifyError('The store still has a problem', { data: { app: store.problem } });
        await queryClient.invalidateQueries(trpc.stores.list.pathFilter());
      },
      onError: (error) => notifyError('The store could not be checked', error),
    }),
  );
