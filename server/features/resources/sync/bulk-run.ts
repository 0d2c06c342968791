import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../../../shared/errors.ts';
import {
  type BulkLine,
  type BulkOperation,
  bulkProblem,
  getBulk,
  readBulkBatches,
  refusedBulk,
  startBulkQuery,
  waitForBulk,
} from '../../../shopify/bulk.ts';
import { isJson, numberOfGid } from '../records/fields.ts';
import { createRecordStore, type RecordStore } from '../records/record-store.ts';
import type { ChildRow, ChildTable, WriteResult } from '../records/record-table.ts';
import {
  incomplete,
  nowIso,
  type RunCounts,
  type SyncRun,
  saveState,
  stampFor,
  stateOf,
  writeBatch,
} from './context.ts';
import { screened } from './screen.ts';
import { type SourceLine, withFilter } from './source.ts';
import { withoutFields } from './without-fields.ts';

/** Lines in one transaction while nobody else wants to write; a tenth of a second of the writer. */
const BATCH_LINES = 1500;
/** And as few as these while others do: webhooks and pixel events are acknowledged after their commit, which waits for this one. */
const SHORT_BATCH_LINES = 50;
/** Characters in one transaction: two batches with their parsed objects are in memory at once, and lines may be long. */
const BATCH_CHARACTERS = 2_000_000;

interface BulkRunOptions {
  readonly query: string | null;
  /** Paths of fields that Shopify refuses to this app. */
  readonly refused: readonly string[];
  /** The store has nothing of this resource yet: children may be written as they come, search and charts follow at the end. */
  readonly isFirstImport: boolean;
  readonly sourceId: string | null;
}

const stores = new WeakMap<object, RecordStore>();
const storeOf = <Item>(run: SyncRun<Item>): RecordStore => {
  const known = stores.get(run.source.table) ?? createRecordStore(run.source.table);
  stores.set(run.source.table, known);
  return known;
};

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

const finished = async <Item>(run: SyncRun<Item>, options: BulkRunOptions): Promise<BulkOperation> => {
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

interface Batch<Item> {
  readonly parents: Item[];
  readonly children: Map<ChildTable, ChildRow[]>;
  readonly lines: SourceLine[];
  size: number;
  characters: number;
}

const emptyBatch = <Item>(): Batch<Item> => ({ parents: [], children: new Map(), lines: [], size: 0, characters: 0 });

/** Puts a line among the roots or the children, as the first import takes them: each by itself. Mapped at once, while the batch before is written. */
const sortIn = <Item>(run: SyncRun<Item>, batch: Batch<Item>, line: SourceLine): void => {
  const { __parentId: parentId } = line.value;
  if (parentId === undefined) {
    batch.parents.push(run.source.parent(line, run.currency));
    return;
  }
  const parentPk = numberOfGid(parentId);
  const child = parentPk === null ? null : run.source.child(line, parentPk, run.currency);
  if (!child) return;
  const rows = batch.children.get(child.table);
  if (rows) rows.push(child.row);
  else batch.children.set(child.table, [child.row]);
};

/** Roots with the children behind them, and what is left open at the end of the batch. */
const assemble = <Item>(
  run: SyncRun<Item>,
  open: { root: SourceLine; children: SourceLine[] } | null,
  lines: readonly SourceLine[],
): { items: Item[]; open: { root: SourceLine; children: SourceLine[] } | null } => {
  const items: Item[] = [];
  let current = open;
  for (const line of lines) {
    if (line.value.__parentId === undefined) {
      if (current) items.push(run.source.whole(current.root, current.children, run.currency));
      current = { root: line, children: [] };
    } else if (current && line.value.__parentId === current.root.value.id) current.children.push(line);
    else
      throw new AppError('SHOPIFY_UNREACHABLE', 'The bulk file’s rows are not grouped as asked for.', {
        hint: 'The period is fetched again by itself.',
      });
  }
  return { items, open: current };
};

/**
 * Fetches by bulk operation: started, awaited, and its file read to the end, every batch written with the place reached. A first import goes on
 * at that place after whatever interrupted it, and so does one that fetches everything anew, at the last row that is not written with all its children.
 * One of a period begins its (smaller) file again.
 */
export const bulkRun = async <Item>(run: SyncRun<Item>, options: BulkRunOptions): Promise<RunCounts> => {
  const { ports, source, shop, signal } = run;
  const who = { shop, resource: source.resource, suppression: ports.suppression };
  const counts: RunCounts = { created: 0, updated: 0, deleted: 0, seen: 0 };
  const operation = await finished(run, options);
  const state = await stateOf(run);
  const asOf = state.operationAt ?? nowIso(run);
  const isResumable = options.isFirstImport || options.query === null;
  let { byteOffset, lines, rows } = isResumable ? state : { byteOffset: 0, lines: 0, rows: 0 };
  await saveState(run, {
    phase: isResumable ? 'downloading' : 'catching-up',
    total: operation.rootObjectCount,
    objects: lines,
    objectsTotal: operation.objectCount,
    rows,
  });

  let open: { root: SourceLine; children: SourceLine[] } | null = null;
  let batchLines = BATCH_LINES;
  /** Halves the batches while others wait for the writer, and lets them grow again, by half, when nobody does. */
  const fitToOthers = (): void => {
    batchLines =
      ports.db.waiting() > 0
        ? Math.max(SHORT_BATCH_LINES, batchLines >> 1)
        : Math.min(BATCH_LINES, batchLines + (batchLines >> 1));
  };
  const writeLines = async (batch: Batch<Item>, place: { byteOffset: number; lines: number; rows: number }) => {
    const stamp = stampFor(run, options.isFirstImport ? 'import' : 'sync', options.sourceId, options.isFirstImport);
    const change = isResumable ? { ...place, objects: place.lines } : { rows: place.rows, objects: place.lines };
    let result: WriteResult;
    if (options.isFirstImport) {
      const { parents, children } = batch;
      result = await writeBatch(
        run,
        async (statements) => {
          const written = await source.write(statements, parents, stamp);
          for (const [table, childRows] of children)
            await storeOf(run).upsertChildren(statements, table, childRows, { shop, asOf });
          fitToOthers();
          return written;
        },
        change,
      );
    } else {
      const assembled = assemble(run, open, batch.lines);
      open = assembled.open;
      result = await writeBatch(
        run,
        async (statements) => {
          const written = await source.write(statements, assembled.items, stamp);
          fitToOthers();
          return written;
        },
        change,
      );
    }
    counts.created += result.created.length;
    counts.updated += result.updated.length;
    run.progress(place.rows, operation.rootObjectCount, isResumable ? 'downloading' : 'catching-up');
  };

  // One batch is written while the next is read: two halves of the work on two threads.
  let writing: Promise<void> = Promise.resolve();
  let lastRoot = { byteOffset, lines, rows };
  const hand = async (batch: Batch<Item>): Promise<void> => {
    await writing;
    writing = writeLines(batch, options.isFirstImport ? { byteOffset, lines, rows } : lastRoot);
    // Its failure is met at the next `await writing`; without this it would count as unhandled until then.
    writing.catch(() => undefined);
  };
  if (operation.url !== null) {
    let batch = emptyBatch<Item>();
    const read: AsyncIterable<BulkLine[]> = readBulkBatches(operation.url, {
      fromByte: byteOffset,
      fromLine: lines,
      signal,
      clock: ports.clock,
      renewUrl: async () => (await getBulk(run.client, operation.id, { signal })).url,
    });
    for await (const part of read) {
      for (const { value, text, endByte, line } of part) {
        const before = { byteOffset, lines, rows };
        byteOffset = endByte;
        lines = line;
        if (!isJson(value)) continue;
        if (value.__parentId === undefined) lastRoot = before;
        if (value.__parentId === undefined) rows += 1;
        const kept = screened(who, { value, text });
        if (!kept) continue;
        if (options.isFirstImport) sortIn(run, batch, kept);
        else batch.lines.push(kept);
        batch.size += 1;
        batch.characters += kept.text.length;
        if (batch.size >= batchLines || batch.characters >= BATCH_CHARACTERS) {
          await hand(batch);
          batch = emptyBatch();
        }
      }
      // What is buffered comes without a turn of the event loop, and the next statement of the batch that is being written waits for one.
      await setImmediate();
    }
    await hand(batch);
    await writing;
    if (open !== null) {
      const last: { root: SourceLine; children: SourceLine[] } = open;
      open = null;
      const stamp = stampFor(run, 'sync', options.sourceId, false);
      const result = await writeBatch(
        run,
        (statements) => source.write(statements, [source.whole(last.root, last.children, run.currency)], stamp),
        { rows, objects: lines },
      );
      counts.created += result.created.length;
      counts.updated += result.updated.length;
    }
  }
  counts.seen = rows;
  if (lines !== operation.objectCount || rows !== operation.rootObjectCount) {
    await forgetOperation(run);
    throw incomplete(source.resource, rows, operation.rootObjectCount);
  }
  await forgetOperation(run);
  return counts;
};
