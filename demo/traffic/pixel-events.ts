import { PIXEL_EXTENSION_VERSION, PIXEL_SCHEMA_VERSION } from '../../shared/pixel/event.ts';
import type { DemoProduct, DemoVariant } from '../data/products.ts';
import type { Random } from '../data/random.ts';
import type { DemoShop } from '../shop/shop.ts';

/** Web pixel events as an app pixel gets them: money is a number, names and addresses of shoppers are null. */
export type PixelEvent = Record<string, unknown>;

export interface CartLine {
  readonly product: DemoProduct;
  readonly variant: DemoVariant;
  readonly quantity: number;
}

/** One shopper's browser. */
export interface Visitor {
  readonly clientId: string;
  readonly userAgent: string;
  readonly language: string;
  readonly referrer: string;
  /** Letters of what was allowed, as the extension stamps them. */
  readonly privacy: string;
  sequence: number;
  path: string;
  /** The page that is open, and the number of the newest event on it. */
  page: string;
  onPage: number;
}

const USER_AGENTS: readonly [string, ...string[]] = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
];
const REFERRERS: readonly [string, ...string[]] = ['', 'https://www.google.com/', 'https://www.instagram.com/', ''];
const SEARCHES: readonly [string, ...string[]] = ['jacket', 'gift', 'wool', 'black', 'lamp', 'tent', 'bowl', 'boots'];

export const createVisitor = (random: Random): Visitor => ({
  clientId: random.uuid(),
  userAgent: random.pick(USER_AGENTS),
  language: random.pick(['en-US', 'en-GB', 'de-DE', 'fr-FR', 'nb-NO']),
  referrer: random.pick(REFERRERS),
  privacy: random.chance(0.06) ? '' : random.chance(0.7) ? 'amps' : 'a',
  sequence: 0,
  path: '/',
  page: random.uuid(),
  onPage: 0,
});

const priceOf = (shop: DemoShop, cents: number): { amount: number; currencyCode: string } => ({
  amount: cents / 100,
  currencyCode: shop.profile.currency,
});

const variantData = (shop: DemoShop, product: DemoProduct, variant: DemoVariant): PixelEvent => ({
  id: String(variant.id),
  title: variant.title,
  untranslatedTitle: variant.title,
  sku: variant.sku,
  price: priceOf(shop, variant.price),
  image: { src: `//${shop.profile.storefrontHost}/cdn/shop/files/${product.handle}.jpg` },
  product: {
    id: String(product.id),
    title: product.title,
    untranslatedTitle: product.title,
    type: product.productType,
    vendor: product.vendor,
    url: `/products/${product.handle}?variant=${variant.id}`,
  },
});

/** Makes the events of one shop. */
export const createEventMaker = (shop: DemoShop, random: Random, now: () => number) => {
  const event = (visitor: Visitor, name: string, data: PixelEvent, path = visitor.path): PixelEvent => {
    if (name === 'page_viewed') {
      visitor.page = random.uuid();
      visitor.onPage = 0;
    }
    visitor.path = path;
    visitor.sequence += 1;
    visitor.onPage += 1;
    const origin = `https://${shop.profile.storefrontHost}`;
    const location = {
      href: `${origin}${path}`,
      hash: '',
      host: shop.profile.storefrontHost,
      hostname: shop.profile.storefrontHost,
      origin,
      pathname: path.split('?')[0],
      port: '',
      protocol: 'https:',
      search: '',
    };
    return {
      id: random.uuid(),
      clientId: visitor.clientId,
      name,
      type: 'standard',
      timestamp: new Date(now()).toISOString(),
      seq: visitor.sequence,
      context: {
        document: { characterSet: 'UTF-8', location, referrer: visitor.referrer, title: shop.profile.name },
        navigator: {
          cookieEnabled: true,
          language: visitor.language,
          languages: [visitor.language],
          userAgent: visitor.userAgent,
        },
        window: {
          innerHeight: 844,
          innerWidth: 390,
          outerHeight: 844,
          outerWidth: 390,
          origin,
          location,
          scrollX: 0,
          scrollY: 0,
          screen: { height: 844, width: 390 },
        },
      },
      data,
      // As Backroom's extension stamps each event; `sentAt` comes with the sending.
      backroom: {
        extension: PIXEL_EXTENSION_VERSION,
        schema: PIXEL_SCHEMA_VERSION,
        page: visitor.page,
        n: visitor.onPage,
        privacy: visitor.privacy,
        lost: 0,
      },
    };
  };

  const lineData = (line: CartLine): PixelEvent => ({
    cost: { totalAmount: priceOf(shop, line.variant.price * line.quantity) },
    merchandise: variantData(shop, line.product, line.variant),
    quantity: line.quantity,
  });
  const totalOf = (cart: readonly CartLine[]): number =>
    cart.reduce((sum, line) => sum + line.variant.price * line.quantity, 0);

  const checkoutData = (cart: readonly CartLine[], token: string, orderId: number | null): PixelEvent => {
    const subtotal = totalOf(cart);
    const shipping = subtotal >= 10_000 ? 0 : 590;
    const tax = Math.round(subtotal * 0.08);
    return {
      checkout: {
        token,
        order:
          orderId !== null
            ? {
                id: String(orderId),
                customer: {
                  id: String(random.int(6_100_000_000_000, 6_100_000_900_000)),
                  isFirstOrder: random.chance(0.5),
                },
              }
            : null,
        email: null,
        phone: null,
        smsMarketingPhone: null,
        buyerAcceptsEmailMarketing: random.chance(0.3),
        buyerAcceptsSmsMarketing: false,
        currencyCode: shop.profile.currency,
        subtotalPrice: priceOf(shop, subtotal),
        totalPrice: priceOf(shop, subtotal + shipping + tax),
        totalTax: priceOf(shop, tax),
        discountsAmount: priceOf(shop, 0),
        discountApplications: [],
        lineItems: cart.map((line) => ({
          id: String(line.variant.id),
          title: line.product.title,
          quantity: line.quantity,
          variant: variantData(shop, line.product, line.variant),
          finalLinePrice: priceOf(shop, line.variant.price * line.quantity),
          discountAllocations: [],
          properties: [],
          sellingPlanAllocation: null,
        })),
        shippingLine: { price: priceOf(shop, shipping) },
        delivery: { selectedDeliveryOptions: [] },
        billingAddress: null,
        shippingAddress: null,
        transactions:
          orderId !== null
            ? [
                {
                  amount: priceOf(shop, subtotal + shipping + tax),
                  gateway: 'shopify_payments',
                  paymentMethod: { name: 'visa', type: 'creditCard' },
                },
              ]
            : [],
        attributes: [],
        localization: { country: { isoCode: 'US' }, language: { isoCode: 'en' }, market: { id: '1', handle: 'us' } },
      },
    };
  };
  return {
    pageViewed: (visitor: Visitor, path: string) => event(visitor, 'page_viewed', {}, path),
    collectionViewed: (visitor: Visitor, title: string, products: readonly DemoProduct[]) =>
      event(
        visitor,
        'collection_viewed',
        {
          collection: {
            id: String(300_000_000_000 + title.length),
            title,
            productVariants: products.flatMap((product) =>
              product.variants.slice(0, 1).map((variant) => variantData(shop, product, variant)),
            ),
          },
        },
        `/collections/${title.toLowerCase().replaceAll(' ', '-')}`,
      ),
    productViewed: (visitor: Visitor, product: DemoProduct, variant: DemoVariant) =>
      event(
        visitor,
        'product_viewed',
        { productVariant: variantData(shop, product, variant) },
        `/products/${product.handle}`,
      ),
    searchSubmitted: (visitor: Visitor, products: readonly DemoProduct[]) => {
      const query = random.pick(SEARCHES);
      const productVariants = products.flatMap((product) =>
        product.variants.slice(0, 1).map((variant) => variantData(shop, product, variant)),
      );
      return event(visitor, 'search_submitted', { searchResult: { query, productVariants } }, `/search?q=${query}`);
    },
    productAdded: (visitor: Visitor, line: CartLine) =>
      event(visitor, 'product_added_to_cart', { cartLine: lineData(line) }),
    productRemoved: (visitor: Visitor, line: CartLine) =>
      event(visitor, 'product_removed_from_cart', { cartLine: lineData(line) }, '/cart'),
    cartViewed: (visitor: Visitor, cart: readonly CartLine[]) =>
      event(
        visitor,
        'cart_viewed',
        {
          cart: {
            id: `gid://shopify/Cart/${visitor.clientId}`,
            totalQuantity: cart.reduce((sum, line) => sum + line.quantity, 0),
            cost: { totalAmount: priceOf(shop, totalOf(cart)) },
            lines: cart.map(lineData),
            attributes: [],
          },
        },
        '/cart',
      ),
    /** `orderId`: the order that the checkout became, once it is completed. */
    checkout: (
      visitor: Visitor,
      name: string,
      cart: readonly CartLine[],
      token: string,
      orderId: number | null = null,
    ) =>
      event(
        visitor,
        name,
        checkoutData(cart, token, orderId),
        name === 'checkout_completed' ? `/checkouts/${token}/thank-you` : `/checkouts/${token}`,
      ),
  };
};

export type EventMaker = ReturnType<typeof createEventMaker>;

/** Breaks a copy of an event in one of the ways that real pixels break them. */
export const spoil = (event: PixelEvent, random: Random): PixelEvent => {
  const copy: PixelEvent = structuredClone(event);
  const variant = findVariant(copy.data);
  const ways: [() => void, ...(() => void)[]] = [
    () => {
      delete copy.timestamp;
    },
    () => {
      copy.clientId = 12345;
    },
    () => {
      copy.name = 'Product Viewed';
      copy.type = 'standart';
    },
  ];
  if (variant) {
    ways.push(
      () => {
        const price = variant.price;
        if (isRecord(price)) price.amount = String(price.amount);
      },
      () => {
        const product = variant.product;
        if (isRecord(product)) delete product.id;
      },
    );
  }
  random.pick(ways)();
  return copy;
};

const isRecord = (value: unknown): value is PixelEvent =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const findVariant = (data: unknown): PixelEvent | null => {
  if (!isRecord(data)) return null;
  const direct = data.productVariant;
  if (isRecord(direct)) return direct;
  const line = data.cartLine;
  return isRecord(line) && isRecord(line.merchandise) ? line.merchandise : null;
};
