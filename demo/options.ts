import type { ThrottleOptions } from './shop/throttle.ts';
import type { TrafficOptions } from './traffic/traffic.ts';

/** How a stand-in store is to be. Everything has a default. */
export interface DemoStoreOptions {
  /** 0: any free port. */
  readonly port?: number;
  readonly seed?: number;
  readonly products?: number;
  readonly orders?: number;
  readonly customers?: number;
  /** True: at a calm pace. */
  readonly traffic?: boolean | Partial<TrafficOptions>;
  /** The app's address, opened from the store's admin; redirects to another host are refused then. */
  readonly appUrl?: string;
  /** Redirect URLs of the app besides those on this computer. */
  readonly redirectUrls?: readonly string[];
  readonly throttle?: Partial<ThrottleOptions>;
  readonly tokenLifetimeSeconds?: number;
  /** The newest time in the seeded data; a fixed one when absent, so that the same seed shows the same store. */
  readonly epoch?: number;
  /** Where `customers/data_request`, `customers/redact` and `shop/redact` go; where the subscriptions go when absent. */
  readonly complianceUri?: string;
  /** Shortens the waits between webhook retries: 1 is Shopify's four hours. */
  readonly retryScale?: number;
  /** Tells the ids of two starts apart; the start time when absent. */
  readonly salt?: string;
  readonly now?: () => number;
}

/** What a started stand-in says about itself: the ready line of the command, and the worker's first message. */
export interface DemoReady {
  readonly event: 'ready';
  readonly origin: string;
  readonly shop: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly adminToken: string;
}
