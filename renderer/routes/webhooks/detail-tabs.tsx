import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { WebhookAttempt } from '../../../shared/api.ts';
import { type Outputs, trpc } from '../../api/trpc.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { MaskedPart } from '../../components/masked.tsx';
import { FullTime } from '../../components/relative-time.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { StatusBadge, WEBHOOK_STATE } from '../../components/status-badge.tsx';
import { formatCount } from '../../lib/format.ts';

const REASONS: Readonly<Record<string, string>> = {
  payload: 'The payload is wrong: the same bytes would fail again, so it was not repeated.',
  temporary: 'Something else was away or busy.',
  defect: 'A defect of Backroom; an update may mend it.',
  storage: 'The database could not be written.',
};

const durationText = (ms: number | null): string =>
  ms === null ? '' : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;

/** Every attempt, oldest first, and when the next one comes. */
export const Attempts = ({
  attempts,
  retryAt,
}: {
  readonly attempts: readonly WebhookAttempt[];
  readonly retryAt: string | null;
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
  <section className="br-scroll" tabIndex={0} aria-label="Attempts">
    {attempts.length === 0 && retryAt === null && <p className="br-pane-note">It was not tried yet.</p>}
    <ol className="br-attempts">
      {attempts.map((attempt) => (
        <li key={attempt.number}>
          <div className="br-attempt-head">
            <span className="br-num">{formatCount(attempt.number)}</span>
            <StatusBadge
              look={
                attempt.outcome === 'failed'
                  ? { ...WEBHOOK_STATE.failed, word: 'Failed' }
                  : WEBHOOK_STATE[attempt.outcome === 'requeued' ? 'received' : attempt.outcome]
              }
            />
            <span className="br-spacer" />
            <span className="br-dim br-num">{durationText(attempt.durationMs)}</span>
            <FullTime precise iso={attempt.at} />
          </div>
          {attempt.message !== null && (
            <p>
              {attempt.message} <span className="br-mono br-dim">{attempt.code}</span>
            </p>
          )}
          {attempt.reason !== null && <p className="br-dim">{REASONS[attempt.reason] ?? attempt.reason}</p>}
        </li>
      ))}
      {retryAt !== null && (
        <li>
          <div className="br-attempt-head">
            <span className="br-dim">The next attempt</span>
            <span className="br-spacer" />
            <FullTime precise iso={retryAt} />
          </div>
        </li>
      )}
    </ol>
  </section>
);

const shown = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text === undefined ? '' : text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

/** What differs from the delivery before about the same resource. */
export const Changes = ({ id, onOpen }: { readonly id: string; readonly onOpen: (id: string) => void }) => {
  const { data, error, refetch } = useQuery(trpc.webhooks.compare.queryOptions({ id }));
  if (error !== null) return <ErrorState error={error} title="The comparison failed" onRetry={refetch} />;
  if (data === undefined) return <SkeletonLines count={4} label="The deliveries are being compared" />;
  const { previousId } = data;
  if (previousId === null)
    return <p className="br-pane-note">This is the first delivery that is kept about this resource.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
    <section className="br-scroll" tabIndex={0} aria-label="Changes">
      <p className="br-pane-note">
        Compared with the delivery of <FullTime iso={data.previousAt} />.{' '}
        <Button variant="subtle" size="compact-xs" onClick={() => onOpen(previousId)}>
          Open it
        </Button>
      </p>
      {data.changes.length === 0 ? (
        <p className="br-pane-note">Nothing differs: Shopify told the same twice.</p>
      ) : (
        <MaskedPart label="whole changes" value={data.changes} source={{ record: 'webhook', id, field: 'changes' }}>
          {(changes) => <ChangeTable changes={changes as typeof data.changes} />}
        </MaskedPart>
      )}
      {data.more > 0 && <p className="br-pane-note">And {formatCount(data.more)} more.</p>}
    </section>
  );
};

const ChangeTable = ({ changes }: { readonly changes: Outputs['webhooks']['compare']['changes'] }) => (
  <table className="br-table" data-testid="webhook-changes">
    <thead>
      <tr>
        <th scope="col">Field</th>
        <th scope="col">Before</th>
        <th scope="col">After</th>
      </tr>
    </thead>
    <tbody>
      {changes.map((change) => (
        <ChangeRow key={change.path} change={change} />
      ))}
    </tbody>
  </table>
);

const ChangeRow = ({ change }: { readonly change: Outputs['webhooks']['compare']['changes'][number] }) => (
  <tr data-change={change.kind}>
    <th scope="row" className="br-mono br-table-key">
      {change.path}
    </th>
    <td className="br-mono br-wrap">
      {change.kind === 'added' ? <span className="br-dim">–</span> : shown(change.before)}
    </td>
    <td className="br-mono br-wrap">
      {change.kind === 'removed' ? <span className="br-dim">–</span> : shown(change.after)}
    </td>
  </tr>
);
