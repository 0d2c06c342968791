import { AppError } from '../../../../shared/errors.ts';
import type { Database } from '../../../platform/db/database.ts';
import { numberOfGid } from '../records/fields.ts';
import type { ChildRow, ChildTable } from '../records/record-table.ts';
import type { SyncRun } from './context.ts';
import type { SourceLine } from './source.ts';

/** Lines in one transaction while nobody else wants to write; a tenth of a second of the writer. */
const BATCH_LINES = 1500;
/** And as few as these while others do: webhooks and pixel events are acknowledged after their commit, which waits for this one. */
const SHORT_BATCH_LINES = 50;
/** Characters in one transaction: two batches with their parsed objects are in memory at once, and lines may be long. */
const BATCH_CHARACTERS = 2_000_000;

/** What is written in one transaction. A first import sorts its lines at once; other files keep them until their roots are whole. */
export interface Batch<Item> {
  readonly parents: Item[];
  readonly children: Map<ChildTable, ChildRow[]>;
  readonly lines: SourceLine[];
  size: number;
  characters: number;
}

export const emptyBatch = <Item>(): Batch<Item> => ({
  parents: [],
  children: new Map(),
  lines: [],
  size: 0,
  characters: 0,
});

/**
 * How much goes into a batch: little at once when a sender waits for the answer to what it sent, half as much when only other work of this backend
 * waits for the writer, and growing again, by half, when nobody does.
 */
export const createBatchLimit = (
  waiting: Database['waiting'],
): { fit(): void; isFull(batch: Batch<unknown>): boolean } => {
  let lines = BATCH_LINES;
  return {
    fit: () => {
      const { awaited, background } = waiting();
      if (awaited > 0) lines = SHORT_BATCH_LINES;
      else if (background > 0) lines = Math.max(SHORT_BATCH_LINES, lines >> 1);
      else lines = Math.min(BATCH_LINES, lines + (lines >> 1));
    },
    isFull: ({ size, characters }) => size >= lines || characters >= BATCH_CHARACTERS,
  };
};

/** A root whose children may still come. */
export interface OpenRoot {
  readonly root: SourceLine;
  readonly children: SourceLine[];
}

/** Puts a line among the roots or the children, as the first import takes them: each by itself. Mapped at once, while the batch before is written. */
export const sortIn = <Item>(run: SyncRun<Item>, batch: Batch<Item>, line: SourceLine): void => {
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
export const assemble = <Item>(
  run: SyncRun<Item>,
  open: OpenRoot | null,
  lines: readonly SourceLine[],
): { items: Item[]; open: OpenRoot | null } => {
  const items: Item[] = [];
  let current = open;
  for (const line of lines) {
    if (line.value.__parentId === undefined) {
      if (current) items.push(run.source.whole(current.root, current.children, run.currency));
      current = { root: line, children: [] };
    } else if (current && line.value.__parentId === current.root.value.id) current.children.push(line);
    else
      throw new AppError('SHOPIFY_FAULTY', 'The bulk file’s rows are not grouped as asked for.', {
        hint: 'The period is fetched again by itself.',
      });
  }
  return { items, open: current };
};
