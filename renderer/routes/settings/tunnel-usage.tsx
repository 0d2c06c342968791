import { Button, Switch, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { SaveTunnelInput, Tunnel, TunnelUsage } from '../../../shared/api.ts';
import { ProgressLine } from '../../components/progress-line.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { formatCount, plural } from '../../lib/format.ts';

const WORDS: Record<TunnelUsage['level'], string | null> = {
  ok: null,
  warning: 'More than 80 % of the plan’s requests are used. Over the limit ngrok refuses everything, webhooks too.',
  reserve: 'Almost all of the plan’s requests are used; what is left is for webhooks.',
  over: 'By this count the plan’s requests are used up. Over the limit ngrok refuses everything, webhooks too.',
};

/** Requests of the month against the plan's limit. */
export const TunnelUsageView = ({
  tunnel,
  saving,
  onSave,
}: {
  readonly tunnel: Tunnel;
  readonly saving: boolean;
  readonly onSave: (input: SaveTunnelInput) => void;
}) => {
  const { usage } = tunnel;
  const [limit, setLimit] = useState(formatCount(usage.limit));
  const wanted = Number(limit.replaceAll(/[\s,.]/g, ''));
  const isValid = Number.isInteger(wanted) && wanted >= 100;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isValid) onSave({ limit: wanted });
  };
  const words = WORDS[usage.level];
  return (
    <div className="br-usage" data-testid="tunnel-usage" data-level={usage.level}>
      <span className="br-label">Requests this month</span>
      <ProgressLine done={usage.total} total={usage.limit} label="Requests this month" />
      <p className="br-dim br-num">
        {formatCount(usage.total)} of {formatCount(usage.limit)}: {formatCount(usage.webhook)} webhooks,{' '}
        {formatCount(usage.pixel)} pixel, {formatCount(usage.other)} other
        {usage.pixelRefused > 0 && ` · ${formatCount(usage.pixelRefused)} pixel requests refused`}
        {usage.projected !== null &&
          usage.total > 0 &&
          ` · ${formatCount(usage.projected)} by the end of the month at this pace`}
      </p>
      {words !== null && (
        <div className="br-note" data-tone={usage.level === 'over' ? 'bad' : 'warn'} role="status">
          {words}
        </div>
      )}
      {(usage.pixelStopped || (tunnel.pixelAnyway && words !== null)) && (
        <div className="br-note" data-tone="warn" data-testid="pixel-stopped">
          <p>
            {usage.pixelStopped ? (
              <>
                Pixel intake is stopped, and the pixels are taken out of the stores: even refused requests would use up
                the plan. They come back by themselves <RelativeTime iso={usage.resetsAt} />.
              </>
            ) : (
              'Pixels go on sending this month, as you chose; webhooks may be refused before it is over.'
            )}
          </p>
          <Button loading={saving} onClick={() => onSave({ pixelAnyway: usage.pixelStopped })}>
            {usage.pixelStopped ? 'Let pixels send again' : 'Stop pixel intake again'}
          </Button>
        </div>
      )}
      <form className="br-usage-limit" onSubmit={submit} noValidate>
        <TextInput
          label="The plan’s requests per month"
          description="ngrok’s free plan has 20,000. This count starts with this version; ngrok’s own is what bills."
          value={limit}
          inputMode="numeric"
          error={isValid ? null : 'Enter a whole number of at least 100.'}
          onChange={(event) => setLimit(event.currentTarget.value)}
        />
        {isValid && wanted !== usage.limit && (
          <Button type="submit" loading={saving}>
            Save limit
          </Button>
        )}
      </form>
      <Switch
        size="xs"
        label="Keep webhooks, stop pixel intake first"
        description={`At ${plural(Math.ceil(usage.limit * 0.95), 'request')} (95 %) pixels are taken out of the stores, and what still comes is answered 429, until the next month.`}
        checked={tunnel.keepWebhooks}
        onChange={(event) => onSave({ keepWebhooks: event.currentTarget.checked })}
      />
    </div>
  );
};
