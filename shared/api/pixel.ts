import { z } from 'zod';
import { ShopDomain } from '../shop-domain.ts';
import { IsoTime } from './common.ts';

export const PixelOutcome = z.enum(['accepted', 'quarantined']);
export const PixelListInput = z.object({
  shop: ShopDomain.optional(),
  outcome: PixelOutcome.default('accepted'),
  name: z.string().max(100).optional(),
  /** Quarantined only: exactly this reason. */
  reason: z.string().max(500).optional(),
  cursor: z.string().nullish(),
  limit: z.number().int().min(1).max(250).default(100),
});
export const PixelRow = z.object({
  id: z.string(),
  shop: ShopDomain,
  outcome: PixelOutcome,
  name: z.string(),
  eventId: z.string().nullable(),
  clientId: z.string().nullable(),
  url: z.string().nullable(),
  occurredAt: IsoTime.nullable(),
  receivedAt: IsoTime,
  /** Of Backroom's own extension; null for events that something else sent. */
  version: z.string().nullable(),
  /** Quarantined only: path and reason, e.g. `data.productVariant.price.amount: expected number`. */
  reason: z.string().nullable(),
});
export type PixelRow = z.infer<typeof PixelRow>;
export const PixelPage = z.object({ items: z.array(PixelRow), nextCursor: z.string().nullable() });
export const PixelDetail = PixelRow.extend({ raw: z.unknown() });
export const PixelSummary = z.object({
  accepted: z.number().int(),
  quarantined: z.number().int(),
  limited: z.number().int(),
  duplicates: z.number().int(),
});
