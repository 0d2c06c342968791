import { AppError } from '../../../shared/errors.ts';

/** What SQLite says when it is the place that fails and not what was asked of it. */
const STORAGE: ReadonlySet<string> = new Set([
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_READONLY',
  'SQLITE_CORRUPT',
  'SQLITE_CANTOPEN',
  'SQLITE_NOMEM',
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
]);

const codeOf = (thrown: unknown): string => {
  if (typeof thrown !== 'object' || thrown === null) return '';
  const { code, driverError, cause } = thrown as { code?: unknown; driverError?: unknown; cause?: unknown };
  return typeof code === 'string' ? code : codeOf(driverError ?? cause);
};

/** SQLite's code when the database can't be written, whatever was to be written; null: the error is about something else. */
export const storageCodeOf = (thrown: unknown): string | null => {
  const code = codeOf(thrown);
  return STORAGE.has(code) ? code : null;
};

/** What is said about it, to whoever asked and on every screen. `code`: SQLite's. */
export const storageError = (code: string, cause?: unknown): AppError =>
  code === 'SQLITE_FULL'
    ? new AppError('STORAGE_UNAVAILABLE', 'The disk is full, so nothing can be stored.', {
        hint: 'Free some space on the disk. Shopify sends again for four hours what is not taken; Backroom goes on by itself.',
        cause,
      })
    : new AppError('STORAGE_UNAVAILABLE', `The database can’t be written (${code}), so nothing can be stored.`, {
        hint: 'Look at the disk and the rights of the data folder. Shopify sends again for four hours what is not taken; Backroom goes on by itself.',
        cause,
      });
