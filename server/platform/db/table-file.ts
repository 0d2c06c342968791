import sqlite3 from 'sqlite3';
import type { SqlValue } from './database.ts';

export interface TableFileColumn {
  readonly name: string;
  readonly type: 'TEXT' | 'INTEGER' | 'NUMERIC';
}

export interface TableFile {
  add(rows: readonly (readonly SqlValue[])[]): Promise<void>;
  close(): Promise<void>;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * A new SQLite file with one table, to be handed to somebody: no journal, since a file that breaks off is thrown away. The first column is
 * the key. Rows go in by one statement for each call.
 */
export const createTableFile = async (
  path: string,
  table: string,
  columns: readonly TableFileColumn[],
): Promise<TableFile> => {
  const db = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(path, (error) => (error ? reject(error) : resolve(opened)));
  });
  const run = (sql: string, params: readonly SqlValue[] = []): Promise<void> =>
    new Promise((resolve, reject) => db.run(sql, [...params], (error) => (error ? reject(error) : resolve())));
  const close = (): Promise<void> =>
    new Promise((resolve, reject) => db.close((error) => (error ? reject(error) : resolve())));
  try {
    for (const pragma of ['journal_mode=OFF', 'synchronous=OFF']) await run(`PRAGMA ${pragma}`);
    const list = columns.map(({ name, type }, at) => `${quoted(name)} ${type}${at === 0 ? ' PRIMARY KEY' : ''}`);
    await run(`CREATE TABLE ${quoted(table)} (${list.join(', ')}) WITHOUT ROWID`);
  } catch (error) {
    await close();
    throw error;
  }
  const values = columns.map((_, at) => `value ->> ${at}`).join(', ');
  const insert = `INSERT OR REPLACE INTO ${quoted(table)} SELECT ${values} FROM json_each(?)`;
  return {
    add: (rows) => (rows.length === 0 ? Promise.resolve() : run(insert, [JSON.stringify(rows)])),
    close,
  };
};
