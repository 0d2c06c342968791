import type { TunnelMode, TunnelPhase } from '../../shared/api.ts';
import { IconCircleCheck, IconCircleMinus, IconClock, IconPlugConnectedX, IconRefresh } from './icons.ts';
import type { StatusLook } from './status-badge.tsx';

const PHASE: Record<TunnelPhase, StatusLook> = {
  off: { word: 'Off', tone: 'idle', icon: IconCircleMinus },
  connecting: { word: 'Connecting…', tone: 'warn', icon: IconClock },
  online: { word: 'Online', tone: 'ok', icon: IconCircleCheck },
  reconnecting: { word: 'Reconnecting…', tone: 'warn', icon: IconRefresh },
  failed: { word: 'Failed', tone: 'bad', icon: IconPlugConnectedX },
};

/** The tunnel's state as icon and word. An address of one's own has no state that is known here. */
export const tunnelLook = (mode: TunnelMode, phase: TunnelPhase): StatusLook =>
  mode === 'own-url' ? { word: 'Own URL', tone: 'idle', icon: IconCircleCheck } : PHASE[phase];
