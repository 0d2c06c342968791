import { z } from 'zod';
import type * as api from '../../../../shared/api.ts';
import { type Clock, toIso } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import { defineTask, type TaskParent, type TaskQueue } from '../../../platform/queue/queue.ts';
import { withTightHeap } from '../../../platform/tight-heap.ts';
import { cancelBulk } from '../../../shopify/bulk.ts';
import type { ShopifyClient } from '../../../shopify/client.ts';
import { customerSource } from '../customers/source.ts';
import { orderSource } from '../orders/source.ts';
import { productSource } from '../products/source.ts';
import { isJson } from '../records/fields.ts';
import { changedAtShopify, type RowChange } from './changes.ts';
import type { SyncPorts, SyncRun } from './context.ts';
import { type SyncTrigger, syncResource } from './engine.ts';
import { createRates } from './rates.ts';
import { refreshRecord, refreshTargetOf } from './refresh.ts';
import { screened } from './screen.ts';
import { SYNCED_RESOURCES, type SyncedResource, type SyncSource } from './source.ts';
import { listSyncStates, patchSyncState, readSyncState, type SyncState, type SyncStateChange } from './state-store.ts';

/** A first import of a large store takes hours; a stall ends much earlier, in the calls themselves. */
const RUN_TIMEOUT_MS = 24 * 3_600_000;
const RECONCILE_CRON = '*/15 * * * *';
const SHOWN_RUNS = 100;

/** What of a connected store the sync needs. @throws AppError when it can't be called */
export interface SyncStore {
  readonly client: ShopifyClient;
  readonly currency: string | null;
  readonly seesAllOrders: boolean;
}

/** Everything that changed at Shopify before `toAt` is here. */
export interface FinishedRun {
  readonly shop: string;
  readonly resource: SyncedResource;
  readonly seq: number;
  readonly toAt: string;
  readonly deleted: number;
}

export interface ChangedSince {
  readonly shop: string;
  readonly resource: SyncedResource;
  /** ISO time. */
  readonly since: string;
  readonly signal: AbortSignal;
  readonly priority?: SyncRun<unknown>['priority'];
}

export interface SyncService {
  /** Goes on, tries again, or fetches what changed: whatever is next for these resources. */
  start(shop: string, trigger: SyncTrigger, resource?: string): Promise<void>;
  /** Fetches everything anew beside what is here, then compares ids: for an operator who doubts what is here. */
  reimport(shop: string, resource?: string): Promise<void>;
  pause(shop: string, resource?: string): Promise<void>;
  cancel(shop: string, resource?: string): Promise<void>;
  /** Fetches one record now, before all background work. @throws AppError */
  refresh(id: string): Promise<z.infer<typeof api.RefreshOutput>>;
  /** What changed at Shopify since, asked now; nothing is written. @throws AppError */
  changedSince(period: ChangedSince): AsyncIterable<readonly RowChange[]>;
  /** Fetches one record and writes it, or removes it when it is gone. @throws AppError */
  fetchOne(record: { shop: string; resource: SyncedResource; pk: number; signal: AbortSignal }): Promise<unknown>;
  statesOf(shop: string): Promise<api.StoreSync[]>;
  runs(shop: string): Promise<z.infer<typeof api.SyncRunRow>[]>;
}

/** Transactions come with their orders. */
const resourcesOf = (resource: string | undefined): readonly SyncedResource[] =>
  resource === undefined
    ? SYNCED_RESOURCES
    : SYNCED_RESOURCES.filter((name) => name === (resource === 'transactions' ? 'orders' : resource));

const withSource = <Result>(
  resource: SyncedResource,
  use: <Item>(source: SyncSource<Item>) => Promise<Result>,
): Promise<Result> =>
  resource === 'products' ? use(productSource) : resource === 'customers' ? use(customerSource) : use(orderSource);

/** A person waits for it: longer than this, and they had better be told. */
const REFRESH_TIMEOUT_MS = 30_000;

/** Kept with each task; the monitor's chain asks for its runs by this name. */
export const SYNC_TASK = 'sync.resource';

const TaskInput = z.object({
  shop: z.string(),
  resource: z.enum(['products', 'orders', 'customers']),
  trigger: z.enum(['connect', 'start', 'wake', 'schedule', 'person', 'verify', 'reimport']),
});

export const createSyncService = (options: {
  ports: SyncPorts;
  db: Database;
  clock: Clock;
  queue: TaskQueue;
  /** @throws AppError */
  store: (shop: string) => SyncStore;
  connectedShops: () => readonly string[];
  /** A run ended well. */
  onRun: (run: FinishedRun) => Promise<void>;
}): SyncService => {
  const { ports, db, clock, queue } = options;
  const rates = createRates(clock);

  const save = (shop: string, resource: SyncedResource, change: SyncStateChange): Promise<void> =>
    db
      .writeStatements((connection) => patchSyncState(connection, shop, resource, change))
      .then(() => ports.onState(shop));

  const runOf = <Item>(
    source: SyncSource<Item>,
    shop: string,
    context: Pick<SyncRun<Item>, 'signal' | 'progress' | 'priority'>,
  ): SyncRun<Item> => {
    const { client, currency, seesAllOrders } = options.store(shop);
    const who = { shop, resource: source.resource, suppression: ports.suppression };
    return {
      ports,
      shop,
      source,
      client,
      currency,
      seesAllOrders,
      signal: context.signal,
      ...(context.priority ? { priority: context.priority } : {}),
      progress: (done, total, phase) => {
        rates.note(shop, source.resource, phase, done);
        context.progress(done, total, phase);
      },
      screen: (node) => {
        if (ports.suppression.isEmpty) return node;
        const kept = screened(who, { value: node, text: JSON.stringify(node) });
        return kept && isJson(kept.value) ? kept.value : null;
      },
    };
  };

  const task = defineTask({
    name: SYNC_TASK,
    queue: 'sync',
    title: 'Fetch a store’s data',
    input: TaskInput,
    timeoutMs: RUN_TIMEOUT_MS,
    run: async ({ shop, resource, trigger }, context) => {
      const run = { signal: context.signal, progress: context.progress };
      const counts = await withTightHeap(() =>
        withSource(resource, (source) => syncResource(runOf(source, shop, run), { trigger })),
      );
      const [finished] = await db.read<FinishedRun>(
        `SELECT shop, resource, seq, to_at AS toAt, deleted FROM sync_runs
         WHERE shop = ? AND resource = ? AND finished_at IS NOT NULL AND problem IS NULL ORDER BY seq DESC LIMIT 1`,
        [shop, resource],
      );
      if (finished) await options.onRun(finished);
      return { ...counts };
    },
  });
  queue.register(task);

  const start = async (shop: string, trigger: SyncTrigger, resource?: string, parent?: TaskParent): Promise<void> => {
    for (const name of resourcesOf(resource)) {
      const state = await readSyncState(db, shop, name);
      const isAsked = trigger === 'person' || trigger === 'verify' || trigger === 'connect' || trigger === 'reimport';
      if (state.pausedAt !== null && !isAsked) continue;
      const add = (uniqueKey: string) =>
        queue.enqueue(
          task,
          { shop, resource: name, trigger },
          { shop, uniqueKey, priority: isAsked ? 10 : 0, ...(parent && { parent }) },
        );
      const isOver = state.phase === 'done' || state.phase === 'failed';
      let added = await add(`sync ${shop} ${name}`);
      // The task that has the key did its work already and is only being put away: nobody would do what was asked now.
      if (!added.isNew && isOver) added = await add(`sync ${shop} ${name} again`);
      const { id } = added;
      const isResting = isOver || state.phase === 'never';
      await save(shop, name, { taskId: id, pausedAt: null, ...(isResting && isAsked ? { phase: 'waiting' } : {}) });
    }
  };

  const reconcile = defineTask({
    name: 'sync.reconcile',
    queue: 'sync',
    title: 'Look for what changed in all stores',
    input: z.object({}),
    run: async (_input, { id }) => {
      for (const shop of options.connectedShops()) await start(shop, 'schedule', undefined, { kind: 'task', id });
    },
  });
  queue.register(reconcile);
  queue.schedule(reconcile, { cron: RECONCILE_CRON, input: {}, uniqueKey: 'sync.reconcile' });

  const lastCursor = async ({ shop, resource, importedAt }: SyncState): Promise<string | null> => {
    const [run] = await db.read<{ at: string | null }>(
      'SELECT max(from_at) AS at FROM sync_runs WHERE shop = ? AND resource = ?',
      [shop, resource],
    );
    return run?.at ?? importedAt;
  };

  /** Ends the task that waits or runs; what it had written stays. */
  const stop = async (state: SyncState): Promise<void> => {
    if (state.taskId !== null) await queue.cancel(state.taskId);
    rates.forget(state.shop, state.resource);
  };

  /** A first import begins anew; what is complete loses its cursor, so that all of it is asked for once more. */
  const FROM_THE_START = { operationId: null, byteOffset: 0, lines: 0, pageCursor: null, indexPk: 0, cursorAt: null };

  return {
    start,

    reimport: async (shop, resource) => {
      for (const name of resourcesOf(resource)) {
        const state = await readSyncState(db, shop, name);
        await stop(state);
        if (state.operationId !== null) await cancelBulk(options.store(shop).client, state.operationId);
        await save(shop, name, FROM_THE_START);
      }
      await start(shop, 'reimport', resource);
    },

    pause: async (shop, resource) => {
      for (const name of resourcesOf(resource)) {
        await save(shop, name, { pausedAt: toIso(clock.now()) });
        await stop(await readSyncState(db, shop, name));
      }
    },

    cancel: async (shop, resource) => {
      for (const name of resourcesOf(resource)) {
        const state = await readSyncState(db, shop, name);
        await stop(state);
        if (state.operationId !== null) await cancelBulk(options.store(shop).client, state.operationId);
        await save(shop, name, {
          phase: state.importedAt === null ? 'never' : 'done',
          // A re-import that is given up leaves the cursor where the last run had brought it.
          ...(state.importedAt !== null && state.cursorAt === null ? { cursorAt: await lastCursor(state) } : {}),
          operationId: null,
          byteOffset: 0,
          lines: 0,
          pageCursor: null,
          taskId: null,
          pausedAt: null,
        });
      }
    },

    changedSince: async function* ({ shop, resource, since, ...call }) {
      const pages = await withSource(resource, async (source) =>
        changedAtShopify(source, runOf(source, shop, { ...call, progress: () => undefined }), since),
      );
      yield* pages;
    },
    fetchOne: ({ shop, resource, pk, signal }) =>
      withSource(resource, (source) => refreshRecord(runOf(source, shop, { signal, progress: () => undefined }), pk)),

    refresh: async (id) => {
      const { shop, resource, pk } = await refreshTargetOf(db, id);
      const run = {
        signal: AbortSignal.timeout(REFRESH_TIMEOUT_MS),
        progress: () => undefined,
        priority: 'interactive' as const,
      };
      const outcome = await withSource(resource, (source) => refreshRecord(runOf(source, shop, run), pk));
      return { outcome, at: toIso(clock.now()) };
    },

    statesOf: async (shop) => {
      const [states, counters] = await Promise.all([
        listSyncStates(db),
        db.read<{ name: string; value: number }>(
          `SELECT name, value FROM counters WHERE shop = ? AND name LIKE 'rows.%'`,
          [shop],
        ),
      ]);
      const counted = (name: string): number => counters.find((row) => row.name === `rows.${name}`)?.value ?? 0;
      const toApi = (state: SyncState): api.StoreSync => {
        const { rows, total, phase } = state;
        const isRunning = phase !== 'done' && phase !== 'failed' && phase !== 'never';
        const rate = isRunning ? rates.of(shop, state.resource) : null;
        return {
          resource: state.resource,
          phase: state.pausedAt === null ? phase : 'paused',
          rows: isRunning || state.importedAt === null ? rows : counted(state.resource),
          total,
          rate,
          secondsLeft:
            rate !== null && rate > 0 && total !== null ? Math.max(0, Math.ceil((total - rows) / rate)) : null,
          startedAt: state.startedAt,
          finishedAt: state.finishedAt,
          importedAt: state.importedAt,
          freshAt: state.cursorAt,
          remoteCount: state.remoteCount,
          localCount: state.localCount,
          withheldCount: state.withheldCount,
          gaps: [...state.gaps],
          problem: state.problem,
        };
      };
      const found = await Promise.all(
        SYNCED_RESOURCES.map(
          async (resource) =>
            states.find((state) => state.shop === shop && state.resource === resource) ??
            (await readSyncState(db, shop, resource)),
        ),
      );
      const all = found.map(toApi);
      const orders = all.find((state) => state.resource === 'orders');
      const transactions = counted('transactions');
      return orders
        ? [
            ...all,
            {
              ...orders,
              resource: 'transactions',
              rows: transactions,
              total: null,
              secondsLeft: null,
              rate: null,
              remoteCount: null,
              localCount: transactions,
              withheldCount: 0,
            },
          ]
        : all;
    },

    runs: async (shop) =>
      db.read(
        `SELECT seq, shop, resource, trigger, from_at AS fromAt, to_at AS toAt, started_at AS startedAt, finished_at AS finishedAt,
           created, updated, deleted FROM sync_runs WHERE shop = ? ORDER BY seq DESC LIMIT ${SHOWN_RUNS}`,
        [shop],
      ),
  };
};
