import type * as api from '../../../shared/api.ts';
import type { In, Out } from '../io.ts';

export interface PixelApi {
  list(input: In<typeof api.PixelListInput>): Out<typeof api.PixelPage>;
  get(id: string): Out<typeof api.PixelDetail>;
  summary(): Out<typeof api.PixelSummary>;
}
