import { join } from 'node:path';
import { startBackend, startDemoStore, temporaryFolder } from './lib.mjs';
import { openSqlite, rawInsert, waitFor } from './raw-rows.mjs';

/** A store of so many products, all of which change. `BENCH_ROWS` for a quick look. */
const ROWS = Number(process.env.BENCH_ROWS ?? 100_000);
/** The stand-in writes the whole bulk file before the first row comes, which takes its time on a busy machine. */
const FIRST_ROWS_MS = 180_000;
/** What a product is written to; its search index changes with its words only. */
const TABLES = ['products', 'product_documents', 'product_variants', 'product_media', 'product_metafields'];
const STAMP = '2000-01-01T00:00:00.000Z';

/**
 * A reconcile by `updated_at` after which all rows changed: asked for, fetched as a bulk file from the stand-in, compared with what is here and
 * written with their history; the limit inserts the same rows into empty tables.
 */
export const reconcile = async () => {
  const store = await startDemoStore({ products: ROWS });
  const folder = temporaryFolder();
  const file = join(folder.path, 'backroom.sqlite');
  try {
    const first = await startBackend(store, folder, FIRST_ROWS_MS);
    await waitFor('the first import', async () => {
      const [found] = (await first.get('/api/v1/stores')).items;
      return found?.syncs.every(({ phase }) => phase === 'done');
    });
    await first.stop();
    // As if every product had changed at Shopify since: what is here is older, of another price and stock.
    const before = await openSqlite(file);
    await before.run(
      `UPDATE products SET updated_at = ?, price_min = price_min + 1, total_inventory = total_inventory + 1`,
      [STAMP],
    );
    await before.run(`UPDATE sync_states SET cursor_at = ? WHERE resource = 'products'`, [STAMP]);
    const [{ seq }] = await before.all('SELECT max(seq) AS seq FROM sync_runs');
    await before.close();

    const second = await startBackend(store, folder, FIRST_ROWS_MS);
    const reader = await openSqlite(file);
    const run = await waitFor('the reconcile', async () => {
      const [found] = await reader.all(
        `SELECT started_at AS startedAt, finished_at AS finishedAt, updated, problem FROM sync_runs
         WHERE resource = 'products' AND seq > ? AND finished_at IS NOT NULL ORDER BY seq LIMIT 1`,
        [seq],
      );
      return found;
    });
    await second.stop();
    if (run.problem !== null || run.updated !== ROWS)
      throw new Error(`${run.updated} of ${ROWS} rows were written: ${run.problem}`);
    const value = ROWS / ((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000);
    const limit = ROWS / (await rawInsert(reader, TABLES, { rowsAStatement: 1 }));
    await reader.close();
    return { name: 'reconcile', value, limit, ratio: value / limit, unit: 'rows/s' };
  } finally {
    await store.stop();
    folder.remove();
  }
};
