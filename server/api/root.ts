import { z } from 'zod';
import * as api from '../../shared/api.ts';
import { ShopDomain } from '../../shared/shop-domain.ts';
import { procedure, router } from './trpc.ts';

const system = router({
  status: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/status',
        tags: ['system'],
        summary: 'Version, mode and addresses of this backend',
      },
    })
    .input(z.void())
    .output(api.SystemStatus)
    .query(({ ctx }) => ctx.services.system.status()),
  stats: procedure
    .meta({ openapi: { method: 'GET', path: '/stats', tags: ['system'], summary: 'Counts per store and in total' } })
    .input(z.void())
    .output(api.Stats)
    .query(({ ctx }) => ctx.services.stats.all()),
});

const stores = router({
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

const products = router({
  list: procedure
    .meta({
      openapi: { method: 'GET', path: '/products', tags: ['products'], summary: 'Search and page through products' },
    })
    .input(api.ProductListInput)
    .output(api.ProductPage)
    .query(({ ctx, input }) => ctx.services.products.list(input)),
  get: procedure
    .input(z.object({ id: z.string().max(200) }))
    .output(api.ProductDetail)
    .query(({ ctx, input }) => ctx.services.products.get(input.id)),
});

const webhooks = router({
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

const pixel = router({
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
});

const settings = router({
  credentials: procedure
    .input(z.void())
    .output(api.Credentials)
    .query(({ ctx }) => ctx.services.settings.credentials()),
  saveCredentials: procedure
    .input(api.SaveCredentialsInput)
    .output(api.Credentials)
    .mutation(({ ctx, input }) => ctx.services.settings.saveCredentials(input)),
  importCredentials: procedure
    .input(api.ImportCredentialsInput)
    .output(api.ImportCredentialsOutput)
    .mutation(({ ctx, input }) => ctx.services.settings.importCredentials(input)),
});

/** One line an area. */
export const appRouter = router({ system, stores, products, webhooks, pixel, settings });
export type AppRouter = typeof appRouter;
