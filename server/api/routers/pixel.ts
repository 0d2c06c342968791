import { z } from 'zod';
import * as api from '../../../shared/api.ts';
import { ShopDomain } from '../../../shared/shop-domain.ts';
import { procedure, router } from '../trpc.ts';

export const pixelRouter = router({
  list: procedure
    .meta({ openapi: { method: 'GET', path: '/pixel/events', tags: ['pixel'], summary: 'Pixel events, newest first' } })
    .input(api.PixelListInput)
    .output(api.PixelPage)
    .query(({ ctx, input }) => ctx.services.pixel.list(input)),
  get: procedure
    .input(z.object({ id: z.string().max(100) }))
    .output(api.PixelDetail)
    .query(({ ctx, input }) => ctx.services.pixel.get(input.id)),
  summary: procedure
    .input(z.void())
    .output(api.PixelSummary)
    .query(({ ctx }) => ctx.services.pixel.summary()),
  stores: procedure
    .meta({ openapi: { method: 'GET', path: '/pixel/stores', tags: ['pixel'], summary: 'Each store’s pixel' } })
    .input(z.void())
    .output(api.PixelStores)
    .query(({ ctx }) => ctx.services.pixel.stores()),
  activate: procedure
    .input(api.PixelStoreInput)
    .output(api.PixelStore)
    .mutation(({ ctx, input }) => ctx.services.pixel.activate(input.shop)),
  deactivate: procedure
    .input(api.PixelStoreInput)
    .output(api.PixelStore)
    .mutation(({ ctx, input }) => ctx.services.pixel.deactivate(input.shop)),
  check: procedure
    .input(api.PixelStoreInput)
    .output(api.PixelStore)
    .mutation(({ ctx, input }) => ctx.services.pixel.check(input.shop)),
  rotateKey: procedure
    .input(api.PixelRotateInput)
    .output(api.PixelStore)
    .mutation(({ ctx, input }) => ctx.services.pixel.rotateKey(input)),
  test: procedure
    .input(api.PixelStoreInput)
    .output(api.PixelTestResult)
    .mutation(({ ctx, input }) => ctx.services.pixel.test(input.shop)),
  health: procedure
    .meta({ openapi: { method: 'GET', path: '/pixel/health', tags: ['pixel'], summary: 'Numbers of a period' } })
    .input(api.PixelHealthInput)
    .output(api.PixelHealth)
    .query(({ ctx, input }) => ctx.services.pixel.health(input)),
  retention: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/pixel/retention',
        tags: ['pixel'],
        summary: 'How long and how much is kept, and what it takes now',
      },
    })
    .input(z.void())
    .output(api.PixelRetention)
    .query(({ ctx }) => ctx.services.pixel.retention()),
  saveRetention: procedure
    .meta({
      openapi: {
        method: 'PUT',
        path: '/pixel/retention',
        tags: ['pixel'],
        summary: 'Change how long and how much is kept',
      },
    })
    .input(api.PixelRetentionSettings)
    .output(api.PixelRetention)
    .mutation(({ ctx, input }) => ctx.services.pixel.saveRetention(input)),
  quarantineGroups: procedure
    .input(z.object({ shop: ShopDomain.optional() }))
    .output(api.PixelQuarantineGroups)
    .query(({ ctx, input }) => ctx.services.pixel.quarantineGroups(input.shop)),
  rerun: procedure
    .input(api.PixelRerunInput)
    .output(api.PixelRerunResult)
    .mutation(({ ctx, input }) => ctx.services.pixel.rerun(input)),
  rules: procedure
    .input(z.object({ shop: ShopDomain.optional() }))
    .output(api.PixelRules)
    .query(({ ctx, input }) => ctx.services.pixel.rules(input.shop)),
  testRule: procedure
    .input(api.PixelRuleInput)
    .output(api.PixelRuleTest)
    .mutation(({ ctx, input }) => ctx.services.pixel.testRule(input)),
  saveRule: procedure
    .input(api.PixelRuleInput)
    .output(api.PixelRule)
    .mutation(({ ctx, input }) => ctx.services.pixel.saveRule(input)),
  enableRule: procedure
    .input(api.PixelRuleEnableInput)
    .output(api.PixelRule)
    .mutation(({ ctx, input }) => ctx.services.pixel.enableRule(input)),
  removeRule: procedure
    .input(api.PixelRuleRef)
    .output(z.object({ removed: z.boolean() }))
    .mutation(({ ctx, input }) => ctx.services.pixel.removeRule(input)),
  draftRule: procedure
    .input(api.PixelRuleRef)
    .output(api.PixelRuleDraft)
    .mutation(({ ctx, input }) => ctx.services.pixel.draftRule(input)),
  funnel: procedure
    .meta({ openapi: { method: 'GET', path: '/pixel/funnel', tags: ['pixel'], summary: 'Funnel of a period' } })
    .input(api.PixelFunnelInput)
    .output(api.PixelFunnel)
    .query(({ ctx, input }) => ctx.services.pixel.funnel(input)),
  orderGaps: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/pixel/order-gaps',
        tags: ['pixel'],
        summary: 'Orders not seen, and events without order',
      },
    })
    .input(api.PixelFunnelInput)
    .output(api.PixelOrderGaps)
    .query(({ ctx, input }) => ctx.services.pixel.orderGaps(input)),
  session: procedure
    .input(api.PixelSessionInput)
    .output(api.PixelSessionOutput)
    .query(({ ctx, input }) => ctx.services.pixel.session(input)),
  sessions: procedure
    .input(api.PixelSessionsInput)
    .output(api.PixelSessionPage)
    .query(({ ctx, input }) => ctx.services.pixel.sessions(input)),
});
