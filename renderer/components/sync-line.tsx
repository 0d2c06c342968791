import type { Store, StoreSync } from '../../shared/api.ts';
import { formatCount, percent, plural } from '../lib/format.ts';
import { syncSummary } from '../lib/sync.ts';
import { formatMs } from '../lib/time.ts';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconRefresh } from './icons.ts';
import { ProgressLine } from './progress-line.tsx';
import { RelativeTime } from './relative-time.tsx';

/** `30 of 80 (37 %)`, as far as it is known. */
const amount = ({ rows, total }: StoreSync): string => {
  const share = percent(rows, total);
  return `${formatCount(rows)}${total === null ? '' : ` of ${formatCount(total)}`}${share === null ? '' : ` (${share} %)`}`;
};

const counts = (syncs: readonly StoreSync[]): string =>
  syncs.map(({ resource, rows }) => plural(rows, resource.slice(0, -1), resource)).join(', ');

/** How far a store is fetched: always one line of text, so that nothing jumps when a run begins. */
export const SyncLine = ({ store }: { readonly store: Store }) => {
  const summary = syncSummary(store.syncs);
  const { phase } = summary;
  return (
    <div className="br-sync" data-testid="sync-state" data-phase={phase}>
      <p className="br-num">
        {phase === 'never' && (
          <>
            <IconCircleDashed size={14} aria-hidden /> Nothing has been fetched yet
          </>
        )}
        {phase === 'running' && (
          <>
            <IconRefresh size={14} aria-hidden /> Fetching {summary.sync.resource}: {amount(summary.sync)}
            {(summary.sync.secondsLeft ?? 0) > 1 && `, about ${formatMs((summary.sync.secondsLeft ?? 0) * 1000)} left`}
          </>
        )}
        {phase === 'done' && (
          <>
            <IconCircleCheck size={14} aria-hidden className="br-tone-ok" /> {counts(summary.syncs)} fetched
            {summary.finishedAt !== null && (
              <>
                {', '}
                <RelativeTime iso={summary.finishedAt} />
              </>
            )}
          </>
        )}
        {phase === 'failed' && (
          <>
            <IconAlertTriangle size={14} aria-hidden className="br-tone-bad" /> Fetching {summary.sync.resource} stopped
            after {amount(summary.sync)}
            {summary.sync.finishedAt !== null && (
              <>
                {', '}
                <RelativeTime iso={summary.sync.finishedAt} />
              </>
            )}
          </>
        )}
      </p>
      {phase === 'running' && (
        <ProgressLine
          done={summary.sync.rows}
          total={summary.sync.total}
          label={`Fetching ${summary.sync.resource} of ${store.name}`}
        />
      )}
    </div>
  );
};
