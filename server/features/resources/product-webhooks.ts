import type { EventBus } from '../../platform/events/bus.ts';
import { deletedProductId, productFromWebhook } from './product-mapping.ts';
import { deleteProduct, upsertProducts } from './product-store.ts';

/** What the webhooks feature hands to a handler; structural, so that the two features stay strangers. */
interface DeliveryFacts {
  readonly shop: string;
  readonly triggeredAt: string | null;
  readonly receivedAt: string;
}
type Write = Parameters<typeof upsertProducts>[0];

/** Handlers of the product topics. `currencyOf` answers null for a store that is not connected: its webhooks change nothing. */
export const createProductWebhookHandlers = (options: { bus: EventBus; currencyOf: (shop: string) => string | null | undefined }) => {
  const upsert = (payload: unknown, delivery: DeliveryFacts) => {
    const currency = options.currencyOf(delivery.shop);
    if (currency === undefined) return null;
    const product = productFromWebhook(delivery.shop, currency, payload);
    return async (tx: Write): Promise<void> => {
      await upsertProducts(tx, [product], { syncedAt: delivery.receivedAt, syncedBy: 'webhook' });
      options.bus.publish({ topic: 'products', shop: delivery.shop, ids: [product.id] });
    };
  };
  const remove = (payload: unknown, delivery: DeliveryFacts) => {
    if (options.currencyOf(delivery.shop) === undefined) return null;
    const id = deletedProductId(payload);
    const deletedAt = new Date(delivery.triggeredAt ?? delivery.receivedAt).toISOString();
    return async (tx: Write): Promise<void> => {
      await deleteProduct(tx, delivery.shop, id, deletedAt);
      options.bus.publish({ topic: 'products', shop: delivery.shop, ids: [id] });
    };
  };
  return { 'products/create': upsert, 'products/update': upsert, 'products/delete': remove } as const;
};
