import type { Store, StoreSync } from '../../shared/api.ts';
import { plural } from '../lib/format.ts';
import { syncSummary } from '../lib/sync.ts';
import { amountWords, paceWords, phaseWords } from '../lib/sync-words.ts';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconPlayerPause, IconRefresh } from './icons.ts';
import { ProgressLine } from './progress-line.tsx';
import { RelativeTime } from './relative-time.tsx';

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
            <IconRefresh size={14} aria-hidden /> Fetching {summary.sync.resource}: {amountWords(summary.sync)}
            {paceWords(summary.sync) !== '' && `, ${paceWords(summary.sync)}`}
            {summary.sync.phase !== 'downloading' && ` · ${phaseWords(summary.sync)}`}
          </>
        )}
        {phase === 'done' && (
          <>
            <IconCircleCheck size={14} aria-hidden className="br-tone-ok" /> {counts(summary.syncs)} fetched
            {summary.finishedAt !== null && (
              <>
                {' '}
                <RelativeTime iso={summary.finishedAt} />
              </>
            )}
          </>
        )}
        {phase === 'partial' && (
          <>
            <IconAlertTriangle size={14} aria-hidden className="br-tone-warn" /> {counts(summary.syncs)} fetched;{' '}
            {summary.missing.map(({ resource }) => resource).join(' and ')} are not complete
          </>
        )}
        {phase === 'paused' && (
          <>
            <IconPlayerPause size={14} aria-hidden className="br-tone-warn" /> Fetching {summary.sync.resource} is
            paused at {amountWords(summary.sync)}
          </>
        )}
        {phase === 'failed' && (
          <>
            <IconAlertTriangle size={14} aria-hidden className="br-tone-bad" /> Fetching {summary.sync.resource} stopped
            after {amountWords(summary.sync)}
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
