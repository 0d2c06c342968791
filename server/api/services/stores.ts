import type * as api from '../../../shared/api.ts';
import type { In, Out } from '../io.ts';

export interface StoresApi {
  list(): Promise<api.Store[]>;
  beginConnect(input: In<typeof api.BeginConnectInput>): Out<typeof api.BeginConnectOutput>;
  sync(shop: string): Promise<void>;
  repair(shop: string): Promise<api.Store>;
}
