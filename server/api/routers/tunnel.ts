import { z } from 'zod';
import * as api from '../../../shared/api.ts';
import { procedure, router } from '../trpc.ts';

export const tunnelRouter = router({
  get: procedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/tunnel',
        tags: ['system'],
        summary: 'The public address: tunnel, state, usage of the plan',
      },
    })
    .input(z.void())
    .output(api.Tunnel)
    .query(({ ctx }) => ctx.services.tunnel.get()),
  save: procedure
    .input(api.SaveTunnelInput)
    .output(api.Tunnel)
    .mutation(({ ctx, input }) => ctx.services.tunnel.save(input)),
  /** Looks at once instead of at the next try: the network changed, or somebody pressed “Try again”. */
  recheck: procedure
    .input(z.void())
    .output(api.Tunnel)
    .mutation(({ ctx }) => ctx.services.tunnel.recheck()),
  check: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/tunnel/check',
        tags: ['system'],
        summary: 'Call the public address from outside and say what answers',
      },
    })
    .input(z.void())
    .output(api.Tunnel)
    .mutation(({ ctx }) => ctx.services.tunnel.check()),
});
