import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Store } from '../../../shared/api.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { FailureNote } from './failure-note.tsx';

/** A label of one's own, for stores whose names are alike. Shopify's name stays as it is. */
export const RenameDialog = ({ store, onClose }: { readonly store: Store; readonly onClose: () => void }) => {
  const [label, setLabel] = useState(store.label ?? '');
  const rename = useMutation(
    trpc.stores.rename.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.stores.pathFilter());
        onClose();
      },
    }),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    rename.mutate({ shop: store.shop, label: label.trim() === '' ? null : label.trim() });
  };
  return (
    <Modal opened onClose={onClose} title={`Rename ${store.name}`} size={440} data-testid="rename-dialog">
      <form className="br-form" onSubmit={submit}>
        <TextInput
          label="Name in Backroom"
          description="Seen here only. Empty: the name that the store has at Shopify."
          placeholder={store.nameAtShopify}
          maxLength={80}
          value={label}
          data-autofocus
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <FailureNote error={rename.error} />
        <div className="br-form-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={rename.isPending}>
            Rename
          </Button>
        </div>
      </form>
    </Modal>
  );
};
