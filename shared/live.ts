import { z } from 'zod';

/** What `/live` (SSE) says changed. The renderer maps a topic to the queries it invalidates. */
export const LiveTopic = z.enum([
  'system',
  'stores',
  'products',
  'orders',
  'transactions',
  'customers',
  'webhooks',
  'pixel',
  'privacy',
  'tasks',
  'settings',
  'exports',
]);
export type LiveTopic = z.infer<typeof LiveTopic>;

export const LiveMessage = z.object({
  topic: LiveTopic,
  /** Absent: several shops, or none in particular. */
  shop: z.string().optional(),
  /** At most 50; absent when more changed or when it is not about rows. */
  ids: z.array(z.string()).max(50).optional(),
});
export type LiveMessage = z.infer<typeof LiveMessage>;
