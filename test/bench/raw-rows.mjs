import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { pragmas, sleep, temporaryFolder } from './lib.mjs';

/** As many rows a transaction as the sync itself writes at most. */
const BATCH = 1500;

export const openSqlite = async (path) => {
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

/** What `test` finds, asked for every `everyMs`. @throws Error after `seconds` */
export const waitFor = async (what, test, { seconds = 100, everyMs = 200 } = {}) => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const found = await test();
    if (found) return found;
    await sleep(everyMs);
  }
  throw new Error(`${what} took longer than ${seconds} s`);
};

const insertInto = async (db, table, columns, rows, rowsAStatement) => {
  const row = `(${columns.map(() => '?').join(',')})`;
  const statement = (count) =>
    db.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array.from({ length: count }, () => row).join(',')}`,
    );
  const whole = statement(rowsAStatement);
  const run = (insert, values) =>
    new Promise((resolve, reject) => insert.run(values, (error) => (error ? reject(error) : resolve())));
  const started = performance.now();
  for (let at = 0; at < rows.length; at += BATCH) {
    await db.exec('BEGIN IMMEDIATE');
    for (let from = at; from < Math.min(at + BATCH, rows.length); from += rowsAStatement) {
      const part = rows.slice(from, from + rowsAStatement);
      const insert = part.length === rowsAStatement ? whole : statement(part.length);
      await run(insert, part.flat());
      if (insert !== whole) await new Promise((resolve) => insert.finalize(resolve));
    }
    await db.exec('COMMIT');
  }
  const seconds = (performance.now() - started) / 1000;
  await new Promise((resolve) => whole.finalize(resolve));
  return seconds;
};

/**
 * Seconds that SQLite itself takes for the rows of these tables and their indexes, in a new database of the backend's settings: everything is
 * ready, nothing else runs. Some 100 rows a statement are twice as quick as one. `search` is a full-text index of `table` (see `record-table.ts`), whose texts are read from `source` before.
 */
export const rawInsert = async (source, tables, { search = null, rowsAStatement }) => {
  const folder = temporaryFolder();
  const db = await openSqlite(join(folder.path, 'raw.sqlite'));
  for (const pragma of pragmas()) await db.exec(`PRAGMA ${pragma}`);
  const create = async (name) => {
    const made = await source.all(
      `SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL AND type IN ('table', 'index') ORDER BY type DESC`,
      [name],
    );
    for (const { sql } of made) await db.exec(sql);
  };
  let seconds = 0;
  for (const table of tables) {
    await create(table);
    const columns = (await source.all('SELECT name FROM pragma_table_info(?)', [table])).map(({ name }) => name);
    const rows = (await source.all(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY pk`)).map(Object.values);
    seconds += await insertInto(db, table, columns, rows, rowsAStatement);
  }
  if (search !== null) {
    await create(search.table);
    const texts = search.expressions.map((text, at) => `${text} AS text${at}`).join(', ');
    const rows = await source.all(`SELECT r.pk, ${texts} FROM ${search.of} AS r ORDER BY r.pk`);
    seconds += await insertInto(
      db,
      search.table,
      ['rowid', ...search.columns],
      rows.map(Object.values),
      rowsAStatement,
    );
  }
  await db.close();
  folder.remove();
  return seconds;
};
