import { Button, Loader } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Store } from '../../../shared/api.ts';
import { notifyError } from '../../api/notify.ts';
import type { Outputs } from '../../api/trpc.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { IconCircleCheck, IconExternalLink } from '../../components/icons.ts';
import { SyncLine } from '../../components/sync-line.tsx';
import { useRelativeTime } from '../../lib/clock.ts';
import { openExternal } from '../../lib/desktop-bridge.ts';

interface WaitingProps {
  readonly ticket: Outputs['stores']['beginConnect'];
  readonly onCancel: () => void;
  readonly onAgain: () => void;
}

export const ConnectWaiting = ({ ticket, onCancel, onAgain }: WaitingProps) => {
  const expires = useRelativeTime(ticket.expiresAt);
  const over = expires.endsWith('ago') || expires === 'now';
  return (
    <div className="br-form">
      <p className="br-inline" role="status" data-testid="connect-waiting">
        {over ? null : <Loader size={16} aria-hidden />}
        <strong>{over ? 'The approval took too long' : 'Waiting for approval in the browser…'}</strong>
      </p>
      <p className="br-dim">
        {over
          ? 'The link has expired. A new one can be made.'
          : `${ticket.shop} asks there whether the app may be installed. The link works once and expires ${expires}.`}
      </p>
      {!over && (
        <>
          <div className="br-copy-field">
            <CopyText value={ticket.url} label="link" />
          </div>
          <p>
            <a
              href={ticket.url}
              className="br-inline"
              onClick={(event) => {
                event.preventDefault();
                openExternal(ticket.url).catch((error: unknown) =>
                  notifyError('The browser could not be opened', error),
                );
              }}
            >
              <IconExternalLink size={14} aria-hidden />
              Open the link again
            </a>
          </p>
        </>
      )}
      <div className="br-form-actions">
        <Button onClick={onCancel}>Cancel</Button>
        {over && (
          <Button variant="filled" onClick={onAgain}>
            Make a new link
          </Button>
        )}
      </div>
    </div>
  );
};

interface ConnectedProps {
  readonly store: Store;
  readonly onClose: () => void;
}

export const ConnectConnected = ({ store, onClose }: ConnectedProps) => (
  <div className="br-form">
    <p className="br-inline" role="status" data-testid="connect-success">
      <IconCircleCheck size={16} aria-hidden className="br-tone-ok" />
      <strong>{store.name} is connected</strong>
    </p>
    <SyncLine store={store} />
    <div className="br-form-actions">
      <Link to="/products" search={{ shop: store.shop }}>
        Show its products
      </Link>
      <Button variant="filled" onClick={onClose} data-autofocus>
        Done
      </Button>
    </div>
  </div>
);
