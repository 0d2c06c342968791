import { ActionIcon } from '@mantine/core';
import type { Store, StoreSync } from '../../shared/api.ts';
import { useSyncActions } from '../api/store-actions.ts';
import { formatCount } from '../lib/format.ts';
import { fieldWords } from '../lib/scope-notes.ts';
import { amountWords, missingHere, paceWords, phaseWords, proofWords, syncActions } from '../lib/sync-words.ts';
import type { Icon } from './icon-type.ts';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconTool,
  IconX,
} from './icons.ts';
import { ProgressLine } from './progress-line.tsx';
import { RelativeTime } from './relative-time.tsx';

const LOOKS: Readonly<Partial<Record<StoreSync['phase'], { icon: Icon; tone: string }>>> = {
  never: { icon: IconCircleDashed, tone: '' },
  waiting: { icon: IconClock, tone: '' },
  done: { icon: IconCircleCheck, tone: 'br-tone-ok' },
  paused: { icon: IconPlayerPause, tone: 'br-tone-warn' },
  failed: { icon: IconAlertTriangle, tone: 'br-tone-bad' },
};

const Action = (props: {
  readonly icon: Icon;
  readonly label: string;
  readonly pending: boolean;
  readonly onClick: () => void;
}) => (
  <ActionIcon aria-label={props.label} title={props.label} disabled={props.pending} onClick={props.onClick}>
    <props.icon size={14} aria-hidden />
  </ActionIcon>
);

const SyncRow = ({ store, sync }: { readonly store: Store; readonly sync: StoreSync }) => {
  const { act, isPending } = useSyncActions();
  const { icon: PhaseIcon, tone } = LOOKS[sync.phase] ?? { icon: IconRefresh, tone: '' };
  const can = syncActions(sync);
  const { shop } = store;
  const { resource } = sync;
  const isUnderWay = sync.phase === 'downloading' || sync.phase === 'paused' || sync.phase === 'failed';
  const pace = sync.phase === 'done' ? proofWords(sync) : paceWords(sync);
  const differs = (missingHere(sync) ?? 0) !== 0;
  const withheld = fieldWords(sync);
  return (
    <li className="br-sync-row" data-testid={`sync-${resource}`} data-phase={sync.phase}>
      <span className="br-sync-name">{resource}</span>
      <span>
        <PhaseIcon size={14} aria-hidden className={tone} /> {phaseWords(sync)}
        {sync.phase === 'done' && sync.finishedAt !== null && (
          <>
            {', '}
            <RelativeTime iso={sync.finishedAt} />
          </>
        )}
      </span>
      <span className="br-num">
        {resource === 'transactions' || !isUnderWay ? formatCount(sync.rows) : amountWords(sync)}
      </span>
      <span className="br-num br-dim">
        {differs && <IconAlertTriangle size={14} aria-hidden className="br-tone-warn" />}{' '}
        {resource === 'transactions' ? 'come with their orders' : pace}
      </span>
      <span className="br-sync-actions">
        {can.pause && (
          <Action
            icon={IconPlayerPause}
            label={`Pause ${resource}`}
            pending={isPending}
            onClick={() => act('pause', { shop, resource })}
          />
        )}
        {can.resume && (
          <Action
            icon={IconPlayerPlay}
            label={`Go on with ${resource}`}
            pending={isPending}
            onClick={() => act('start', { shop, resource })}
          />
        )}
        {can.retry && (
          <Action
            icon={IconRefresh}
            label={sync.phase === 'failed' ? `Try ${resource} again` : `Fetch ${resource}`}
            pending={isPending}
            onClick={() => act('start', { shop, resource })}
          />
        )}
        {can.verify && (
          <Action
            icon={IconTool}
            label={`Compare ${resource} with Shopify and repair what differs`}
            pending={isPending}
            onClick={() => act('verify', { shop, resource })}
          />
        )}
        {can.cancel && (
          <Action
            icon={IconX}
            label={`Give up fetching ${resource}`}
            pending={isPending}
            onClick={() => act('cancel', { shop, resource })}
          />
        )}
      </span>
      {withheld.length > 0 && (
        <span className="br-sync-withheld br-dim">Shopify withholds from this app: {withheld.join(', ')}.</span>
      )}
      {sync.phase === 'downloading' && resource !== 'transactions' && (
        <ProgressLine done={sync.rows} total={sync.total} label={`Fetching ${resource} of ${store.name}`} />
      )}
    </li>
  );
};

/** Each of the four resources with what is being done, how far it is, and what can be done about it. */
export const SyncRows = ({ store }: { readonly store: Store }) => (
  <ul className="br-sync-rows" aria-label={`What is fetched of ${store.name}`}>
    {store.syncs.map((sync) => (
      <SyncRow key={sync.resource} store={store} sync={sync} />
    ))}
  </ul>
);
