import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Tunnel, TunnelCheck } from '../../../shared/api.ts';
import { describeError } from '../../api/errors.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { IconAlertTriangle, IconCircleCheck } from '../../components/icons.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { tunnelLook } from '../../components/tunnel-look.ts';
import { formatMs } from '../../lib/time.ts';

const keep = (tunnel: Tunnel): void => {
  queryClient.setQueryData(trpc.tunnel.get.queryKey(), tunnel);
};

const CheckResult = ({ check }: { readonly check: TunnelCheck }) => {
  const isGood = check.saw === 'reached';
  const ResultIcon = isGood ? IconCircleCheck : IconAlertTriangle;
  return (
    <div
      className={isGood ? 'br-note' : 'br-problem'}
      data-tone={isGood ? 'ok' : undefined}
      role="status"
      data-testid="tunnel-check"
      data-saw={check.saw}
    >
      <ResultIcon size={16} aria-hidden />
      <div>
        <p>
          <strong>{check.message}</strong>{' '}
          <span className="br-problem-time">
            <RelativeTime iso={check.at} />
          </span>
        </p>
        {check.hint !== null && <p>{check.hint}</p>}
      </div>
    </div>
  );
};

/** What the tunnel is doing, why, and what can be done about it. */
export const TunnelStateView = ({ tunnel }: { readonly tunnel: Tunnel }) => {
  const { state, mode } = tunnel;
  const retry = useMutation(trpc.tunnel.recheck.mutationOptions({ onSuccess: keep }));
  const check = useMutation(trpc.tunnel.check.mutationOptions({ onSuccess: keep }));
  const failed = check.error ?? retry.error;
  const { problem } = state;
  return (
    <>
      <Facts>
        <Fact name="State">
          <span data-testid="tunnel-state" data-phase={state.phase}>
            <StatusBadge look={tunnelLook(mode, state.phase)} />
          </span>{' '}
          {mode === 'ngrok' && (
            <span className="br-dim">
              · <RelativeTime iso={state.since} />
            </span>
          )}
        </Fact>
        <Fact name="Public address">
          {state.url === null ? (
            <span className="br-dim">none yet</span>
          ) : (
            <CopyText value={state.url} label="public address" />
          )}
        </Fact>
        {mode === 'ngrok' && (
          <Fact name="Latency">
            {state.latencyMs === null ? (
              <span className="br-dim">–</span>
            ) : (
              <span className="br-num">{formatMs(state.latencyMs)} to ngrok’s edge and back</span>
            )}
          </Fact>
        )}
      </Facts>
      {problem !== null && mode === 'ngrok' && (
        <div className="br-problem" role="alert" data-testid="tunnel-problem" data-code={problem.code ?? 'none'}>
          <IconAlertTriangle size={16} aria-hidden />
          <div>
            <p>
              <strong>{problem.message}</strong>{' '}
              {problem.code !== null && <span className="br-dim">{problem.code}</span>}
            </p>
            <p>
              {problem.hint}
              {state.retryAt !== null && (
                <>
                  {' '}
                  Next try <RelativeTime iso={state.retryAt} />.
                </>
              )}
            </p>
          </div>
        </div>
      )}
      <div className="br-form-actions">
        {(state.phase === 'failed' || state.retryAt !== null) && mode === 'ngrok' && tunnel.token.hint !== null && (
          <Button loading={retry.isPending} onClick={() => retry.mutate()}>
            Try again
          </Button>
        )}
        {state.url !== null && (
          <Button loading={check.isPending} onClick={() => check.mutate()} data-testid="tunnel-check-button">
            Check from outside
          </Button>
        )}
      </div>
      {tunnel.check !== null && state.url !== null && <CheckResult check={tunnel.check} />}
      {failed !== null && (
        <div className="br-note" data-tone="bad" role="alert">
          {describeError(failed).message} {describeError(failed).hint}
        </div>
      )}
    </>
  );
};
