import type { CustomerCollection } from '../data/customers.ts';
import { createPeople, type OrderCollection } from '../data/orders.ts';
import { createProductCollection, type ProductCollection } from '../data/product-collection.ts';
import type { ProductRecipe } from '../data/products.ts';
import { HOMEWARE, OUTDOOR, type Theme } from '../data/themes.ts';
import { createThrottle, type Throttle, type ThrottleOptions } from './throttle.ts';
import type { TokenClaims } from './tokens.ts';

/** What a seeded shop says about itself. */
export interface ShopProfile {
  readonly domain: string;
  readonly name: string;
  readonly email: string;
  readonly owner: string;
  readonly currency: string;
  readonly timezone: string;
  readonly timezoneOffsetMinutes: number;
  readonly plan: string;
  readonly storefrontHost: string;
  readonly theme: Theme;
  /** Whether the app is installed from the start, so that the ready line's admin token works. */
  readonly isInstalled: boolean;
  /** Client credentials work in stores of the app's own organization only. */
  readonly isOfOwnOrganization: boolean;
}

export interface WebhookSubscription {
  readonly id: number;
  readonly topic: string;
  uri: string;
  format: 'JSON' | 'XML';
  filter: string | null;
  includeFields: readonly string[];
  metafieldNamespaces: readonly string[];
  metafields: readonly { readonly namespace: string; readonly key: string }[];
  name: string | null;
  readonly createdAt: number;
  updatedAt: number;
  consecutiveFailures: number;
  lastSuccessAt: number;
}

export interface WebPixel {
  readonly id: number;
  settings: Readonly<Record<string, string>>;
}

/** Where Shopify's answers surprise people. Each can be switched while the stand-in runs. */
export interface Traps {
  /** The `updated_at` filter of customers goes by whole days. */
  customersByDay: boolean;
  /** Orders older than 60 days are hidden from apps without `read_all_orders`. */
  hideOldOrders: boolean;
  /** How long a change stays unknown to searches. */
  searchLagMs: number;
  /** Fields such as `Customer.defaultEmailAddress` that the app is not approved for: null, beside an error. */
  deniedFields: readonly string[];
  /** Whether the app's pixel extension was deployed; without it there is no pixel to activate. */
  hasPixelExtension: boolean;
}

const NO_TRAPS: Traps = {
  customersByDay: true,
  hideOldOrders: false,
  searchLagMs: 0,
  deniedFields: [],
  hasPixelExtension: true,
};

/** One shop of the stand-in, and what the app has set up in it. */
export interface DemoShop {
  readonly index: number;
  readonly id: number;
  readonly profile: ShopProfile;
  readonly products: ProductCollection;
  readonly orders: OrderCollection;
  readonly customers: CustomerCollection;
  readonly traps: Traps;
  readonly throttle: Throttle;
  readonly subscriptions: Map<number, WebhookSubscription>;
  pixel: WebPixel | null;
  isInstalled: boolean;
  /** What the last install granted; null before any. */
  grantedScopes: readonly string[] | null;
  /** Set by an uninstall: no token from before it works any more. */
  uninstalledAt: TokenClaims | null;
  /** Only the newest expiring offline token of an app works. */
  newestOffline: TokenClaims | null;
  /** Refresh tokens work once: each use makes a newer one. */
  newestRefresh: TokenClaims | null;
  nextId(): number;
}

const PROFILES: readonly ShopProfile[] = [
  {
    domain: 'backroom-demo.myshopify.com',
    name: 'Northwind Outfitters',
    email: 'hello@northwind-outfitters.example',
    owner: 'Ines Bergman',
    currency: 'USD',
    timezone: 'America/New_York',
    timezoneOffsetMinutes: -300,
    plan: 'Basic',
    storefrontHost: 'northwind-outfitters.example',
    theme: OUTDOOR,
    isInstalled: true,
    isOfOwnOrganization: true,
  },
  {
    domain: 'second-street.myshopify.com',
    name: 'Second Street Goods',
    email: 'shop@second-street.example',
    owner: 'Hugo Moreau',
    currency: 'EUR',
    timezone: 'Europe/Paris',
    timezoneOffsetMinutes: 60,
    plan: 'Grow',
    storefrontHost: 'second-street.example',
    theme: HOMEWARE,
    isInstalled: false,
    isOfOwnOrganization: true,
  },
  {
    domain: 'harbour-lane.myshopify.com',
    name: 'Harbour Lane',
    email: 'office@harbour-lane.example',
    owner: 'Tove Hansen',
    currency: 'EUR',
    timezone: 'Europe/Oslo',
    timezoneOffsetMinutes: 60,
    plan: 'Advanced',
    storefrontHost: 'harbour-lane.example',
    theme: HOMEWARE,
    isInstalled: false,
    isOfOwnOrganization: false,
  },
];

/** Fixed, so that the same seed shows the same store at every start. */
const EPOCH = Date.UTC(2026, 9, 20, 9, 0, 0);
const SECOND_SHOP_LIMIT = 60;

export const createShops = (options: {
  seed: number;
  products: number;
  orders: number;
  customers: number;
  throttle: ThrottleOptions;
  /** The newest time in the seeded data. */
  epoch?: number;
  now: () => number;
}): readonly DemoShop[] =>
  PROFILES.map((profile, index): DemoShop => {
    const epoch = options.epoch ?? EPOCH;
    const idBase = index * 200_000_000_000;
    const limit = index === 0 ? Number.POSITIVE_INFINITY : SECOND_SHOP_LIMIT;
    const recipe: ProductRecipe = {
      seed: options.seed,
      shop: profile.domain,
      idBase,
      theme: profile.theme,
      epoch,
    };
    const products = createProductCollection(recipe, Math.min(limit, options.products), options.now);
    let lastId = 1_000_000_000 + index * 1_000_000;
    return {
      index,
      id: 60_000_000_000 + index + 1,
      profile,
      products,
      ...createPeople(
        {
          seed: options.seed,
          shop: profile.domain,
          idBase,
          epoch,
          currency: profile.currency,
          customers: Math.min(limit, options.customers),
          orders: Math.min(limit, options.orders),
        },
        products,
        options.now,
      ),
      traps: { ...NO_TRAPS },
      throttle: createThrottle(options.throttle, options.now),
      subscriptions: new Map(),
      pixel: null,
      isInstalled: profile.isInstalled,
      grantedScopes: null,
      uninstalledAt: null,
      newestOffline: null,
      newestRefresh: null,
      nextId: () => {
        lastId += 1;
        return lastId;
      },
    };
  });
