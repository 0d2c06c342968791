import type { DataSource } from 'typeorm';
import { AppError } from '../../../shared/errors.ts';

/** What one step overwrites, in pages: 8 MB, so that other writes wait a moment and not a minute. */
const STEP_PAGES = 2000;
const SCRUB_TABLE = 'backroom_scrub';

/**
 * Makes deleted bytes leave the database's files. With `secure_delete=FAST` SQLite already zeroes what is deleted inside its pages; what
 * remains is the content of pages that became free, the old segments of full-text indexes, and the write-ahead log. Each step runs
 * through `enqueue`, the writer's own queue, so other writes go in between.
 * @throws AppError `CONFLICT` when a reader kept the log open: try again later.
 */
export const purgeFreePages = async (
  writer: DataSource,
  enqueue: <T>(work: () => Promise<T>) => Promise<T>,
  searchIndexes: readonly string[],
): Promise<void> => {
  for (const index of searchIndexes)
    await enqueue(() => writer.query(`INSERT INTO ${index} (${index}) VALUES ('optimize')`));
  await enqueue(async () => {
    await writer.query(`DROP TABLE IF EXISTS ${SCRUB_TABLE}`);
    await writer.query(`CREATE TABLE ${SCRUB_TABLE} (zeros BLOB NOT NULL)`);
  });
  // A blob of zeros takes its pages from the free ones first; they are zeros when the table is dropped.
  for (let more = true; more; ) {
    more = await enqueue(async () => {
      const [{ freelist_count: free } = { freelist_count: 0 }] = (await writer.query('PRAGMA freelist_count')) as {
        freelist_count: number;
      }[];
      const [{ page_size: size } = { page_size: 4096 }] = (await writer.query('PRAGMA page_size')) as {
        page_size: number;
      }[];
      if (free > 0)
        await writer.query(`INSERT INTO ${SCRUB_TABLE} VALUES (zeroblob(?))`, [
          Math.min(free, STEP_PAGES) * (size - 4),
        ]);
      return free > STEP_PAGES;
    });
  }
  await enqueue(async () => {
    await writer.query(`DROP TABLE ${SCRUB_TABLE}`);
    await truncateLog(writer);
  });
};

/** Writes the whole file anew: dear, but nothing old can be left in it. */
export const rewriteFile = (writer: DataSource, enqueue: <T>(work: () => Promise<T>) => Promise<T>): Promise<void> =>
  enqueue(async () => {
    await writer.query('VACUUM');
    await truncateLog(writer);
  });

const truncateLog = async (writer: DataSource): Promise<void> => {
  const [result] = (await writer.query('PRAGMA wal_checkpoint(TRUNCATE)')) as { busy: number }[];
  if (result?.busy !== 0)
    throw new AppError('CONFLICT', 'The database’s log could not be emptied, because something was being read.', {
      hint: 'Run the step again in a moment.',
    });
};
