import { createHmac } from 'node:crypto';
import type { Random } from '../data/random.ts';
import { WEBHOOK_API_VERSION } from '../graphql/set-up-views.ts';
import type { DemoShop, WebhookSubscription } from '../shop/shop.ts';
import { createPoster } from './post.ts';
import { enumOfTopic } from './topics.ts';

/** One delivery to one address. */
export interface DeliveryOrder {
  readonly shop: DemoShop;
  readonly topic: string;
  readonly uri: string;
  readonly payload: unknown;
  readonly webhookId?: string | undefined;
  readonly eventId?: string | undefined;
  readonly name?: string | null | undefined;
  /** Signs with another secret, as someone would who only knows the address. */
  readonly isForged?: boolean | undefined;
}

export interface DeliveryRecord {
  readonly at: string;
  readonly shop: string;
  readonly topic: string;
  readonly webhookId: string;
  readonly attempt: number;
  /** Null: nobody answered in time. */
  readonly status: number | null;
  readonly isForged: boolean;
}

export interface DeliveryCounts {
  delivered: number;
  failed: number;
  forged: number;
  retriesPending: number;
  subscriptionsRemoved: number;
}

export interface DeliveryService {
  /** Sends once, without retries; the status, or null when nobody answered. */
  sendOnce(order: DeliveryOrder): Promise<number | null>;
  /** Sends to every subscription of the topic in the background, with Shopify's retries. */
  publish(shop: DemoShop, topic: string, payload: unknown): void;
  readonly counts: Readonly<DeliveryCounts>;
  readonly recent: readonly DeliveryRecord[];
  close(): void;
}

const TIMEOUT_MS = 5000;
const MAX_RETRIES = 8;
/** Eight waits, each twice the one before, four hours in all. */
const FIRST_RETRY_MS = (4 * 3_600_000) / (2 ** MAX_RETRIES - 1);
const MAX_PENDING = 5000;
const MAX_RECENT = 200;

/** What a subscription's `includeFields` leave of a body; only the names before a dot count here. */
const onlyFields = (payload: unknown, fields: readonly string[]): unknown => {
  if (fields.length === 0 || typeof payload !== 'object' || payload === null) return payload;
  const names = new Set(fields.map((field) => field.split('.', 1)[0]));
  return Object.fromEntries(Object.entries(payload).filter(([name]) => names.has(name)));
};

export const createDeliveryService = (options: {
  clientSecret: string;
  random: Random;
  now: () => number;
  /** 1 is Shopify's schedule; 0.001 fits it into 15 seconds. */
  retryScale: number;
}): DeliveryService => {
  const { random, now } = options;
  const poster = createPoster(TIMEOUT_MS);
  const timers = new Set<NodeJS.Timeout>();
  const recent: DeliveryRecord[] = [];
  const counts: DeliveryCounts = { delivered: 0, failed: 0, forged: 0, retriesPending: 0, subscriptionsRemoved: 0 };
  let isClosed = false;

  const attempt = async (
    order: DeliveryOrder,
    body: Buffer,
    webhookId: string,
    headers: Record<string, string>,
    number: number,
  ): Promise<number | null> => {
    let status: number | null = null;
    try {
      status = await poster.post(order.uri, headers, body);
    } catch {
      // The target being gone is the receiver's affair: it shows as a delivery without a status, and is tried again.
      status = null;
    }
    const isDelivered = status !== null && status >= 200 && status < 300;
    if (order.isForged) counts.forged += 1;
    else if (isDelivered) counts.delivered += 1;
    else counts.failed += 1;
    recent.push({
      at: new Date(now()).toISOString(),
      shop: order.shop.profile.domain,
      topic: order.topic,
      webhookId,
      attempt: number,
      status,
      isForged: order.isForged === true,
    });
    if (recent.length > MAX_RECENT) recent.shift();
    return status;
  };

  const prepare = (order: DeliveryOrder): { body: Buffer; webhookId: string; headers: Record<string, string> } => {
    const body = Buffer.from(JSON.stringify(order.payload));
    const webhookId = order.webhookId ?? random.uuid();
    const secret = order.isForged ? `forged-${options.clientSecret.slice(-4)}` : options.clientSecret;
    const headers: Record<string, string> = {
      'Content-Type': 'application/json',
      'User-Agent': 'Shopify-Captain-Hook',
      'X-Shopify-Topic': order.topic,
      'X-Shopify-Hmac-Sha256': createHmac('sha256', secret).update(body).digest('base64'),
      'X-Shopify-Shop-Domain': order.shop.profile.domain,
      'X-Shopify-API-Version': WEBHOOK_API_VERSION,
      'X-Shopify-Webhook-Id': webhookId,
      'X-Shopify-Event-Id': order.eventId ?? random.uuid(),
      // Shopify gives nanoseconds; the stand-in's clock has milliseconds.
      'X-Shopify-Triggered-At': new Date(now())
        .toISOString()
        .replace('Z', `${String(random.int(0, 999_999)).padStart(6, '0')}Z`),
    };
    if (order.name) headers['X-Shopify-Name'] = order.name;
    return { body, webhookId, headers };
  };

  const deliver = async (order: DeliveryOrder, subscription: WebhookSubscription): Promise<void> => {
    const { body, webhookId, headers } = prepare(order);
    const attemptNumber = async (number: number): Promise<void> => {
      const status = await attempt(order, body, webhookId, headers, number);
      if (status !== null && status >= 200 && status < 300) {
        subscription.consecutiveFailures = 0;
        return;
      }
      if (isClosed) return;
      if (number > MAX_RETRIES) {
        // Shopify drops a subscription made through the API when a delivery has failed for good.
        if (order.shop.subscriptions.delete(subscription.id)) counts.subscriptionsRemoved += 1;
        return;
      }
      subscription.consecutiveFailures += 1;
      if (timers.size >= MAX_PENDING) return;
      const timer = setTimeout(
        () => {
          timers.delete(timer);
          void attemptNumber(number + 1);
        },
        FIRST_RETRY_MS * 2 ** (number - 1) * options.retryScale,
      );
      timers.add(timer);
    };
    await attemptNumber(1);
  };

  return {
    sendOnce: async (order) => {
      const { body, webhookId, headers } = prepare(order);
      return attempt(order, body, webhookId, headers, 1);
    },
    publish: (shop, topic, payload) => {
      const eventId = random.uuid();
      for (const subscription of shop.subscriptions.values()) {
        if (subscription.topic !== enumOfTopic(topic)) continue;
        const order = {
          shop,
          topic,
          uri: subscription.uri,
          payload: onlyFields(payload, subscription.includeFields),
          eventId,
          name: subscription.name,
        };
        void deliver(order, subscription);
      }
    },
    get counts() {
      return { ...counts, retriesPending: timers.size };
    },
    recent,
    close: () => {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      poster.close();
    },
  };
};
