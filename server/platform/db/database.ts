import { mkdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { DataSource, type EntityManager, type EntitySchema, type MigrationInterface } from 'typeorm';
import { type CheckpointResult, createCheckpointer } from './checkpointer.ts';
import { bringUpToDate } from './migrate.ts';
import { purgeDeleted } from './purge.ts';
import { createReaderPool, type Reader, type ReadOptions, type SqlValue } from './reader-pool.ts';
import { createStatementConnection, type StatementConnection } from './statement-connection.ts';
import { createWriteQueue, type Turn } from './write-queue.ts';

export type { SqlValue };

type MigrationClass = new () => MigrationInterface;

/**
 * One serialised writer, several read-only connections. TypeORM's SQLite driver shares one connection, so two transactions on it
 * would interleave: nothing outside this file opens one. WAL lets readers go on while the writer commits.
 */
export interface Database {
  /**
   * Runs `work` in a transaction on the writer, after the writes asked for before it. What it throws rolls everything back. Inside of `work`
   * only `tx` writes: see `nested-writes.ts`. @throws Error once closed
   */
  write<T>(work: (tx: EntityManager) => Promise<T>): Promise<T>;
  /** As `write`, on prepared statements without the ORM, for the hot paths. `turn` is `background` unless given. */
  writeStatements<T>(work: (connection: StatementConnection) => Promise<T>, turn?: Turn): Promise<T>;
  /**
   * As `writeStatements` without BEGIN and COMMIT around it: for work that writes with ONE statement, which is a transaction of its own. Each
   * statement is a turn of the thread pool, and on the hottest paths those turns cost more than the writing.
   */
  writeOneStatement<T>(work: (connection: StatementConnection) => Promise<T>, turn?: Turn): Promise<T>;
  /** How many writes of each kind wait for the one that runs. Whoever writes much asks it inside of a write, and takes shorter turns when others wait. */
  waiting(): Readonly<Record<Turn, number>>;
  /** Sees what was committed before the call. @throws AppError `CANCELLED` once `options.signal` is aborted */
  read<Row>(sql: string, params?: readonly SqlValue[], options?: ReadOptions): Promise<Row[]>;
  /** Size of the database with its write-ahead log, in bytes. */
  bytes(): Promise<number>;
  /**
   * Makes the bytes of deleted rows leave the files: the named full-text indexes are merged, the log is emptied. With `wholeFile` the file
   * is written anew, which takes as long as copying it. @throws AppError `CONFLICT`
   */
  purge(options: { searchIndexes: readonly string[]; wholeFile?: boolean }): Promise<void>;
  /** Undoes the newest migration; for tests of migrations only. */
  revertLastMigration(): Promise<void>;
  close(): Promise<void>;
}

/** What only reads takes this. */
export type Reads = Pick<Database, 'read'>;

/** The same reads, for one who waits for them. */
export const readsFor = (db: Reads, options: ReadOptions): Reads => ({
  read: (sql, params) => db.read(sql, params, options),
});

/** FULL: a commit survives power loss, which is what an acknowledged webhook promises. */
export const WRITER_PRAGMAS = [
  'journal_mode=WAL',
  'synchronous=FULL',
  'foreign_keys=ON',
  // Deleted means gone: rows and pages are overwritten as they are freed. Measured: inserts cost the same, updates a tenth more,
  // deleting many large rows 1.7 times as much.
  'secure_delete=ON',
  // Dedupe keys are random, so their index is touched everywhere: it should stay in memory (64 MB).
  'cache_size=-65536',
  // The checkpointer empties the log at half of this; only when it can't, the writer does it within a commit.
  'wal_autocheckpoint=16000',
  'journal_size_limit=67108864',
];
/** With the one for long reads and the writer, as many as Node has threads for such work; the log is moved on whichever is free. */
const READERS = 2;

const rawConnection = (source: DataSource): sqlite3.Database => {
  const driver = source.driver as unknown as { databaseConnection: sqlite3.Database };
  return driver.databaseConnection;
};

/** The driver keeps one runner, with what it believes of the transaction; the next write makes another. */
const forgetTransaction = (source: DataSource): void => {
  const driver = source.driver as unknown as { queryRunner: unknown };
  driver.queryRunner = undefined;
};

interface Connections {
  readonly file: string;
  readonly writer: DataSource;
  readonly readers: readonly DataSource[];
  /** Moves the log beside the writer. */
  readonly beside: DataSource;
}

/** Opens the database and brings it up to date. What fails leaves nothing open. @throws AppError, see `bringUpToDate` */
const connect = async (options: {
  dataDir: string;
  entities: EntitySchema[];
  migrations: MigrationClass[];
}): Promise<Connections> => {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const file = join(options.dataDir, 'backroom.sqlite');
  // The driver is handed over so that the bundle needs no dynamic require. TypeORM would switch it to verbose, which records a stack
  // trace for every statement.
  const driver = { ...sqlite3, verbose: () => sqlite3 };
  const common = { type: 'sqlite', driver, database: file, synchronize: false, logging: false } as const;
  const opened: DataSource[] = [];
  const open = async (source: DataSource): Promise<DataSource> => {
    await source.initialize();
    opened.push(source);
    return source;
  };
  try {
    const writer = await open(
      new DataSource({
        ...common,
        entities: options.entities,
        migrations: options.migrations,
        migrationsTransactionMode: 'each',
      }),
    );
    for (const pragma of WRITER_PRAGMAS) await writer.query(`PRAGMA ${pragma}`);
    await bringUpToDate(writer);
    const readers = await Promise.all(
      Array.from({ length: READERS + 1 }, () => open(new DataSource({ ...common, flags: sqlite3.OPEN_READONLY }))),
    );
    for (const source of readers) await source.query('PRAGMA busy_timeout=5000');
    const beside = await open(new DataSource(common));
    // It begins no transaction of its own, so of the writer's settings only this one matters to it: the database file is on disk before the log is gone.
    await beside.query('PRAGMA synchronous=FULL');
    return { file, writer, readers, beside };
  } catch (error) {
    for (const source of opened) await source.destroy();
    throw error;
  }
};

/** @throws AppError `CONFLICT` for a database of a newer version; `INTERNAL` when a migration fails */
export const openDatabase = async (options: {
  dataDir: string;
  entities: EntitySchema[];
  migrations: MigrationClass[];
  /** Each write that failed, whoever asked for it. */
  onWriteFailed?: (error: unknown) => void;
}): Promise<Database> => {
  const { file, writer, readers: sources, beside } = await connect(options);
  const readerOf = (source: DataSource): Reader => ({
    query: (sql, params) => source.query(sql, [...params]),
    interrupt: () => rawConnection(source).interrupt(),
  });
  const [long, ...readers] = sources.map(readerOf);
  if (long === undefined) throw new Error('There is no reader.');
  const pool = createReaderPool(readers, long);
  const { enqueue: inTurn, waiting, end } = createWriteQueue();
  const checkpoint = async (source: DataSource): Promise<CheckpointResult> => {
    const [result] = (await source.query('PRAGMA wal_checkpoint(PASSIVE)')) as CheckpointResult[];
    if (result === undefined) throw new Error('SQLite told nothing about its checkpoint.');
    return result;
  };
  const checkpointer = createCheckpointer({
    beside: () => checkpoint(beside),
    inTurn: () => inTurn(() => checkpoint(writer), 'background'),
    onFailed: (error) => options.onWriteFailed?.(error),
  });
  const enqueue = <T>(work: () => Promise<T>, turn: Turn): Promise<T> =>
    inTurn(async () => {
      const started = performance.now();
      try {
        return await work();
      } catch (error) {
        options.onWriteFailed?.(error);
        throw error;
      } finally {
        checkpointer.worked(performance.now() - started);
      }
    }, turn);
  const statements = createStatementConnection(rawConnection(writer));
  /** SQLite ends a transaction itself after some errors (a full disk): then this fails, and the first error is the one to tell. */
  const endTransaction = (): Promise<unknown> => statements.run('ROLLBACK').catch(() => undefined);

  return {
    write: (work) =>
      enqueue(async () => {
        try {
          return await writer.transaction(work);
        } catch (error) {
          // TypeORM then believes that it is still in it, and takes the next one for a part of that.
          await endTransaction();
          forgetTransaction(writer);
          throw error;
        }
      }, 'background'),
    writeStatements: (work, turn = 'background') =>
      enqueue(async () => {
        await statements.run('BEGIN IMMEDIATE');
        try {
          const result = await work(statements);
          await statements.run('COMMIT');
          return result;
        } catch (error) {
          // What was handed over before the error still runs, and must not run behind the end of its transaction.
          await statements.settle().catch(() => undefined);
          await endTransaction();
          throw error;
        }
      }, turn),
    writeOneStatement: (work, turn = 'background') => enqueue(() => work(statements), turn),
    waiting,
    read: (sql, params = [], options) => pool.read(sql, params, options),
    bytes: async () => {
      const sizes = await Promise.all(
        [file, `${file}-wal`].map((path) =>
          stat(path).then(
            (found) => found.size,
            () => 0,
          ),
        ),
      );
      return sizes.reduce((sum, size) => sum + size, 0);
    },
    purge: (purge) =>
      enqueue(async () => {
        await checkpointer.idle();
        await purgeDeleted(writer, purge);
      }, 'background'),
    revertLastMigration: () => enqueue(() => writer.undoLastMigration({ transaction: 'each' }), 'background'),
    close: () => {
      checkpointer.stop();
      // The last turn of the queue: a write after it would prepare a statement anew, which keeps its connection from closing.
      return end(async () => {
        await statements.close();
        await Promise.all([pool.idle(), checkpointer.idle()]);
        await Promise.all([beside, ...sources].map((source) => source.destroy()));
        await writer.destroy();
      });
    },
  };
};
