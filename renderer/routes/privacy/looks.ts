import type { PrivacyRow, PrivacyState, PrivacyUrgency } from '../../../shared/api/privacy.ts';
import { deadlineWords } from '../../../shared/deadlines.ts';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconClock,
  IconPackage,
  IconPlayerPause,
  IconRefresh,
  IconShieldCheck,
} from '../../components/icons.ts';
import type { StatusLook } from '../../components/status-badge.tsx';

const STATE: Readonly<Record<PrivacyState, StatusLook>> = {
  received: { word: 'Received', tone: 'accent', icon: IconClock },
  collecting: { word: 'Collecting', tone: 'accent', icon: IconRefresh },
  ready: { word: 'Ready', tone: 'accent', icon: IconPackage },
  delivered: { word: 'Delivered', tone: 'accent', icon: IconCircleCheck },
  completed: { word: 'Completed', tone: 'ok', icon: IconCircleCheck },
  scheduled: { word: 'Scheduled', tone: 'idle', icon: IconCircleDashed },
  erasing: { word: 'Erasing', tone: 'accent', icon: IconRefresh },
  erased: { word: 'Erased', tone: 'accent', icon: IconCircleCheck },
  verified: { word: 'Verified', tone: 'ok', icon: IconShieldCheck },
  refused: { word: 'Refused', tone: 'idle', icon: IconCircleMinus },
  cancelled: { word: 'Cancelled', tone: 'idle', icon: IconCircleMinus },
};

/** A failed step and a hold are what people look for, so they come before the state. */
export const stateLook = (row: Pick<PrivacyRow, 'state' | 'onHold' | 'problem'>): StatusLook => {
  if (row.onHold) return { word: 'On hold', tone: 'warn', icon: IconPlayerPause };
  if (row.problem !== null) return { word: 'Needs you', tone: 'bad', icon: IconAlertTriangle };
  return STATE[row.state];
};

const URGENCY: Readonly<Record<Exclude<PrivacyUrgency, 'closed'>, Omit<StatusLook, 'word'>>> = {
  fine: { tone: 'idle', icon: IconClock },
  soon: { tone: 'warn', icon: IconClock },
  urgent: { tone: 'bad', icon: IconAlertTriangle },
  overdue: { tone: 'bad', icon: IconAlertTriangle },
};

export const deadlineLook = (row: Pick<PrivacyRow, 'urgency' | 'daysLeft'>): StatusLook | null =>
  row.urgency === 'closed' ? null : { ...URGENCY[row.urgency], word: deadlineWords(row.daysLeft) };
