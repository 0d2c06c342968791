import '../../api/zod-without-eval.ts';
import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { describeError } from '../../api/errors.ts';
import { notify } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';

export interface SendStart {
  readonly shop: string;
  readonly topic: string;
  readonly payload: string;
  /** The delivery that is edited; absent for a new sample. */
  readonly fromId?: string;
}

interface Props {
  readonly start: SendStart;
  readonly onClose: () => void;
  readonly onSent: (id: string) => void;
}

const formatted = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // What is not JSON is edited as it is.
    return text;
  }
};
/** Topics that do more than change a row: whoever sends one should know before. */
const ACTING: Readonly<Record<string, string>> = {
  'app/uninstalled':
    'Sending this ends the store’s connection here: its token is destroyed and it has to be connected again.',
  'customers/redact': 'Sending this opens a real request: the customer it names is erased here when it falls due.',
  'customers/data_request': 'Sending this opens a real request for the data of the customer it names.',
  'shop/redact': 'Sending this opens a real request: everything of this store is erased here when it falls due.',
};
const jsonProblem = (text: string): string | null => {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** Edits a body and sends it through the public door, signed anew: the same way as from Shopify, with an id of its own. */
export const SendDialog = ({ start, onClose, onSent }: Props) => {
  const isSample = start.fromId === undefined;
  const [topic, setTopic] = useState(start.topic);
  const [payload, setPayload] = useState(() => formatted(start.payload));
  const [from, setFrom] = useState<string | null>(null);
  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  const send = useMutation(trpc.webhooks.send.mutationOptions());
  const sample = useMutation({
    mutationFn: () =>
      queryClient.fetchQuery({ ...trpc.webhooks.sample.queryOptions({ shop: start.shop, topic }), staleTime: 0 }),
    onSuccess: (made) => {
      setPayload(made.payload);
      setFrom(made.from);
    },
  });
  const wrong = payload === '' ? null : jsonProblem(payload);
  const failed = send.error ?? sample.error;
  const problem = failed === null ? null : describeError(failed);
  const topics = [...new Set((stores?.items ?? []).flatMap((store) => store.webhookTopics))].sort();

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.mutate(
      {
        shop: start.shop,
        topic,
        payload,
        kind: isSample ? 'sample' : 'edited',
        ...(start.fromId === undefined ? {} : { fromId: start.fromId }),
      },
      {
        onSuccess: ({ status, id }) => {
          notify(`Answered with ${status}`, 'It went through the public door like any other.');
          if (id === null) onClose();
          else onSent(id);
        },
      },
    );
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={isSample ? 'Send a sample' : 'Edit and send'}
      size={720}
      data-testid="send-dialog"
    >
      <form
        className="br-form"
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && payload !== '')
            event.currentTarget.requestSubmit();
        }}
      >
        <p className="br-dim">
          For {start.shop}. It is signed with the app’s secret and sent to this computer’s public door; it changes what
          is stored here, and nothing at Shopify.
        </p>
        <div className="br-form-row">
          <TextInput
            label="Topic"
            value={topic}
            list="webhook-topics"
            flex={1}
            {...(isSample ? { 'data-autofocus': true } : {})}
            onChange={(event) => setTopic(event.currentTarget.value)}
          />
          <datalist id="webhook-topics">
            {topics.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
          {isSample && (
            <Button mt="auto" loading={sample.isPending} onClick={() => sample.mutate()}>
              Fill in from a real record
            </Button>
          )}
        </div>
        {from !== null && <p className="br-dim">Made from {from}.</p>}
        <Textarea
          label="Payload"
          placeholder="JSON: fill it in from a record, or paste your own"
          value={payload}
          rows={18}
          spellCheck={false}
          {...(isSample ? {} : { 'data-autofocus': true })}
          classNames={{ input: 'br-mono' }}
          onChange={(event) => setPayload(event.currentTarget.value)}
        />
        {ACTING[topic] !== undefined && (
          <p className="br-note" data-tone="warn" role="status">
            {ACTING[topic]}
          </p>
        )}
        {wrong !== null && (
          <p className="br-note" data-tone="warn">
            This is not JSON ({wrong}). It can be sent all the same, to see what happens.
          </p>
        )}
        {problem !== null && (
          <p className="br-note" data-tone="bad" role="alert">
            {problem.message} {problem.hint}
          </p>
        )}
        <div className="br-form-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={send.isPending} disabled={payload === ''}>
            Sign and send
          </Button>
        </div>
      </form>
    </Modal>
  );
};
