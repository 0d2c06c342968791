import type { z } from 'zod';
import type * as api from '../../../../shared/api.ts';
import type { Page } from './browser.ts';

type Hit = z.infer<typeof api.SearchHit>;
type List<Row> = (
  input: {
    readonly search: string;
    readonly shop: string | undefined;
    readonly order: 'desc';
    readonly limit: number;
  },
  signal?: AbortSignal,
) => Promise<Page<Row>>;

export interface SearchedLists {
  readonly orders: List<api.OrderRow>;
  readonly customers: List<api.CustomerRow>;
  readonly products: List<api.ProductRow>;
  readonly transactions: List<api.TransactionRow>;
}

const EACH = 5;

/** What was typed, as an order number or an address would be written. */
const plain = (text: string): string => text.trim().replace(/^#/, '').toLowerCase();
const words = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join(' · ');

/**
 * One search over the four resources, the best few of each, kinds in the order of what is looked for most. What the search names whole (an
 * order number, an e-mail address) comes before everything else.
 */
export const createSearchEverything =
  (lists: SearchedLists) =>
  async (input: z.output<typeof api.SearchEverythingInput>, signal?: AbortSignal): Promise<{ hits: Hit[] }> => {
    const list = { search: input.search, shop: input.shop, order: 'desc', limit: EACH } as const;
    const [orders, customers, products, transactions] = await Promise.all([
      lists.orders(list, signal),
      lists.customers(list, signal),
      lists.products(list, signal),
      lists.transactions(list, signal),
    ]);
    const wanted = plain(input.search);
    const named = (...values: readonly (string | null)[]): boolean =>
      values.some((value) => value !== null && plain(value) === wanted);
    const hits: Hit[] = [
      ...orders.items.map(
        (row): Hit => ({
          resource: 'orders',
          id: row.id,
          shop: row.shop,
          title: row.name,
          person: row.customerName === '' ? null : row.customerName,
          detail: '',
          at: row.processedAt,
          exact: named(row.name, row.email),
        }),
      ),
      ...customers.items.map(
        (row): Hit => ({
          resource: 'customers',
          id: row.id,
          shop: row.shop,
          title: null,
          person: row.displayName,
          detail: words(row.city, `${row.ordersCount} ${row.ordersCount === 1 ? 'order' : 'orders'}`),
          at: null,
          exact: named(row.email),
        }),
      ),
      ...products.items.map(
        (row): Hit => ({
          resource: 'products',
          id: row.id,
          shop: row.shop,
          title: row.title,
          person: null,
          detail: words(row.vendor, row.productType),
          at: null,
          exact: named(row.title, row.handle),
        }),
      ),
      ...transactions.items.map(
        (row): Hit => ({
          resource: 'transactions',
          id: row.id,
          shop: row.shop,
          title: `${row.kind.charAt(0)}${row.kind.slice(1).toLowerCase().replaceAll('_', ' ')} of ${row.orderName}`,
          person: null,
          detail: row.gateway,
          at: row.processedAt,
          exact: false,
        }),
      ),
    ];
    return { hits: [...hits.filter((hit) => hit.exact), ...hits.filter((hit) => !hit.exact)] };
  };
