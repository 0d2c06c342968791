import type { DemoProduct, DemoVariant } from './products.ts';
import { createRandom, hashSeed } from './random.ts';
import { FIRST_NAMES, LAST_NAMES, PLACES, type Place } from './themes.ts';

export interface DemoCustomer {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string | null;
  readonly place: Place;
  readonly street: string;
  readonly subscribed: boolean;
  readonly tags: readonly string[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface DemoOrderLine {
  readonly id: number;
  readonly product: DemoProduct;
  readonly variant: DemoVariant;
  readonly quantity: number;
}

export interface DemoOrder {
  readonly id: number;
  readonly number: number;
  readonly customer: DemoCustomer;
  readonly lines: readonly DemoOrderLine[];
  readonly shippingCents: number;
  readonly isPaid: boolean;
  readonly isFulfilled: boolean;
  readonly isCancelled: boolean;
  readonly token: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface PeopleRecipe {
  readonly seed: number;
  readonly shop: string;
  readonly idBase: number;
  readonly epoch: number;
  readonly customers: number;
  readonly orders: number;
}

const DAY = 86_400_000;
const STREETS: readonly [string, ...string[]] = [
  'Alder Street',
  'Birch Lane',
  'Canal Road',
  'Dock Street',
  'Elm Grove',
  'Foundry Row',
  'Hill Road',
];
const wholeSeconds = (time: number): number => Math.floor(time / 1000) * 1000;

export const customerIdOf = (recipe: PeopleRecipe, index: number): number =>
  6_100_000_000_000 + recipe.idBase + (index + 1) * 32;
export const orderIdOf = (recipe: PeopleRecipe, index: number): number =>
  5_200_000_000_000 + recipe.idBase + (index + 1) * 32;

const indexOf = (id: number, first: number, count: number): number => {
  const index = (id - first) / 32;
  return Number.isInteger(index) && index >= 0 && index < count ? index : -1;
};
export const customerIndexOf = (recipe: PeopleRecipe, id: number): number =>
  indexOf(id, customerIdOf(recipe, 0), recipe.customers);
export const orderIndexOf = (recipe: PeopleRecipe, id: number): number =>
  indexOf(id, orderIdOf(recipe, 0), recipe.orders);

/** An invented person; the address is on a domain that is reserved for examples. */
export const generateCustomer = (recipe: PeopleRecipe, index: number): DemoCustomer => {
  const random = createRandom(hashSeed(recipe.seed, recipe.shop, 'customer', index));
  const firstName = random.pick(FIRST_NAMES);
  const lastName = random.pick(LAST_NAMES);
  const createdAt = wholeSeconds(recipe.epoch - random.int(5, 900) * DAY - random.int(0, DAY));
  return {
    id: customerIdOf(recipe, index),
    firstName,
    lastName,
    email: `${firstName}.${lastName}.${index + 1}@example.com`.toLowerCase(),
    phone: random.chance(0.5) ? `+1202555${String(random.int(100, 199)).padStart(4, '0')}` : null,
    place: random.pick(PLACES),
    street: `${random.int(1, 180)} ${random.pick(STREETS)}`,
    subscribed: random.chance(0.4),
    tags: random.chance(0.1) ? ['wholesale'] : random.chance(0.2) ? ['returning'] : [],
    createdAt,
    updatedAt: wholeSeconds(createdAt + random.next() * (recipe.epoch - createdAt)),
  };
};

/** An invented order over the shop's present products. */
export const generateOrder = (
  recipe: PeopleRecipe,
  index: number,
  productAt: (position: number) => DemoProduct | null,
  products: number,
): DemoOrder => {
  const random = createRandom(hashSeed(recipe.seed, recipe.shop, 'order', index));
  const id = orderIdOf(recipe, index);
  const lines: DemoOrderLine[] = [];
  for (let line = 0, count = random.int(1, 3); line < count; line += 1) {
    const product = products > 0 ? productAt(random.int(0, products - 1)) : null;
    const variant = product?.variants[random.int(0, product.variants.length - 1)];
    if (product && variant)
      lines.push({
        id: 14_000_000_000_000 + (id % 1_000_000_000) * 8 + line,
        product,
        variant,
        quantity: random.chance(0.8) ? 1 : 2,
      });
  }
  // Newer orders have higher numbers and ids, as in a real shop.
  const age = ((recipe.orders - index) / Math.max(1, recipe.orders)) * 120 * DAY;
  const createdAt = wholeSeconds(recipe.epoch - age);
  const isCancelled = random.chance(0.03);
  return {
    id,
    number: 1001 + index,
    customer: generateCustomer(recipe, random.int(0, Math.max(0, recipe.customers - 1))),
    lines,
    shippingCents: random.pick([0, 590, 990]),
    isPaid: random.chance(0.94),
    isFulfilled: !isCancelled && random.chance(0.8),
    isCancelled,
    token: random.hex(32),
    createdAt,
    updatedAt: wholeSeconds(Math.min(recipe.epoch, createdAt + random.int(0, 5) * DAY)),
  };
};
