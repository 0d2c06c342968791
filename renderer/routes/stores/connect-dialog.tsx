import './connect.css';
import '../../api/zod-without-eval.ts';
import { Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Store } from '../../../shared/api.ts';
import { notifyError } from '../../api/notify.ts';
import { client, type Outputs, trpc } from '../../api/trpc.ts';
import { openExternal } from '../../lib/desktop-bridge.ts';
import { ConnectForm } from './connect-form.tsx';
import { ConnectConnected, ConnectWaiting } from './connect-progress.tsx';
import { ConnectSteps } from './connect-steps.tsx';
import type { Way } from './connect-ways.ts';
import { WayChoice } from './way-choice.tsx';

type Ticket = Outputs['stores']['beginConnect'];
type Step =
  | { readonly kind: 'way' }
  | { readonly kind: 'form'; readonly way: Way }
  | { readonly kind: 'waiting'; readonly ticket: Ticket }
  | { readonly kind: 'connected'; readonly shop: string };

const STEP_NUMBER: Record<Step['kind'], number> = { way: 0, form: 1, waiting: 2, connected: 3 };

interface Props {
  /** Null: a new store. */
  readonly reconnect: Store | null;
  /** An approval that was begun already, with one click on the store's card. */
  readonly ticket: Ticket | null;
  readonly stores: readonly Store[];
  readonly onClose: () => void;
}

/** The wizard: which way, which store, the approval or the check, and what came of it. */
export const ConnectDialog = ({ reconnect, ticket, stores, onClose }: Props) => {
  const [way, setWay] = useState<Way>(reconnect?.grant ?? 'authorization_code');
  const [shop, setShop] = useState(reconnect?.shop ?? '');
  const [step, setStep] = useState<Step>(
    ticket !== null ? { kind: 'waiting', ticket } : reconnect === null ? { kind: 'way' } : { kind: 'form', way },
  );

  const begin = useMutation(
    trpc.stores.beginConnect.mutationOptions({
      onSuccess: (begun) => {
        setStep({ kind: 'waiting', ticket: begun });
        openExternal(begun.url).catch((error: unknown) => notifyError('The browser could not be opened', error));
      },
    }),
  );
  const direct = useMutation({
    // A function and no value: what a mutation is given stays in its state, and a token must not.
    mutationFn: (send: () => Promise<Store>) => send(),
    onSuccess: (store) => setStep({ kind: 'connected', shop: store.shop }),
  });

  const submit = (domain: string, takeToken: () => string): void => {
    setShop(domain);
    if (way === 'authorization_code') begin.mutate({ shop: domain });
    else if (way === 'client_credentials')
      direct.mutate(() => client.stores.connectWithCredentials.mutate({ shop: domain }));
    else direct.mutate(() => client.stores.connectWithToken.mutate({ shop: domain, token: takeToken() }));
  };
  const back = (): void => {
    begin.reset();
    direct.reset();
    setStep(step.kind === 'waiting' ? { kind: 'form', way } : { kind: 'way' });
  };
  const connected = step.kind === 'connected' ? stores.find((store) => store.shop === step.shop) : undefined;

  return (
    <Modal
      opened
      onClose={onClose}
      title={reconnect === null ? 'Connect a store' : `Reconnect ${reconnect.name}`}
      size={600}
      data-testid="connect-dialog"
    >
      <ConnectSteps way={way} current={STEP_NUMBER[step.kind]} />
      {step.kind === 'way' && (
        <WayChoice way={way} onChoose={setWay} onNext={() => setStep({ kind: 'form', way })} onCancel={onClose} />
      )}
      {step.kind === 'form' && (
        <ConnectForm
          way={way}
          shop={shop}
          fixed={reconnect !== null}
          pending={begin.isPending || direct.isPending}
          error={way === 'authorization_code' ? begin.error : direct.error}
          onSubmit={submit}
          onBack={back}
        />
      )}
      {step.kind === 'waiting' && (
        <ConnectWaiting
          ticket={step.ticket}
          onConnected={() => setStep({ kind: 'connected', shop: step.ticket.shop })}
          onBack={back}
          onAgain={() => begin.mutate({ shop: step.ticket.shop })}
          pending={begin.isPending}
        />
      )}
      {step.kind === 'connected' && <ConnectConnected store={connected} onClose={onClose} />}
    </Modal>
  );
};
