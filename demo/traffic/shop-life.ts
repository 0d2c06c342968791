import type { DemoProduct } from '../data/products.ts';
import type { Random } from '../data/random.ts';
import type { Actions } from '../shop/actions.ts';
import type { DemoShop } from '../shop/shop.ts';

const RECENT_ORDERS = 60;
const WORKING_SET = 150;

/** A small change, as they happen all day in a shop: mostly stock, sometimes a price or a name. */
export const changeProduct = (product: DemoProduct, random: Random, now: number): void => {
  const variant = product.variants[random.int(0, product.variants.length - 1)];
  const roll = random.next();
  if (variant && roll < 0.75) {
    variant.inventory =
      variant.inventory > 0 && random.chance(0.8) ? variant.inventory - 1 : variant.inventory + random.int(5, 40);
    variant.updatedAt = now;
  } else if (variant && roll < 0.92) {
    variant.price = Math.max(100, Math.round((variant.price * (0.9 + random.next() * 0.2)) / 100) * 100 - 5);
    variant.updatedAt = now;
  } else {
    const suffix = ' – back in stock';
    product.title = product.title.endsWith(suffix)
      ? product.title.slice(0, -suffix.length)
      : `${product.title}${suffix}`;
  }
};

const recentOrder = (shop: DemoShop, random: Random): number | null => {
  const { count } = shop.orders;
  const order = count === 0 ? null : shop.orders.nth(count - 1 - random.int(0, Math.min(RECENT_ORDERS, count) - 1));
  return order?.id ?? null;
};

/** A change of one product from the shop's working set. */
export const changeAnyProduct = (shop: DemoShop, events: Actions, random: Random, now: number): number | null => {
  const found = shop.products.nth(random.int(0, Math.min(WORKING_SET, Math.max(1, shop.products.count)) - 1));
  const product = found && shop.products.change(found.id, (draft) => changeProduct(draft, random, now));
  if (!product) return null;
  events.productChanged(shop, product.id);
  return product.id;
};

/** One thing that happens with orders: somebody buys, an order is paid, sent, given back, or a customer appears. */
export const tradeOnce = (shop: DemoShop, events: Actions, random: Random): void => {
  const roll = random.next();
  const order = recentOrder(shop, random);
  if (roll < 0.45 || order === null) {
    const { count } = shop.customers;
    const customer = count === 0 || random.chance(0.05) ? null : shop.customers.nth(random.int(0, count - 1));
    events.placeOrder(shop, customer?.id ?? null);
  } else if (roll < 0.75) events.fulfillOrder(shop, order);
  else if (roll < 0.82) events.payOrder(shop, order);
  else if (roll < 0.88) events.refundOrder(shop, order, random.chance(0.4));
  else if (roll < 0.91) events.editOrder(shop, order, { note: 'The customer called.' });
  else if (roll < 0.97) {
    const customer = shop.customers.nth(random.int(0, Math.max(0, shop.customers.count - 1)));
    if (customer) events.changeCustomer(shop, customer.id, { tags: [random.pick(['vip', 'newsletter', 'wholesale'])] });
  } else events.createCustomer(shop);
};

/** Anything at all, for bursts. */
export const changeSomething = (shop: DemoShop, events: Actions, random: Random, now: number): void => {
  if (random.chance(0.5)) changeAnyProduct(shop, events, random, now);
  else tradeOnce(shop, events, random);
};
