import { z } from 'zod';
import * as api from '../../../shared/api.ts';
import { procedure, router } from '../trpc.ts';

export const backupsRouter = router({
  list: procedure
    .meta({ openapi: { method: 'GET', path: '/backups', tags: ['backups'], summary: 'Backups, newest first' } })
    .input(z.void())
    .output(api.BackupList)
    .query(({ ctx }) => ctx.services.backups.list()),
  create: procedure
    .meta({ openapi: { method: 'POST', path: '/backups', tags: ['backups'], summary: 'Back up the database now' } })
    .input(z.void())
    .output(api.Backup)
    .mutation(({ ctx }) => ctx.services.backups.create()),
  restore: procedure
    .input(api.BackupName)
    .output(z.object({ restarting: z.literal(true) }))
    .mutation(({ ctx, input }) => ctx.services.backups.restore(input.name)),
});
