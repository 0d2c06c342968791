import '../../api/zod-without-eval.ts';
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { describeError } from '../../api/errors.ts';
import { trpc } from '../../api/trpc.ts';

const LAST_ADDRESS = 'webhooks.forward';

/** Sends a kept delivery, signed, to another program on this computer and shows its answer. */
export const ForwardDialog = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const [url, setUrl] = useState(() => sessionStorage.getItem(LAST_ADDRESS) ?? 'http://localhost:3000/webhooks');
  const forward = useMutation(trpc.webhooks.forward.mutationOptions());
  const answer = forward.data;
  const failed = forward.error === null ? null : describeError(forward.error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    sessionStorage.setItem(LAST_ADDRESS, url);
    forward.mutate({ id, url });
  };
  return (
    <Modal opened onClose={onClose} title="Send to a local address" size={560} data-testid="forward-dialog">
      <form className="br-form" onSubmit={submit}>
        <p className="br-dim">
          With the headers and the body as they came, and a fresh signature. Only to programs on this computer.
        </p>
        <TextInput label="Address" value={url} data-autofocus onChange={(event) => setUrl(event.currentTarget.value)} />
        {failed !== null && (
          <p className="br-note" data-tone="bad" role="alert">
            {failed.message} {failed.hint}
          </p>
        )}
        {answer !== undefined && (
          <output className="br-answer">
            <p>
              {answer.problem ?? (
                <>
                  <strong>{answer.status}</strong> after {answer.durationMs} ms
                </>
              )}
            </p>
            {answer.body !== '' && <pre className="br-raw">{answer.body}</pre>}
          </output>
        )}
        <div className="br-form-actions">
          <Button onClick={onClose}>Close</Button>
          <Button type="submit" variant="filled" loading={forward.isPending}>
            {answer === undefined ? 'Send' : 'Send again'}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
