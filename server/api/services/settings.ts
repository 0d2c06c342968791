import type * as api from '../../../shared/api.ts';
import type { In, Out } from '../io.ts';

export interface SettingsApi {
  credentials(): Out<typeof api.Credentials>;
  saveCredentials(input: In<typeof api.SaveCredentialsInput>): Out<typeof api.Credentials>;
  importCredentials(input: In<typeof api.ImportCredentialsInput>): Out<typeof api.ImportCredentialsOutput>;
  takeAppToml(): Out<typeof api.Credentials>;
  masterKey(): Out<typeof api.MasterKeyState>;
  changeMasterKey(): Promise<void>;
  apiHealth(): Out<typeof api.ApiHealth>;
}
