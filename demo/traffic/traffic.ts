import type { Random } from '../data/random.ts';
import type { Actions } from '../shop/actions.ts';
import type { DemoShop } from '../shop/shop.ts';
import type { DeliveryService } from '../webhooks/delivery.ts';
import { productPayload } from '../webhooks/payloads.ts';
import { enumOfTopic } from '../webhooks/topics.ts';
import type { PixelSender } from './pixel-sender.ts';
import { changeAnyProduct, tradeOnce } from './shop-life.ts';
import type { Storefront } from './storefront.ts';

export interface TrafficOptions {
  /** Mean time between two product changes. */
  readonly productEveryMs: number;
  /** Mean time between two things that happen with orders and customers. */
  readonly tradeEveryMs: number;
  /** Mean time between two posts of pixel events, per shop. */
  readonly pixelEveryMs: number;
  /** Sends a broken event now and then, so that quarantine has something to show. */
  readonly invalidEvents: boolean;
  /** Sends a webhook with a wrong signature now and then, so that a refusal shows. */
  readonly forgedWebhooks: boolean;
}

export const CALM_TRAFFIC: TrafficOptions = {
  productEveryMs: 3000,
  tradeEveryMs: 5000,
  pixelEveryMs: 1500,
  invalidEvents: true,
  forgedWebhooks: true,
};

const INVALID_ONE_IN = 25;
const FORGED_ONE_IN = 40;

/** Keeps the shops busy until stopped. */
export const startTraffic = (options: {
  shops: readonly DemoShop[];
  storefronts: ReadonlyMap<DemoShop, Storefront>;
  deliveries: DeliveryService;
  pixels: PixelSender;
  events: Actions;
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
    const id = changeAnyProduct(shop, options.events, random, now());
    const product = id === null ? null : shop.products.get(id);
    if (!product) return;
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

  const trade = async (): Promise<void> => {
    const open = shops.filter((shop) => shop.isInstalled);
    const shop = open[random.int(0, open.length - 1)];
    if (shop) tradeOnce(shop, options.events, random);
  };

  repeat(pace.productEveryMs, changeOne);
  repeat(pace.tradeEveryMs, trade);
  for (const shop of shops) repeat(pace.pixelEveryMs, () => browse(shop));
  return {
    stop: () => {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
};
