import type { StoredDelivery, TopicHandler } from '../../platform/topic-handler.ts';
import { type Failure, failureOf } from './failures.ts';
import { resourceKeyOf } from './resource-key.ts';

/** A delivery whose payload was read, before anything is written. */
export interface Prepared {
  readonly delivery: StoredDelivery;
  readonly resource: string | null;
  /** Null: nothing to do (`ignored`), or it failed. */
  readonly work: { readonly handler: TopicHandler; readonly item: unknown } | null;
  readonly failure: Failure | null;
  readonly durationMs: number;
}

export const prepareDelivery = (
  delivery: StoredDelivery,
  handlers: ReadonlyMap<string, TopicHandler>,
  onDefect: (delivery: StoredDelivery, thrown: unknown) => void,
): Prepared => {
  const started = performance.now();
  const handler = handlers.get(delivery.topic);
  let resource: string | null = null;
  try {
    const payload: unknown = JSON.parse(delivery.payload);
    resource = resourceKeyOf(delivery.topic, payload);
    const item = handler?.prepare(payload, delivery) ?? null;
    const work = handler && item !== null ? { handler, item } : null;
    return { delivery, resource, work, failure: null, durationMs: performance.now() - started };
  } catch (thrown) {
    // Nothing is to be done with a topic that nobody handles, so nothing can fail.
    const failure = handler === undefined ? null : failureOf(thrown);
    if (failure?.reason === 'defect') onDefect(delivery, thrown);
    return { delivery, resource, work: null, failure, durationMs: performance.now() - started };
  }
};
