import { z } from 'zod';
import { MASKING } from '../mask.ts';
import { ShopDomain } from '../shop-domain.ts';

/** `redact` erases one customer, `shop_redact` everything of a store. */
export const PrivacyKind = z.enum(['data_request', 'redact', 'shop_redact']);
export type PrivacyKind = z.infer<typeof PrivacyKind>;

/**
 * A data request goes received → collecting → ready → delivered → completed; an erasure scheduled → erasing → erased → verified. Either may
 * be refused; the erasure of a store is cancelled when the store connects again before it begins.
 */
export const PrivacyState = z.enum([
  'received',
  'collecting',
  'ready',
  'delivered',
  'completed',
  'scheduled',
  'erasing',
  'erased',
  'verified',
  'refused',
  'cancelled',
]);
export type PrivacyState = z.infer<typeof PrivacyState>;

export const PrivacyAction = z.enum([
  'collect',
  'deliver',
  'complete',
  'erase',
  'verify',
  'hold',
  'release',
  'refuse',
  'reopen',
  'accept',
]);
export type PrivacyAction = z.infer<typeof PrivacyAction>;

/** `soon` within 7 days of the deadline, `urgent` within 2. */
export const PrivacyUrgency = z.enum(['fine', 'soon', 'urgent', 'overdue', 'closed']);
export type PrivacyUrgency = z.infer<typeof PrivacyUrgency>;

export const PrivacyProblem = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  at: z.string(),
});

export const PrivacyRow = z.object({
  id: z.string(),
  /** What people say: request 12. */
  number: z.number(),
  shop: z.string(),
  kind: PrivacyKind,
  source: z.enum(['shopify', 'operator']),
  state: PrivacyState,
  /** Who it is about, masked: never the address or number itself. */
  label: z.string(),
  receivedAt: z.string(),
  dueAt: z.string(),
  /** Whole days until the deadline; negative when it has passed. */
  daysLeft: z.number(),
  urgency: PrivacyUrgency,
  /** When a scheduled erasure begins by itself. */
  startsAt: z.string().nullable(),
  onHold: z.boolean(),
  problem: PrivacyProblem.nullable(),
  closedAt: z.string().nullable(),
});
export type PrivacyRow = z.infer<typeof PrivacyRow>;

export const PrivacyTableCount = z.object({
  table: z.string(),
  rows: z.number(),
  how: z.enum(['found', 'deleted', 'anonymised']),
});
export type PrivacyTableCount = z.infer<typeof PrivacyTableCount>;

export const EvidenceEntry = z.object({
  seq: z.number(),
  at: z.string(),
  kind: z.string(),
  shop: z.string().nullable(),
  requestId: z.string().nullable(),
  /** Counts, names of tables, digests; never personal data. */
  facts: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
export type EvidenceEntry = z.infer<typeof EvidenceEntry>;

export const PrivacyDetail = PrivacyRow.extend({
  note: z.string(),
  holdReason: z.string().nullable(),
  refusalReason: z.string().nullable(),
  /** Why an erasure was closed although the search afterwards still found something. */
  acceptedReason: z.string().nullable(),
  /** How many identifiers the request carries; the values are shown by `revealPerson` only. */
  identifiers: z.object({ customerIds: z.number(), emails: z.number(), phones: z.number(), orders: z.number() }),
  /** False once the person's identifiers were destroyed: nothing can be run for them any more. */
  knowsPerson: z.boolean(),
  package: z.object({ bytes: z.number(), expiresAt: z.string() }).nullable(),
  deliveredAt: z.string().nullable(),
  deliveredHow: z.string().nullable(),
  actions: z.array(PrivacyAction),
  timeline: z.array(EvidenceEntry),
});
export type PrivacyDetail = z.infer<typeof PrivacyDetail>;

export const PrivacyListInput = z.object({
  shop: ShopDomain.optional(),
  kind: PrivacyKind.optional(),
  /** Open ones by deadline, or closed ones, newest first. */
  show: z.enum(['open', 'closed']).default('open'),
  cursor: z.string().max(100).nullish(),
  limit: z.number().int().min(1).max(250).default(100),
});
export const PrivacyPage = z.object({ items: z.array(PrivacyRow), nextCursor: z.string().nullable() });

export const PrivacySummary = z.object({
  open: z.number(),
  /** Due within seven days or overdue: what the badge shows. */
  due: z.number(),
  /** Of those, due within two days and not overdue. */
  urgent: z.number(),
  overdue: z.number(),
  onHold: z.number(),
  failed: z.number(),
  suppressed: z.number(),
  evidence: z.number(),
  /** The nearest of those that are due, for a notice outside of the window. */
  deadlines: z
    .array(z.object({ id: z.string(), number: z.number(), daysLeft: z.number(), urgency: PrivacyUrgency }))
    .max(20),
});
export type PrivacySummary = z.infer<typeof PrivacySummary>;

const ReasonText = z.string().trim().min(3, 'Give a reason of at least three characters').max(2000);
export const PrivacyId = z.object({ id: z.string().max(100) });

export const PrivacyEnterInput = z
  .object({
    shop: ShopDomain,
    kind: PrivacyKind,
    customerId: z.string().trim().max(100).optional(),
    email: z.string().trim().max(320).optional(),
    phone: z.string().trim().max(40).optional(),
    note: z.string().max(5000).default(''),
  })
  .refine((input) => input.kind === 'shop_redact' || Boolean(input.customerId || input.email || input.phone), {
    message: 'Give a customer id, an e-mail address or a phone number',
  });
export type PrivacyEnterInput = z.infer<typeof PrivacyEnterInput>;

export const PrivacyNoteInput = z.object({ id: z.string().max(100), note: z.string().max(5000) });
export const PrivacyReasonInput = z.object({ id: z.string().max(100), reason: ReasonText });
export const PrivacyDeliverInput = z.object({
  id: z.string().max(100),
  /** By what way the person got the package, e.g. "encrypted e-mail". */
  how: z.string().trim().min(2, 'Say how it was handed over').max(200),
});

export const PrivacyDryRun = z.object({
  tables: z.array(PrivacyTableCount.extend({ why: z.string() })),
  /** Tables that were searched without finding anything. */
  emptyTables: z.number(),
  packages: z.number(),
  totalRows: z.number(),
});
export type PrivacyDryRun = z.infer<typeof PrivacyDryRun>;

export const PrivacyPerson = z.object({
  customerIds: z.array(z.string()),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  orderIds: z.array(z.string()),
});
export type PrivacyPerson = z.infer<typeof PrivacyPerson>;

/** What the console shows masked, and can be asked for: the fields of each kind of record. */
export const REVEALABLE = {
  customer: ['displayName', 'email', 'phone', 'addresses', 'raw'],
  order: ['customerName', 'email', 'phone', 'raw'],
  transaction: ['raw'],
  webhook: ['payload', 'changes'],
  pixel_event: ['raw'],
} as const;
const revealable = <R extends keyof typeof REVEALABLE>(record: R) =>
  z.object({ record: z.literal(record), id: z.string().min(1).max(200), field: z.enum(REVEALABLE[record]) });
/** Which masked field is to be uncovered. The evidence keeps the record's id as a keyed digest only. */
export const PrivacyRevealInput = z.discriminatedUnion('record', [
  revealable('customer'),
  revealable('order'),
  revealable('transaction'),
  revealable('webhook'),
  revealable('pixel_event'),
]);
export type PrivacyRevealInput = z.infer<typeof PrivacyRevealInput>;
export const PrivacyRevealOutput = z.object({ value: z.unknown() });

/** What of an erased person is kept out. `shop` entries are no part of it: a store that was erased may connect again. */
export const SuppressedKind = z.enum(['customer', 'email', 'phone']);
export type SuppressedKind = z.infer<typeof SuppressedKind>;
export const SuppressionRow = z.object({
  /** Keyed digest of store, kind and identifier: leads back to nobody, and tells two entries apart. */
  digest: z.string(),
  kind: SuppressedKind,
  /** When the erasure put it on the list; the newest, when the person was erased more than once. */
  erasedAt: z.string(),
  /** The erasure that put it there; null: from before that was kept, or the request is not kept any more. */
  request: z.object({ id: z.string(), number: z.number(), shop: z.string() }).nullable(),
});
export type SuppressionRow = z.infer<typeof SuppressionRow>;
export const SuppressionListInput = z.object({
  cursor: z.string().max(100).nullish(),
  limit: z.number().int().min(1).max(250).default(100),
});
export const SuppressionPage = z.object({ items: z.array(SuppressionRow), nextCursor: z.string().nullable() });
export const SuppressionCheckInput = z.object({
  shop: ShopDomain,
  kind: SuppressedKind,
  value: z.string().trim().min(1, 'Give an e-mail address, a phone number or a customer id').max(320),
});
export type SuppressionCheckInput = z.infer<typeof SuppressionCheckInput>;
/** The entry that keeps the identifier out; null: it is not on the list. */
export const SuppressionCheck = z.object({ entry: SuppressionRow.nullable() });

const GRACE = 'must be between 0 and 480 hours';
/** An erasure has 30 days by law; up to 20 of them may be for looking at it first. */
const GraceHours = z.number().int('must be whole hours').min(0, GRACE).max(480, GRACE);
const KEPT = 'must be between 1 and 365 days';
/** How requests are dealt with, and what of people the console shows uncovered. */
export const PrivacySettings = z.object({
  /** From a customer's erasure to its start by itself, in hours. */
  redactHours: GraceHours,
  /** The same for a whole store. */
  shopRedactHours: GraceHours,
  /** Days that a package is kept after it was collected. */
  packageDays: z.number().int('must be whole days').min(1, KEPT).max(365, KEPT),
  masking: z.enum(MASKING),
  /** Who answers for requests: stands in packages and reports. Empty: nobody is named. */
  owner: z.string().trim().max(100, 'must have at most 100 characters'),
});
export type PrivacySettings = z.infer<typeof PrivacySettings>;

export const EvidenceListInput = z.object({
  cursor: z.string().max(40).nullish(),
  limit: z.number().int().min(1).max(250).default(100),
});
export const EvidencePage = z.object({ items: z.array(EvidenceEntry), nextCursor: z.string().nullable() });

export const EvidenceCheck = z.object({
  ok: z.boolean(),
  entries: z.number(),
  /** Hash of the last entry; whoever wrote it down can tell later that nothing before it was changed. */
  head: z.string(),
  checkedAt: z.string(),
  problem: z.object({ seq: z.number(), message: z.string() }).nullable(),
});
export type EvidenceCheck = z.infer<typeof EvidenceCheck>;
