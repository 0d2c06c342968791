import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import sqlite3 from 'sqlite3';
import { AppError } from '../../../shared/errors.ts';

const withConnection = async <T>(
  path: string,
  mode: number,
  work: (connection: sqlite3.Database) => Promise<T>,
): Promise<T> => {
  const connection = await new Promise<sqlite3.Database>((resolve, reject) => {
    const made: sqlite3.Database = new sqlite3.Database(path, mode, (error) => (error ? reject(error) : resolve(made)));
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
  await withConnection(path, sqlite3.OPEN_READONLY, (connection) => all(connection, 'VACUUM INTO ?', [target]));
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
    const rows = await withConnection(path, sqlite3.OPEN_READONLY, (connection) =>
      all<{ integrity_check: string }>(connection, 'PRAGMA integrity_check(1)'),
    );
    const [first] = rows;
    return first?.integrity_check === 'ok' ? null : (first?.integrity_check ?? 'it could not be checked');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/**
 * Moves what stands only in the write-ahead log of a database that nobody has open into its file, so that the file alone is all of it.
 * @throws AppError `CONFLICT` when another program has it open
 */
export const settleLog = async (path: string): Promise<void> => {
  await withConnection(path, sqlite3.OPEN_READWRITE, (connection) =>
    all(connection, 'PRAGMA wal_checkpoint(TRUNCATE)'),
  );
  // SQLite takes the log away when the last one closes the database.
  if (existsSync(`${path}-wal`))
    throw new AppError('CONFLICT', 'Another program has the database open.', {
      hint: 'Is a second copy of Backroom running on this data folder? Close it, then try again.',
    });
};
