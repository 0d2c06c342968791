import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconClock,
} from '../components/icons.ts';
import type { StatusLook } from '../components/status-badge.tsx';
import { choiceWord } from './filter-words.ts';

type Look = Omit<StatusLook, 'word'>;

const OK: Look = { tone: 'ok', icon: IconCircleCheck };
const WAITING: Look = { tone: 'warn', icon: IconClock };
const OPEN: Look = { tone: 'accent', icon: IconCircleDashed };
const OVER: Look = { tone: 'idle', icon: IconCircleMinus };
const BAD: Look = { tone: 'bad', icon: IconCircleX };
const PARTLY: Look = { tone: 'warn', icon: IconAlertTriangle };

/** Shopify adds states; one that is not known here still shows its word. */
const lookIn =
  (looks: Readonly<Record<string, Look>>) =>
  (state: string): StatusLook => ({ word: choiceWord(state), ...(looks[state] ?? OVER) });

export const paymentLook = lookIn({
  PAID: OK,
  PENDING: WAITING,
  AUTHORIZED: OPEN,
  PARTIALLY_PAID: PARTLY,
  PARTIALLY_REFUNDED: PARTLY,
  REFUNDED: OVER,
  VOIDED: OVER,
  EXPIRED: BAD,
});

export const fulfillmentLook = lookIn({
  FULFILLED: OK,
  UNFULFILLED: OPEN,
  PARTIALLY_FULFILLED: PARTLY,
  IN_PROGRESS: OPEN,
  ON_HOLD: WAITING,
  SCHEDULED: WAITING,
  OPEN,
  PENDING_FULFILLMENT: WAITING,
  REQUEST_DECLINED: BAD,
  RESTOCKED: OVER,
});

export const transactionLook = lookIn({
  SUCCESS: OK,
  PENDING: WAITING,
  AWAITING_RESPONSE: WAITING,
  FAILURE: BAD,
  ERROR: BAD,
  UNKNOWN: OVER,
});
