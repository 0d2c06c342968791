import type { EntityManager } from 'typeorm';

/** What a feature implements to act on a webhook topic; the webhooks feature calls it without knowing the feature. */
export interface StoredDelivery {
  readonly seq: number;
  readonly shop: string;
  readonly topic: string;
  readonly triggeredAt: string | null;
  readonly receivedAt: string;
  readonly attempts: number;
  readonly payload: string;
}

/**
 * Keeps what is to be told for when the transaction has committed: it runs then, outside of it, and never when that is rolled back. What it
 * throws is logged; the row's new state stands all the same.
 */
export type AfterCommit = (tell: () => void) => void;

/**
 * What a topic's handler does, in two steps. `prepare` reads one payload: an `AppError` it throws is permanent (the same bytes would fail
 * again), null means there is nothing to do. `write` applies several prepared items, in order, in the transaction that also marks their
 * deliveries: one statement for many rows is what keeps up with a burst. Whatever is no row (memory, caches, the console) hears of it by `afterCommit`.
 */
export interface TopicHandler<Item = unknown> {
  prepare(payload: unknown, delivery: StoredDelivery): Item | null;
  write(tx: EntityManager, items: readonly Item[], afterCommit: AfterCommit): Promise<void>;
}

/** Lets handlers of different item types stand in one table; each only ever sees its own items. */
export const topicHandler = <Item>(handler: TopicHandler<Item>): TopicHandler => handler as TopicHandler;
