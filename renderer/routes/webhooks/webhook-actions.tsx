import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { z } from 'zod';
import type { WebhookDetail } from '../../../shared/api.ts';
import { notify, notifyError } from '../../api/notify.ts';
import { client, trpc } from '../../api/trpc.ts';
import { IconChevronDown, IconRefresh } from '../../components/icons.ts';
import { Kbd } from '../../components/kbd.tsx';
import { wantsSingleKey } from '../../shell/shortcuts.ts';

type Detail = z.infer<typeof WebhookDetail>;

const SendDialog = lazy(() => import('./send-dialog.tsx').then((module) => ({ default: module.SendDialog })));
const ForwardDialog = lazy(() => import('./forward-dialog.tsx').then((module) => ({ default: module.ForwardDialog })));
const BookmarkDialog = lazy(() =>
  import('./bookmark-dialog.tsx').then((module) => ({ default: module.BookmarkDialog })),
);

interface Props {
  readonly webhook: Detail;
  readonly onOpen: (id: string) => void;
}

/** What can be done with one delivery; r runs it again, e edits and sends it. */
export const WebhookActions = ({ webhook, onOpen }: Props) => {
  const [dialog, setDialog] = useState<'send' | 'forward' | 'bookmark' | null>(null);
  const hasBody = webhook.payload !== null && webhook.state !== 'refused';
  const rerun = useMutation(
    trpc.webhooks.rerun.mutationOptions({
      onSuccess: () => notify('It is run again', 'The timeline shows what comes of it.'),
      onError: (error) => notifyError('It could not be run again', error),
    }),
  );
  // What is edited goes back in here, so it must be the whole body and not the masked one.
  const body = useMutation(
    trpc.privacy.reveal.mutationOptions({
      onError: (error) => notifyError('The payload could not be read', error),
    }),
  );
  const edit = (): void =>
    body.mutate({ record: 'webhook', id: webhook.id, field: 'payload' }, { onSuccess: () => setDialog('send') });
  const runAgain = (): void => rerun.mutate({ ids: [webhook.id] });
  const copyCurl = async (): Promise<void> => {
    // Never from the cache: the secret or the port may be another one since, and each copy is in the evidence.
    const { command } = await client.webhooks.curl.query({ id: webhook.id });
    await navigator.clipboard.writeText(command);
    notify('Copied as cURL', 'It is signed, and goes to this computer only. Backroom itself takes it for a duplicate.');
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!hasBody || !wantsSingleKey(event)) return;
      if (event.key === 'r' && !rerun.isPending) {
        event.preventDefault();
        runAgain();
      } else if (event.key === 'e') {
        event.preventDefault();
        edit();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });

  if (!hasBody) return null;
  return (
    <div className="br-pane-actions">
      <Button
        leftSection={<IconRefresh size={14} aria-hidden />}
        rightSection={<Kbd>r</Kbd>}
        loading={rerun.isPending}
        data-testid="webhook-rerun"
        onClick={runAgain}
      >
        Run again
      </Button>
      <Button rightSection={<Kbd>e</Kbd>} loading={body.isPending} onClick={edit}>
        Edit and send
      </Button>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button rightSection={<IconChevronDown size={14} aria-hidden />}>More</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => copyCurl().catch((error: unknown) => notifyError('Copying failed', error))}>
            Copy as cURL, signed
          </Menu.Item>
          <Menu.Item onClick={() => setDialog('forward')}>Send to a local address…</Menu.Item>
          <Menu.Item onClick={() => setDialog('bookmark')}>
            {webhook.bookmark === null ? 'Bookmark…' : 'Rename or remove the bookmark…'}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {dialog === 'send' && webhook.shop !== null && (
          <SendDialog
            start={{
              shop: webhook.shop,
              topic: webhook.topic,
              payload: String(body.data?.value ?? ''),
              fromId: webhook.id,
            }}
            onClose={() => setDialog(null)}
            onSent={(id) => {
              setDialog(null);
              onOpen(id);
            }}
          />
        )}
        {dialog === 'forward' && <ForwardDialog id={webhook.id} onClose={() => setDialog(null)} />}
        {dialog === 'bookmark' && (
          <BookmarkDialog id={webhook.id} name={webhook.bookmark} onClose={() => setDialog(null)} />
        )}
      </Suspense>
    </div>
  );
};
