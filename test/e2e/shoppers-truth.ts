import { createRandom } from '../../demo/data/random.ts';
import { createShops } from '../../demo/shop/shop.ts';
import { createStorefront } from '../../demo/traffic/storefront.ts';

export type ShopperEvent = Record<string, unknown> & { readonly id: string; readonly name: string };

/** One visit, as the demo's generator makes it. */
export interface Shopper {
  readonly clientId: string;
  readonly events: readonly ShopperEvent[];
  /** Of what was paid: the token of the checkout and the products. */
  readonly bought: { readonly token: string; readonly products: readonly number[] } | null;
}

/** The first shoppers of the demo store of this seed. */
export const createShoppers = (seed: number, products: number, count: number): Shopper[] => {
  const [shop] = createShops({
    seed,
    products,
    orders: 0,
    customers: 0,
    throttle: { maximum: 1, restoreRate: 1 },
    now: Date.now,
  });
  if (!shop) throw new Error('no shop');
  const bought = new Map<string, readonly number[]>();
  const storefront = createStorefront(shop, createRandom(seed), Date.now, (ids, token) => {
    bought.set(token, ids);
    return bought.size;
  });
  const shoppers: { clientId: string; events: ShopperEvent[]; bought: Shopper['bought'] }[] = [];
  for (;;) {
    const event = storefront.next() as ShopperEvent;
    const clientId = String(event.clientId);
    if (shoppers.at(-1)?.clientId !== clientId) {
      if (shoppers.length === count) return shoppers;
      shoppers.push({ clientId, events: [], bought: null });
    }
    const shopper = shoppers.at(-1);
    shopper?.events.push(event);
    if (shopper && event.name === 'checkout_completed') {
      const { token } = (event.data as { checkout: { token: string } }).checkout;
      shopper.bought = { token, products: bought.get(token) ?? [] };
    }
  }
};

export type Row = readonly [label: string, ...numbers: number[]];
const STEPS = [
  ['Viewed a product', 'product_viewed'],
  ['Added to cart', 'product_added_to_cart'],
  ['Started checkout', 'checkout_started'],
  ['Paid', 'checkout_completed'],
] as const;
const SHOWN = 10;

/** What the console has to show of events, counted here in the plainest way. */
export const truthOf = (visits: readonly (readonly ShopperEvent[])[]) => {
  const counts = {
    product: new Map<string, number[]>(),
    search: new Map<string, number[]>(),
    source: new Map<string, number[]>(),
  };
  const add = (kind: keyof typeof counts, label: string, at: number): void => {
    const row = counts[kind].get(label) ?? [0, 0, 0];
    row[at] = (row[at] ?? 0) + 1;
    counts[kind].set(label, row);
  };
  const title = (variant: unknown): string => (variant as { product: { title: string } }).product.title;
  const seen = visits.filter((events) => events.length > 0);
  for (const events of seen) {
    const [first] = events;
    if (first === undefined) continue;
    const names = new Set(events.map(({ name }) => name));
    const { referrer } = (first.context as { document: { referrer: string } }).document;
    const source = referrer === '' ? 'direct' : new URL(referrer).hostname.replace(/^www\./, '');
    add('source', source, 0);
    if (names.has('product_added_to_cart')) add('source', source, 1);
    if (names.has('checkout_completed')) add('source', source, 2);
    for (const { name, data } of events) {
      if (name === 'product_viewed') add('product', title((data as { productVariant: unknown }).productVariant), 0);
      if (name === 'product_added_to_cart')
        add('product', title((data as { cartLine: { merchandise: unknown } }).cartLine.merchandise), 1);
      if (name === 'checkout_completed') {
        const { lineItems } = (data as { checkout: { lineItems: { variant: unknown }[] } }).checkout;
        for (const sold of new Set(lineItems.map(({ variant }) => title(variant)))) add('product', sold, 2);
      }
      if (name === 'search_submitted')
        add('search', (data as { searchResult: { query: string } }).searchResult.query, 0);
    }
  }
  const top = (kind: keyof typeof counts): Row[] =>
    [...counts[kind]]
      .sort(([one, a], [other, b]) => (b[0] ?? 0) - (a[0] ?? 0) || (one < other ? -1 : 1))
      .slice(0, SHOWN)
      .map(([label, numbers]) => [label, ...numbers]);
  return {
    steps: [
      ['Visited', seen.length] as Row,
      ...STEPS.map(
        ([label, name]): Row => [label, seen.filter((events) => events.some((event) => event.name === name)).length],
      ),
    ],
    products: top('product'),
    sources: top('source'),
    searches: top('search').map(([label, times]): Row => [label, times ?? 0]),
  };
};
