import type { EntityManager } from 'typeorm';
import { AppError } from '../../../shared/errors.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { addToCountersIn, countByShop } from '../../platform/db/counters.ts';
import type { Database } from '../../platform/db/database.ts';
import type { EventBus } from '../../platform/events/bus.ts';
import type { Log } from '../../platform/log/log.ts';
import type { StoredDelivery, TopicHandler } from '../../platform/topic-handler.ts';

export interface WebhookProcessor {
  /** Something arrived; returns at once. */
  wake(): void;
  /** Resolves when nothing that is due waits. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const GROUP = 500;
/** After each group, so many times as long as it took, the writer is left to the inbox. */
const PAUSE_SHARE = 3;
const MAX_PAUSE_MS = 1000;
const MAX_ATTEMPTS = 8;
const FIRST_RETRY_MS = 1000;

const DUE = `SELECT seq, shop, topic, triggered_at AS triggeredAt, received_at AS receivedAt, attempts, payload FROM webhook_deliveries
WHERE state = 'received' AND (retry_at IS NULL OR retry_at <= ?) ORDER BY seq LIMIT ${GROUP}`;
const MARK = `UPDATE webhook_deliveries SET state = done.value->>1, attempts = attempts + 1, processed_at = ?, problem = done.value->>2, retry_at = NULL
FROM json_each(?) AS done WHERE seq = done.value->>0`;
const MARK_RETRY = 'UPDATE webhook_deliveries SET attempts = attempts + 1, problem = ?, retry_at = ? WHERE seq = ?';

interface Prepared {
  readonly delivery: StoredDelivery;
  readonly state: 'processed' | 'ignored' | 'failed';
  readonly problem: AppError | null;
  readonly work: { readonly handler: TopicHandler; readonly item: unknown } | null;
}

/** Neighbours with the same handler are written together; the order among different handlers is kept. */
const applyInOrder = async (tx: EntityManager, group: readonly Prepared[]): Promise<void> => {
  let items: unknown[] = [];
  let current: TopicHandler | null = null;
  const flush = async (): Promise<void> => {
    if (current && items.length > 0) await current.write(tx, items);
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
}): WebhookProcessor => {
  const { db, clock, bus, log, handlers } = options;
  const stop = new AbortController();
  let running: Promise<void> | null = null;
  let again = false;
  let timer: AbortController | null = null;

  const problemJson = (error: AppError): string => JSON.stringify({ ...error.toBody(), at: toIso(clock.now()) });

  const prepare = (delivery: StoredDelivery): Prepared => {
    const handler = handlers[delivery.topic];
    if (!handler) return { delivery, state: 'ignored', problem: null, work: null };
    try {
      const item = handler.prepare(JSON.parse(delivery.payload), delivery);
      return item === null
        ? { delivery, state: 'ignored', problem: null, work: null }
        : { delivery, state: 'processed', problem: null, work: { handler, item } };
    } catch (thrown) {
      const problem =
        thrown instanceof AppError
          ? thrown
          : thrown instanceof SyntaxError
            ? new AppError('INVALID_JSON', 'The body is not JSON.', {
                hint: 'The signature is right, so Shopify sent it so; the body is kept.',
              })
            : new AppError('INTERNAL', 'The handler failed on this payload.', {
                hint: 'See the log; the body is kept.',
                cause: thrown,
              });
      if (problem.code === 'INTERNAL')
        log.error({ seq: delivery.seq, topic: delivery.topic, err: thrown }, 'webhook handler failed');
      return { delivery, state: 'failed', problem, work: null };
    }
  };

  const apply = (group: readonly Prepared[]): Promise<void> =>
    db.write(async (tx) => {
      await applyInOrder(tx, group);
      const marks = group.map(({ delivery, state, problem }) => [
        delivery.seq,
        state,
        problem ? problemJson(problem) : null,
      ]);
      await tx.query(MARK, [toIso(clock.now()), JSON.stringify(marks)]);
      await addToCountersIn(
        tx,
        countByShop(
          group.map(({ delivery, state }) => ({
            shop: delivery.shop,
            name: state === 'failed' ? 'webhooks.failed' : 'webhooks.processed',
          })),
        ),
      );
    });

  /** A write failed for a reason outside the payload (disk full, a bug): back off, and give up after the last attempt. */
  const retryLater = async (prepared: Prepared, cause: unknown): Promise<void> => {
    const { delivery } = prepared;
    log.error(
      { seq: delivery.seq, topic: delivery.topic, attempt: delivery.attempts + 1, err: cause },
      'webhook could not be applied',
    );
    const problem = new AppError('INTERNAL', 'The change could not be written.', {
      hint: 'It is tried again by itself. See the log for the reason.',
      cause,
    });
    if (delivery.attempts + 1 >= MAX_ATTEMPTS) {
      await apply([{ ...prepared, state: 'failed', problem, work: null }]);
      return;
    }
    const retryAt = toIso(clock.now() + FIRST_RETRY_MS * 2 ** delivery.attempts);
    await db.write((tx) => tx.query(MARK_RETRY, [problemJson(problem), retryAt, delivery.seq]));
  };

  const processGroup = async (group: readonly Prepared[]): Promise<void> => {
    try {
      await apply(group);
    } catch (cause) {
      // One bad write must not hold up its neighbours: each again by itself.
      if (group.length === 1) {
        for (const only of group) await retryLater(only, cause);
        return;
      }
      for (const prepared of group) await processGroup([prepared]);
    }
  };

  const scheduleRetry = async (): Promise<void> => {
    const [next] = await db.read<{ at: string | null }>(
      `SELECT min(retry_at) AS at FROM webhook_deliveries WHERE state = 'received' AND retry_at IS NOT NULL`,
    );
    timer?.abort();
    if (!next?.at) return;
    const mine = new AbortController();
    timer = mine;
    clock.delay(Math.max(0, Date.parse(next.at) - clock.now()), mine.signal).then(wake, () => undefined);
  };

  /** Receipts and processing share the one writer, and only receipts have a sender who waits: under a flood they get most of it. */
  const leaveRoom = (spentMs: number): Promise<void> =>
    clock.delay(Math.min(MAX_PAUSE_MS, spentMs * PAUSE_SHARE), stop.signal).catch(() => undefined);

  const drain = async (): Promise<void> => {
    try {
      for (;;) {
        again = false;
        const due = await db.read<StoredDelivery>(DUE, [toIso(clock.now())]);
        if (stop.signal.aborted) return;
        if (due.length > 0) {
          const started = performance.now();
          await processGroup(due.map(prepare));
          bus.publish({ topic: 'webhooks' });
          await leaveRoom(performance.now() - started);
        } else if (!again) {
          await scheduleRetry();
          return;
        }
      }
    } catch (error) {
      log.error({ err: error }, 'the webhook processor stopped on an error; it goes on in a moment');
      again = false;
      clock.delay(FIRST_RETRY_MS, stop.signal).then(wake, () => undefined);
    } finally {
      running = null;
      // Something may have arrived between the last look and now.
      if (again) wake();
    }
  };

  const wake = (): void => {
    again = true;
    if (!stop.signal.aborted) running ??= drain();
  };

  return {
    wake,
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
