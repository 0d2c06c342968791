import type { DemoProduct } from '../data/products.ts';
import type { Random } from '../data/random.ts';
import type { ShopEvents } from '../graphql/context.ts';
import type { DemoShop } from '../shop/shop.ts';
import type { DeliveryService } from '../webhooks/delivery.ts';
import { productPayload } from '../webhooks/payloads.ts';
import { enumOfTopic } from '../webhooks/topics.ts';
import type { PixelSender } from './pixel-sender.ts';
import type { Storefront } from './storefront.ts';

export interface TrafficOptions {
  /** Mean time between two product changes. */
  readonly productEveryMs: number;
  /** Mean time between two posts of pixel events, per shop. */
  readonly pixelEveryMs: number;
  /** Sends a broken event now and then, so that quarantine has something to show. */
  readonly invalidEvents: boolean;
  /** Sends a webhook with a wrong signature now and then, so that a refusal shows. */
  readonly forgedWebhooks: boolean;
}

export const CALM_TRAFFIC: TrafficOptions = {
  productEveryMs: 3000,
  pixelEveryMs: 1500,
  invalidEvents: true,
  forgedWebhooks: true,
};

const INVALID_ONE_IN = 25;
const FORGED_ONE_IN = 40;
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

/** Keeps the shops busy until stopped. */
export const startTraffic = (options: {
  shops: readonly DemoShop[];
  storefronts: ReadonlyMap<DemoShop, Storefront>;
  deliveries: DeliveryService;
  pixels: PixelSender;
  events: ShopEvents;
  random: Random;
  now: () => number;
  pace: TrafficOptions;
}): { stop(): void } => {
  const { shops, random, pace, now } = options;
  const timers = new Set<NodeJS.Timeout>();
  let isStopped = false;

  /** Calls `step` again and again, at uneven intervals around the mean. */
  const repeat = (meanMs: number, step: () => Promise<void>): void => {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        void step().finally(() => {
          if (!isStopped) repeat(meanMs, step);
        });
      },
      meanMs * (0.5 + random.next()),
    );
    timers.add(timer);
  };

  const changeOne = async (): Promise<void> => {
    const open = shops.filter((shop) => shop.isInstalled && shop.products.count > 0);
    const shop = open[random.int(0, open.length - 1)];
    if (!shop) return;
    const found = shop.products.nth(random.int(0, Math.min(WORKING_SET, shop.products.count) - 1));
    const product = found && shop.products.change(found.id, (draft) => changeProduct(draft, random, now()));
    if (!product) return;
    options.events.productChanged(shop, product.id);
    if (!pace.forgedWebhooks || random.int(1, FORGED_ONE_IN) !== 1) return;
    const target = [...shop.subscriptions.values()].find(
      (subscription) => subscription.topic === enumOfTopic('products/update'),
    );
    const payload = { ...productPayload(product), title: 'Free for everyone' };
    if (target)
      await options.deliveries.sendOnce({ shop, topic: 'products/update', uri: target.uri, payload, isForged: true });
  };

  const browse = async (shop: DemoShop): Promise<void> => {
    const storefront = options.storefronts.get(shop);
    if (!storefront || !shop.pixel) return;
    const batch = Array.from({ length: random.chance(0.7) ? 1 : random.int(2, 3) }, () =>
      pace.invalidEvents && random.int(1, INVALID_ONE_IN) === 1 ? storefront.nextSpoiled() : storefront.next(),
    );
    await options.pixels.send(shop, batch);
  };

  repeat(pace.productEveryMs, changeOne);
  for (const shop of shops) repeat(pace.pixelEveryMs, () => browse(shop));
  return {
    stop: () => {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
};
