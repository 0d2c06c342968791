import type { DataSource } from 'typeorm';
import { AppError } from '../../../shared/errors.ts';

/**
 * Makes deleted bytes leave the database's files. `secure_delete` overwrites rows and pages as they go; what remains are old segments of
 * full-text indexes, which are merged here, and the write-ahead log, which is emptied. `wholeFile` also writes the file anew: dear, but
 * nothing old can be left in it.
 * @throws AppError `CONFLICT` when a reader kept the log open: try again later.
 */
export const purgeDeleted = async (
  writer: DataSource,
  options: { searchIndexes: readonly string[]; wholeFile?: boolean },
): Promise<void> => {
  for (const index of options.searchIndexes) await writer.query(`INSERT INTO ${index} (${index}) VALUES ('optimize')`);
  if (options.wholeFile) await writer.query('VACUUM');
  const [result] = (await writer.query('PRAGMA wal_checkpoint(TRUNCATE)')) as { busy: number }[];
  if (result?.busy !== 0)
    throw new AppError('CONFLICT', 'The database’s log could not be emptied, because something was being read.', {
      hint: 'Run the step again in a moment.',
    });
};
