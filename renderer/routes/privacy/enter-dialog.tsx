import { Button, Modal, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { PrivacyKind } from '../../../shared/api/privacy.ts';
import { describeError } from '../../api/errors.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { StoreErasure } from './store-erasure.tsx';

interface Props {
  readonly onClose: () => void;
  readonly onEntered: (id: string) => void;
}

const KINDS: { value: PrivacyKind; label: string }[] = [
  { value: 'data_request', label: 'Data request' },
  { value: 'redact', label: 'Erase a customer' },
  { value: 'shop_redact', label: 'Erase a store' },
];
const isKind = (value: string): value is PrivacyKind => KINDS.some((kind) => kind.value === value);

const NOBODY = { customerId: '', email: '', phone: '' };
type Identifiers = typeof NOBODY;

/** For requests that come by letter or e-mail instead of through Shopify. */
export const EnterDialog = ({ onClose, onEntered }: Props) => {
  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  const [chosen, setShop] = useState<string | null>(null);
  const [kind, setKind] = useState<PrivacyKind>('data_request');
  const [person, setPerson] = useState(NOBODY);
  const [typed, setTyped] = useState('');
  const [note, setNote] = useState('');
  const enter = useMutation(
    trpc.privacy.enter.mutationOptions({
      onSuccess: async (request) => {
        onEntered(request.id);
        await queryClient.invalidateQueries(trpc.privacy.pathFilter());
      },
    }),
  );
  const store = stores?.items.find(({ shop }) => shop === chosen) ?? stores?.items[0];
  const isStore = kind === 'shop_redact';
  const given = Object.fromEntries(
    Object.entries(person)
      .map(([name, text]) => [name, text.trim()] as const)
      .filter(([, text]) => text !== ''),
  );
  const isComplete = isStore
    ? store?.state !== 'connected' && typed.trim().toLowerCase() === store?.shop
    : Object.keys(given).length > 0;
  const failed = enter.error === null ? null : describeError(enter.error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (store === undefined || !isComplete || enter.isPending) return;
    enter.mutate({ shop: store.shop, kind, note, ...(isStore ? {} : given) });
  };
  return (
    <Modal opened onClose={onClose} title="Enter a privacy request" size={480} data-testid="privacy-enter">
      <form className="br-form" onSubmit={submit} noValidate>
        <p className="br-dim">
          For a request that did not come through Shopify. Its 30 days begin now.
          {!isStore && ' One identifier is enough; more find more.'}
        </p>
        <SegmentedControl
          aria-label="Kind of request"
          data={KINDS}
          value={kind}
          onChange={(value) => {
            if (isKind(value)) setKind(value);
            setTyped('');
            enter.reset();
          }}
        />
        <Select
          label="Store"
          data={(stores?.items ?? []).map(({ shop, name }) => ({ value: shop, label: name }))}
          value={store?.shop ?? null}
          onChange={(shop) => {
            setShop(shop);
            setTyped('');
            enter.reset();
          }}
          allowDeselect={false}
        />
        {isStore && store !== undefined && <StoreErasure store={store} typed={typed} onType={setTyped} />}
        {!isStore && <PersonFields person={person} onChange={setPerson} />}
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
          <Button
            type="submit"
            variant="filled"
            {...(isStore ? { color: 'red.9' } : {})}
            loading={enter.isPending}
            disabled={store === undefined || !isComplete}
          >
            {isStore ? 'Enter the erasure' : 'Enter the request'}
          </Button>
        </div>
      </form>
    </Modal>
  );
};

const PersonFields = ({
  person,
  onChange,
}: {
  readonly person: Identifiers;
  readonly onChange: (person: Identifiers) => void;
}) => (
  <>
    <TextInput
      label="Customer id"
      placeholder="7300000000001"
      value={person.customerId}
      data-autofocus
      autoComplete="off"
      onChange={(event) => onChange({ ...person, customerId: event.currentTarget.value })}
    />
    <TextInput
      label="E-mail address"
      type="email"
      value={person.email}
      autoComplete="off"
      onChange={(event) => onChange({ ...person, email: event.currentTarget.value })}
    />
    <TextInput
      label="Phone number"
      type="tel"
      description="With its country code"
      value={person.phone}
      autoComplete="off"
      onChange={(event) => onChange({ ...person, phone: event.currentTarget.value })}
    />
  </>
);
