import { z } from 'zod';
import { ShopDomain } from '../shop-domain.ts';
import { IsoTime, Problem } from './common.ts';

/**
 * `received` waits for the processor; `failed` was tried and will be tried again; `dead` was given up and waits for somebody to run it
 * again; `ignored` has no handler; `refused` never passed the signature check and keeps no body.
 */
export const WebhookState = z.enum(['received', 'failed', 'processed', 'ignored', 'dead', 'refused']);
export const WebhookListInput = z.object({
  shop: ShopDomain.optional(),
  state: WebhookState.optional(),
  topic: z.string().max(100).optional(),
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
});
export type WebhookRow = z.infer<typeof WebhookRow>;
export const WebhookPage = z.object({ items: z.array(WebhookRow), nextCursor: z.string().nullable() });
export const WebhookDetail = WebhookRow.extend({
  headers: z.record(z.string(), z.string()),
  payload: z.string().nullable(),
});
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
