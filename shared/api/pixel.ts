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

// ---- status of each store's pixel
export const PixelStatus = z.enum(['never', 'receiving', 'silent', 'paused', 'outdated', 'mismatched', 'uninstalled']);
export type PixelStatus = z.infer<typeof PixelStatus>;
export const PixelVersion = z.object({
  /** Empty: events that something else than Backroom's extension sent. */
  version: z.string(),
  firstAt: IsoTime,
  lastAt: IsoTime,
  events: z.number().int(),
  quarantined: z.number().int(),
  supported: z.boolean(),
});
export const PixelStore = z.object({
  shop: ShopDomain,
  status: PixelStatus,
  /** Since when it is in this status, as far as that is known. */
  since: IsoTime.nullable(),
  pixelKey: z.string(),
  oldKeys: z.array(z.object({ pixelKey: z.string(), endsAt: IsoTime })),
  webPixelId: z.string().nullable(),
  endpoint: z.string().nullable(),
  checkedAt: IsoTime.nullable(),
  problem: z.string().nullable(),
  lastEventAt: IsoTime.nullable(),
  /** Of the last five minutes. */
  eventsPerMinute: z.number(),
  /** Shares of the last 24 hours, 0 to 1. */
  shareQuarantined: z.number(),
  shareLimited: z.number(),
  versions: z.array(PixelVersion),
});
export type PixelStore = z.infer<typeof PixelStore>;
export const PixelStores = z.object({ items: z.array(PixelStore) });
export const PixelStoreInput = z.object({ shop: ShopDomain });
export const PixelRotateInput = z.object({
  shop: ShopDomain,
  /** How long pages that are open may still send with the old key. */
  graceHours: z
    .number()
    .int()
    .min(0)
    .max(24 * 30)
    .default(24),
});
export const PixelTestResult = z.object({
  ok: z.boolean(),
  /** The whole way: out through the public address, stored, and found again. */
  milliseconds: z.number().int().nullable(),
  address: z.string(),
  problem: z.string().nullable(),
});

// ---- retention
export const PixelRetentionSettings = z.object({
  /** Days that single events are kept. */
  days: z.number().int().min(1, 'must be at least 1').max(3650, 'must be at most 3650'),
  /** What single events, quarantine and sessions may take, in millions of bytes; the oldest go first. */
  megabytes: z.number().int().min(10, 'must be at least 10').max(10_000_000, 'must be at most 10000000'),
});
export type PixelRetentionSettings = z.infer<typeof PixelRetentionSettings>;
/** Rows with their entries in indexes: exact up to a thousand rows, an estimate from a thousand of them beyond. */
const PixelUse = z.object({ rows: z.number().int(), bytes: z.number().int() });
export const PixelRetention = PixelRetentionSettings.extend({
  /** Single events that are kept at most, whatever they take. */
  maxEvents: z.number().int(),
  events: PixelUse,
  quarantine: PixelUse,
  sessions: PixelUse,
  oldestEventAt: IsoTime.nullable(),
  measuredAt: IsoTime,
});
export type PixelRetention = z.infer<typeof PixelRetention>;

// ---- health
export const PixelPeriod = z.enum(['hour', 'day', 'week', 'month']);
export const PixelHealthInput = z.object({ shop: ShopDomain.optional(), period: PixelPeriod.default('hour') });
const PixelCounts = z.object({
  accepted: z.number().int(),
  quarantined: z.number().int(),
  duplicate: z.number().int(),
  limited: z.number().int(),
  /** Not stored, because the shopper does not allow analytics. */
  withheld: z.number().int(),
});
export const PixelHealth = z.object({
  counts: PixelCounts,
  received: z.number().int(),
  /** Mean time from the event to its receipt; null without events. */
  lagMs: z.number().nullable(),
  series: z.array(PixelCounts.extend({ at: IsoTime })),
  names: z.array(z.object({ name: z.string(), accepted: z.number().int(), quarantined: z.number().int() })),
  /** By the extension's version, the one with most events first; empty text: something else than the extension sent them. */
  versions: z.array(
    z.object({
      version: z.string(),
      accepted: z.number().int(),
      quarantined: z.number().int(),
      duplicate: z.number().int(),
      withheld: z.number().int(),
      /** Mean time from the event to its receipt; null without accepted events. */
      lagMs: z.number().nullable(),
    }),
  ),
  /** Events that are stored and not yet in funnel and sessions. */
  waiting: z.number().int(),
});
export type PixelHealth = z.infer<typeof PixelHealth>;

// ---- quarantine
export const PixelQuarantineGroup = z.object({
  shop: ShopDomain,
  reason: z.string(),
  events: z.number().int(),
  firstAt: IsoTime,
  lastAt: IsoTime,
  names: z.array(z.string()),
});
export type PixelQuarantineGroup = z.infer<typeof PixelQuarantineGroup>;
export const PixelQuarantineGroups = z.object({ items: z.array(PixelQuarantineGroup) });
/** Everything of a reason, or of an event's name, or of both. */
export const PixelRerunInput = z
  .object({ shop: ShopDomain, reason: z.string().max(500).optional(), name: z.string().max(100).optional() })
  .refine(({ reason, name }) => reason !== undefined || name !== undefined, 'Say which events: by reason or by name.');
export const PixelRerunResult = z.object({
  accepted: z.number().int(),
  /** Events that still do not fit, some perhaps for another reason than before. */
  remaining: z.number().int(),
});

// ---- funnel
export const PixelFunnelInput = z.object({ shop: ShopDomain.optional(), period: PixelPeriod.default('day') });
const PixelSteps = z.object({
  sessions: z.number().int(),
  viewed: z.number().int(),
  added: z.number().int(),
  started: z.number().int(),
  paid: z.number().int(),
});
const PixelTop = z.object({
  label: z.string(),
  seen: z.number().int(),
  added: z.number().int(),
  paid: z.number().int(),
});
/**
 * Why no event of an order is here. `consent`: the shopper did not allow analytics. `quarantined`: its event did not fit. `late`: the checkout
 * was seen and its end not, or not yet. `off`: nothing at all came from the store in that hour. `blocked`: nothing came of this checkout.
 */
export const PixelOrderCause = z.enum(['consent', 'quarantined', 'late', 'off', 'blocked']);
export type PixelOrderCause = z.infer<typeof PixelOrderCause>;
export const PixelFunnel = z.object({
  from: IsoTime,
  to: IsoTime,
  current: PixelSteps,
  /** The period of the same length before. */
  previous: PixelSteps,
  series: z.array(PixelSteps.extend({ at: IsoTime })),
  products: z.array(PixelTop),
  searches: z.array(PixelTop),
  sources: z.array(PixelTop),
  waiting: z.number().int(),
  /** Null while the store's orders are not synced. */
  orders: z
    .object({
      total: z.number().int(),
      seen: z.number().int(),
      /** Orders without a checkout in a browser, e.g. from the point of sale: no pixel could see them. */
      offline: z.number().int(),
      /** Paid sessions whose order is not known here. */
      withoutOrder: z.number().int(),
      /** Of the orders that were made in a browser and not seen; every cause is there. */
      causes: z.record(PixelOrderCause, z.number().int()),
    })
    .nullable(),
});
export type PixelFunnel = z.infer<typeof PixelFunnel>;
export const PixelOrderGaps = z.object({
  unseen: z.array(
    z.object({ orderId: z.string(), name: z.string(), shop: ShopDomain, at: IsoTime, cause: PixelOrderCause }),
  ),
  orphans: z.array(
    z.object({
      sessionId: z.string(),
      orderId: z.string().nullable(),
      shop: ShopDomain,
      at: IsoTime,
      source: z.string(),
    }),
  ),
  /** There are more than are listed. */
  isCut: z.boolean(),
});
export type PixelOrderGaps = z.infer<typeof PixelOrderGaps>;
export const PixelSessionsInput = z.object({
  shop: ShopDomain.optional(),
  cursor: z.string().max(100).nullish(),
  limit: z.number().int().min(1).max(100).default(50),
});
export const PixelSession = z.object({
  id: z.string(),
  shop: ShopDomain,
  clientId: z.string().nullable(),
  startedAt: IsoTime,
  lastAt: IsoTime,
  events: z.number().int(),
  source: z.string(),
  landing: z.string().nullable(),
  reached: z.enum(['visited', 'viewed', 'added', 'started', 'paid']),
  /** As the pixel named it. */
  orderId: z.string().nullable(),
  /** The order that it became, where that is here. */
  order: z.object({ id: z.string(), name: z.string() }).nullable(),
  path: z.array(z.object({ at: IsoTime, name: z.string(), page: z.string().nullable() })),
});
export const PixelSessionPage = z.object({ items: z.array(PixelSession), nextCursor: z.string().nullable() });
/** By its own id, or as the session that a checkout ended in. */
export const PixelSessionInput = z.union([
  z.object({ id: z.string().regex(/^\d{1,15}$/) }),
  z.object({ shop: ShopDomain, checkoutToken: z.string().min(1).max(200) }),
]);
export const PixelSessionOutput = z.object({ session: PixelSession.nullable() });
