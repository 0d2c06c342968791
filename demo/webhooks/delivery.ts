import { createHmac } from 'node:crypto';
import type { Random } from '../data/random.ts';
import { WEBHOOK_API_VERSION } from '../graphql/set-up-views.ts';
import type { Clock } from '../shop/clock.ts';
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

/** How deliveries misbehave, as they do now and then at Shopify. */
export interface DeliveryHabits {
  /** Share of deliveries that come a second time, with the same webhook id. */
  duplicates: number;
  /** Share of deliveries that are held back and so overtaken. */
  disorder: number;
  /** How long a held-back delivery waits at most. */
  lagMs: number;
  /** Share of deliveries that carry a wrong signature. */
  forged: number;
  /** `X-Shopify-…`, the newer `shopify-…`, or both. */
  headers: 'webhooks' | 'events' | 'both';
  /** Subscriptions stay, and nothing is sent: a week in which Shopify is silent. */
  silent: boolean;
}

export interface DeliveryService {
  /** Sends once, without retries; the status, or null when nobody answered. */
  sendOnce(order: DeliveryOrder): Promise<number | null>;
  /** Sends to every subscription of the topic in the background, with Shopify's retries. */
  publish(shop: DemoShop, topic: string, payload: unknown): void;
  /** Sends a compliance topic to the address of the app's configuration, which no subscription shows. */
  publishCompliance(shop: DemoShop, topic: string, payload: unknown): void;
  /** Where compliance topics go; without it, to where the shop's subscriptions go or last went. */
  complianceUri: string | null;
  readonly habits: DeliveryHabits;
  readonly counts: Readonly<DeliveryCounts>;
  readonly recent: readonly DeliveryRecord[];
  close(): void;
}

const TIMEOUT_MS = 5000;
const MAX_RETRIES = 8;
/** Eight waits, each twice the one before, four hours in all. */
const FIRST_RETRY_MS = (4 * 3_600_000) / (2 ** MAX_RETRIES - 1);
const MAX_PENDING = 50_000;
const MAX_RECENT = 200;

interface Prepared {
  readonly order: DeliveryOrder;
  readonly body: Buffer;
  readonly webhookId: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a subscription's `includeFields` leave of a body; only the names before a dot count here. */
const onlyFields = (payload: unknown, fields: readonly string[]): unknown => {
  if (fields.length === 0 || typeof payload !== 'object' || payload === null) return payload;
  const names = new Set(fields.map((field) => field.split('.', 1)[0]));
  return Object.fromEntries(Object.entries(payload).filter(([name]) => names.has(name)));
};

const isSuccess = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

export const createDeliveryService = (options: {
  clientSecret: string;
  random: Random;
  clock: Clock;
  /** 1 is Shopify's schedule; 0.001 fits it into 15 seconds. */
  retryScale: number;
  complianceUri: string | null;
}): DeliveryService => {
  const { random, clock } = options;
  const { now } = clock;
  const poster = createPoster(TIMEOUT_MS);
  const recent: DeliveryRecord[] = [];
  const counts: DeliveryCounts = { delivered: 0, failed: 0, forged: 0, retriesPending: 0, subscriptionsRemoved: 0 };
  const habits: DeliveryHabits = {
    duplicates: 0,
    disorder: 0,
    lagMs: 2000,
    forged: 0,
    headers: 'webhooks',
    silent: false,
  };
  const lastUris = new Map<DemoShop, string>();
  let complianceUri = options.complianceUri;
  let isClosed = false;

  const attempt = async (prepared: Prepared, number: number): Promise<number | null> => {
    const { order, webhookId } = prepared;
    let status: number | null = null;
    try {
      status = await poster.post(order.uri, prepared.headers, prepared.body);
    } catch {
      // The target being gone is the receiver's affair: it shows as a delivery without a status, and is tried again.
      status = null;
    }
    if (order.isForged) counts.forged += 1;
    else if (isSuccess(status)) counts.delivered += 1;
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

  const prepare = (order: DeliveryOrder): Prepared => {
    const body = Buffer.from(JSON.stringify(order.payload));
    const webhookId = order.webhookId ?? random.uuid();
    const secret = order.isForged ? `forged-${options.clientSecret.slice(-4)}` : options.clientSecret;
    const signature = createHmac('sha256', secret).update(body).digest('base64');
    // Shopify gives nanoseconds; the stand-in's clock has milliseconds.
    const triggeredAt = new Date(now())
      .toISOString()
      .replace('Z', `${String(random.int(0, 999_999)).padStart(6, '0')}Z`);
    const headers: Record<string, string> = {
      'Content-Type': 'application/json',
      'User-Agent': 'Shopify-Captain-Hook',
    };
    if (habits.headers !== 'events')
      Object.assign(headers, {
        'X-Shopify-Topic': order.topic,
        'X-Shopify-Hmac-Sha256': signature,
        'X-Shopify-Shop-Domain': order.shop.profile.domain,
        'X-Shopify-API-Version': WEBHOOK_API_VERSION,
        'X-Shopify-Webhook-Id': webhookId,
        'X-Shopify-Event-Id': order.eventId ?? random.uuid(),
        'X-Shopify-Triggered-At': triggeredAt,
        ...(order.name ? { 'X-Shopify-Name': order.name } : {}),
      });
    if (habits.headers !== 'webhooks')
      Object.assign(headers, {
        'shopify-topic': order.topic,
        'shopify-hmac-sha256': signature,
        'shopify-shop-domain': order.shop.profile.domain,
        'shopify-api-version': WEBHOOK_API_VERSION,
        'shopify-webhook-id': webhookId,
        'shopify-triggered-at': triggeredAt,
        'shopify-handle': order.name ?? 'backroom',
        'shopify-action': order.topic.slice(order.topic.indexOf('/') + 1),
      });
    return { order, body, webhookId, headers };
  };

  /** Tries until it arrives; `subscription` is null for addresses of the app's configuration, which Shopify does not drop. */
  const deliver = (order: DeliveryOrder, subscription: WebhookSubscription | null): void => {
    const prepared = prepare(random.chance(habits.forged) ? { ...order, isForged: true } : order);
    const startedAt = now();
    const attemptNumber = async (number: number): Promise<void> => {
      const status = await attempt(prepared, number);
      if (isSuccess(status)) {
        if (subscription) Object.assign(subscription, { consecutiveFailures: 0, lastSuccessAt: now() });
        if (number === 1 && random.chance(habits.duplicates)) await attempt(prepared, 1);
        return;
      }
      if (isClosed || prepared.order.isForged) return;
      if (subscription) subscription.consecutiveFailures += 1;
      if (number > MAX_RETRIES) {
        // Eight retries in a row, and nothing else got through meanwhile: Shopify drops what was made through the API.
        const isDead = subscription && subscription.lastSuccessAt < startedAt;
        if (isDead && order.shop.subscriptions.delete(subscription.id)) counts.subscriptionsRemoved += 1;
        return;
      }
      if (clock.waiting >= MAX_PENDING) return;
      clock.at(now() + FIRST_RETRY_MS * 2 ** (number - 1) * options.retryScale, () => {
        counts.retriesPending -= 1;
        void attemptNumber(number + 1);
      });
      counts.retriesPending += 1;
    };
    if (random.chance(habits.disorder)) clock.at(now() + random.int(1, habits.lagMs), () => void attemptNumber(1));
    else void attemptNumber(1);
  };

  return {
    habits,
    sendOnce: async (order) => attempt(prepare(order), 1),
    publish: (shop, topic, payload) => {
      const eventId = random.uuid();
      const wanted = enumOfTopic(topic);
      for (const subscription of shop.subscriptions.values()) {
        lastUris.set(shop, subscription.uri);
        if (habits.silent || subscription.topic !== wanted) continue;
        const { uri, name, includeFields } = subscription;
        deliver({ shop, topic, uri, payload: onlyFields(payload, includeFields), eventId, name }, subscription);
      }
    },
    publishCompliance: (shop, topic, payload) => {
      const uri = complianceUri ?? [...shop.subscriptions.values()][0]?.uri ?? lastUris.get(shop);
      if (uri && !habits.silent) deliver({ shop, topic, uri, payload }, null);
    },
    get complianceUri() {
      return complianceUri;
    },
    set complianceUri(uri) {
      complianceUri = uri;
    },
    counts,
    recent,
    close: () => {
      isClosed = true;
      poster.close();
    },
  };
};
