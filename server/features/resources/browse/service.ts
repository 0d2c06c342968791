import type { z } from 'zod';
import type * as api from '../../../../shared/api.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import { createBrowser } from './browser.ts';
import { createCharts } from './charts.ts';
import { DEFINITIONS } from './definition.ts';
import { createRecordDetails } from './details.ts';
import { createSearchEverything } from './everything.ts';

/** Everything that the screens of the four resources read. Reads only; nothing here calls Shopify. */
export const createBrowse = (db: Database, clock: Clock) => {
  const browsers = {
    products: createBrowser(db, clock, DEFINITIONS.products),
    orders: createBrowser(db, clock, DEFINITIONS.orders),
    transactions: createBrowser(db, clock, DEFINITIONS.transactions),
    customers: createBrowser(db, clock, DEFINITIONS.customers),
  };
  const details = createRecordDetails(db);
  return {
    products: { list: browsers.products.list, get: details.product },
    orders: { list: browsers.orders.list, get: details.order },
    transactions: { list: browsers.transactions.list, get: details.transaction },
    customers: { list: browsers.customers.list, get: details.customer },
    browse: {
      count: async (selection: api.Selection) => ({ total: await browsers[selection.resource].count(selection) }),
      values: async ({ resource, column, shop }: z.output<typeof api.ValuesInput>) => ({
        values: await browsers[resource].values(column, shop),
      }),
      everything: createSearchEverything({
        orders: browsers.orders.list,
        customers: browsers.customers.list,
        products: browsers.products.list,
        transactions: browsers.transactions.list,
      }),
      charts: createCharts(db, clock),
    },
  };
};
export type Browse = ReturnType<typeof createBrowse>;
