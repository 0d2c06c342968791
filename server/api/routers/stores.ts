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
  connectAttempt: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/stores/connect/{id}',
        tags: ['stores'],
        summary: 'How far an attempt to connect has come',
      },
    })
    .input(z.object({ id: z.string().max(64) }))
    .output(api.ConnectAttempt)
    .query(({ ctx, input }) => ctx.services.stores.connectAttempt(input.id)),
  connectWithToken: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/stores/connect/token',
        tags: ['stores'],
        summary: 'Connect a store by a pasted Admin API token',
      },
    })
    .input(api.ConnectWithTokenInput)
    .output(api.Store)
    .mutation(({ ctx, input }) => ctx.services.stores.connectWithToken(input)),
  connectWithCredentials: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/stores/connect/credentials',
        tags: ['stores'],
        summary: 'Connect a store by the client-credentials grant',
      },
    })
    .input(api.ConnectWithCredentialsInput)
    .output(api.Store)
    .mutation(({ ctx, input }) => ctx.services.stores.connectWithCredentials(input)),
  rename: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/stores/{shop}/rename',
        tags: ['stores'],
        summary: 'Give a store a label of your own',
      },
    })
    .input(api.RenameStoreInput)
    .output(api.Store)
    .mutation(({ ctx, input }) => ctx.services.stores.rename(input)),
  disconnect: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/stores/{shop}/disconnect',
        tags: ['stores'],
        summary: 'End the connection to a store; what was fetched stays',
      },
    })
    .input(api.DisconnectInput)
    .output(api.DisconnectOutput)
    .mutation(({ ctx, input }) => ctx.services.stores.disconnect(input)),
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
