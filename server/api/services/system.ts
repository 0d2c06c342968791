import type * as api from '../../../shared/api.ts';
import type { Out } from '../io.ts';

export interface SystemApi {
  status(): Out<typeof api.SystemStatus>;
}
export interface StatsApi {
  all(): Out<typeof api.Stats>;
}
