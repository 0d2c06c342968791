import { useMutation } from '@tanstack/react-query';
import type { Store } from '../../../shared/api.ts';
import { notify } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';

/** Says what fetching everything anew means, and wants the domain typed. */
export const ReimportDialog = ({ store, onClose }: { readonly store: Store; readonly onClose: () => void }) => {
  const reimport = useMutation(
    trpc.stores.reimport.mutationOptions({
      onSuccess: async () => {
        notify('Fetching everything anew', `All of ${store.name} is fetched once more.`);
        await queryClient.invalidateQueries(trpc.stores.list.pathFilter());
        onClose();
      },
    }),
  );
  return (
    <ConfirmDialog
      title={`Fetch all of ${store.name} anew`}
      action="Fetch everything anew"
      phrase={store.shop}
      pending={reimport.isPending}
      error={reimport.error}
      onConfirm={() => reimport.mutate({ shop: store.shop, confirm: store.shop })}
      onClose={onClose}
    >
      <p>
        For when you doubt what is here. Every product, order, transaction and customer is fetched once more and put
        beside what is here: what differs is put right, what is gone at Shopify is removed. Meanwhile everything can be
        used as it is. A large store takes as long as its first import did.
      </p>
    </ConfirmDialog>
  );
};
