import type { DataSource, MigrationInterface } from 'typeorm';
import { AppError } from '../../../shared/errors.ts';
import { storageCodeOf, storageError } from './storage-errors.ts';

/** As TypeORM names it in its table. */
const nameOf = (migration: MigrationInterface): string => migration.name ?? migration.constructor.name;
/** The time stamp that a migration's name ends with. */
const stampOf = (name: string): number => Number(/\d{13}$/.exec(name)?.[0] ?? 0);

const appliedNames = async (writer: DataSource): Promise<readonly string[]> => {
  const [table] = await writer.query(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'`);
  if (table === undefined) return [];
  return ((await writer.query('SELECT name FROM migrations')) as { name: string }[]).map(({ name }) => name);
};

/**
 * Applies the migrations that the database lacks, each whole or not at all.
 * @throws AppError `CONFLICT` for a database of a newer version; `INTERNAL` when a migration fails, with its name; `STORAGE_UNAVAILABLE`
 */
export const bringUpToDate = async (writer: DataSource): Promise<void> => {
  const known = writer.migrations.map(nameOf);
  const newest = Math.max(0, ...known.map(stampOf));
  // TypeORM passes over what it does not know, and this version would then write what the newer one can't read.
  if (known.length > 0 && (await appliedNames(writer)).some((name) => stampOf(name) > newest))
    throw new AppError('CONFLICT', 'The data folder was used by a newer version of Backroom.', {
      hint: 'Install the newest version. To go on with this version, put a backup that was made with it in the place of the database.',
    });
  try {
    await writer.runMigrations();
  } catch (cause) {
    const code = storageCodeOf(cause);
    if (code !== null) throw storageError(code, cause);
    const applied = new Set(await appliedNames(writer));
    const failed = known.find((name) => !applied.has(name)) ?? 'a migration';
    throw new AppError('INTERNAL', `The database could not be brought up to this version: ${failed} failed.`, {
      hint: 'Nothing is lost, and the version before still opens it. Install that one again, and report this with the log.',
      cause,
    });
  }
};
