import { Button, Modal, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { PrivacyKind } from '../../../shared/api/privacy.ts';
import { describeError } from '../../api/errors.ts';
import { queryClient, trpc } from '../../api/trpc.ts';

interface Props {
  readonly onClose: () => void;
  readonly onEntered: (id: string) => void;
}

const KINDS: { value: PrivacyKind; label: string }[] = [
  { value: 'data_request', label: 'Data request' },
  { value: 'redact', label: 'Erase a customer' },
];

/** For requests that come by letter or e-mail instead of through Shopify. */
export const EnterDialog = ({ onClose, onEntered }: Props) => {
  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  const [chosen, setShop] = useState<string | null>(null);
  const [kind, setKind] = useState<PrivacyKind>('data_request');
  const [customerId, setCustomerId] = useState('');
  const [email, setEmail] = useState('');
  const [phone, setPhone] = useState('');
  const [note, setNote] = useState('');
  const enter = useMutation(
    trpc.privacy.enter.mutationOptions({
      onSuccess: async (request) => {
        onEntered(request.id);
        await queryClient.invalidateQueries(trpc.privacy.pathFilter());
      },
    }),
  );
  const shop = chosen ?? stores?.items[0]?.shop ?? null;
  const namesSomebody = [customerId, email, phone].some((text) => text.trim() !== '');
  const failed = enter.error === null ? null : describeError(enter.error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (shop === null || !namesSomebody) return;
    const given = (name: string, text: string) => (text.trim() === '' ? {} : { [name]: text.trim() });
    enter.mutate({
      shop,
      kind,
      note,
      ...given('customerId', customerId),
      ...given('email', email),
      ...given('phone', phone),
    });
  };
  return (
    <Modal opened onClose={onClose} title="Enter a privacy request" size={480} data-testid="privacy-enter">
      <form className="br-form" onSubmit={submit} noValidate>
        <p className="br-dim">
          For a request that did not come through Shopify. Its 30 days begin now. One identifier is enough; more find
          more.
        </p>
        <SegmentedControl
          aria-label="Kind of request"
          data={KINDS}
          value={kind}
          onChange={(value) => setKind(value === 'redact' ? 'redact' : 'data_request')}
        />
        <Select
          label="Store"
          data={(stores?.items ?? []).map((store) => ({ value: store.shop, label: store.name }))}
          value={shop}
          onChange={setShop}
          allowDeselect={false}
        />
        <TextInput
          label="Customer id"
          placeholder="7300000000001"
          value={customerId}
          data-autofocus
          autoComplete="off"
          onChange={(event) => setCustomerId(event.currentTarget.value)}
        />
        <TextInput
          label="E-mail address"
          type="email"
          value={email}
          autoComplete="off"
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <TextInput
          label="Phone number"
          type="tel"
          description="With its country code"
          value={phone}
          autoComplete="off"
          onChange={(event) => setPhone(event.currentTarget.value)}
        />
        <Textarea
          label="Note"
          description="How it came; best without names."
          autosize
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {failed !== null && (
          <div className="br-note" data-tone="bad" role="alert">
            {failed.message} {failed.hint}
          </div>
        )}
        <div className="br-form-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={enter.isPending} disabled={shop === null || !namesSomebody}>
            Enter the request
          </Button>
        </div>
      </form>
    </Modal>
  );
};
