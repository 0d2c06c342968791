import type { AppError } from '../../../../shared/errors.ts';
import { toIso } from '../../../platform/clock.ts';
import { isAccessDenied, toFailure } from '../../../shopify/errors.ts';
import { indexNextRows } from '../records/search-index.ts';
import { forgetOperation } from './bulk-operation.ts';
import { bulkRun } from './bulk-run.ts';
import { nowIso, type RunCounts, type SyncRun, saveState, stateOf } from './context.ts';
import { markAllDaysStale, rebuildStaleDays } from './days.ts';
import { pageRun } from './page-run.ts';
import { deniedGap, type Gap, uniqueGaps } from './source.ts';
import { sweep } from './sweep.ts';

/** The search index at Shopify lags behind writes: so much before the last run is asked for again. */
const OVERLAP_MS = 10 * 60_000;
const SWEEP_EVERY_MS = 24 * 3_600_000;
const INDEX_ROWS = 2000;

export type SyncTrigger = 'connect' | 'start' | 'wake' | 'schedule' | 'person' | 'verify' | 'reimport';

const refusedGap = <Item>(run: SyncRun<Item>): Gap => ({
  kind: 'scope',
  subject: run.source.scope,
  message: `This app may not read ${run.source.resource}.`,
  hint: `Add ${run.source.scope} to the app’s scopes (and request protected customer data where Shopify asks for it), then connect the store again.`,
});
const WINDOW_GAP: Gap = {
  kind: 'window',
  subject: 'read_all_orders',
  message: 'Shopify gives this app only orders of the last 60 days.',
  hint: 'Request the scope read_all_orders in the Dev Dashboard, then connect the store again.',
};

/**
 * A time of ours as Shopify's clock shows it, by the last answer. What changed is asked for by Shopify's times: with a cursor of a computer
 * whose clock is fast, all that changes until then would never be asked for.
 */
const atShopify = <Item>(run: SyncRun<Item>, ms: number): string => toIso(ms + run.client.clockOffsetMs());

const lowerOverlap = (iso: string): string => `${toIso(Date.parse(iso) - OVERLAP_MS).slice(0, 19)}Z`;

/** Rows that tell which fields are refused: so few cost next to nothing, and one with all its fields is enough. */
const PROBED_ROWS = 4;

/** Refused personal fields would end a bulk operation: one short page names them. */
const refusedFields = async <Item>(run: SyncRun<Item>): Promise<string[]> => {
  if (run.source.resource === 'products') return [];
  const { denied } = await run.source.page(run, { query: null, after: null, first: PROBED_ROWS });
  const { gaps } = await stateOf(run);
  const others = gaps.filter((gap) => gap.kind !== 'field');
  await saveState(run, { gaps: uniqueGaps([...others, ...denied.map(deniedGap)]) });
  return denied.map(({ path }) => path);
};

/** Rows by pages or by a bulk operation, whichever suits their number. */
const fetchRows = async <Item>(
  run: SyncRun<Item>,
  options: { query: string | null; expected: number; isFirstImport: boolean; sourceId: string | null },
): Promise<RunCounts> => {
  const { operationId } = await stateOf(run);
  if (options.expected <= run.source.pagedRows && operationId === null) return pageRun(run, options);
  const refused = operationId === null ? await refusedFields(run) : [];
  try {
    return await bulkRun(run, { ...options, refused });
  } catch (error) {
    // A field was refused that the probed rows do not have. Pages are dearer, and come without it.
    if (!isAccessDenied(error)) throw error;
    return pageRun(run, options);
  }
};

const rebuildDays = async <Item>({ ports, signal }: SyncRun<Item>): Promise<void> => {
  for (const shop of await rebuildStaleDays(ports.db, signal)) ports.onDays(shop);
};

/** Search index and charts of a first import, in short transactions with their place kept. */
const fillIndexes = async <Item>(run: SyncRun<Item>): Promise<void> => {
  const { db } = run.ports;
  const { table, search } = run.source.table;
  const state = await stateOf(run);
  await saveState(run, { phase: 'indexing' });
  for (let afterPk: number | null = state.indexPk; search && afterPk !== null; ) {
    run.signal.throwIfAborted();
    const from: number = afterPk;
    afterPk = await db.writeStatements(async (connection) => {
      const last = await indexNextRows(connection, table, search, { shop: run.shop, afterPk: from, limit: INDEX_ROWS });
      if (last !== null)
        await connection.run(
          'UPDATE sync_states SET index_pk = ? WHERE shop = ? AND resource = ?',
          last,
          run.shop,
          run.source.resource,
        );
      return last;
    });
  }
  if (run.source.table.dayColumn !== null) {
    await db.writeStatements((connection) => markAllDaysStale(connection, run.shop));
    await rebuildDays(run);
  }
};

const firstImport = async <Item>(run: SyncRun<Item>): Promise<void> => {
  const state = await stateOf(run);
  const startedAt = state.startedAt ?? nowIso(run);
  if (state.phase !== 'indexing' || state.indexPk === 0) {
    await saveState(run, { phase: 'preparing', startedAt, finishedAt: null, problem: null });
    const expected = (await run.source.count(run, null)) ?? run.source.pagedRows + 1;
    await fetchRows(run, { query: null, expected, isFirstImport: true, sourceId: null });
  }
  // One that goes on at its indexes has asked for nothing yet: any answer tells Shopify's time.
  else await run.source.count(run, null);
  await fillIndexes(run);
  await saveState(run, {
    importedAt: nowIso(run),
    cursorAt: atShopify(run, Date.parse(startedAt)),
    pageCursor: null,
    indexPk: 0,
  });
};

/** What changed since the cursor. The cursor moves only when as many rows came as Shopify says there are. */
const catchUp = async <Item>(run: SyncRun<Item>, sourceId: string | null): Promise<RunCounts> => {
  const { cursorAt } = await stateOf(run);
  const askedAt = run.ports.clock.now();
  // Without a cursor everything is asked for anew, and its file is gone on with; otherwise an operation that is left is of an earlier period.
  const query = cursorAt === null ? null : run.source.changedSince(lowerOverlap(cursorAt));
  await saveState(run, { phase: 'catching-up', problem: null });
  if (cursorAt !== null) await forgetOperation(run);
  const expected = (await run.source.count(run, query)) ?? 0;
  const none: RunCounts = { created: 0, updated: 0, deleted: 0, seen: 0 };
  const counts = expected === 0 ? none : await fetchRows(run, { query, expected, isFirstImport: false, sourceId });
  await saveState(run, { cursorAt: atShopify(run, askedAt), checkedAt: toIso(askedAt) });
  return counts;
};

const localCount = async <Item>(run: SyncRun<Item>): Promise<number> => {
  const [row] = await run.ports.db.read<{ value: number }>('SELECT value FROM counters WHERE shop = ? AND name = ?', [
    run.shop,
    `rows.${run.source.resource}`,
  ]);
  return row?.value ?? 0;
};

/** Counts at Shopify against counts here; ids are compared when they differ, once a day, and when asked to. */
const check = async <Item>(
  run: SyncRun<Item>,
  options: { force: boolean; sourceId: string | null },
): Promise<{ deleted: number; created: number }> => {
  const remote = await run.source.count(run, null);
  const { sweptAt, withheldCount } = await stateOf(run);
  const isDue = sweptAt === null || run.ports.clock.now() - Date.parse(sweptAt) >= SWEEP_EVERY_MS;
  let found = { deleted: 0, created: 0 };
  if (remote !== null && (options.force || isDue || remote !== (await localCount(run)) + withheldCount))
    found = await sweep(run, { expected: remote, sourceId: options.sourceId });
  const remoteCount = found.deleted + found.created > 0 ? await run.source.count(run, null) : remote;
  await saveState(run, { remoteCount, localCount: await localCount(run) });
  return found;
};

/** Opens a record of this run; its number is what the history names as the source. */
const openRun = <Item>(run: SyncRun<Item>, trigger: SyncTrigger, fromAt: string | null): Promise<string> =>
  run.ports.db.writeStatements(async (connection) => {
    const at = nowIso(run);
    const rows = await connection.all<{ seq: number }>(
      'INSERT INTO sync_runs (shop, resource, trigger, from_at, to_at, started_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING seq',
      run.shop,
      run.source.resource,
      trigger,
      fromAt,
      at,
      at,
    );
    return String(rows[0]?.seq ?? '');
  });

const closeRun = async <Item>(
  run: SyncRun<Item>,
  seq: string,
  result: { created: number; updated: number; deleted: number; problem: AppError | null },
): Promise<void> => {
  await run.ports.db.writeStatements((connection) =>
    connection.run(
      'UPDATE sync_runs SET finished_at = ?, created = ?, updated = ?, deleted = ?, problem = ? WHERE seq = ?',
      nowIso(run),
      result.created,
      result.updated,
      result.deleted,
      result.problem ? JSON.stringify(result.problem.toBody()) : null,
      Number(seq),
    ),
  );
};

/**
 * Brings one resource of one store up to date, from wherever it stands: first import, or what changed since, then the check of counts and ids.
 * Whatever interrupts it, the next call goes on. @throws what ended it, which is in the state too; on abort the state stays as it is
 */
export const syncResource = async <Item>(run: SyncRun<Item>, options: { trigger: SyncTrigger }): Promise<RunCounts> => {
  const total: RunCounts = { created: 0, updated: 0, deleted: 0, seen: 0 };
  let seq: string | null = null;
  try {
    const before = await stateOf(run);
    const windowGaps = run.source.resource === 'orders' && !run.seesAllOrders ? [WINDOW_GAP] : [];
    const gaps = uniqueGaps([...before.gaps.filter((gap) => gap.kind === 'field'), ...windowGaps]);
    await saveState(run, { gaps, problem: null });
    if (before.importedAt === null) await firstImport(run);
    else await saveState(run, { startedAt: nowIso(run), finishedAt: null });
    seq = await openRun(run, options.trigger, (await stateOf(run)).cursorAt);
    const isWhole = (await stateOf(run)).cursorAt === null;
    const changes = await catchUp(run, seq);
    const found = await check(run, {
      force: options.trigger === 'verify' || options.trigger === 'reimport' || isWhole,
      sourceId: seq,
    });
    await rebuildDays(run);
    total.created = changes.created + found.created;
    total.updated = changes.updated;
    total.deleted = found.deleted;
    total.seen = changes.seen;
    await closeRun(run, seq, { ...total, problem: null });
    await saveState(run, { phase: 'done', finishedAt: nowIso(run), taskId: null, rows: await localCount(run) });
    return total;
  } catch (thrown) {
    // Closing or a pause is no failure: the state says where to go on.
    run.signal.throwIfAborted();
    const { error } = toFailure(thrown);
    const at = nowIso(run);
    if (seq !== null) await closeRun(run, seq, { ...total, problem: error });
    const isDenied = isAccessDenied(thrown);
    const gaps = (await stateOf(run)).gaps;
    await saveState(run, {
      phase: 'failed',
      finishedAt: at,
      problem: { ...error.toBody(), at },
      ...(isDenied ? { gaps: uniqueGaps([...gaps, refusedGap(run)]) } : {}),
    });
    run.ports.log.warn({ shop: run.shop, resource: run.source.resource, code: error.code, err: thrown }, 'sync failed');
    throw error;
  }
};
