import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import type { ShopService } from './service.ts';
import type { ShopStore } from './shop-store.ts';

type Write = Parameters<ShopService['markUninstalled']>[0];
interface DeliveryFacts {
  readonly shop: string;
  readonly triggeredAt: string | null;
  readonly receivedAt: string;
}

/** Handlers of the topics about the app's own installation. */
export const createShopWebhookHandlers = (options: { service: ShopService; store: ShopStore; publish: (shop: string) => void }) => ({
  'app/uninstalled': (_payload: unknown, delivery: DeliveryFacts) => {
    if (!options.store.find(delivery.shop)) return null;
    const at = new Date(delivery.triggeredAt ?? delivery.receivedAt).toISOString();
    return (tx: Write): Promise<void> => options.service.markUninstalled(tx, delivery.shop, at);
  },
  'app/scopes_update': (payload: unknown, delivery: DeliveryFacts) => {
    if (!options.store.find(delivery.shop)) return null;
    const parsed = z.object({ current: z.array(z.string()) }).safeParse(payload);
    if (!parsed.success) throw new AppError('BAD_REQUEST', 'The payload names no current scopes.', { hint: 'The body is kept and can be looked at.' });
    return async (tx: Write): Promise<void> => {
      await options.store.updateIn(tx, delivery.shop, { scopes: parsed.data.current });
      options.publish(delivery.shop);
    };
  },
});
