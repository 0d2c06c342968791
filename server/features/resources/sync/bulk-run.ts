import { setImmediate } from 'node:timers/promises';
import { type BulkLine, type BulkOperation, getBulk, readBulkBatches } from '../../../shopify/bulk.ts';
import { isJson } from '../records/fields.ts';
import { createRecordStore, type RecordStore } from '../records/record-store.ts';
import type { WriteResult } from '../records/record-table.ts';
import type { Statements } from '../records/statements.ts';
import { assemble, type Batch, createBatchLimit, emptyBatch, type OpenRoot, sortIn } from './bulk-batch.ts';
import { type BulkRunOptions, finishedOperation, forgetOperation } from './bulk-operation.ts';
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

/** A place in the file: behind so many bytes, lines and roots. */
interface Place {
  readonly byteOffset: number;
  readonly lines: number;
  readonly rows: number;
}

const stores = new WeakMap<object, RecordStore>();
const storeOf = <Item>(run: SyncRun<Item>): RecordStore => {
  const known = stores.get(run.source.table) ?? createRecordStore(run.source.table);
  stores.set(run.source.table, known);
  return known;
};

/** Writes batches with the place reached, each in one transaction. */
const createBatchWriter = <Item>(
  run: SyncRun<Item>,
  options: BulkRunOptions,
  file: { asOf: string; isResumable: boolean; rootObjectCount: number; onWritten: () => void },
) => {
  const { source, shop } = run;
  const { asOf, isResumable, rootObjectCount, onWritten } = file;
  const counts: RunCounts = { created: 0, updated: 0, deleted: 0, seen: 0 };
  const phase = isResumable ? 'downloading' : 'catching-up';
  let open: OpenRoot | null = null;

  const commit = async (place: Place, write: (statements: Statements) => Promise<WriteResult>): Promise<void> => {
    const change = isResumable ? { ...place, objects: place.lines } : { rows: place.rows, objects: place.lines };
    const result = await writeBatch(
      run,
      async (statements) => {
        const written = await write(statements);
        onWritten();
        return written;
      },
      change,
    );
    counts.created += result.created.length;
    counts.updated += result.updated.length;
    run.progress(place.rows, rootObjectCount, phase);
  };
  const stamp = () => stampFor(run, options.isFirstImport ? 'import' : 'sync', options.sourceId, options.isFirstImport);

  return {
    counts,
    /** Roots and children of a first import, each by itself. */
    writeApart: ({ parents, children }: Batch<Item>, place: Place): Promise<void> =>
      commit(place, async (statements) => {
        const written = await source.write(statements, parents, stamp());
        for (const [table, rows] of children)
          await storeOf(run).upsertChildren(statements, table, rows, { shop, asOf });
        return written;
      }),
    /** Roots with all their children; the last stays open, since more of it may come. */
    writeWhole: async ({ lines }: Batch<Item>, place: Place): Promise<void> => {
      const assembled = assemble(run, open, lines);
      open = assembled.open;
      await commit(place, (statements) => source.write(statements, assembled.items, stamp()));
    },
    /** The root that is still open, once the file has ended. */
    writeLast: async (place: Place): Promise<void> => {
      if (open === null) return;
      const item = source.whole(open.root, open.children, run.currency);
      open = null;
      await commit(place, (statements) => source.write(statements, [item], stamp()));
    },
  };
};

/** Reads the file from a place to its end, one batch being written while the next is read. @returns the place reached */
const readFile = async <Item>(
  run: SyncRun<Item>,
  operation: BulkOperation,
  url: string,
  file: {
    from: Place;
    isFirstImport: boolean;
    isFull: (batch: Batch<Item>) => boolean;
    write: (batch: Batch<Item>, place: Place) => Promise<void>;
  },
): Promise<Place> => {
  const { ports, source, shop, signal } = run;
  const { isFirstImport } = file;
  const who = { shop, resource: source.resource, suppression: ports.suppression };
  let { byteOffset, lines, rows } = file.from;
  /** Before the last root: what is behind it is not written with all its children yet. */
  let lastRoot = file.from;
  // Two halves of the work on two threads.
  let writing: Promise<void> = Promise.resolve();
  const hand = async (batch: Batch<Item>): Promise<void> => {
    await writing;
    writing = file.write(batch, isFirstImport ? { byteOffset, lines, rows } : lastRoot);
    // Its failure is met at the next `await writing`; without this it would count as unhandled until then.
    writing.catch(() => undefined);
  };
  let batch = emptyBatch<Item>();
  const read: AsyncIterable<BulkLine[]> = readBulkBatches(url, {
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
      if (value.__parentId === undefined) {
        lastRoot = before;
        rows += 1;
      }
      const kept = screened(who, { value, text });
      if (!kept) continue;
      if (isFirstImport) sortIn(run, batch, kept);
      else batch.lines.push(kept);
      batch.size += 1;
      batch.characters += kept.text.length;
      if (file.isFull(batch)) {
        await hand(batch);
        batch = emptyBatch();
      }
    }
    // What is buffered comes without a turn of the event loop, and the next statement of the batch that is being written waits for one.
    await setImmediate();
  }
  await hand(batch);
  await writing;
  return { byteOffset, lines, rows };
};

/**
 * Fetches by bulk operation: started, awaited, and its file read to the end, every batch written with the place reached. A first import goes on
 * at that place after whatever interrupted it, and so does one that fetches everything anew, at the last row that is not written with all its children.
 * One of a period begins its (smaller) file again.
 */
export const bulkRun = async <Item>(run: SyncRun<Item>, options: BulkRunOptions): Promise<RunCounts> => {
  const { isFirstImport } = options;
  const operation = await finishedOperation(run, options);
  const { objectCount, rootObjectCount, url } = operation;
  const state = await stateOf(run);
  const isResumable = isFirstImport || options.query === null;
  const { byteOffset, lines, rows } = state;
  let place: Place = isResumable ? { byteOffset, lines, rows } : { byteOffset: 0, lines: 0, rows: 0 };
  await saveState(run, {
    phase: isResumable ? 'downloading' : 'catching-up',
    total: rootObjectCount,
    objects: place.lines,
    objectsTotal: objectCount,
    rows: place.rows,
  });

  const limit = createBatchLimit(run.ports.db.waiting);
  const asOf = state.operationAt ?? nowIso(run);
  const writer = createBatchWriter(run, options, { asOf, isResumable, rootObjectCount, onWritten: limit.fit });
  if (url !== null) {
    const write = isFirstImport ? writer.writeApart : writer.writeWhole;
    place = await readFile(run, operation, url, { from: place, isFirstImport, isFull: limit.isFull, write });
    await writer.writeLast(place);
  }
  await forgetOperation(run);
  if (place.lines !== objectCount || place.rows !== rootObjectCount)
    throw incomplete(run.source.resource, place.rows, rootObjectCount);
  return { ...writer.counts, seen: place.rows };
};
