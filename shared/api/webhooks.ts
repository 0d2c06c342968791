import { z } from 'zod';
import { ShopDomain } from '../shop-domain.ts';
import { IsoTime, Problem } from './common.ts';

/**
 * `received` waits for the processor; `failed` was tried and will be tried again; `dead` was given up and waits for somebody to run it
 * again; `ignored` has no handler; `refused` never passed the signature check and keeps no body.
 */
export const WebhookState = z.enum(['received', 'failed', 'processed', 'ignored', 'dead', 'refused']);
/** Which deliveries; everything given must fit. */
export const WebhookFilter = z.object({
  shop: ShopDomain.optional(),
  state: WebhookState.optional(),
  /** Those that did not work so far: `failed` or `dead`. */
  failing: z.boolean().optional(),
  topic: z.string().max(100).optional(),
  /** Somewhere in the body, in whatever case. */
  text: z.string().trim().max(200).optional(),
  /** Received at or after, and before. */
  from: IsoTime.optional(),
  to: IsoTime.optional(),
  bookmarked: z.boolean().optional(),
});
export type WebhookFilter = z.infer<typeof WebhookFilter>;
export const WebhookListInput = WebhookFilter.extend({
  cursor: z.string().nullish(),
  limit: z.number().int().min(1).max(250).default(100),
});
export const WebhookRow = z.object({
  id: z.string(),
  shop: z.string().nullable(),
  topic: z.string(),
  state: WebhookState,
  webhookId: z.string().nullable(),
  eventId: z.string().nullable(),
  apiVersion: z.string().nullable(),
  triggeredAt: IsoTime.nullable(),
  receivedAt: IsoTime,
  processedAt: IsoTime.nullable(),
  /** How often the same webhook id came again after the first. */
  duplicates: z.number().int(),
  attempts: z.number().int(),
  bytes: z.number().int(),
  problem: Problem.nullable(),
  /** Why it failed: the payload, something temporary, a defect of ours, or the database. */
  reason: z.string().nullable(),
  retryAt: IsoTime.nullable(),
  /** What it is about, e.g. `products/123`; known once it was processed. */
  resource: z.string().nullable(),
  /** `edited` or `sample` when it was sent from here. */
  origin: z.string().nullable(),
  bookmark: z.string().nullable(),
});
export type WebhookRow = z.infer<typeof WebhookRow>;
/** A search for text looks at a bounded part at a time: `searchedTo` is how far back this page looked; the next page goes on from there. */
export const WebhookPage = z.object({
  items: z.array(WebhookRow),
  nextCursor: z.string().nullable(),
  searchedTo: IsoTime.nullable().default(null),
});
export const WebhookAttempt = z.object({
  number: z.number().int(),
  at: IsoTime,
  durationMs: z.number().nullable(),
  outcome: z.enum(['processed', 'ignored', 'failed', 'dead', 'requeued']),
  reason: z.string().nullable(),
  code: z.string().nullable(),
  message: z.string().nullable(),
});
export type WebhookAttempt = z.infer<typeof WebhookAttempt>;
export const WebhookDetail = WebhookRow.extend({
  headers: z.record(z.string(), z.string()),
  payload: z.string().nullable(),
  durationMs: z.number().nullable(),
  /** Oldest first. */
  attemptLog: z.array(WebhookAttempt),
  /** The delivery before about the same resource, and the one after. */
  previousId: z.string().nullable(),
  nextId: z.string().nullable(),
  /** The delivery that this one was made from, when it was edited and sent from here. */
  originId: z.string().nullable(),
});
export const WebhookChange = z.object({
  path: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
  before: z.unknown(),
  after: z.unknown(),
});
export type WebhookChange = z.infer<typeof WebhookChange>;
export const WebhookComparison = z.object({
  previousId: z.string().nullable(),
  previousAt: IsoTime.nullable(),
  changes: z.array(WebhookChange),
  /** More differences than are listed. */
  more: z.number().int(),
});
/** What is paused because all of it fails for one reason; `scope` is a topic, or `*` for everything. */
export const WebhookPause = z.object({
  scope: z.string(),
  reason: z.string(),
  problem: Problem,
  since: IsoTime,
  probeAt: IsoTime,
});
export const WebhookHealth = z.object({
  pauses: z.array(WebhookPause),
  waiting: z.number().int(),
  retrying: z.number().int(),
});

/** Which to run again: these, or all that fit. */
export const WebhookRerunInput = z.object({
  ids: z.array(z.string().max(20)).min(1).max(500).optional(),
  filter: WebhookFilter.optional(),
});
/** `taskId`: many are run again by a task that can be watched and cancelled. */
export const WebhookRerunOutput = z.object({ count: z.number().int(), taskId: z.string().nullable() });
export const WebhookSendInput = z.object({
  /** The delivery that the body was made from. */
  fromId: z.string().max(20).optional(),
  shop: ShopDomain,
  topic: z.string().regex(/^[A-Za-z0-9_]+(\/[a-z0-9_]+)+$/, 'must look like products/update'),
  payload: z.string().max(1_000_000),
  kind: z.enum(['edited', 'sample']).default('edited'),
});
export const WebhookSendOutput = z.object({ status: z.number().int(), id: z.string().nullable() });
export const WebhookForwardInput = z.object({ id: z.string().max(20), url: z.url().max(500) });
export const WebhookForwardOutput = z.object({
  status: z.number().int().nullable(),
  durationMs: z.number(),
  headers: z.record(z.string(), z.string()),
  /** The first 10 kB. */
  body: z.string(),
  problem: z.string().nullable(),
});
export const WebhookSample = z.object({ topic: z.string(), payload: z.string(), from: z.string() });
export const WebhookBookmark = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: IsoTime,
  topic: z.string(),
  shop: z.string().nullable(),
});

/** One line of wanted and registered: `extra` is one of ours that is not wanted any more or is there twice. */
export const WebhookSubscription = z.object({
  topic: z.string(),
  state: z.enum(['ok', 'missing', 'wrong_address', 'wrong_version', 'extra', 'foreign', 'no_scope', 'app_config']),
  uri: z.string().nullable(),
  apiVersion: z.string().nullable(),
  why: z.string(),
});
export type WebhookSubscription = z.infer<typeof WebhookSubscription>;
export const WebhookSubscriptionCheck = z.object({
  shop: z.string(),
  checkedAt: IsoTime.nullable(),
  wantedUri: z.string(),
  problem: Problem.nullable(),
  subscriptions: z.array(WebhookSubscription),
});
export type WebhookSubscriptionCheck = z.infer<typeof WebhookSubscriptionCheck>;
/** Which period of which store to look through for what never arrived. */
export const WebhookMissedInput = z.object({ shop: ShopDomain, since: IsoTime });
/** One kind of record, Shopify's data against the deliveries here. */
export const WebhookMissed = z.object({
  resource: z.string(),
  /** Changed at Shopify since. */
  changed: z.number().int(),
  /** Of those, told by no delivery. */
  missing: z.number().int(),
  /** Of the missing ones, not brought by a sync either. */
  behind: z.number().int(),
  /** There are more than were compared. */
  more: z.boolean(),
  problem: z.string().nullable(),
});
export type WebhookMissed = z.infer<typeof WebhookMissed>;

/** What filled a gap for one resource: a sync run, or a task that somebody asked for. */
export const WebhookGapFill = z.object({
  resource: z.string(),
  run: z.string().nullable(),
  task: z.string().nullable(),
  changes: z.number().int(),
  missing: z.number().int(),
  at: IsoTime,
});
export const WebhookGap = z.object({
  id: z.string(),
  shop: z.string(),
  cause: z.string(),
  from: IsoTime,
  to: IsoTime,
  /** Changes that were fetched for the period; null while it is being filled. */
  changes: z.number().int().nullable(),
  /** Of those, how many no delivery had told. */
  missing: z.number().int().nullable(),
  filledAt: IsoTime.nullable(),
  fills: z.array(WebhookGapFill),
});
export type WebhookGap = z.infer<typeof WebhookGap>;
/** `received` = `processed` + `dead` + what waits; `duplicates` and `refused` are not part of it. */
export const WebhookSummary = z.object({
  received: z.number().int(),
  /** Handled, or of no concern (no handler). */
  processed: z.number().int(),
  /** Attempts that failed and were or will be repeated; a total that never falls. */
  failed: z.number().int(),
  /** Given up, until run again. */
  dead: z.number().int(),
  duplicates: z.number().int(),
  refused: z.number().int(),
});
