import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { pragmas, sleep, startBackend, startDemoStore, temporaryFolder } from './lib.mjs';

/** A store of so many products, all of which change. `BENCH_ROWS` for a quick look. */
const ROWS = Number(process.env.BENCH_ROWS ?? 100_000);
/** As many rows a transaction as the sync itself writes at most. */
const BATCH = 1500;
/** What a product is written to; its search index changes with its words only. */
const TABLES = ['products', 'product_documents', 'product_variants', 'product_media', 'product_metafields'];
const STAMP = '2000-01-01T00:00:00.000Z';

const open = async (path) => {
  const db = await new Promise((resolve, reject) => {
    const opened = new sqlite3.Database(path, (error) => (error ? reject(error) : resolve(opened)));
  });
  const call = (method, sql, params = []) =>
    new Promise((resolve, reject) => db[method](sql, params, (error, rows) => (error ? reject(error) : resolve(rows))));
  return {
    all: (sql, params) => call('all', sql, params),
    run: (sql, params) => call('run', sql, params),
    exec: (sql) => new Promise((resolve, reject) => db.exec(sql, (error) => (error ? reject(error) : resolve()))),
    prepare: (sql) => db.prepare(sql),
    close: () => new Promise((resolve) => db.close(resolve)),
  };
};

const waitFor = async (what, test, seconds = 100) => {
  for (let tries = 0; tries < seconds * 5; tries += 1) {
    const found = await test();
    if (found) return found;
    await sleep(200);
  }
  throw new Error(`${what} took longer than ${seconds} s`);
};

/** Seconds that SQLite itself takes for the same rows, tables and indexes: everything is ready, nothing else runs. */
const rawInsert = async (source) => {
  const folder = temporaryFolder();
  const db = await open(join(folder.path, 'raw.sqlite'));
  for (const pragma of pragmas()) await db.exec(`PRAGMA ${pragma}`);
  let seconds = 0;
  for (const table of TABLES) {
    const made = await source.all(
      `SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL AND type IN ('table', 'index') ORDER BY type DESC`,
      [table],
    );
    for (const { sql } of made) await db.exec(sql);
    const columns = (await source.all(`SELECT name FROM pragma_table_info(?)`, [table])).map(({ name }) => name);
    const rows = (await source.all(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY pk`)).map(Object.values);
    // As many bound values a statement as SQLite takes at best: more rows make it no quicker.
    const insert = db.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    const started = performance.now();
    for (let at = 0; at < rows.length; at += BATCH) {
      await db.exec('BEGIN IMMEDIATE');
      const batch = rows.slice(at, at + BATCH);
      // Queued together: the driver runs them one after the other without coming back in between.
      await Promise.all(
        batch.map(
          (row) => new Promise((resolve, reject) => insert.run(row, (error) => (error ? reject(error) : resolve()))),
        ),
      );
      await db.exec('COMMIT');
    }
    seconds += (performance.now() - started) / 1000;
    await new Promise((resolve) => insert.finalize(resolve));
  }
  await db.close();
  folder.remove();
  return seconds;
};

/**
 * A reconcile by `updated_at` after which all rows changed: asked for, fetched as a bulk file from the stand-in, compared with what is here and
 * written with their history; the limit inserts the same rows into empty tables.
 */
export const reconcile = async () => {
  const store = await startDemoStore({ products: ROWS });
  const folder = temporaryFolder();
  const file = join(folder.path, 'backroom.sqlite');
  try {
    const first = await startBackend(store, folder);
    await waitFor('the first import', async () => {
      const [found] = (await first.get('/api/v1/stores')).items;
      return found?.syncs.every(({ phase }) => phase === 'done');
    });
    await first.stop();
    // As if every product had changed at Shopify since: what is here is older, of another price and stock.
    const before = await open(file);
    await before.run(
      `UPDATE products SET updated_at = ?, price_min = price_min + 1, total_inventory = total_inventory + 1`,
      [STAMP],
    );
    await before.run(`UPDATE sync_states SET cursor_at = ? WHERE resource = 'products'`, [STAMP]);
    const [{ seq }] = await before.all('SELECT max(seq) AS seq FROM sync_runs');
    await before.close();

    const second = await startBackend(store, folder);
    const reader = await open(file);
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
    const limit = ROWS / (await rawInsert(reader));
    await reader.close();
    return { name: 'reconcile', value, limit, ratio: value / limit, unit: 'rows/s' };
  } finally {
    await store.stop();
    folder.remove();
  }
};
