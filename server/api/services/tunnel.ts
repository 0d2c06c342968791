import type * as api from '../../../shared/api.ts';
import type { In, Out } from '../io.ts';

export interface TunnelApi {
  get(): Out<typeof api.Tunnel>;
  save(input: In<typeof api.SaveTunnelInput>): Out<typeof api.Tunnel>;
  recheck(): Out<typeof api.Tunnel>;
  check(): Out<typeof api.Tunnel>;
}
