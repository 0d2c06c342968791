import type { z } from 'zod';
import type { PixelOutcome, PrivacyKind, TaskState, WebhookState } from '../../shared/api.ts';

/** What each screen keeps in its address. Written by hand instead of with zod: this runs before the first paint. */

type HookState = z.infer<typeof WebhookState>;
type Outcome = z.infer<typeof PixelOutcome>;

export interface StoreSearch {
  /** The dialog is open, for this shop or for one still to be typed (`new`). */
  connect?: string | undefined;
}

export interface WebhookSearch {
  text?: string | undefined;
  since?: (typeof SINCE)[number] | undefined;
  bookmarked?: 'yes' | undefined;
  state?: HookState | undefined;
  shop?: string | undefined;
  topic?: string | undefined;
  id?: string | undefined;
}

export interface PixelSearch {
  outcome?: Outcome | undefined;
  /** Instead of a list of events. */
  view?: 'funnel' | 'health' | 'rules' | 'status' | undefined;
  period?: 'hour' | 'day' | 'week' | 'month' | undefined;
  /** Among the sessions under the funnel: shown open, before the newest. */
  session?: string | undefined;
  name?: string | undefined;
  reason?: string | undefined;
  shop?: string | undefined;
  id?: string | undefined;
}

export interface PrivacySearch {
  tab?: 'suppressed' | 'evidence' | undefined;
  show?: 'closed' | undefined;
  kind?: PrivacyKind | undefined;
  shop?: string | undefined;
  id?: string | undefined;
  /** The dialog for a request by hand is open. */
  enter?: true | undefined;
}

const PRIVACY_KINDS = ['data_request', 'redact', 'shop_redact'] as const satisfies readonly PrivacyKind[];

export interface TaskSearch {
  view?: 'queues' | 'rates' | 'schedules' | undefined;
  state?: TaskState | undefined;
  queue?: string | undefined;
  name?: string | undefined;
  shop?: string | undefined;
  text?: string | undefined;
  /** Added within so long. */
  since?: 'hour' | 'day' | 'week' | undefined;
  id?: string | undefined;
}

const TASK_VIEWS = ['queues', 'rates', 'schedules'] as const;
const TASK_STATES = [
  'waiting',
  'delayed',
  'active',
  'done',
  'failed',
  'cancelled',
] as const satisfies readonly TaskState[];
const TASK_SPANS = ['hour', 'day', 'week'] as const;
const HOOK_STATES = [
  'received',
  'failed',
  'processed',
  'ignored',
  'dead',
  'refused',
] as const satisfies readonly HookState[];
const SINCE = ['15m', '1h', '24h', '7d'] as const;
const OUTCOMES = ['accepted', 'quarantined'] as const satisfies readonly Outcome[];

type Raw = Record<string, unknown>;

/** The router parses `?search=123` to a number; in an address it was meant as text. */
const text = <K extends string>(raw: Raw, key: K): { [P in K]?: string } => {
  const value = raw[key];
  const found = typeof value === 'number' ? String(value) : value;
  return (typeof found === 'string' && found !== '' ? { [key]: found } : {}) as { [P in K]?: string };
};

const choice = <K extends string, V extends string>(raw: Raw, key: K, values: readonly V[]): { [P in K]?: V } => {
  const found = values.find((value) => value === raw[key]);
  return (found === undefined ? {} : { [key]: found }) as { [P in K]?: V };
};

export const readStoreSearch = (raw: Raw): StoreSearch => text(raw, 'connect');

export const readWebhookSearch = (raw: Raw): WebhookSearch => ({
  ...text(raw, 'text'),
  ...choice(raw, 'since', SINCE),
  ...choice(raw, 'bookmarked', ['yes'] as const),
  ...choice(raw, 'state', HOOK_STATES),
  ...text(raw, 'shop'),
  ...text(raw, 'topic'),
  ...text(raw, 'id'),
});

export const readPixelSearch = (raw: Raw): PixelSearch => ({
  ...choice(raw, 'outcome', OUTCOMES),
  ...choice(raw, 'view', ['funnel', 'health', 'rules', 'status'] as const),
  ...choice(raw, 'period', ['hour', 'day', 'week', 'month'] as const),
  ...text(raw, 'session'),
  ...text(raw, 'name'),
  ...text(raw, 'reason'),
  ...text(raw, 'shop'),
  ...text(raw, 'id'),
});

export const readPrivacySearch = (raw: Raw): PrivacySearch => ({
  ...choice(raw, 'tab', ['suppressed', 'evidence'] as const),
  ...choice(raw, 'show', ['closed'] as const),
  ...choice(raw, 'kind', PRIVACY_KINDS),
  ...text(raw, 'shop'),
  ...text(raw, 'id'),
  ...(raw.enter === true ? { enter: true as const } : {}),
});

export const readTaskSearch = (raw: Raw): TaskSearch => ({
  ...choice(raw, 'view', TASK_VIEWS),
  ...choice(raw, 'state', TASK_STATES),
  ...text(raw, 'queue'),
  ...text(raw, 'name'),
  ...text(raw, 'shop'),
  ...text(raw, 'text'),
  ...choice(raw, 'since', TASK_SPANS),
  ...text(raw, 'id'),
});
