import { z } from 'zod';
import * as api from '../../../shared/api.ts';
import { ShopDomain } from '../../../shared/shop-domain.ts';
import { procedure, router } from '../trpc.ts';

export const storesRouter = router({
  list: procedure
    .meta({ openapi: { method: 'GET', path: '/stores', tags: ['stores'], summary: 'Connected stores' } })
    .input(z.void())
    .output(z.object({ items: z.array(api.Store) }))
    .query(async ({ ctx }) => ({ items: await ctx.services.stores.list() })),
  beginConnect: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/stores/connect',
        tags: ['stores'],
        summary: 'Make a one-time address that starts an install',
      },
    })
    .input(api.BeginConnectInput)
    .output(api.BeginConnectOutput)
    .mutation(({ ctx, input }) => ctx.services.stores.beginConnect(input)),
  sync: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/stores/{shop}/sync',
        tags: ['stores'],
        summary: 'Fetch the products of a store again',
      },
    })
    .input(z.object({ shop: ShopDomain }))
    .output(z.object({ started: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.stores.sync(input.shop);
      return { started: true as const };
    }),
  repair: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/stores/{shop}/repair',
        tags: ['stores'],
        summary: 'Check the token, webhooks and pixel of a store and put them right',
      },
    })
    .input(z.object({ shop: ShopDomain }))
    .output(api.Store)
    .mutation(({ ctx, input }) => ctx.services.stores.repair(input.shop)),
});
