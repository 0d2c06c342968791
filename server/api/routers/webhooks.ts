import { z } from 'zod';
import * as api from '../../../shared/api.ts';
import { ShopDomain } from '../../../shared/shop-domain.ts';
import { procedure, router } from '../trpc.ts';

const Id = z.object({ id: z.string().max(20) });
const openapi = (method: 'GET' | 'POST', path: `/${string}`, summary: string) => ({
  openapi: { method, path, tags: ['webhooks'], summary },
});

export const webhooksRouter = router({
  list: procedure
    .meta(openapi('GET', '/webhooks', 'Webhook deliveries, newest first'))
    .input(api.WebhookListInput)
    .output(api.WebhookPage)
    .query(({ ctx, input }) => ctx.services.webhooks.list(input)),
  get: procedure
    .input(Id)
    .output(api.WebhookDetail)
    .query(({ ctx, input }) => ctx.services.webhooks.get(input.id)),
  summary: procedure
    .input(z.void())
    .output(api.WebhookSummary)
    .query(({ ctx }) => ctx.services.webhooks.summary()),
  health: procedure
    .meta(openapi('GET', '/webhooks/health', 'What waits, and what is paused and why'))
    .input(z.void())
    .output(api.WebhookHealth)
    .query(({ ctx }) => ctx.services.webhooks.health()),
  count: procedure
    .input(api.WebhookFilter)
    .output(z.object({ count: z.number().int(), more: z.boolean() }))
    .query(({ ctx, input }) => ctx.services.webhooks.count(input)),
  compare: procedure
    .input(Id)
    .output(api.WebhookComparison)
    .query(({ ctx, input }) => ctx.services.webhooks.compare(input.id)),
  curl: procedure
    .input(Id)
    .output(z.object({ command: z.string() }))
    .query(({ ctx, input }) => ctx.services.webhooks.curl(input.id)),
  rerun: procedure
    .meta(openapi('POST', '/webhooks/rerun', 'Run deliveries again: some by id, or all that fit a filter'))
    .input(api.WebhookRerunInput)
    .output(api.WebhookRerunOutput)
    .mutation(({ ctx, input }) => ctx.services.webhooks.rerun(input)),
  send: procedure
    .input(api.WebhookSendInput)
    .output(api.WebhookSendOutput)
    .mutation(({ ctx, input }) => ctx.services.webhooks.send(input)),
  forward: procedure
    .input(api.WebhookForwardInput)
    .output(api.WebhookForwardOutput)
    .mutation(({ ctx, input }) => ctx.services.webhooks.forward(input)),
  sample: procedure
    .input(z.object({ shop: ShopDomain, topic: z.string().max(100) }))
    .output(api.WebhookSample)
    .query(({ ctx, input }) => ctx.services.webhooks.sample(input.shop, input.topic)),
  bookmarks: procedure
    .input(z.void())
    .output(z.object({ items: z.array(api.WebhookBookmark) }))
    .query(({ ctx }) => ctx.services.webhooks.bookmarks()),
  bookmark: procedure
    .input(Id.extend({ name: z.string().trim().min(1).max(100).nullable() }))
    .output(z.object({ saved: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.webhooks.bookmark(input.id, input.name);
      return { saved: true as const };
    }),
  subscriptions: procedure
    .meta(openapi('GET', '/webhooks/subscriptions', 'Wanted and registered subscriptions of each store'))
    .input(z.void())
    .output(z.object({ items: z.array(api.WebhookSubscriptionCheck) }))
    .query(({ ctx }) => ctx.services.webhooks.subscriptions()),
  repairSubscriptions: procedure
    .input(z.object({ shop: ShopDomain }))
    .output(api.WebhookSubscriptionCheck)
    .mutation(({ ctx, input }) => ctx.services.webhooks.repairSubscriptions(input.shop)),
  missed: procedure
    .meta(openapi('GET', '/webhooks/missed', 'What changed at Shopify since, and how much of it no delivery told'))
    .input(api.WebhookMissedInput)
    .output(z.object({ items: z.array(api.WebhookMissed) }))
    .query(({ ctx, input, signal }) => ctx.services.webhooks.missed(input, signal)),
  recover: procedure
    .meta(openapi('POST', '/webhooks/recover', 'Fetch what changed since and never arrived, as a task'))
    .input(api.WebhookMissedInput)
    .output(z.object({ taskId: z.string() }))
    .mutation(({ ctx, input }) => ctx.services.webhooks.recover(input)),
  gaps: procedure
    .meta(openapi('GET', '/webhooks/gaps', 'Periods without deliveries, and how they were filled'))
    .input(z.void())
    .output(z.object({ items: z.array(api.WebhookGap) }))
    .query(({ ctx }) => ctx.services.webhooks.gaps()),
});
