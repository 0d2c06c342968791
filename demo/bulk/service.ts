import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphQLError } from 'graphql';
import type { Random } from '../data/random.ts';
import type { RequestContext } from '../graphql/context.ts';
import type { FaultPlan } from '../http/faults.ts';
import type { DemoShop } from '../shop/shop.ts';
import { planBulkQuery } from './plan.ts';
import { bulkLines } from './rows.ts';

export type BulkStatus = 'CREATED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELING' | 'CANCELED' | 'EXPIRED';

/** A bulk operation, with its file on disk: results may be larger than memory. */
export interface BulkOperation {
  readonly id: number;
  readonly shop: DemoShop;
  readonly query: string;
  readonly createdAt: number;
  status: BulkStatus;
  errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT' | null;
  completedAt: number | null;
  objectCount: number;
  rootObjectCount: number;
  fileSize: number;
  readonly file: string;
  /** In the address of the file, so that only who was told it finds it. */
  readonly secret: string;
}

export interface BulkUserError {
  readonly field: readonly string[] | null;
  readonly message: string;
  readonly code?: 'INVALID' | 'LIMIT_REACHED' | 'OPERATION_IN_PROGRESS';
}

export interface BulkService {
  start(
    context: RequestContext,
    query: string,
    groupObjects: boolean,
  ): Promise<{ operation: BulkOperation } | { error: BulkUserError }>;
  cancel(operation: BulkOperation): BulkUserError | null;
  get(shop: DemoShop, id: number): BulkOperation | null;
  list(shop: DemoShop): readonly BulkOperation[];
  /** The operation whose file this is; null when there is none, or the link has ended. */
  byFile(id: number, secret: string): BulkOperation | null;
  /** Where the result is fetched, while the link works and there is something in it. */
  linkOf(operation: BulkOperation): string | null;
  close(): Promise<void>;
}

const MAX_RUNNING = 5;
const MAX_KEPT = 200;
/** https://shopify.dev/docs/api/admin-graphql/latest/objects/BulkOperation#field-BulkOperation.fields.url */
export const LINK_LIFETIME_MS = 7 * 86_400_000;
const WRITE_BYTES = 512 * 1024;
/** How long a run keeps the thread before others get their turn. */
const TURN_MS = 12;
/** How far a child may stray from its parent when the fault asks for it. */
const STRAY_LINES = 400;

const isOpen = (operation: BulkOperation): boolean => ['CREATED', 'RUNNING', 'CANCELING'].includes(operation.status);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const createBulkService = (options: {
  readonly random: Random;
  readonly now: () => number;
  readonly faults: FaultPlan;
  readonly origin: () => string;
  readonly finished: (operation: BulkOperation) => void;
}): BulkService => {
  const { random, now, faults } = options;
  const kept = new Map<number, BulkOperation>();
  const runs = new Set<Promise<void>>();
  let folder: Promise<string> | null = null;
  let lastId = 6_000_000_000 + Math.floor(now() / 1000);
  let isClosed = false;

  const hasEnded = (operation: BulkOperation): boolean =>
    operation.completedAt !== null && now() - operation.completedAt >= LINK_LIFETIME_MS;
  const fresh = (operation: BulkOperation): BulkOperation => {
    if (operation.status === 'COMPLETED' && hasEnded(operation)) operation.status = 'EXPIRED';
    return operation;
  };
  const forget = async (operation: BulkOperation): Promise<void> => {
    kept.delete(operation.id);
    await rm(operation.file, { force: true });
  };

  const write = async (
    operation: BulkOperation,
    lines: Iterable<{ value: unknown; isRoot: boolean }>,
    groupObjects: boolean,
  ) => {
    // Shopify promises children right after their parent only with `groupObjects`, and mostly keeps them there all the same.
    const strays = !groupObjects && faults.take('bulk/stray') !== null;
    const failure = faults.take('bulk/fail');
    const pause = faults.take('bulk/slow');
    const handle = await open(operation.file, 'w');
    const held: string[] = [];
    let text = '';
    const flush = async (): Promise<void> => {
      const bytes = Buffer.from(text);
      text = '';
      await handle.write(bytes);
      operation.fileSize += bytes.length;
    };
    try {
      let turnEndsAt = performance.now() + TURN_MS;
      for (const line of lines) {
        if (failure && operation.objectCount >= failure.after) throw new Error('asked to fail');
        const json = `${JSON.stringify(line.value)}\n`;
        if (strays && !line.isRoot) held.push(json);
        else text += json;
        if (held.length > STRAY_LINES) text += held.splice(random.int(0, held.length - 1), 1).join('');
        operation.objectCount += 1;
        if (line.isRoot) operation.rootObjectCount += 1;
        if (text.length >= WRITE_BYTES) await flush();
        if (performance.now() >= turnEndsAt) {
          await turn();
          if (pause) await new Promise((resolve) => setTimeout(resolve, Math.min(pause.ms, 1000)));
          if (isClosed || operation.status === 'CANCELING') return;
          turnEndsAt = performance.now() + TURN_MS;
        }
      }
      while (held.length > 0) text += held.splice(random.int(0, held.length - 1), 1).join('');
    } finally {
      await flush();
      await handle.close();
    }
  };

  const run = async (
    operation: BulkOperation,
    lines: Iterable<{ value: unknown; isRoot: boolean }>,
    groupObjects: boolean,
  ) => {
    await turn();
    if (operation.status === 'CREATED') operation.status = 'RUNNING';
    try {
      if (operation.status === 'RUNNING') await write(operation, lines, groupObjects);
      operation.status = operation.status === 'RUNNING' ? 'COMPLETED' : 'CANCELED';
    } catch (error) {
      operation.status = 'FAILED';
      const isDenied = error instanceof GraphQLError && error.extensions.code === 'ACCESS_DENIED';
      operation.errorCode = isDenied ? 'ACCESS_DENIED' : 'INTERNAL_SERVER_ERROR';
    }
    operation.completedAt = now();
    if (!isClosed) options.finished(operation);
  };

  return {
    start: async (context, query, groupObjects) => {
      const plan = planBulkQuery(query);
      if ('problem' in plan) return { error: { field: ['query'], message: plan.problem, code: 'INVALID' } };
      const { shop } = context;
      const running = [...kept.values()].filter((entry) => entry.shop === shop && isOpen(entry));
      const [first] = running;
      // Apps on versions before 2026-01 could run one; every version that is still served allows five.
      if (first && running.length >= MAX_RUNNING) {
        const message = `A maximum of ${MAX_RUNNING} bulk query operations can be in progress for this app and shop at once.`;
        return { error: { field: null, message, code: 'LIMIT_REACHED' } };
      }
      folder ??= mkdtemp(join(tmpdir(), 'backroom-bulk-'));
      lastId += 1;
      const operation: BulkOperation = {
        id: lastId,
        shop,
        query,
        createdAt: now(),
        status: 'CREATED',
        errorCode: null,
        completedAt: null,
        objectCount: 0,
        rootObjectCount: 0,
        fileSize: 0,
        file: join(await folder, `${lastId}.jsonl`),
        secret: random.hex(32),
      };
      kept.set(operation.id, operation);
      const [oldest] = [...kept.values()].filter((entry) => !isOpen(entry));
      if (kept.size > MAX_KEPT && oldest) await forget(oldest);
      const done = run(operation, bulkLines(plan.fields, context), groupObjects);
      runs.add(done);
      void done.finally(() => runs.delete(done));
      return { operation };
    },
    cancel: (operation) => {
      if (!isOpen(operation)) {
        const message = `A bulk operation cannot be canceled when it is ${operation.status.toLowerCase()}`;
        return { field: null, message };
      }
      operation.status = 'CANCELING';
      return null;
    },
    get: (shop, id) => {
      const operation = kept.get(id);
      return operation?.shop === shop ? fresh(operation) : null;
    },
    list: (shop) => [...kept.values()].filter((operation) => operation.shop === shop).map(fresh),
    byFile: (id, secret) => {
      const operation = kept.get(id);
      return operation && operation.secret === secret && !hasEnded(operation) ? operation : null;
    },
    linkOf: (operation) =>
      operation.objectCount === 0 || operation.completedAt === null || hasEnded(operation)
        ? null
        : `${options.origin()}/bulk/${operation.id}/${operation.secret}/bulk-${operation.id}.jsonl`,
    close: async () => {
      isClosed = true;
      await Promise.all(runs);
      if (folder) await rm(await folder, { recursive: true, force: true });
    },
  };
};
