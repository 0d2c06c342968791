import { z } from 'zod';
import * as api from '../../../shared/api.ts';
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
});
