import { z } from 'zod';
import * as api from '../../../shared/api.ts';
import { procedure, router } from '../trpc.ts';

export const webhooksRouter = router({
  list: procedure
    .meta({
      openapi: { method: 'GET', path: '/webhooks', tags: ['webhooks'], summary: 'Webhook deliveries, newest first' },
    })
    .input(api.WebhookListInput)
    .output(api.WebhookPage)
    .query(({ ctx, input }) => ctx.services.webhooks.list(input)),
  get: procedure
    .input(z.object({ id: z.string().max(100) }))
    .output(api.WebhookDetail)
    .query(({ ctx, input }) => ctx.services.webhooks.get(input.id)),
  summary: procedure
    .input(z.void())
    .output(api.WebhookSummary)
    .query(({ ctx }) => ctx.services.webhooks.summary()),
});
