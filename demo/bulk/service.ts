import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphQLError } from 'graphql';
import type { Random } from '../data/random.ts';
import type { FaultPlan } from '../http/faults.ts';
import { planBulkQuery } from './plan.ts';
import type { BulkLine, BulkOperation, BulkService } from './types.ts';

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

  const write = async (operation: BulkOperation, lines: Iterable<BulkLine>, groupObjects: boolean) => {
    // Shopify promises children right after their parent only with `groupObjects`, and mostly keeps them there all the same.
    const strays = !groupObjects && faults.take('bulk/stray') !== null;
    const orphans = faults.take('bulk/orphan') !== null;
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
        const isLost = orphans && line.isRoot && operation.rootObjectCount === 0;
        if (strays && !line.isRoot) held.push(json);
        else if (!isLost) text += json;
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

  const run = async (operation: BulkOperation, lines: Iterable<BulkLine>, groupObjects: boolean) => {
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
    start: async ({ shop, query, groupObjects, linesOf }) => {
      const plan = planBulkQuery(query);
      if ('problem' in plan) return { error: { field: ['query'], message: plan.problem, code: 'INVALID' } };
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
      const done = run(operation, linesOf(plan.fields), groupObjects);
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
