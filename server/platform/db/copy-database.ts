import { open } from 'node:fs/promises';
import sqlite3 from 'sqlite3';

const withConnection = async <T>(path: string, work: (connection: sqlite3.Database) => Promise<T>): Promise<T> => {
  const connection = await new Promise<sqlite3.Database>((resolve, reject) => {
    const made: sqlite3.Database = new sqlite3.Database(path, sqlite3.OPEN_READONLY, (error) =>
      error ? reject(error) : resolve(made),
    );
  });
  try {
    return await work(connection);
  } finally {
    await new Promise<void>((resolve, reject) => connection.close((error) => (error ? reject(error) : resolve())));
  }
};

const all = <Row>(connection: sqlite3.Database, sql: string, params: readonly string[] = []): Promise<Row[]> =>
  new Promise((resolve, reject) => {
    connection.all<Row>(sql, [...params], (error, rows) => (error ? reject(error) : resolve(rows)));
  });

/**
 * Writes a copy of a database as of one moment to a new file, on a connection of its own, so that the writer goes on meanwhile. The copy has
 * only what is live: what was deleted is not in it. It is on the disk when this resolves.
 */
export const copyDatabase = async (path: string, target: string): Promise<void> => {
  await withConnection(path, (connection) => all(connection, 'VACUUM INTO ?', [target]));
  const handle = await open(target, 'r+');
  try {
    await handle.chmod(0o600);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Null when the file is a whole database; otherwise what is wrong with it. */
export const databaseProblem = async (path: string): Promise<string | null> => {
  try {
    const rows = await withConnection(path, (connection) =>
      all<{ integrity_check: string }>(connection, 'PRAGMA integrity_check(1)'),
    );
    const [first] = rows;
    return first?.integrity_check === 'ok' ? null : (first?.integrity_check ?? 'it could not be checked');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
