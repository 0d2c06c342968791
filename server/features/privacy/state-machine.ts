import type { PrivacyAction, PrivacyKind, PrivacyState, PrivacyUrgency } from '../../../shared/api/privacy.ts';

/** Shopify sends these because of the app's configuration; they can't be subscribed to through the Admin API. */
export const COMPLIANCE_TOPICS: ReadonlySet<string> = new Set([
  'customers/data_request',
  'customers/redact',
  'shop/redact',
]);

const DAY_MS = 86_400_000;
/** From receipt to completion, by Shopify's rules for apps. */
export const DEADLINE_DAYS = 30;
export const deadlineOf = (receivedAtMs: number): number => receivedAtMs + DEADLINE_DAYS * DAY_MS;
/** Warnings are given once at each of these, in days before the deadline. */
export const WARNING_DAYS = [7, 2, 0] as const;

const CLOSED: ReadonlySet<PrivacyState> = new Set(['completed', 'verified', 'refused', 'cancelled']);
export const isClosed = (state: PrivacyState): boolean => CLOSED.has(state);

export const firstState = (kind: PrivacyKind): PrivacyState => (kind === 'data_request' ? 'received' : 'scheduled');

/** From where each state may be entered. A step that failed is in its own state already, and may enter it again. */
const ENTERED_FROM: Readonly<Record<PrivacyState, readonly PrivacyState[]>> = {
  received: ['refused'],
  collecting: ['received', 'collecting', 'ready', 'delivered'],
  ready: ['collecting'],
  delivered: ['ready', 'delivered'],
  // An erasure is completed, not verified, when the operator accepts what the search still finds.
  completed: ['ready', 'delivered', 'erased'],
  scheduled: ['refused'],
  erasing: ['scheduled', 'erasing', 'erased'],
  erased: ['erasing'],
  verified: ['erased'],
  refused: ['received', 'collecting', 'ready', 'delivered', 'scheduled'],
  cancelled: ['scheduled'],
};
export const mayEnter = (from: PrivacyState, to: PrivacyState): boolean => ENTERED_FROM[to].includes(from);

export interface ActionFacts {
  readonly kind: PrivacyKind;
  readonly state: PrivacyState;
  readonly onHold: boolean;
  readonly knowsPerson: boolean;
  readonly failed: boolean;
  /** The search after the erasure found something. */
  readonly remains: boolean;
}

/** What the operator can do now; the console shows exactly these. */
export const actionsOf = (facts: ActionFacts): PrivacyAction[] => {
  const { kind, state, onHold, knowsPerson } = facts;
  if (state === 'refused') return ['reopen'];
  if (isClosed(state)) return [];
  if (onHold) return ['release', 'refuse'];
  const canRun = kind === 'shop_redact' || knowsPerson;
  const own: PrivacyAction[] = [];
  if (kind === 'data_request') {
    // While it collects nobody needs to start it again, unless the last run failed.
    if (canRun && (state !== 'collecting' || facts.failed)) own.push('collect');
    if (state === 'ready') own.push('deliver');
    if (state === 'delivered') own.push('complete');
    return [...own, 'hold', 'refuse'];
  }
  if (canRun && (state === 'scheduled' || state === 'erased' || facts.failed)) own.push('erase');
  if (canRun && state === 'erased') own.push('verify');
  if (state === 'erased' && facts.remains) own.push('accept');
  return state === 'scheduled' ? [...own, 'hold', 'refuse'] : own;
};

/** Whole days until the deadline, rounded up while it lies ahead: 1 is "within a day". */
export const daysLeft = (dueAt: string, nowMs: number): number => {
  const days = (Date.parse(dueAt) - nowMs) / DAY_MS;
  return days > 0 ? Math.ceil(days) : Math.floor(days);
};

export const urgencyOf = (state: PrivacyState, dueAt: string, nowMs: number): PrivacyUrgency => {
  if (isClosed(state)) return 'closed';
  const days = daysLeft(dueAt, nowMs);
  if (days < 0) return 'overdue';
  if (days <= 2) return 'urgent';
  return days <= 7 ? 'soon' : 'fine';
};
