import { z } from 'zod';
import * as api from '../../../shared/api.ts';
import { procedure, router } from '../trpc.ts';

export const systemRouter = router({
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
