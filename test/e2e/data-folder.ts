import { join } from 'node:path';
import sqlite3 from 'sqlite3';

export type Statement = readonly [string, ...(string | number)[]];

/** Writes into the database of a data folder; best while nothing runs on it. */
export const writeData = (dataDir: string, statements: readonly Statement[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const db = new sqlite3.Database(join(dataDir, 'backroom.sqlite'));
    db.serialize(() => {
      for (const [sql, ...params] of statements) db.run(sql, params, (error) => error && reject(error));
    });
    db.close((error) => (error ? reject(error) : resolve()));
  });

/** The first row that the database of a data folder answers with. */
export const readData = <Row>(dataDir: string, sql: string, ...params: (string | number)[]): Promise<Row> =>
  new Promise((resolve, reject) => {
    const db = new sqlite3.Database(join(dataDir, 'backroom.sqlite'), sqlite3.OPEN_READONLY);
    db.get<Row>(sql, params, (error, row) => db.close(() => (error ? reject(error) : resolve(row))));
  });
