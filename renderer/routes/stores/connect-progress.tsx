import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Store } from '../../../shared/api.ts';
import { scopeNeed } from '../../../shared/scope-needs.ts';
import { notifyError } from '../../api/notify.ts';
import { type Outputs, trpc } from '../../api/trpc.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { IconCircleCheck, IconExternalLink } from '../../components/icons.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SyncLine } from '../../components/sync-line.tsx';
import { useRelativeTime } from '../../lib/clock.ts';
import { openExternal } from '../../lib/desktop-bridge.ts';
import { ShopifyPageHelp } from './shopify-page-help.tsx';

interface WaitingProps {
  readonly ticket: Outputs['stores']['beginConnect'];
  readonly pending: boolean;
  readonly onConnected: () => void;
  readonly onBack: () => void;
  readonly onAgain: () => void;
}

/** The third step: the person is in the browser. The backend says how far the attempt has come, and what went wrong there. */
export const ConnectWaiting = ({ ticket, pending, onConnected, onBack, onAgain }: WaitingProps) => {
  // The live stream refreshes this query whenever an attempt changes.
  const { data: attempt } = useQuery(trpc.stores.connectAttempt.queryOptions({ id: ticket.attempt }));
  const expires = useRelativeTime(ticket.expiresAt);
  const isOver = expires.endsWith('ago') || expires === 'now' || attempt?.phase === 'expired';
  const phase = attempt?.phase ?? 'waiting';
  const isConnected = phase === 'connected';
  useEffect(() => {
    if (isConnected) onConnected();
  });

  if (phase === 'failed' && attempt?.problem) {
    return (
      <div className="br-form" data-testid="connect-failed" role="alert">
        <ProblemNote problem={attempt.problem} />
        <div className="br-form-actions">
          <Button onClick={onBack}>Back</Button>
          <Button variant="filled" onClick={onAgain} loading={pending} data-autofocus>
            Try again
          </Button>
        </div>
      </div>
    );
  }
  const title = isOver
    ? 'The approval took too long'
    : phase === 'browser'
      ? 'Shopify’s page is open in the browser…'
      : 'Waiting for the browser…';
  return (
    <div className="br-form">
      <p className="br-inline" role="status" data-testid="connect-waiting" data-phase={phase}>
        {isOver ? null : <Loader size={16} aria-hidden />}
        <strong>{title}</strong>
      </p>
      <p className="br-dim">
        {isOver
          ? 'The link has expired. A new one can be made.'
          : phase === 'browser'
            ? `Approve the app for ${ticket.shop} there. This goes on by itself.`
            : `The link works once and expires ${expires}. ngrok’s free plan shows a page of its own first: choose “Visit Site” there.`}
      </p>
      {!isOver && phase === 'waiting' && (
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
      {!isOver && <ShopifyPageHelp />}
      <div className="br-form-actions">
        <Button onClick={onBack}>Back</Button>
        {(isOver || phase === 'browser') && (
          <Button variant={isOver ? 'filled' : 'default'} onClick={onAgain} loading={pending}>
            Make a new link
          </Button>
        )}
      </div>
    </div>
  );
};

interface ConnectedProps {
  /** Undefined until the list of stores has it. */
  readonly store: Store | undefined;
  readonly onClose: () => void;
}

/** The last step: connected, and what is still missing. */
export const ConnectConnected = ({ store, onClose }: ConnectedProps) => {
  if (store === undefined) {
    return (
      <p className="br-inline" role="status">
        <Loader size={16} aria-hidden />
        Connected. Its details are being loaded…
      </p>
    );
  }
  return (
    <div className="br-form">
      <p className="br-inline" role="status" data-testid="connect-success">
        <IconCircleCheck size={16} aria-hidden className="br-tone-ok" />
        <strong>{store.name} is connected</strong>
      </p>
      {store.missingScopes.length > 0 && (
        <div className="br-note" data-tone="warn" data-testid="connect-missing-scopes">
          <p>Some of what the app asks for was not granted:</p>
          <ul>
            {store.missingScopes.map((scope) => (
              <li key={scope}>{scopeNeed(scope)}</li>
            ))}
          </ul>
          <p>
            {store.grant === 'authorization_code'
              ? 'Add it to the app’s configuration at Shopify, then reconnect the store.'
              : 'Grant it in the app’s settings at Shopify and install that version, then connect the store again.'}
          </p>
        </div>
      )}
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
};
