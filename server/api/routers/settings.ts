import { z } from 'zod';
import * as api from '../../../shared/api.ts';
import { procedure, router } from '../trpc.ts';

export const settingsRouter = router({
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
  takeAppToml: procedure
    .input(z.void())
    .output(api.Credentials)
    .mutation(({ ctx }) => ctx.services.settings.takeAppToml()),
  masterKey: procedure
    .input(z.void())
    .output(api.MasterKeyState)
    .query(({ ctx }) => ctx.services.settings.masterKey()),
  changeMasterKey: procedure
    .input(z.void())
    .output(z.void())
    .mutation(({ ctx }) => ctx.services.settings.changeMasterKey()),
  apiHealth: procedure
    .input(z.void())
    .output(api.ApiHealth)
    .query(({ ctx }) => ctx.services.settings.apiHealth()),
});
