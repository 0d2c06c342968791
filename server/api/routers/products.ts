import { z } from 'zod';
import * as api from '../../../shared/api.ts';
import { procedure, router } from '../trpc.ts';

export const productsRouter = router({
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
