import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../../scripts/lib/run.mjs';
import { startBackend, startDemoStore, temporaryFolder } from './lib.mjs';
import { openSqlite, rawInsert, waitFor } from './raw-rows.mjs';

/** Orders of the store, each with its lines and transactions. */
const ROWS = 50_000;
const TABLES = ['orders', 'order_documents', 'order_lines', 'transactions'];

/** Read from the sources, so that the limit can't fall behind them. */
const searchOfOrders = async () => {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'server/features/resources/orders/table.ts')],
    bundle: true,
    write: false,
    format: 'esm',
  });
  const { ORDERS } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  return { ...ORDERS.search, of: ORDERS.table };
};

/**
 * The first import of a store's orders from their bulk file: read, parsed, written with lines, transactions and documents, indexed for search and
 * summed for the charts, from the first byte until it is whole. The time that the stand-in takes to make the file does not count.
 * The limit inserts the same rows, indexes and search texts.
 */
export const importRows = async ({ rows = ROWS } = {}) => {
  const store = await startDemoStore({ products: 50, customers: 50, orders: rows });
  const folder = temporaryFolder();
  try {
    const backend = await startBackend(store, folder);
    const reader = await openSqlite(join(folder.path, 'backroom.sqlite'));
    await reader.exec('PRAGMA busy_timeout=5000');
    const state = async () =>
      (
        await reader.all(`SELECT phase, imported_at AS importedAt, problem FROM sync_states WHERE resource = 'orders'`)
      )[0];
    const startedAt = await waitFor(
      'the bulk file',
      async () => ((await state())?.phase === 'downloading' ? Date.now() : null),
      { seconds: 600, everyMs: 10 },
    );
    const done = await waitFor(
      'the first import',
      async () => {
        const found = await state();
        if (found.phase === 'failed') throw new Error(`the first import failed: ${found.problem}`);
        return found.importedAt === null ? null : found;
      },
      { seconds: 600 },
    );
    const [{ n }] = await reader.all('SELECT count(*) AS n FROM orders');
    if (n !== rows) throw new Error(`${n} of ${rows} orders are here`);
    await backend.stop();
    const value = rows / ((Date.parse(done.importedAt) - startedAt) / 1000);
    const limit = rows / (await rawInsert(reader, TABLES, { search: await searchOfOrders(), rowsAStatement: 100 }));
    await reader.close();
    return { name: 'import', value, limit, ratio: value / limit, unit: 'rows/s' };
  } finally {
    await store.stop();
    folder.remove();
  }
};
