import type { z } from 'zod';
import type * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import type { ShopifyClient } from '../../shopify/client.ts';
import type { PixelActivation } from './activation.ts';
import type { createPixelStatus } from './status.ts';

/** What the operator does with a store's pixel; each answers its state afterwards. */
export const createPixelActions = (options: {
  activation: PixelActivation;
  status: ReturnType<typeof createPixelStatus>;
  endpoint: () => string;
  clientOf: (shop: string) => ShopifyClient;
  onChange: (shop: string) => void;
}) => {
  const { activation, endpoint, clientOf } = options;
  const answer = async (shop: string): Promise<z.output<typeof api.PixelStore>> => {
    options.onChange(shop);
    const found = await options.status.one(shop);
    if (!found) throw new AppError('NOT_FOUND', 'There is no such store.');
    return found;
  };
  return {
    activate: async (shop: string) => {
      await activation.activate(clientOf(shop), endpoint());
      return answer(shop);
    },
    deactivate: async (shop: string) => {
      await activation.deactivate(clientOf(shop));
      return answer(shop);
    },
    check: async (shop: string) => {
      await activation.compare(clientOf(shop), endpoint());
      return answer(shop);
    },
    /** The new key is taken before Shopify hands it out, and the old one for the time of grace. */
    rotateKey: async ({ shop, graceHours }: z.output<typeof api.PixelRotateInput>) => {
      await activation.rotateKey(shop, graceHours * 3_600_000);
      await activation.ensureActive(clientOf(shop), endpoint());
      return answer(shop);
    },
  };
};
