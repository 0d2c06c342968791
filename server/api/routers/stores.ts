import { z } from 'zod';
import * as api from '../../../shared/api.ts';
import { ShopDomain } from '../../../shared/shop-domain.ts';
import { procedure, router } from '../trpc.ts';

const Started = z.object({ started: z.literal(true) });

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
        summary: 'Fetch what changed in a store; go on with what was paused, or try again what failed',
      },
    })
    .input(api.SyncInput)
    .output(Started)
    .mutation(async ({ ctx, input }) => {
      await ctx.services.stores.sync(input);
      return { started: true as const };
    }),
  pauseSync: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/stores/{shop}/sync/pause',
        tags: ['stores'],
        summary: 'Pause fetching; it goes on where it stopped',
      },
    })
    .input(api.SyncInput)
    .output(Started)
    .mutation(async ({ ctx, input }) => {
      await ctx.services.stores.pauseSync(input);
      return { started: true as const };
    }),
  cancelSync: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/stores/{shop}/sync/cancel',
        tags: ['stores'],
        summary: 'Give up the present run of fetching',
      },
    })
    .input(api.SyncInput)
    .output(Started)
    .mutation(async ({ ctx, input }) => {
      await ctx.services.stores.cancelSync(input);
      return { started: true as const };
    }),
  verifySync: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/stores/{shop}/sync/verify',
        tags: ['stores'],
        summary: 'Compare ids and counts at Shopify with those here, and repair what differs',
      },
    })
    .input(api.SyncInput)
    .output(Started)
    .mutation(async ({ ctx, input }) => {
      await ctx.services.stores.verifySync(input);
      return { started: true as const };
    }),
  reimport: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/stores/{shop}/sync/reimport',
        tags: ['stores'],
        summary: 'Fetch everything anew beside what is here, and compare ids; confirm by the shop domain',
      },
    })
    .input(api.ReimportInput)
    .output(Started)
    .mutation(async ({ ctx, input }) => {
      await ctx.services.stores.reimport(input);
      return { started: true as const };
    }),
  syncRuns: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/stores/{shop}/sync/runs',
        tags: ['stores'],
        summary: 'The last reconciles of a store',
      },
    })
    .input(z.object({ shop: ShopDomain }))
    .output(z.object({ items: z.array(api.SyncRunRow) }))
    .query(async ({ ctx, input }) => ({ items: await ctx.services.stores.syncRuns(input.shop) })),
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
