import { Button } from '@mantine/core';
import { describeError } from '../api/errors.ts';
import type { Outputs } from '../api/trpc.ts';
import { IconRefresh } from '../components/icons.ts';

interface Props {
  /** `order`, for the words. */
  readonly kind: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly outcome: Outputs['records']['refresh']['outcome'] | undefined;
  readonly onRefresh: () => void;
}

/** Fetches one record from Shopify now, and says what came of it. What is gone is said by the pane, which has nothing else to show then. */
export const RefreshRecord = ({ kind, busy, error, outcome, onRefresh }: Props) => {
  const failure = error === null ? null : describeError(error);
  return (
    <>
      <Button
        variant="subtle"
        leftSection={<IconRefresh size={14} aria-hidden />}
        loading={busy}
        data-testid="refresh-record"
        onClick={onRefresh}
      >
        Refresh this one now
      </Button>
      <span role="status" className="br-dim" data-testid="refresh-outcome">
        {busy
          ? 'Asking Shopify…'
          : outcome === 'changed'
            ? `The ${kind} had changed; what you see is new.`
            : outcome === 'unchanged'
              ? 'Nothing has changed at Shopify.'
              : ''}
      </span>
      {failure !== null && !busy && (
        <div role="alert" className="br-note br-refresh-failure" data-tone="bad">
          The {kind} could not be fetched: {failure.message}
          {failure.hint !== undefined && <div>{failure.hint}</div>}
        </div>
      )}
    </>
  );
};
