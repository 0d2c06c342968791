import { z } from 'zod';
import { ShopDomain } from '../shop-domain.ts';
import { IsoTime } from './common.ts';

/** A rule is found by its store and the name of the events that it is for. */
export const PixelRuleRef = z.object({ shop: ShopDomain, name: z.string().trim().min(1).max(100) });
export const PixelRuleInput = PixelRuleRef.extend({
  /** JSON schema (draft-07) of the event's `customData`, as it was typed. */
  schema: z.string().max(50_000),
});
export const PixelRuleEnableInput = PixelRuleRef.extend({ enabled: z.boolean() });
export const PixelRule = z.object({
  shop: ShopDomain,
  name: z.string(),
  schema: z.string(),
  enabled: z.boolean(),
  updatedAt: IsoTime,
  /** Of the last 24 hours. */
  accepted: z.number().int(),
  quarantined: z.number().int(),
});
export type PixelRule = z.infer<typeof PixelRule>;
export const PixelRules = z.object({ items: z.array(PixelRule) });
const Remark = z.object({
  /** Where in the schema, e.g. `properties.price.type`; empty for the whole. */
  path: z.string(),
  message: z.string(),
});
const Tried = z.object({ checked: z.number().int(), passing: z.number().int() });
export const PixelRuleTest = z.object({
  /** What is wrong with the schema itself; with any of these it can't be saved. */
  problems: z.array(Remark),
  warnings: z.array(Remark),
  /** Newest events of this name that are stored, and those that wait in quarantine. */
  accepted: Tried,
  quarantined: Tried,
  failures: z.array(z.object({ reason: z.string(), events: z.number().int(), exampleId: z.string() })),
});
export type PixelRuleTest = z.infer<typeof PixelRuleTest>;
export const PixelRuleDraft = z.object({ events: z.number().int(), schema: z.string() });
