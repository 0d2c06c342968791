import { totalsOf } from '../data/order-totals.ts';
import { isoTime } from '../graphql/context.ts';
import { amountSpentBy } from '../graphql/customer-view.ts';
import type { DemoShop } from './shop.ts';

/** Kinds of rows a program that copies a shop can prove its copy with. */
export const TRUTH_KINDS = ['products', 'variants', 'orders', 'line_items', 'transactions', 'customers'] as const;
export type TruthKind = (typeof TRUTH_KINDS)[number];

/**
 * One line of text for each row, fields divided by `|`, amounts in the smallest unit of the shop's currency, times as the API gives them:
 * - products: id, updatedAt, title, status, vendor, number of variants, total inventory
 * - variants: id, product id, sku, price, inventory
 * - orders: id, updatedAt, name, displayFinancialStatus, displayFulfillmentStatus, total price, number of lines, number of transactions
 * - line_items: id, order id, sku, quantity, original unit price
 * - transactions: id, order id, kind, status, amount
 * - customers: id, updatedAt, e-mail or nothing, number of orders, amount spent
 * Ids are the numbers at the end of the gids.
 */
export function* truthLines(shop: DemoShop, kind: TruthKind): Generator<string> {
  if (kind === 'products' || kind === 'variants') {
    for (const product of shop.products.all()) {
      if (kind === 'variants') {
        for (const variant of product.variants)
          yield [variant.id, product.id, variant.sku, variant.price, variant.inventory].join('|');
        continue;
      }
      const inventory = product.variants.reduce((sum, variant) => sum + variant.inventory, 0);
      const { id, title, status, vendor, variants } = product;
      yield [id, isoTime(product.updatedAt), title, status, vendor, variants.length, inventory].join('|');
    }
    return;
  }
  if (kind === 'customers') {
    for (const customer of shop.customers.all()) {
      const orders = shop.orders.ofCustomer(customer.id);
      const { id, email } = customer;
      yield [id, isoTime(customer.updatedAt), email ?? '', orders.length, amountSpentBy(orders)].join('|');
    }
    return;
  }
  for (const order of shop.orders.all()) {
    if (kind === 'line_items') {
      for (const line of order.lines) yield [line.id, order.id, line.sku, line.quantity, line.unit.shop].join('|');
    } else if (kind === 'transactions') {
      for (const entry of order.transactions)
        yield [entry.id, order.id, entry.kind, entry.status, entry.amount.shop].join('|');
    } else {
      const { financialStatus, fulfillmentStatus, total } = totalsOf(order);
      yield [
        order.id,
        isoTime(order.updatedAt),
        `#${order.number}`,
        financialStatus,
        fulfillmentStatus,
        total.shop,
        order.lines.length,
        order.transactions.length,
      ].join('|');
    }
  }
}

/** Sum of a checksum of each line, so that the order of rows does not matter: two FNV-1a hashes, added modulo 2^32. */
export const createChecksum = (): { add(line: string): void; readonly hex: string } => {
  let low = 0;
  let high = 0;
  return {
    add: (line) => {
      let first = 0x811c9dc5;
      let second = 0x01000193;
      for (let at = 0; at < line.length; at += 1) {
        const code = line.charCodeAt(at);
        first = Math.imul(first ^ code, 0x01000193);
        second = Math.imul(second ^ code, 0x85ebca6b);
      }
      low = (low + (first >>> 0)) >>> 0;
      high = (high + (second >>> 0)) >>> 0;
    },
    get hex() {
      return `${high.toString(16).padStart(8, '0')}${low.toString(16).padStart(8, '0')}`;
    },
  };
};

const TURN_LINES = 2000;

/** Count and checksum of one kind; gives others their turn while it reckons. */
export const truthOf = async (shop: DemoShop, kind: TruthKind): Promise<{ count: number; checksum: string }> => {
  const sum = createChecksum();
  let count = 0;
  for (const line of truthLines(shop, kind)) {
    sum.add(line);
    count += 1;
    if (count % TURN_LINES === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return { count, checksum: sum.hex };
};
