import { z } from 'zod';
import { PixelSummary } from './pixel.ts';
import { WebhookSummary } from './webhooks.ts';

/** The contract of `GET /api/v1/stats`, which outside programs rely on. */
const Counts = z.object({
  products: z.number().int(),
  orders: z.number().int(),
  transactions: z.number().int(),
  customers: z.number().int(),
  webhooks: WebhookSummary,
  pixel: PixelSummary,
  tasks: z.object({ waiting: z.number().int(), active: z.number().int(), failed: z.number().int() }),
});
export const Stats = z.object({ total: Counts, stores: z.array(Counts.extend({ shop: z.string() })) });
export type Stats = z.infer<typeof Stats>;
