import { AppError } from '../../../../shared/errors.ts';
import { toIso } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import {
  bulkProblem,
  getBulk,
  readBulkBatches,
  refusedBulk,
  startBulkQuery,
  waitForBulk,
} from '../../../shopify/bulk.ts';
import { isJson, numberOfGid } from '../records/fields.ts';
import { removeRecords } from '../resource-stores.ts';
import { incomplete, nowIso, type SyncRun, saveState, stampFor, writeBatch } from './context.ts';

/** Up to so many ids by pages (250 a call); more come by a bulk operation. */
const PAGED_IDS = 2500;
const BATCH = 1000;
/** Rows that are missing here and fetched one by one; more than that is a case for a new import. */
const MAX_REPAIRS = 2000;
/** What an app without `read_all_orders` sees of orders. */
export const VISIBLE_MS = 60 * 86_400_000;

const keepIds = <Item>(run: SyncRun<Item>, pks: readonly number[]): Promise<unknown> =>
  run.ports.db.writeStatements((connection) =>
    connection.run(
      `INSERT INTO sync_ids (shop, resource, pk) SELECT ?, ?, value FROM json_each(?) WHERE true ON CONFLICT (resource, pk) DO NOTHING`,
      run.shop,
      run.source.resource,
      JSON.stringify(pks),
    ),
  );

const forgetIds = async <Item>(run: SyncRun<Item>): Promise<void> => {
  for (;;) {
    const gone = await run.ports.db.writeStatements((connection) =>
      connection.run(
        'DELETE FROM sync_ids WHERE rowid IN (SELECT rowid FROM sync_ids WHERE resource = ? AND shop = ? LIMIT 20000)',
        run.source.resource,
        run.shop,
      ),
    );
    if (gone === 0) return;
  }
};

const idsByPages = async <Item>(run: SyncRun<Item>): Promise<number> => {
  let seen = 0;
  let after: string | null = null;
  do {
    run.signal.throwIfAborted();
    const page = await run.source.idsPage(run, after);
    await keepIds(run, page.pks);
    seen += page.pks.length;
    after = page.endCursor;
  } while (after !== null);
  return seen;
};

const idsByBulk = async <Item>(run: SyncRun<Item>): Promise<number> => {
  const { client, ports, signal } = run;
  const started = await startBulkQuery(client, run.source.idsBulkQuery, { clock: ports.clock, signal });
  if (!started.ok) throw refusedBulk(started.userErrors);
  const operation = await waitForBulk(client, started.value.id, { clock: ports.clock, signal, wakeUps: ports.wakeUps });
  const problem = bulkProblem(operation);
  if (problem) throw problem;
  let seen = 0;
  if (operation.url === null) return 0;
  const renewUrl = async (): Promise<string | null> => (await getBulk(client, operation.id, { signal })).url;
  let pks: number[] = [];
  for await (const lines of readBulkBatches(operation.url, { signal, clock: ports.clock, renewUrl })) {
    for (const { value } of lines) {
      const pk = isJson(value) ? numberOfGid(value.id) : null;
      if (pk !== null) pks.push(pk);
    }
    if (pks.length >= BATCH) {
      seen += pks.length;
      await keepIds(run, pks);
      pks = [];
    }
  }
  await keepIds(run, pks);
  seen += pks.length;
  if (seen !== operation.objectCount) throw incomplete('ids', seen, operation.objectCount);
  return seen;
};

/** Since when Shopify shows orders to this app; an older one among its ids proves that it shows them all. */
const visibleFrom = async <Item>(run: SyncRun<Item>, asOf: string): Promise<string> => {
  if (run.seesAllOrders) return '';
  const limit = toIso(Date.parse(asOf) - VISIBLE_MS);
  const [older] = await run.ports.db.read<{ pk: number }>(
    `SELECT r.pk FROM sync_ids AS i JOIN orders AS r ON r.pk = i.pk WHERE i.resource = 'orders' AND r.shop = ? AND r.created_at < ? LIMIT 1`,
    [run.shop, limit],
  );
  return older ? '' : limit;
};

/** The next rows, in key order, that Shopify no longer has; rows that came after the ids were asked for are not among them. */
export const pageOfGone = (
  db: Pick<Database, 'read'>,
  options: { shop: string; table: string; resource: string; afterPk: number; asOf: string; visibleSince: string },
): Promise<{ pk: number }[]> => {
  const { shop, table, resource, afterPk, asOf, visibleSince } = options;
  return db.read<{ pk: number }>(
    // `+`: in the order of the keys. By the index of the store, each page would walk and sort all its rows.
    `SELECT pk FROM ${table} AS r WHERE pk > ? AND +shop = ? AND synced_at < ? AND +created_at >= ?
     AND NOT EXISTS (SELECT 1 FROM sync_ids AS i WHERE i.resource = ? AND i.pk = r.pk) ORDER BY pk LIMIT ${BATCH}`,
    [afterPk, shop, asOf, visibleSince, resource],
  );
};

/** Deletes what Shopify no longer has. */
const removeGone = async <Item>(run: SyncRun<Item>, asOf: string, sourceId: string | null): Promise<number> => {
  const { shop, ports } = run;
  const { table, resource } = run.source.table;
  const visibleSince = resource === 'orders' ? await visibleFrom(run, asOf) : '';
  let removed = 0;
  for (let afterPk = 0; ; ) {
    run.signal.throwIfAborted();
    const rows = await pageOfGone(ports.db, { shop, table, resource, afterPk, asOf, visibleSince });
    const last = rows.at(-1);
    if (!last) return removed;
    afterPk = last.pk;
    const pks = rows.map(({ pk }) => pk);
    const gone = await ports.db.writeStatements((connection) =>
      removeRecords(connection, resource, pks, { shop, deletedAt: asOf, source: 'sync', sourceId }),
    );
    removed += gone.length;
    if (gone.length > 0) ports.onRows(shop, run.source.resource, gone);
  }
};

/** Fetches what Shopify has and this computer has not, but for people who were erased: they are counted. */
const fetchMissing = async <Item>(
  run: SyncRun<Item>,
  sourceId: string | null,
): Promise<{ created: number; withheldCount: number }> => {
  const { table } = run.source.table;
  const { suppression } = run.ports;
  const isErased = (pk: number): boolean =>
    run.source.resource === 'customers' && suppression.isSuppressed(run.shop, { customerId: String(pk) });
  let fetched = 0;
  let withheldCount = 0;
  for (let afterPk = 0; ; ) {
    const rows = await run.ports.db.read<{ pk: number }>(
      `SELECT pk FROM sync_ids AS i WHERE resource = ? AND shop = ? AND pk > ?
       AND NOT EXISTS (SELECT 1 FROM ${table} AS r WHERE r.pk = i.pk) ORDER BY pk LIMIT 100`,
      [run.source.resource, run.shop, afterPk],
    );
    const last = rows.at(-1);
    if (!last) return { created: fetched, withheldCount };
    afterPk = last.pk;
    for (const { pk } of rows) {
      run.signal.throwIfAborted();
      if (isErased(pk)) {
        withheldCount += 1;
        continue;
      }
      if (fetched >= MAX_REPAIRS)
        throw new AppError('CONFLICT', `More than ${MAX_REPAIRS} ${run.source.resource} are missing here.`, {
          hint: 'Fetch everything anew.',
        });
      const item = await run.source.one(run, pk);
      if (!item) continue;
      const stamp = stampFor(run, 'sync', sourceId, false);
      const written = await writeBatch(run, (statements) => run.source.write(statements, [item], stamp), {});
      fetched += written.created.length;
    }
  }
};

/**
 * Compares the ids at Shopify with the ids here: deletions never show in `updated_at`. Deletes what is gone, fetches what is missing.
 * An incomplete list of ids deletes nothing.
 */
export const sweep = async <Item>(
  run: SyncRun<Item>,
  options: { expected: number; sourceId: string | null },
): Promise<{ deleted: number; created: number }> => {
  await saveState(run, { phase: 'checking' });
  await forgetIds(run);
  const asOf = nowIso(run);
  const seen = await (options.expected <= PAGED_IDS ? idsByPages(run) : idsByBulk(run));
  // Deletions meanwhile make it a few fewer; a list that is much shorter is broken, and believing it would empty the store here.
  if (seen < options.expected * 0.98 - 5) throw incomplete('ids', seen, options.expected);
  const deleted = await removeGone(run, asOf, options.sourceId);
  const { created, withheldCount } = await fetchMissing(run, options.sourceId);
  await forgetIds(run);
  await saveState(run, { sweptAt: asOf, withheldCount });
  return { deleted, created };
};
