import '../../api/zod-without-eval.ts';
import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { WebhookFilter } from '../../../shared/api.ts';
import { notify, notifyError } from '../../api/notify.ts';
import { trpc } from '../../api/trpc.ts';
import { formatCount } from '../../lib/format.ts';

const words = (filter: WebhookFilter): string =>
  [
    filter.state === undefined ? null : `in state “${filter.state}”`,
    filter.topic === undefined ? null : `of topic ${filter.topic}`,
    filter.shop === undefined ? null : `of ${filter.shop}`,
    filter.text === undefined ? null : `with “${filter.text}” in the body`,
    filter.from === undefined ? null : `since ${new Date(filter.from).toLocaleString()}`,
  ]
    .filter((part) => part !== null)
    .join(', ');

/** Runs all that fit the filter again: says how many before, and can be stopped while it goes. */
export const RerunDialog = ({ filter, onClose }: { readonly filter: WebhookFilter; readonly onClose: () => void }) => {
  const { data: counted } = useQuery(trpc.webhooks.count.queryOptions(filter));
  const start = useMutation(
    trpc.webhooks.rerun.mutationOptions({ onError: (error) => notifyError('It could not be started', error) }),
  );
  const cancel = useMutation(
    trpc.tasks.cancel.mutationOptions({
      onSuccess: () => {
        notify('Stopped', 'What was run again already stays so.');
        onClose();
      },
    }),
  );
  const taskId = start.data?.taskId ?? null;
  return (
    <Modal
      opened
      onClose={onClose}
      title="Run again"
      size={440}
      data-testid="rerun-dialog"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="br-form">
        <p>
          {counted === undefined
            ? 'Counting…'
            : `${formatCount(counted.count)}${counted.more ? ' or more' : ''} ${counted.count === 1 ? 'delivery' : 'deliveries'}`}{' '}
          {words(filter) || 'in all states'}.
        </p>
        <p className="br-dim">
          Each goes through its handler once more. A state that is older than the stored one changes nothing, and what
          waits already is left alone.
        </p>
        {taskId !== null && (
          <p className="br-note" role="status">
            Started. Tasks shows how far it is.
          </p>
        )}
        <div className="br-form-actions">
          <Button onClick={onClose}>{taskId === null ? 'Cancel' : 'Close'}</Button>
          {taskId === null ? (
            <Button
              variant="filled"
              loading={start.isPending}
              disabled={counted === undefined || counted.count === 0}
              onClick={() => start.mutate({ filter })}
            >
              Run {counted === undefined ? '' : formatCount(counted.count)} again
            </Button>
          ) : (
            <Button color="red" loading={cancel.isPending} onClick={() => cancel.mutate({ id: taskId })}>
              Stop it
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
};
