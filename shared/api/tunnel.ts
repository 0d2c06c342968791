import { z } from 'zod';
import { IsoTime } from './common.ts';

/** `failed` may still be tried again by itself: then `retryAt` says when. */
export const TunnelPhase = z.enum(['off', 'connecting', 'online', 'reconnecting', 'failed']);
export type TunnelPhase = z.infer<typeof TunnelPhase>;

export const TunnelProblem = z.object({
  /** ngrok's own code, e.g. `ERR_NGROK_107`, where there is one. */
  code: z.string().nullable(),
  message: z.string(),
  /** What to do. */
  hint: z.string(),
});
export type TunnelProblem = z.infer<typeof TunnelProblem>;

export const TunnelState = z.object({
  phase: TunnelPhase,
  /** The public address while there is one. */
  url: z.string().nullable(),
  since: IsoTime,
  /** Round trip to ngrok's edge, from the last heartbeat. */
  latencyMs: z.number().int().nullable(),
  problem: TunnelProblem.nullable(),
  retryAt: IsoTime.nullable(),
});
export type TunnelState = z.infer<typeof TunnelState>;

/** Where the public address comes from. `off`: the public door is reachable on this computer only. */
export const TunnelMode = z.enum(['off', 'ngrok', 'own-url']);
export type TunnelMode = z.infer<typeof TunnelMode>;

/** What the shell's status bar needs. */
export const TunnelSummary = TunnelState.extend({
  mode: TunnelMode,
  /** The plan's requests are used up to the part that is kept for webhooks. */
  pixelStopped: z.boolean(),
});
export type TunnelSummary = z.infer<typeof TunnelSummary>;

export const TunnelCheck = z.object({
  at: IsoTime,
  url: z.string(),
  saw: z.enum(['reached', 'something-else', 'tunnel-error', 'certificate', 'no-answer', 'local']),
  latencyMs: z.number().int().nullable(),
  /** ngrok's page before ours, which a browser sees first on the free plan. Null: not known. */
  warningPage: z.boolean().nullable(),
  message: z.string(),
  hint: z.string().nullable(),
});
export type TunnelCheck = z.infer<typeof TunnelCheck>;

export const TunnelUsage = z.object({
  /** `2026-11`, in UTC as ngrok counts. */
  month: z.string(),
  webhook: z.number().int(),
  pixel: z.number().int(),
  other: z.number().int(),
  total: z.number().int(),
  /** Answered 429 to keep the rest of the month for webhooks. */
  pixelRefused: z.number().int(),
  limit: z.number().int(),
  /** At the pace of the month so far; null on its first day. */
  projected: z.number().int().nullable(),
  level: z.enum(['ok', 'warning', 'reserve', 'over']),
  pixelStopped: z.boolean(),
  resetsAt: IsoTime,
});
export type TunnelUsage = z.infer<typeof TunnelUsage>;

const From = z.enum(['none', 'environment', 'saved']);
export const Tunnel = z.object({
  mode: TunnelMode,
  /** The environment decides and the console can't change it. */
  modeFrom: z.enum(['environment', 'saved']),
  token: z.object({ from: From, hint: z.string().nullable() }),
  domain: z.object({ from: From, value: z.string().nullable() }),
  ownUrl: z.object({ from: From, value: z.string().nullable() }),
  state: TunnelState,
  check: TunnelCheck.nullable(),
  usage: TunnelUsage,
  keepWebhooks: z.boolean(),
  /** The operator lets pixels go on this month, whatever is left of the plan. */
  pixelAnyway: z.boolean(),
  /** The demo's traffic stays on this computer, whatever the public address is. */
  demo: z.boolean(),
});
export type Tunnel = z.infer<typeof Tunnel>;

const HOST = /^(?=.{4,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;
/** A host name; a pasted address is cut down to it. */
export const TunnelDomain = z
  .string()
  .trim()
  .toLowerCase()
  .transform((text) => text.replace(/^https?:\/\//, '').replace(/\/.*$/, ''))
  .refine((text) => HOST.test(text), 'must be a domain such as my-name.ngrok-free.dev');
/** An https origin; what follows the host is cut off. */
export const OwnUrl = z
  .string()
  .trim()
  .toLowerCase()
  .transform((text) => text.replace(/^(https:\/\/[^/?#]*).*$/, '$1'))
  .refine(
    (text) => /^https:\/\/[a-z0-9.-]+(:\d{1,5})?$/.test(text),
    'must be an address such as https://shop.example.com',
  );
export const SaveTunnelInput = z.object({
  mode: TunnelMode.optional(),
  /** Absent: keep the one that is saved. Null: forget it. */
  token: z
    .string()
    .trim()
    .min(8, 'is too short to be an authtoken')
    .max(200)
    .regex(/^[\w-]+$/, 'has characters that no authtoken has')
    .nullable()
    .optional(),
  domain: TunnelDomain.nullable().optional(),
  ownUrl: OwnUrl.nullable().optional(),
  limit: z.number().int().min(100, 'must be at least 100').max(1_000_000_000).optional(),
  keepWebhooks: z.boolean().optional(),
  pixelAnyway: z.boolean().optional(),
});
export type SaveTunnelInput = z.infer<typeof SaveTunnelInput>;
