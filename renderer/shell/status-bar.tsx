import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TunnelSummary } from '../../shared/api.ts';
import { type ConnectionState, useConnection, useLastChange } from '../api/connection.ts';
import { trpc } from '../api/trpc.ts';
import { CopyText } from '../components/copy-text.tsx';
import type { Icon } from '../components/icon-type.ts';
import {
  IconBroadcast,
  IconCircleCheck,
  IconClock,
  IconLink,
  IconPlugConnectedX,
  IconRefresh,
} from '../components/icons.ts';
import { RelativeTime } from '../components/relative-time.tsx';
import { tunnelLook } from '../components/tunnel-look.ts';
import { formatMs } from '../lib/time.ts';
import { RunningExports } from './running-exports.tsx';
import { RunningImports } from './running-imports.tsx';
import { StoreStatus } from './store-status.tsx';

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
        <span className="br-status-detail">
          · last change <RelativeTime iso={last} />
        </span>
      )}
    </span>
  );
};

const TunnelItem = ({ tunnel }: { readonly tunnel: TunnelSummary }) => {
  const { word, tone, icon: PhaseIcon } = tunnelLook(tunnel.mode, tunnel.phase);
  const why = tunnel.problem === null ? undefined : `${tunnel.problem.message} ${tunnel.problem.hint}`;
  return (
    <Link
      to="/settings"
      hash="tunnel"
      className="br-status-item br-status-link"
      data-tone={tunnel.pixelStopped ? 'warn' : tone}
      data-testid="tunnel-item"
      data-phase={tunnel.phase}
      title={why}
    >
      <PhaseIcon size={14} aria-hidden />
      <span className="br-visually-hidden">Tunnel: </span>
      {tunnel.mode === 'off' ? 'Tunnel off' : tunnel.mode === 'own-url' ? word : `Tunnel ${word.toLowerCase()}`}
      {tunnel.phase === 'online' && tunnel.latencyMs !== null && (
        <span className="br-num">{formatMs(tunnel.latencyMs)}</span>
      )}
      {tunnel.pixelStopped && <span>· pixel stopped</span>}
    </Link>
  );
};

export const StatusBar = () => {
  const state = useConnection();
  const { data: status } = useQuery(trpc.system.status.queryOptions());
  const { word, tone, icon: StateIcon } = BACKEND[state];
  return (
    <footer className="br-status" data-testid="status-bar">
      <Link
        to="/settings"
        hash="about"
        className="br-status-item br-status-link"
        data-tone={tone}
        data-testid="backend-state"
        data-state={state}
        {...(status === undefined ? {} : { title: `Backend ${status.version}` })}
      >
        <StateIcon size={14} aria-hidden />
        <span className="br-visually-hidden">Backend: </span>
        {word}
      </Link>
      <LiveIndicator live={state === 'connected'} />
      {status !== undefined && <TunnelItem tunnel={status.tunnel} />}
      <RunningImports />
      <RunningExports />
      <div className="br-spacer" />
      <StoreStatus />
      {status !== undefined && (
        <span className="br-status-item br-status-address" data-testid="public-address">
          <IconLink size={14} aria-hidden />
          <span className="br-visually-hidden">Public address: </span>
          <CopyText value={status.publicUrl} label="public address" />
          {status.publicUrlIsLocal && <span className="br-status-detail">(this computer only)</span>}
        </span>
      )}
    </footer>
  );
};
