import '../../api/zod-without-eval.ts';
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Store } from '../../../shared/api.ts';
import { normalizeShopDomain } from '../../../shared/shop-domain.ts';
import { describeError } from '../../api/errors.ts';
import { notifyError } from '../../api/notify.ts';
import { type Outputs, trpc } from '../../api/trpc.ts';
import { openExternal } from '../../lib/desktop-bridge.ts';
import { ConnectConnected, ConnectWaiting } from './connect-progress.tsx';

type Ticket = Outputs['stores']['beginConnect'];

/** The second store that the stand-in knows, to try the whole way with. */
const SECOND_DEMO_SHOP = 'second-street.myshopify.com';

interface Props {
  /** Filled in already, when a store is to be reconnected. */
  readonly shop: string;
  readonly stores: readonly Store[];
  readonly onClose: () => void;
}

interface Waiting {
  readonly ticket: Ticket;
  /** The mark of the connection before this attempt; `null` when there was none. */
  readonly before: string | null;
}

/** Changes with every connection, also with that of a store which is connected already: its first import begins anew. */
const connectionMark = (store: Store): string =>
  JSON.stringify([store.connectedAt, store.tokenExpiresAt, store.grant, store.productSync.startedAt]);

export const ConnectDialog = ({ shop, stores, onClose }: Props) => {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const begin = useMutation(trpc.stores.beginConnect.mutationOptions());

  const start = (domain: string): void => {
    begin.mutate(
      { shop: domain },
      {
        onSuccess: (ticket) => {
          const known = stores.find((store) => store.shop === ticket.shop);
          setWaiting({ ticket, before: known?.state === 'connected' ? connectionMark(known) : null });
          openExternal(ticket.url).catch((error: unknown) => notifyError('The browser could not be opened', error));
        },
      },
    );
  };

  // The live stream refreshes the list of stores; the dialog only has to look at it.
  const arrived =
    waiting === null
      ? undefined
      : stores.find(
          (store) =>
            store.shop === waiting.ticket.shop &&
            store.state === 'connected' &&
            connectionMark(store) !== waiting.before,
        );

  return (
    <Modal
      opened
      onClose={onClose}
      title={shop === '' ? 'Connect a store' : 'Reconnect the store'}
      size={480}
      data-testid="connect-dialog"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {arrived !== undefined ? (
        <ConnectConnected store={arrived} onClose={onClose} />
      ) : waiting !== null ? (
        <ConnectWaiting ticket={waiting.ticket} onCancel={onClose} onAgain={() => start(waiting.ticket.shop)} />
      ) : (
        <ConnectForm shop={shop} pending={begin.isPending} error={begin.error} onStart={start} onCancel={onClose} />
      )}
    </Modal>
  );
};

interface FormProps {
  readonly shop: string;
  readonly pending: boolean;
  readonly error: unknown;
  readonly onStart: (domain: string) => void;
  readonly onCancel: () => void;
}

const ConnectForm = ({ shop, pending, error, onStart, onCancel }: FormProps) => {
  const [text, setText] = useState(shop);
  const [touched, setTouched] = useState(false);
  const { data: credentials } = useQuery(trpc.settings.credentials.queryOptions());
  const domain = normalizeShopDomain(text);
  const wrong = touched && domain === null;
  const failed = error === null ? null : describeError(error);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTouched(true);
    if (domain !== null) onStart(domain);
  };

  return (
    <form className="br-form" onSubmit={submit} noValidate>
      {credentials?.source === 'none' && (
        <p className="br-note" data-tone="warn">
          No app credentials are saved yet, so Shopify would not know which app asks.{' '}
          <Link to="/settings">Enter them in Settings</Link> first.
        </p>
      )}
      {credentials?.source === 'demo' && (
        <p className="br-note">
          The demo store runs on this computer. It knows a second store to try this with:{' '}
          <button type="button" className="br-link br-mono" onClick={() => setText(SECOND_DEMO_SHOP)}>
            {SECOND_DEMO_SHOP}
          </button>
          . For a real store <Link to="/settings">enter app credentials in Settings</Link>.
        </p>
      )}
      <TextInput
        label="Shop domain"
        description={
          domain === null || domain === text.trim()
            ? 'The myshopify.com address, or the address of the admin pages.'
            : `Connects ${domain}`
        }
        placeholder="my-store.myshopify.com"
        value={text}
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        error={
          wrong
            ? text.trim() === ''
              ? 'A shop domain is needed.'
              : 'This is not a shop domain such as my-store.myshopify.com.'
            : null
        }
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => setTouched(text !== '')}
      />
      {failed !== null && (
        <div className="br-note" data-tone="bad" role="alert">
          {failed.message} {failed.hint}
        </div>
      )}
      <p className="br-dim">The browser opens, and the store asks for approval there.</p>
      <div className="br-form-actions">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="filled" loading={pending}>
          Continue in the browser
        </Button>
      </div>
    </form>
  );
};
