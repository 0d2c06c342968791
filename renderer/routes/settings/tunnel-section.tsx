import { SegmentedControl } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Tunnel, TunnelMode } from '../../../shared/api.ts';
import { describeError } from '../../api/errors.ts';
import { queryClient, trpc } from '../../api/trpc.ts';
import { NgrokForm, OwnUrlForm } from './tunnel-form.tsx';
import { TunnelStateView } from './tunnel-state.tsx';
import { TunnelUsageView } from './tunnel-usage.tsx';

const MODES: readonly { readonly value: TunnelMode; readonly label: string }[] = [
  { value: 'off', label: 'Off' },
  { value: 'ngrok', label: 'ngrok tunnel' },
  { value: 'own-url', label: 'Own public URL' },
];

export const TunnelSection = ({ tunnel }: { readonly tunnel: Tunnel }) => {
  /** What is looked at; it takes effect once everything it needs is there. */
  const [shown, setShown] = useState<TunnelMode>(tunnel.mode);
  const save = useMutation(
    trpc.tunnel.save.mutationOptions({
      onSuccess: (saved) => {
        setShown(saved.mode);
        queryClient.setQueryData(trpc.tunnel.get.queryKey(), saved);
      },
    }),
  );
  const choose = (mode: TunnelMode): void => {
    setShown(mode);
    const complete = mode === 'off' || (mode === 'ngrok' ? tunnel.token.hint !== null : tunnel.ownUrl.value !== null);
    if (complete && mode !== tunnel.mode) save.mutate({ mode });
  };
  const failed = save.error === null ? null : describeError(save.error);
  const form = { tunnel, saving: save.isPending, onSave: save.mutate };
  return (
    <div className="br-settings-body" data-testid="tunnel-section" data-mode={tunnel.mode}>
      <div className="br-field">
        <SegmentedControl
          size="xs"
          aria-label="Public address"
          value={shown}
          data={MODES.map(({ value, label }) => ({ value, label }))}
          disabled={tunnel.modeFrom === 'environment'}
          onChange={(value) => {
            const mode = MODES.find((candidate) => candidate.value === value);
            if (mode !== undefined) choose(mode.value);
          }}
        />
      </div>
      {shown === 'off' && (
        <p className="br-note">
          Backroom is reachable on this computer only. The demo store, and stores connected without webhooks, need no
          more.
        </p>
      )}
      {tunnel.demo && shown !== 'off' && (
        <p className="br-note">
          The demo store’s traffic stays on this computer and does not use up the tunnel. Real stores use it.
        </p>
      )}
      {failed !== null && (
        <div className="br-note" data-tone="bad" role="alert">
          {failed.message} {failed.hint}
        </div>
      )}
      {shown === tunnel.mode && shown !== 'off' && <TunnelStateView tunnel={tunnel} />}
      {shown === 'ngrok' && <NgrokForm key={`${tunnel.token.hint} ${tunnel.domain.value}`} {...form} />}
      {shown === 'own-url' && <OwnUrlForm key={tunnel.ownUrl.value} {...form} />}
      {shown === 'ngrok' && tunnel.mode === 'ngrok' && <TunnelUsageView key={tunnel.usage.limit} {...form} />}
    </div>
  );
};
