import { useQuery } from '@tanstack/react-query';
import { type ConnectionState, useConnection, useLastChange } from '../api/connection.ts';
import { trpc } from '../api/trpc.ts';
import { CopyText } from '../components/copy-text.tsx';
import type { Icon } from '../components/icon-type.ts';
import {
  IconBroadcast,
  IconBuildingStore,
  IconCircleCheck,
  IconClock,
  IconLink,
  IconPlugConnectedX,
  IconRefresh,
} from '../components/icons.ts';
import { RelativeTime } from '../components/relative-time.tsx';
import { plural } from '../lib/format.ts';

const BACKEND: Record<ConnectionState, { word: string; tone: string; icon: Icon }> = {
  connecting: { word: 'Starting…', tone: 'idle', icon: IconClock },
  connected: { word: 'Connected', tone: 'ok', icon: IconCircleCheck },
  restarting: { word: 'Restarting…', tone: 'warn', icon: IconRefresh },
  offline: { word: 'Offline', tone: 'bad', icon: IconPlugConnectedX },
  ended: { word: 'Session ended', tone: 'bad', icon: IconPlugConnectedX },
};

const LiveIndicator = ({ live }: { readonly live: boolean }) => {
  const last = useLastChange();
  return (
    <span className="br-status-item" data-tone={live ? 'ok' : 'idle'} data-testid="live-indicator" data-live={live}>
      <IconBroadcast size={14} aria-hidden />
      {live ? 'Live' : 'Not live'}
      {last !== null && (
        <span>
          · last change <RelativeTime iso={last} />
        </span>
      )}
    </span>
  );
};

export const StatusBar = () => {
  const state = useConnection();
  const { data: status } = useQuery(trpc.system.status.queryOptions());
  const { data: stores } = useQuery(trpc.stores.list.queryOptions());
  const { word, tone, icon: StateIcon } = BACKEND[state];
  return (
    <footer className="br-status" data-testid="status-bar">
      <span className="br-status-item" data-tone={tone} data-testid="backend-state" data-state={state}>
        <StateIcon size={14} aria-hidden />
        <span className="br-visually-hidden">Backend: </span>
        {word}
      </span>
      <LiveIndicator live={state === 'connected'} />
      <div className="br-spacer" />
      {stores !== undefined && (
        <span className="br-status-item">
          <IconBuildingStore size={14} aria-hidden />
          {plural(stores.items.length, 'store')}
        </span>
      )}
      {status !== undefined && (
        <span className="br-status-item" data-testid="public-address">
          <IconLink size={14} aria-hidden />
          <span className="br-visually-hidden">Public address: </span>
          <CopyText value={status.publicUrl} label="public address" />
          {status.publicUrlIsLocal && <span>(this computer only)</span>}
        </span>
      )}
      {status !== undefined && <span className="br-status-item">Version {status.version}</span>}
    </footer>
  );
};
