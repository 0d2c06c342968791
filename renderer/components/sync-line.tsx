import type { Store } from '../../shared/api.ts';
import { formatCount, percent, plural } from '../lib/format.ts';
import { productSyncOf, simplePhase } from '../lib/sync.ts';
import { formatDuration } from '../lib/time.ts';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconRefresh } from './icons.ts';
import { ProgressLine } from './progress-line.tsx';
import { RelativeTime } from './relative-time.tsx';

/** How far the products of a store are fetched: always one line of text, so that nothing jumps when a run begins. */
export const SyncLine = ({ store }: { readonly store: Store }) => {
  const { rows, total, startedAt, finishedAt, ...sync } = productSyncOf(store);
  const phase = simplePhase(sync.phase);
  const share = percent(rows, total);
  return (
    <div className="br-sync" data-testid="sync-state" data-phase={phase}>
      <p className="br-num">
        {phase === 'never' && (
          <>
            <IconCircleDashed size={14} aria-hidden /> Products have not been fetched yet
          </>
        )}
        {phase === 'running' && (
          <>
            <IconRefresh size={14} aria-hidden /> Fetching products: {formatCount(rows)}
            {total !== null && ` of ${formatCount(total)}`}
            {share !== null && ` (${share} %)`}
          </>
        )}
        {phase === 'done' && (
          <>
            <IconCircleCheck size={14} aria-hidden className="br-tone-ok" /> {plural(rows, 'product')} fetched
            {startedAt !== null && finishedAt !== null && ` in ${formatDuration(startedAt, finishedAt) ?? '–'}`}
            {finishedAt !== null && (
              <>
                {', '}
                <RelativeTime iso={finishedAt} />
              </>
            )}
          </>
        )}
        {phase === 'failed' && (
          <>
            <IconAlertTriangle size={14} aria-hidden className="br-tone-bad" /> Fetching products stopped after{' '}
            {formatCount(rows)}
            {total !== null && ` of ${formatCount(total)}`}
            {finishedAt !== null && (
              <>
                {', '}
                <RelativeTime iso={finishedAt} />
              </>
            )}
          </>
        )}
      </p>
      {phase === 'running' && <ProgressLine done={rows} total={total} label={`Fetching products of ${store.name}`} />}
    </div>
  );
};
