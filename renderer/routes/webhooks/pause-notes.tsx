import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { WebhookHealth } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { IconPlayerPause } from '../../components/icons.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { formatCount } from '../../lib/format.ts';

type Pause = z.infer<typeof WebhookHealth>['pauses'][number];
const earliest = (times: readonly string[]): string => [...times].sort()[0] ?? '';

/** Says what is paused, why, and when it is tried again. Topics with one reason share a note: a defect mostly meets many of them. */
export const PauseNotes = () => {
  const { data } = useQuery(trpc.webhooks.health.queryOptions());
  if (data === undefined || data.pauses.length === 0) return null;
  const byReason = new Map<string, Pause[]>();
  for (const pause of data.pauses)
    byReason.set(pause.problem.message, [...(byReason.get(pause.problem.message) ?? []), pause]);
  return (
    <div data-testid="webhook-pauses">
      {[...byReason].map(([message, pauses]) => (
        <div key={message} className="br-problem" role="alert">
          <IconPlayerPause size={16} aria-hidden />
          <div>
            <p>
              <strong>
                {pauses.some(({ scope }) => scope === '*')
                  ? 'Processing is paused'
                  : `Processing of ${new Intl.ListFormat('en').format(pauses.map(({ scope }) => scope))} is paused`}
                : {message}
              </strong>{' '}
              <span className="br-problem-time">
                <RelativeTime iso={earliest(pauses.map(({ since }) => since))} />
              </span>
            </p>
            <p>
              {pauses.some(({ reason }) => reason === 'storage')
                ? // What to do about that stands above, on every screen.
                  `What has arrived waits (${formatCount(data.waiting)}).`
                : `Every delivery failed for this one reason, so the others wait (${formatCount(data.waiting)}) instead of being given up.`}{' '}
              One is tried again <RelativeTime iso={earliest(pauses.map(({ probeAt }) => probeAt))} />
              {'; when it works, all go on by themselves. '}
              {pauses.every(({ reason }) => reason !== 'storage') && pauses[0]?.problem.hint}
            </p>
          </div>
        </div>
      ))}
    </div>
  );
};
