import { z } from 'zod';
import * as api from '../../../shared/api.ts';
import { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { defineTask, type TaskQueue } from '../../platform/queue/queue.ts';
import { toFailure } from '../../shopify/errors.ts';
import type { FoundChange, WebhookGaps } from './gaps.ts';

/** Changes of one kind that a count compares; the task compares all. */
const MOST_COUNTED = 2500;
/** A count is for somebody who waits. */
const COUNT_TIMEOUT_MS = 20_000;
const TIMEOUT_MS = 6 * 3_600_000;

type Resource = 'products' | 'customers' | 'orders';

export interface RecoveryPorts {
  /** What changed at Shopify since, asked now, in pages. */
  changedSince(period: {
    shop: string;
    resource: Resource;
    since: string;
    signal: AbortSignal;
    priority?: 'interactive';
  }): AsyncIterable<readonly FoundChange[]>;
  /** Of these, the ones that are not here as new as at Shopify. */
  behind(resource: Resource, changes: readonly FoundChange[]): Promise<readonly FoundChange[]>;
  fetchOne(record: { shop: string; resource: Resource; pk: number; signal: AbortSignal }): Promise<unknown>;
  /** @throws AppError when the store can't be called */
  assertCallable(shop: string): void;
}

/**
 * The third way to run again: what changed at Shopify since a time and no delivery ever told. Such a delivery has no body that could run, so
 * the record itself is fetched and written, as its delivery would have done.
 */
export interface Recovery {
  count(input: z.output<typeof api.WebhookMissedInput>, signal?: AbortSignal): Promise<{ items: api.WebhookMissed[] }>;
  start(input: z.output<typeof api.WebhookMissedInput>): Promise<{ taskId: string }>;
}

const Input = api.WebhookMissedInput.extend({ gap: z.number().int() });
const pkOf = ({ resource }: FoundChange): number => Number(resource.slice(resource.indexOf('/') + 1));

export const createRecovery = (options: {
  clock: Clock;
  queue: TaskQueue;
  gaps: WebhookGaps;
  resources: readonly Resource[];
  ports: RecoveryPorts;
}): Recovery => {
  const { clock, queue, gaps, resources, ports } = options;

  const countOf = async (resource: Resource, shop: string, since: string, signal: AbortSignal) => {
    const counts = { resource, changed: 0, missing: 0, behind: 0, more: false, problem: null };
    for await (const page of ports.changedSince({ shop, resource, since, signal, priority: 'interactive' })) {
      const missing = await gaps.neverTold(shop, page);
      counts.changed += page.length;
      counts.missing += missing.length;
      counts.behind += (await ports.behind(resource, missing)).length;
      if (counts.changed >= MOST_COUNTED) return { ...counts, more: true };
    }
    return counts;
  };

  const task = defineTask({
    name: 'webhooks.recover',
    queue: 'webhooks',
    title: 'Fetch what never arrived',
    input: Input,
    timeoutMs: TIMEOUT_MS,
    run: async ({ shop, since, gap }, context) => {
      const { signal } = context;
      let [seen, fetched] = [0, 0];
      const fetching = async function* (resource: Resource): AsyncIterable<readonly FoundChange[]> {
        for await (const page of ports.changedSince({ shop, resource, since, signal })) {
          seen += page.length;
          // Times of changes are whole seconds: one in the same second as a delivery looks told, but its row is behind.
          const wanted = new Map(
            [...(await gaps.neverTold(shop, page)), ...(await ports.behind(resource, page))].map((change) => [
              change.resource,
              change,
            ]),
          );
          for (const change of wanted.values()) {
            signal.throwIfAborted();
            await ports.fetchOne({ shop, resource, pk: pkOf(change), signal });
            fetched += 1;
            context.progress(fetched, null, resource);
          }
          yield page;
        }
      };
      for (const resource of resources)
        await gaps.fill(gap, { shop, resource, changes: fetching(resource), deleted: 0, run: null, task: context.id });
      return { changed: seen, fetched };
    },
  });
  queue.register(task);

  return {
    count: async ({ shop, since }, signal) => {
      ports.assertCallable(shop);
      const limit = AbortSignal.timeout(COUNT_TIMEOUT_MS);
      const stop = signal ? AbortSignal.any([signal, limit]) : limit;
      const items: api.WebhookMissed[] = [];
      for (const resource of resources) {
        try {
          items.push(await countOf(resource, shop, since, stop));
        } catch (thrown) {
          if (limit.aborted)
            throw new AppError('SHOPIFY_FAULTY', 'Comparing with Shopify’s data took too long.', {
              hint: 'Choose a later time, or start it without counting: it runs as a task.',
            });
          stop.throwIfAborted();
          // One kind that this app may not read must not hide the others.
          const { message } = toFailure(thrown).error;
          items.push({ resource, changed: 0, missing: 0, behind: 0, more: false, problem: message });
        }
      }
      return { items };
    },
    start: async ({ shop, since }) => {
      ports.assertCallable(shop);
      const to = toIso(clock.now());
      if (since >= to)
        throw new AppError('BAD_REQUEST', 'The time is not in the past.', { hint: 'Choose an earlier one.' });
      const gap = await gaps.begin({ shop, cause: 'person', from: since, to });
      const { id } = await queue.enqueue(task, { shop, since, gap }, { shop, priority: 10 });
      return { taskId: id };
    },
  };
};
