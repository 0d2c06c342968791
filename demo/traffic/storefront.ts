import type { DemoProduct } from '../data/products.ts';
import type { Random } from '../data/random.ts';
import type { DemoShop } from '../shop/shop.ts';
import {
  type CartLine,
  createEventMaker,
  createVisitor,
  type EventMaker,
  type PixelEvent,
  spoil,
  type Visitor,
} from './pixel-events.ts';

/** Places the order of a checkout that was paid; answers its id. */
export type PlaceOrder = (products: readonly number[], checkoutToken: string) => number;

/** Shoppers who walk through a shop, one step at a time. */
export interface Storefront {
  /** The next step of the session under way, or the first of a new one. */
  next(): PixelEvent;
  /** The next step, broken on the way. */
  nextSpoiled(): PixelEvent;
}

const FIRST_ORDER_ID = 5_200_000_000_000;
const COLLECTIONS: readonly [string, ...string[]] = ['Frontpage', 'New Arrivals', 'Best Sellers', 'Gifts', 'Sale'];

const pickProducts = (shop: DemoShop, random: Random, count: number): DemoProduct[] => {
  const products: DemoProduct[] = [];
  for (let tries = 0; tries < count * 3 && products.length < count; tries += 1) {
    const product = shop.products.nth(random.int(0, Math.max(0, shop.products.count - 1)));
    if (product?.status === 'ACTIVE') products.push(product);
  }
  return products;
};

const pickLine = (product: DemoProduct, random: Random): CartLine | null => {
  const variant = product.variants[random.int(0, product.variants.length - 1)];
  return variant ? { product, variant, quantity: random.chance(0.85) ? 1 : 2 } : null;
};

/** One visit: landing, browsing, perhaps a cart, perhaps a purchase. */
function* session(
  shop: DemoShop,
  maker: EventMaker,
  visitor: Visitor,
  random: Random,
  placeOrder: PlaceOrder,
): Generator<PixelEvent, void> {
  yield maker.pageViewed(visitor, '/');
  if (random.chance(0.6)) {
    const title = random.pick(COLLECTIONS);
    yield maker.collectionViewed(visitor, title, pickProducts(shop, random, 4));
  }
  if (random.chance(0.25)) yield maker.searchSubmitted(visitor, pickProducts(shop, random, 3));
  const cart: CartLine[] = [];
  for (const product of pickProducts(shop, random, random.int(1, 4))) {
    const line = pickLine(product, random);
    if (!line) continue;
    yield maker.pageViewed(visitor, `/products/${product.handle}`);
    yield maker.productViewed(visitor, product, line.variant);
    if (random.chance(0.4)) {
      cart.push(line);
      yield maker.productAdded(visitor, line);
    }
  }
  if (cart.length === 0 || random.chance(0.25)) return;
  yield maker.cartViewed(visitor, cart);
  const [first] = cart;
  if (first && cart.length > 1 && random.chance(0.2)) {
    cart.shift();
    yield maker.productRemoved(visitor, first);
  }
  if (random.chance(0.35)) return;
  const token = random.hex(32);
  yield maker.checkout(visitor, 'checkout_started', cart, token);
  if (random.chance(0.15)) return;
  yield maker.checkout(visitor, 'checkout_contact_info_submitted', cart, token);
  yield maker.checkout(visitor, 'checkout_address_info_submitted', cart, token);
  yield maker.checkout(visitor, 'checkout_shipping_info_submitted', cart, token);
  if (random.chance(0.1)) return;
  yield maker.checkout(visitor, 'payment_info_submitted', cart, token);
  const orderId = placeOrder(
    cart.map(({ product }) => product.id),
    token,
  );
  yield maker.checkout(visitor, 'checkout_completed', cart, token, orderId);
}

export const createStorefront = (
  shop: DemoShop,
  random: Random,
  now: () => number,
  placeOrder: PlaceOrder = () => FIRST_ORDER_ID + random.int(1, 900_000_000),
): Storefront => {
  const maker = createEventMaker(shop, random, now);
  const begin = () => session(shop, maker, createVisitor(random), random, placeOrder);
  let visit = begin();
  const next = (): PixelEvent => {
    const step = visit.next();
    if (!step.done) return step.value;
    visit = begin();
    return next();
  };
  return { next, nextSpoiled: () => spoil(next(), random) };
};
