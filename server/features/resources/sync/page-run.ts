import { incomplete, type RunCounts, type SyncRun, saveState, stampFor, stateOf, writeBatch } from './context.ts';
import { deniedGap, type Gap, uniqueGaps } from './source.ts';

/**
 * Fetches page by page: for stores and periods too small for a bulk operation. The cursor is written with each page, so that a first import
 * goes on there.
 */
export const pageRun = async <Item>(
  run: SyncRun<Item>,
  options: { query: string | null; expected: number; isFirstImport: boolean; sourceId: string | null },
): Promise<RunCounts> => {
  const { source } = run;
  const counts: RunCounts = { created: 0, updated: 0, deleted: 0, seen: 0 };
  const state = await stateOf(run);
  const goesOn = options.isFirstImport && state.pageCursor !== null;
  const phase = options.isFirstImport ? 'downloading' : 'catching-up';
  let after = goesOn ? state.pageCursor : null;
  counts.seen = goesOn ? state.rows : 0;
  const others = state.gaps.filter((gap) => gap.kind !== 'field');
  // Of all pages: on one of them the refused field may be empty anyway.
  let fields: Gap[] = goesOn ? state.gaps.filter((gap) => gap.kind === 'field') : [];
  await saveState(run, { phase, total: options.expected, rows: counts.seen, objects: 0, objectsTotal: null });
  do {
    run.signal.throwIfAborted();
    const page = await source.page(run, { query: options.query, after });
    after = page.endCursor;
    counts.seen += page.seen;
    fields = uniqueGaps([...fields, ...page.denied.map(deniedGap)]);
    const stamp = stampFor(run, options.isFirstImport ? 'import' : 'sync', options.sourceId, options.isFirstImport);
    const written = await writeBatch(run, (statements) => source.write(statements, page.items, stamp), {
      rows: counts.seen,
      gaps: [...others, ...fields],
      ...(options.isFirstImport ? { pageCursor: after } : {}),
    });
    counts.created += written.created.length;
    counts.updated += written.updated.length;
    run.progress(counts.seen, options.expected, phase);
  } while (after !== null);
  // Rows may come while it runs, so more is no fault; fewer is a slice that was lost.
  if (counts.seen < options.expected) throw incomplete(source.resource, counts.seen, options.expected);
  return counts;
};
