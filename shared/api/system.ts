import { z } from 'zod';
import { MasterKeySource } from '../process-messages.ts';
import { IsoTime, Problem } from './common.ts';
import { TunnelSummary } from './tunnel.ts';

export const SystemStatus = z.object({
  version: z.string(),
  mode: z.enum(['desktop', 'headless']),
  /** True while the console shows the built-in stand-in store, with invented data. */
  demo: z.boolean(),
  /** Where Shopify and browsers reach the public door, e.g. http://127.0.0.1:7701. */
  publicUrl: z.string(),
  /** True when `publicUrl` is loopback, so real Shopify can't reach it. */
  publicUrlIsLocal: z.boolean(),
  tunnel: TunnelSummary,
  masterKeySource: MasterKeySource,
  apiVersion: z.string(),
  startedAt: IsoTime,
  database: z.object({
    kind: z.enum(['sqlite']),
    bytes: z.number().int(),
    /** Why nothing can be stored, since when; null: all is well. */
    problem: Problem.nullable(),
  }),
});
export type SystemStatus = z.infer<typeof SystemStatus>;
