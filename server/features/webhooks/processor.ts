import type { EntityManager } from 'typeorm';
import { type Clock, toIso } from '../../platform/clock.ts';
import { addToCountersIn, type CounterName, countByShop } from '../../platform/db/counters.ts';
import type { Database } from '../../platform/db/database.ts';
import { apartFromTransaction } from '../../platform/db/nested-writes.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { Log } from '../../platform/log/log.ts';
import type { AfterCommit, TopicHandler } from '../../platform/topic-handler.ts';
import { type Breaker, createBreaker, EVERYTHING } from './breaker.ts';
import { createDeliveryStore, type Outcome } from './delivery-store.ts';
import { attemptsOf, type Failure, failureOf, retryDelayMs } from './failures.ts';
import { type Prepared, prepareDelivery } from './prepare-delivery.ts';
import { requeueHurt } from './requeue.ts';

export interface WebhookProcessor {
  /** Something arrived; returns at once. */
  wake(): void;
  /** What is paused, and why. */
  pauses: Breaker['pauses'];
  /** Resolves when nothing that is due waits. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** A transaction should hold the writer about so long: receipts wait behind it. */
const TARGET_MS = 15;
const SMALLEST_GROUP = 16;
const LARGEST_GROUP = 500;
/** While receipts queue up, processing gets a tenth of the time: only receipts have a sender who waits. */
const BUSY_PAUSE_SHARE = 9;
const MAX_PAUSE_MS = 1000;
const AFTER_ERROR_MS = 1000;
/** For one that has used up its attempts while its topic was paused. */
const PAUSED_RETRY_MS = 5 * 60_000;

/** Neighbours with the same handler are written together; the order among different handlers is kept. */
const applyInOrder = async (tx: EntityManager, group: readonly Prepared[], afterCommit: AfterCommit): Promise<void> => {
  let items: unknown[] = [];
  let current: TopicHandler | null = null;
  const flush = async (): Promise<void> => {
    if (current && items.length > 0) await current.write(tx, items, afterCommit);
    items = [];
  };
  for (const { work } of group) {
    if (!work) continue;
    if (work.handler !== current) {
      await flush();
      current = work.handler;
    }
    items.push(work.item);
  }
  await flush();
};

export const createWebhookProcessor = (options: {
  db: Database;
  clock: Clock;
  bus: EventBus;
  log: Log;
  handlers: Readonly<Record<string, TopicHandler>>;
  /** Whether receipts wait for the writer right now. */
  isInboxBusy?: () => boolean;
  random?: () => number;
}): WebhookProcessor => {
  const { db, clock, bus, log } = options;
  const random = options.random ?? Math.random;
  const isInboxBusy = options.isInboxBusy ?? (() => false);
  const handlers = new Map(Object.entries(options.handlers));
  const store = createDeliveryStore(db);
  const breaker = createBreaker();
  const stop = new AbortController();
  /** Resources with a failed delivery that will be tried again: later ones of theirs wait for it. */
  let held: Map<string, { seq: number; retryAt: string }> | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  let timer: AbortController | null = null;
  let groupSize = 64;

  const heldKey = (shop: string, resource: string): string => `${shop} ${resource}`;
  const holderOf = ({ delivery, resource }: Prepared): { seq: number; retryAt: string } | null => {
    const holder = resource === null ? undefined : held?.get(heldKey(delivery.shop, resource));
    return holder !== undefined && holder.seq < delivery.seq ? holder : null;
  };

  /**
   * How long after this attempt until the next; null: it was the last. While a topic is paused its failures say nothing of the one delivery
   * that was let through, so an outage of whatever length gives none up; nor does what fails for a reason that it shares with others.
   */
  const waitAfter = (failure: Failure, { topic, seq, attempts }: Prepared['delivery']): number | null => {
    const { reason } = failure;
    const isSystemic = reason !== 'payload' && (breaker.isPaused(topic) || breaker.isShared(seq, failure));
    return retryDelayMs(reason, attempts + 1, random) ?? (isSystemic ? PAUSED_RETRY_MS : null);
  };

  /** Before the group is written: what comes after a failed one in the same group waits as well. */
  const hold = ({ delivery, resource, failure }: Prepared): void => {
    if (failure === null || resource === null) return;
    const wait = waitAfter(failure, delivery);
    if (wait !== null)
      held?.set(heldKey(delivery.shop, resource), { seq: delivery.seq, retryAt: toIso(clock.now() + wait) });
  };

  const outcomeOf = (prepared: Prepared, failure: Failure | null, durationMs: number): Outcome => {
    const { delivery, resource } = prepared;
    const common = { seq: delivery.seq, resource, durationMs: Math.round(durationMs * 100) / 100 };
    const holder = holderOf(prepared);
    if (holder)
      return { ...common, state: 'received', retryAt: holder.retryAt, problem: null, reason: null, durationMs: 0 };
    if (failure === null) {
      const state = prepared.work === null ? 'ignored' : 'processed';
      return { ...common, state, retryAt: null, problem: null, reason: null };
    }
    const wait = waitAfter(failure, delivery);
    const own = resource === null ? undefined : held?.get(heldKey(delivery.shop, resource));
    // What `hold` has just set, not what the attempt before had set.
    const isFresh = own?.seq === delivery.seq && Date.parse(own.retryAt) > clock.now();
    const retryAt = isFresh ? own.retryAt : toIso(clock.now() + (wait ?? 0));
    return {
      ...common,
      state: wait === null ? 'dead' : 'failed',
      retryAt: wait === null ? null : retryAt,
      problem: JSON.stringify({ ...failure.problem, at: toIso(clock.now()) }),
      reason: failure.reason,
    };
  };

  const COUNTED: Readonly<Record<Outcome['state'], CounterName | null>> = {
    processed: 'webhooks.processed',
    ignored: 'webhooks.processed',
    failed: 'webhooks.failed',
    dead: 'webhooks.dead',
    received: null,
  };

  const mark = async (
    tx: EntityManager,
    group: readonly Prepared[],
    failure: Failure | null,
    writeMs: () => number,
  ): Promise<Outcome[]> => {
    const share = writeMs() / group.length;
    const outcomes = group.map((prepared) =>
      outcomeOf(prepared, prepared.failure ?? failure, prepared.durationMs + (prepared.work ? share : 0)),
    );
    await store.mark(tx, toIso(clock.now()), outcomes);
    await addToCountersIn(
      tx,
      countByShop(
        outcomes.flatMap(({ state }, index) => {
          const name = COUNTED[state];
          return name === null ? [] : [{ shop: group[index]?.delivery.shop ?? '', name }];
        }),
      ),
    );
    // A first attempt of a delivery that nothing waits for (nearly all of them) costs nothing here.
    for (const [index, { state, resource }] of outcomes.entries()) {
      const { shop, attempts, seq } = group[index]?.delivery ?? { shop: '', attempts: 0, seq: 0 };
      const isDone = state !== 'failed' && state !== 'received';
      if (isDone && resource !== null && attempts > 0 && held?.get(heldKey(shop, resource))?.seq === seq)
        await store.letGo(tx, shop, resource);
    }
    return outcomes;
  };

  /** What was committed changes what the next ones may do. */
  const learn = async (group: readonly Prepared[], outcomes: readonly Outcome[], failure: Failure | null) => {
    const deserving: number[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      const prepared = group[index];
      if (!prepared || outcome.state === 'received') continue;
      const { shop, topic, seq, attempts } = prepared.delivery;
      const problem = prepared.failure ?? failure;
      if (outcome.resource !== null) {
        const key = heldKey(shop, outcome.resource);
        if (outcome.retryAt !== null) held?.set(key, { seq, retryAt: outcome.retryAt });
        else if (held?.get(key)?.seq === seq) held.delete(key);
      }
      if (problem === null) {
        if (prepared.work !== null) deserving.push(...breaker.succeeded(topic));
      } else if (breaker.failed(topic, seq, problem, clock.now(), attempts + 1 >= attemptsOf(problem.reason)))
        log.error({ topic, reason: problem.reason, code: problem.problem.code }, 'webhooks of this topic are paused');
    }
    if (deserving.length > 0) await requeueHurt(db, deserving, toIso(clock.now()));
  };

  const apply = async (group: readonly Prepared[]): Promise<void> => {
    for (const prepared of group) hold(prepared);
    const tells: (() => void)[] = [];
    const { outcomes } = await db.write(async (tx) => {
      const started = performance.now();
      await applyInOrder(
        tx,
        group.filter((prepared) => holderOf(prepared) === null),
        (tell) => tells.push(tell),
      );
      return { outcomes: await mark(tx, group, null, () => performance.now() - started) };
    });
    for (const tell of tells) {
      try {
        tell();
      } catch (error) {
        // The rows are written: whoever can't bear to hear of it must not undo or repeat that.
        log.error({ err: error }, 'what a webhook changed could not be told');
      }
    }
    await learn(group, outcomes, null);
  };

  const processGroup = async (group: readonly Prepared[]): Promise<void> => {
    const [first, ...others] = group;
    if (!first) return;
    try {
      await apply(group);
    } catch (cause) {
      const failure = failureOf(cause);
      if (failure.reason === 'storage') {
        if (breaker.failed(first.delivery.topic, first.delivery.seq, failure, clock.now(), false))
          log.error({ err: cause }, 'processing of webhooks is paused: the database can’t be written');
        return;
      }
      if (others.length === 0) {
        log.error(
          { seq: first.delivery.seq, topic: first.delivery.topic, attempt: first.delivery.attempts + 1, err: cause },
          'webhook could not be applied',
        );
        await learn(group, await db.write((tx) => mark(tx, group, failure, () => 0)), failure);
        return;
      }
      // One bad write must not hold up its neighbours: halves find it with few commits.
      const middle = group.length >> 1;
      await processGroup(group.slice(0, middle));
      await processGroup(group.slice(middle).filter(({ delivery }) => !breaker.isPaused(delivery.topic)));
    }
  };

  const prepare = (delivery: Parameters<typeof prepareDelivery>[0]): Prepared =>
    prepareDelivery(delivery, handlers, ({ seq, topic }, thrown) =>
      log.error({ seq, topic, err: thrown }, 'webhook handler failed'),
    );

  const wakeAt = async (): Promise<void> => {
    const times = [await store.nextRetryAt(), breaker.nextProbe()].filter((time) => time !== null);
    timer?.abort();
    if (times.length === 0) return;
    const mine = new AbortController();
    timer = mine;
    // While a topic is paused its retries may lie in the past: never sooner than a moment from now.
    const wait = Math.max(breaker.pauses().length > 0 ? AFTER_ERROR_MS : 0, Math.min(...times) - clock.now());
    clock.delay(wait, mine.signal).then(wake, () => undefined);
  };

  /** One group. False: nothing was due. */
  const step = async (): Promise<boolean> => {
    for (const scope of breaker.probesDue(clock.now())) {
      const probe = await store.probe(scope);
      await processGroup(probe.map(prepare));
      if (probe.length === 0) breaker.succeeded(scope);
    }
    if (breaker.isPaused(EVERYTHING)) return false;
    const paused = breaker.pauses().map(({ scope }) => scope);
    const due = await store.due(toIso(clock.now()), paused, groupSize);
    if (stop.signal.aborted || due.length === 0) return false;
    const started = performance.now();
    await processGroup(due.map(prepare));
    const spent = performance.now() - started;
    if (spent < TARGET_MS && due.length === groupSize) groupSize = Math.min(LARGEST_GROUP, groupSize * 2);
    else if (spent > TARGET_MS * 2) groupSize = Math.max(SMALLEST_GROUP, groupSize >> 1);
    bus.publish({ topic: 'webhooks' });
    if (isInboxBusy())
      await clock.delay(Math.min(MAX_PAUSE_MS, spent * BUSY_PAUSE_SHARE), stop.signal).catch(() => undefined);
    return true;
  };

  const drain = async (): Promise<void> => {
    try {
      held ??= new Map((await store.held()).map((row) => [heldKey(row.shop, row.resource), row]));
      do again = false;
      while (((await step()) || again) && !stop.signal.aborted);
      await wakeAt();
    } catch (error) {
      log.error({ err: error }, 'the webhook processor stopped on an error; it goes on in a moment');
      again = false;
      clock.delay(AFTER_ERROR_MS, stop.signal).then(wake, () => undefined);
    } finally {
      running = null;
      // Something may have arrived between the last look and now.
      if (again) wake();
    }
  };

  const wake = (): void => {
    again = true;
    if (!stop.signal.aborted) running ??= apartFromTransaction(drain);
  };

  return {
    wake,
    pauses: breaker.pauses,
    idle: async () => {
      while (running) await running;
    },
    close: async () => {
      stop.abort();
      timer?.abort();
      while (running) await running;
    },
  };
};
