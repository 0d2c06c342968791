import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { topicHandler } from '../../platform/topic-handler.ts';
import type { ShopService } from './service.ts';
import type { ShopStore } from './shop-store.ts';

/** Handlers of the topics about the app's own installation. */
export const createShopWebhookHandlers = (options: {
  service: ShopService;
  store: ShopStore;
  publish: (shop: string) => void;
}) => ({
  'app/uninstalled': topicHandler<{ shop: string; at: string }>({
    prepare: (_payload, { shop, triggeredAt, receivedAt }) =>
      options.store.find(shop) ? { shop, at: new Date(triggeredAt ?? receivedAt).toISOString() } : null,
    write: async (tx, items, afterCommit) => {
      for (const { shop, at } of items) await options.service.markUninstalled(tx, shop, at, afterCommit);
    },
  }),
  'app/scopes_update': topicHandler<{ shop: string; scopes: string[] }>({
    prepare: (payload, { shop }) => {
      if (!options.store.find(shop)) return null;
      const parsed = z.object({ current: z.array(z.string()) }).safeParse(payload);
      if (!parsed.success)
        throw new AppError('BAD_REQUEST', 'The payload names no current scopes.', {
          hint: 'The body is kept and can be looked at.',
        });
      return { shop, scopes: parsed.data.current };
    },
    write: async (tx, items, afterCommit) => {
      for (const { shop, scopes } of items) {
        await options.store.updateIn(tx, shop, { scopes }, afterCommit);
        afterCommit(() => options.publish(shop));
      }
    },
  }),
});
