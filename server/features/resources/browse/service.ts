import type { z } from 'zod';
import type * as api from '../../../../shared/api.ts';
import type { Resource } from '../../../../shared/browse/columns.ts';
import type { Clock } from '../../../platform/clock.ts';
import { type Reads, readsFor } from '../../../platform/db/database.ts';
import type { ReadOptions } from '../../../platform/db/reader-pool.ts';
import { createBrowser, type ListInput, type SelectionInput } from './browser.ts';
import { createCharts } from './charts.ts';
import { type BrowseDefinition, DEFINITIONS } from './definition.ts';
import { createRecordDetails } from './details.ts';
import { createSearchEverything } from './everything.ts';
import { createGridCharts } from './grid-charts.ts';

/**
 * Everything that the screens of the four resources read. Reads only; nothing here calls Shopify. What is asked with a signal ends when it is
 * aborted: @throws AppError `CANCELLED`
 */
export const createBrowse = (db: Reads, clock: Clock) => {
  const browserOf = <R extends Resource, Row>(definition: BrowseDefinition<R, Row>) => {
    const browser = (options: ReadOptions) => createBrowser(readsFor(db, options), clock, definition);
    return {
      list: (input: ListInput, signal?: AbortSignal) => browser({ signal }).list(input),
      count: (input: SelectionInput, signal?: AbortSignal) => browser({ signal, isLong: true }).count(input),
      values: (column: string, shop: string | undefined, signal?: AbortSignal) =>
        browser({ signal }).values(column, shop),
    };
  };
  const browsers = {
    products: browserOf(DEFINITIONS.products),
    orders: browserOf(DEFINITIONS.orders),
    transactions: browserOf(DEFINITIONS.transactions),
    customers: browserOf(DEFINITIONS.customers),
  };
  const details = createRecordDetails(db);
  const gridCharts = createGridCharts(db, clock);
  return {
    products: { list: browsers.products.list, get: details.product },
    orders: { list: browsers.orders.list, get: details.order },
    transactions: { list: browsers.transactions.list, get: details.transaction },
    customers: { list: browsers.customers.list, get: details.customer },
    browse: {
      count: async (selection: api.Selection, signal?: AbortSignal) => ({
        total: await browsers[selection.resource].count(selection, signal),
      }),
      values: async ({ resource, column, shop }: z.output<typeof api.ValuesInput>, signal?: AbortSignal) => ({
        values: await browsers[resource].values(column, shop, signal),
      }),
      everything: createSearchEverything({
        orders: browsers.orders.list,
        customers: browsers.customers.list,
        products: browsers.products.list,
        transactions: browsers.transactions.list,
      }),
      charts: createCharts(db, clock),
      productCharts: gridCharts.products,
      customerCharts: gridCharts.customers,
      transactionCharts: gridCharts.transactions,
    },
  };
};
export type Browse = ReturnType<typeof createBrowse>;
