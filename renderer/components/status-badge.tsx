import type { Icon } from './icon-type.ts';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconClock,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlugConnectedX,
  IconRefresh,
  IconShieldX,
} from './icons.ts';

export type Tone = 'ok' | 'warn' | 'bad' | 'idle' | 'accent';

export interface StatusLook {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: Icon;
}

/** A state as icon and word; colour only repeats it. */
export const StatusBadge = ({ look, soft = false }: { readonly look: StatusLook; readonly soft?: boolean }) => {
  const LookIcon = look.icon;
  return (
    <span className={soft ? 'br-status-badge br-status-badge-soft' : 'br-status-badge'} data-tone={look.tone}>
      <LookIcon size={14} stroke={2} aria-hidden />
      {look.word}
    </span>
  );
};

export const PRODUCT_STATUS = {
  ACTIVE: { word: 'Active', tone: 'ok', icon: IconCircleCheck },
  DRAFT: { word: 'Draft', tone: 'idle', icon: IconCircleDashed },
  ARCHIVED: { word: 'Archived', tone: 'idle', icon: IconCircleMinus },
  UNLISTED: { word: 'Unlisted', tone: 'warn', icon: IconCircleDashed },
} as const satisfies Record<string, StatusLook>;

export const WEBHOOK_STATE = {
  received: { word: 'Received', tone: 'accent', icon: IconClock },
  processed: { word: 'Processed', tone: 'ok', icon: IconCircleCheck },
  ignored: { word: 'Ignored', tone: 'idle', icon: IconCircleMinus },
  failed: { word: 'Retrying', tone: 'warn', icon: IconRefresh },
  dead: { word: 'Given up', tone: 'bad', icon: IconCircleX },
  refused: { word: 'Refused', tone: 'bad', icon: IconShieldX },
} as const satisfies Record<string, StatusLook>;

export const TASK_STATE = {
  waiting: { word: 'Waiting', tone: 'accent', icon: IconClock },
  delayed: { word: 'Delayed', tone: 'accent', icon: IconClock },
  active: { word: 'Running', tone: 'accent', icon: IconPlayerPlay },
  done: { word: 'Done', tone: 'ok', icon: IconCircleCheck },
  failed: { word: 'Failed', tone: 'bad', icon: IconCircleX },
  cancelled: { word: 'Cancelled', tone: 'idle', icon: IconCircleMinus },
} as const satisfies Record<string, StatusLook>;

/** As the state, but a task that somebody holds back is paused and not merely delayed. */
export const taskLook = ({
  state,
  isHeld,
}: {
  readonly state: keyof typeof TASK_STATE;
  readonly isHeld: boolean;
}): StatusLook => (isHeld ? { word: 'Paused', tone: 'warn', icon: IconPlayerPause } : TASK_STATE[state]);

export const PIXEL_OUTCOME = {
  accepted: { word: 'Accepted', tone: 'ok', icon: IconCircleCheck },
  quarantined: { word: 'Quarantined', tone: 'warn', icon: IconAlertTriangle },
} as const satisfies Record<string, StatusLook>;

export const STORE_STATE = {
  connected: { word: 'Connected', tone: 'ok', icon: IconCircleCheck },
  reconnect: { word: 'Reconnect needed', tone: 'warn', icon: IconRefresh },
  uninstalled: { word: 'Uninstalled', tone: 'idle', icon: IconCircleMinus },
  disconnected: { word: 'Disconnected', tone: 'idle', icon: IconPlugConnectedX },
} as const satisfies Record<string, StatusLook>;
