import type { z } from 'zod';
import type * as api from '../../../../shared/api.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import { createBrowser } from './browser.ts';
import { DEFINITIONS } from './definition.ts';

type Hit = z.infer<typeof api.SearchHit>;

const EACH = 5;

/** One search over orders, customers and products, the best few of each. Transactions are found by their order. */
export const createSearchEverything = (db: Database, clock: Clock) => {
  const orders = createBrowser(db, clock, DEFINITIONS.orders);
  const customers = createBrowser(db, clock, DEFINITIONS.customers);
  const products = createBrowser(db, clock, DEFINITIONS.products);
  return async (input: z.output<typeof api.SearchEverythingInput>): Promise<{ hits: Hit[] }> => {
    const list = { search: input.search, shop: input.shop, order: 'desc', limit: EACH } as const;
    const [foundOrders, foundCustomers, foundProducts] = await Promise.all([
      orders.list(list),
      customers.list(list),
      products.list(list),
    ]);
    return {
      hits: [
        ...foundOrders.items.map(
          (row): Hit => ({ resource: 'orders', id: row.id, shop: row.shop, title: row.name, detail: row.processedAt }),
        ),
        ...foundCustomers.items.map(
          (row): Hit => ({
            resource: 'customers',
            id: row.id,
            shop: row.shop,
            title: row.displayName,
            detail: `${row.ordersCount} orders`,
          }),
        ),
        ...foundProducts.items.map(
          (row): Hit => ({ resource: 'products', id: row.id, shop: row.shop, title: row.title, detail: row.vendor }),
        ),
      ],
    };
  };
};
