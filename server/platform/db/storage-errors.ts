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
