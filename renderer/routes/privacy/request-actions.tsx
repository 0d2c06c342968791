import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { PrivacyAction, PrivacyDetail } from '../../../shared/api/privacy.ts';
import { notifyError } from '../../api/notify.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { requestName } from './words.ts';

/** Those that need a question first. */
type Asked = 'erase' | 'deliver' | 'hold' | 'refuse' | 'accept';

const refresh = async (): Promise<void> => {
  await queryClient.invalidateQueries(trpc.privacy.pathFilter());
};
const simple = { onSuccess: refresh, onError: (error: unknown) => notifyError('This could not be done', error) };

const LABEL: Readonly<Record<PrivacyAction, string>> = {
  collect: 'Collect again',
  deliver: 'Note the delivery',
  complete: 'Complete',
  erase: 'Erase now',
  verify: 'Search again',
  hold: 'Put on hold',
  release: 'Release the hold',
  refuse: 'Refuse',
  reopen: 'Take up again',
  accept: 'Close with a reason',
};
const labelOf = (action: PrivacyAction, request: PrivacyDetail): string => {
  if (action === 'collect' && request.state === 'received') return 'Collect now';
  if (action === 'erase' && request.state !== 'scheduled') return 'Erase again';
  return LABEL[action];
};
/** What most likely comes next, shown as the main button. */
const MAIN: ReadonlySet<PrivacyAction> = new Set(['deliver', 'complete', 'verify', 'release', 'reopen']);

/** After a step that failed, running it again comes next; a package is downloaded before its delivery is noted. */
const isMain = (action: PrivacyAction, { problem, state, actions }: PrivacyDetail): boolean =>
  problem !== null && state !== 'scheduled' ? action === actions[0] : MAIN.has(action) && action !== 'deliver';

export const RequestActions = ({ request }: { readonly request: PrivacyDetail }) => {
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = (): void => setAsked(null);
  const run = useMutation(trpc.privacy.run.mutationOptions(simple));
  const complete = useMutation(trpc.privacy.complete.mutationOptions(simple));
  const release = useMutation(trpc.privacy.release.mutationOptions(simple));
  const reopen = useMutation(trpc.privacy.reopen.mutationOptions(simple));
  const { id } = request;

  const start = (action: PrivacyAction): void => {
    if (action === 'collect' || action === 'verify') run.mutate({ id, step: action });
    else if (action === 'complete') complete.mutate({ id });
    else if (action === 'release') release.mutate({ id });
    else if (action === 'reopen') reopen.mutate({ id });
    else setAsked(action);
  };
  const busy = run.isPending || complete.isPending || release.isPending || reopen.isPending;
  return (
    <div className="br-privacy-actions">
      {request.package !== null && (
        <Button
          component="a"
          href={`/api/v1/privacy/requests/${encodeURIComponent(id)}/package`}
          download
          variant={request.state === 'ready' ? 'filled' : 'default'}
        >
          Download the package
        </Button>
      )}
      {request.actions.map((action) => (
        <Button
          key={action}
          data-action={action}
          disabled={busy}
          variant={isMain(action, request) ? 'filled' : 'default'}
          onClick={() => start(action)}
        >
          {labelOf(action, request)}
        </Button>
      ))}
      {asked !== null && <AskDialog asked={asked} request={request} onClose={close} />}
    </div>
  );
};

const AskDialog = ({
  asked,
  request,
  onClose,
}: {
  readonly asked: Asked;
  readonly request: PrivacyDetail;
  readonly onClose: () => void;
}) => {
  const done = {
    onSuccess: async () => {
      onClose();
      await refresh();
    },
  };
  const run = useMutation(trpc.privacy.run.mutationOptions(done));
  const deliver = useMutation(trpc.privacy.deliver.mutationOptions(done));
  const hold = useMutation(trpc.privacy.hold.mutationOptions(done));
  const refuse = useMutation(trpc.privacy.refuse.mutationOptions(done));
  const accept = useMutation(trpc.privacy.accept.mutationOptions(done));
  const { id } = request;
  const name = requestName(request);
  switch (asked) {
    case 'erase':
      return (
        <ConfirmDialog
          title={`Erase now: ${name}`}
          action="Erase"
          danger
          phrase={request.kind === 'shop_redact' ? request.shop : name}
          pending={run.isPending}
          error={run.error}
          onConfirm={() => run.mutate({ id, step: 'erase' })}
          onClose={onClose}
        >
          {request.kind === 'shop_redact'
            ? `Everything of ${request.shop} goes: products, orders, customers, webhooks and pixel events.`
            : `Everything about ${request.label} goes or is made anonymous. Amounts of orders stay.`}{' '}
          This can’t be undone. The dry run shows what would go.
        </ConfirmDialog>
      );
    case 'deliver':
      return (
        <ConfirmDialog
          title={`Note the delivery of ${name}`}
          action="Note it"
          ask={{
            label: 'How was the package handed over?',
            hint: 'For example: encrypted e-mail, in person.',
            least: 2,
            long: false,
          }}
          pending={deliver.isPending}
          error={deliver.error}
          onConfirm={(how) => deliver.mutate({ id, how })}
          onClose={onClose}
        >
          Download the package and send it in a safe way first.
        </ConfirmDialog>
      );
    case 'hold':
      return (
        <ConfirmDialog
          title={`Put ${name} on legal hold`}
          action="Put on hold"
          ask={{ label: 'Reason', hint: 'Name nobody here: a reason such as “open dispute” is enough.', least: 3 }}
          pending={hold.isPending}
          error={hold.error}
          onConfirm={(reason) => hold.mutate({ id, reason })}
          onClose={onClose}
        >
          Nothing is erased or handed over while it is on hold. The deadline goes on running.
        </ConfirmDialog>
      );
    case 'refuse':
      return (
        <ConfirmDialog
          title={`Refuse ${name}`}
          action="Refuse"
          danger
          phrase={name}
          ask={{
            label: 'Reason',
            hint: 'Name nobody here: the law that asks for keeping the data is enough.',
            least: 3,
          }}
          pending={refuse.isPending}
          error={refuse.error}
          onConfirm={(reason) => refuse.mutate({ id, reason })}
          onClose={onClose}
        >
          The person has to be told why. It can be taken up again within 30 days.
        </ConfirmDialog>
      );
    case 'accept':
      return (
        <ConfirmDialog
          title={`Close ${name} with a reason`}
          action="Close it"
          danger
          phrase={name}
          ask={{
            label: 'Reason',
            hint: 'Name nobody here: “the number belongs to another customer too” is enough.',
            least: 3,
          }}
          pending={accept.isPending}
          error={accept.error}
          onConfirm={(reason) => accept.mutate({ id, reason })}
          onClose={onClose}
        >
          The search still found something: {request.problem?.message} Look there first. Whom the request was about is
          not known any more afterwards, so nothing can be run for it again.
        </ConfirmDialog>
      );
  }
};
