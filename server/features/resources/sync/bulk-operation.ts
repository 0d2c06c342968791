import { AppError } from '../../../../shared/errors.ts';
import {
  type BulkOperation,
  bulkProblem,
  getBulk,
  refusedBulk,
  startBulkQuery,
  waitForBulk,
} from '../../../shopify/bulk.ts';
import { nowIso, type SyncRun, saveState, stateOf } from './context.ts';
import { withFilter } from './source.ts';
import { withoutFields } from './without-fields.ts';

export interface BulkRunOptions {
  readonly query: string | null;
  /** Paths of fields that Shopify refuses to this app. */
  readonly refused: readonly string[];
  /** The store has nothing of this resource yet: children may be written as they come, search and charts follow at the end. */
  readonly isFirstImport: boolean;
  readonly sourceId: string | null;
}

/** The operation of the state where it goes on, or a new one. */
const operationFor = async <Item>(run: SyncRun<Item>, options: BulkRunOptions): Promise<BulkOperation> => {
  const { client, signal, source, ports } = run;
  const state = await stateOf(run);
  if (state.operationId !== null) {
    try {
      const found = await getBulk(client, state.operationId, { signal });
      // Its file was there for seven days.
      if (found.status !== 'EXPIRED') return found;
    } catch (error) {
      // Shopify has forgotten it: begin anew. What is here stays and is overwritten.
      if (!(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
    }
  }
  const whole = withoutFields(source.bulkQuery, options.refused);
  const text = withFilter(whole, source.connection, options.query);
  const operationAt = nowIso(run);
  const started = await startBulkQuery(client, text, {
    clock: ports.clock,
    signal,
    groupObjects: !options.isFirstImport,
  });
  if (!started.ok) throw refusedBulk(started.userErrors);
  await saveState(run, {
    operationId: started.value.id,
    operationAt,
    byteOffset: 0,
    lines: 0,
    rows: 0,
    objects: 0,
    objectsTotal: null,
  });
  return started.value;
};

/** Ends the use of an operation, so that the next run begins a new one. */
export const forgetOperation = <Item>(run: SyncRun<Item>): Promise<void> =>
  saveState(run, { operationId: null, operationAt: null, byteOffset: 0, lines: 0 });

/** The operation once its file is there. @throws AppError when it did not complete; the next run begins a new one then */
export const finishedOperation = async <Item>(run: SyncRun<Item>, options: BulkRunOptions): Promise<BulkOperation> => {
  const { client, signal, ports } = run;
  const { id } = await operationFor(run, options);
  const operation = await waitForBulk(client, id, {
    clock: ports.clock,
    signal,
    wakeUps: ports.wakeUps,
    onProgress: ({ rootObjectCount }) => run.progress(0, rootObjectCount > 0 ? rootObjectCount : null, 'preparing'),
  });
  const problem = bulkProblem(operation);
  if (problem) {
    await forgetOperation(run);
    throw problem;
  }
  return operation;
};
