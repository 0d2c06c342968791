import { topicHandler } from '../../platform/topic-handler.ts';
import { deletedProductId, type ProductRecord, productFromWebhook } from './product-mapping.ts';
import { deleteProduct, upsertProducts } from './product-store.ts';

/** Handlers of the product topics. `currencyOf` answers null for a store that is not connected: its webhooks change nothing. */
export const createProductWebhookHandlers = (options: {
  currencyOf: (shop: string) => string | null | undefined;
  onChanged: (ids: readonly string[]) => void;
}) => {
  const upsert = topicHandler<{ product: ProductRecord; syncedAt: string }>({
    prepare: (payload, delivery) => {
      const currency = options.currencyOf(delivery.shop);
      return currency === undefined
        ? null
        : { product: productFromWebhook(delivery.shop, currency, payload), syncedAt: delivery.receivedAt };
    },
    write: async (tx, items) => {
      const syncedAt = items.at(-1)?.syncedAt ?? '';
      const ids = await upsertProducts(
        tx,
        items.map((item) => item.product),
        { syncedAt, syncedBy: 'webhook' },
      );
      options.onChanged(ids);
    },
  });
  const remove = topicHandler<{ shop: string; id: string; deletedAt: string }>({
    prepare: (payload, delivery) => {
      if (options.currencyOf(delivery.shop) === undefined) return null;
      return {
        shop: delivery.shop,
        id: deletedProductId(payload),
        deletedAt: new Date(delivery.triggeredAt ?? delivery.receivedAt).toISOString(),
      };
    },
    write: async (tx, items) => {
      for (const { shop, id, deletedAt } of items) await deleteProduct(tx, shop, id, deletedAt);
      options.onChanged(items.map((item) => item.id));
    },
  });
  return { 'products/create': upsert, 'products/update': upsert, 'products/delete': remove };
};
