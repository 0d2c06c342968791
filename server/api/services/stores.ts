import type * as api from '../../../shared/api.ts';
import type { In, Out } from '../io.ts';

export interface StoresApi {
  list(): Promise<api.Store[]>;
  beginConnect(input: In<typeof api.BeginConnectInput>): Out<typeof api.BeginConnectOutput>;
  connectAttempt(id: string): Out<typeof api.ConnectAttempt>;
  connectWithToken(input: In<typeof api.ConnectWithTokenInput>): Promise<api.Store>;
  connectWithCredentials(input: In<typeof api.ConnectWithCredentialsInput>): Promise<api.Store>;
  rename(input: In<typeof api.RenameStoreInput>): Promise<api.Store>;
  disconnect(input: In<typeof api.DisconnectInput>): Out<typeof api.DisconnectOutput>;
  sync(input: In<typeof api.SyncInput>): Promise<void>;
  pauseSync(input: In<typeof api.SyncInput>): Promise<void>;
  cancelSync(input: In<typeof api.SyncInput>): Promise<void>;
  verifySync(input: In<typeof api.SyncInput>): Promise<void>;
  reimport(input: In<typeof api.ReimportInput>): Promise<void>;
  syncRuns(shop: string): Promise<Awaited<Out<typeof api.SyncRunRow>>[]>;
  repair(shop: string): Promise<api.Store>;
}
