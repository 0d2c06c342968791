import type * as api from '../../../shared/api.ts';
import type { In, Out } from '../io.ts';

export interface ProductsApi {
  list(input: In<typeof api.ProductListInput>): Out<typeof api.ProductPage>;
  get(id: string): Promise<api.ProductDetail>;
}
