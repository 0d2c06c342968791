import { AppError, type ErrorBody } from '../../../shared/errors.ts';
import { storageCodeOf, storageError } from '../../platform/db/storage-errors.ts';

/**
 * Why an attempt failed, and so what is done about it:
 * `payload` the same bytes would fail again; `temporary` something else is away or busy; `defect` our own mistake, which may pass or be
 * repaired by an update; `storage` the database can't be written, so not even the attempt could be noted.
 */
export type FailureReason = 'payload' | 'temporary' | 'defect' | 'storage';

export interface Failure {
  readonly reason: FailureReason;
  readonly problem: ErrorBody;
}

const TEMPORARY: ReadonlySet<string> = new Set([
  'SHOPIFY_THROTTLED',
  'SHOPIFY_UNREACHABLE',
  'SHOPIFY_FAULTY',
  'RATE_LIMITED',
  'BACKEND_RESTARTING',
]);

/** What of a defect can be said on a screen: SQLite's words name tables and columns, other errors' may hold what a body says. */
const defectWords = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return typeof thrown;
  const { code } = thrown as { code?: unknown };
  return typeof code === 'string' && code.startsWith('SQLITE_') ? thrown.message : thrown.name;
};

export const failureOf = (thrown: unknown): Failure => {
  const storageCode = storageCodeOf(thrown);
  if (storageCode !== null) {
    return {
      reason: 'storage',
      problem: storageError(storageCode).toBody(),
    };
  }
  if (thrown instanceof AppError) {
    if (TEMPORARY.has(thrown.code)) return { reason: 'temporary', problem: thrown.toBody() };
    if (thrown.code !== 'INTERNAL') return { reason: 'payload', problem: thrown.toBody() };
  }
  if (thrown instanceof SyntaxError) {
    return {
      reason: 'payload',
      problem: new AppError('INVALID_JSON', 'The body is not JSON.', {
        hint: 'The signature is right, so Shopify sent it so; the body is kept.',
      }).toBody(),
    };
  }
  return {
    reason: 'defect',
    problem: new AppError('INTERNAL', `Backroom could not process it (${defectWords(thrown)}).`, {
      hint: 'This is a defect of Backroom, and none of the store. Nothing is lost: the body is kept and tried again by itself. An update may mend it; the log says more.',
    }).toBody(),
  };
};

/** All attempts together, and the waits between them: each twice the one before, up to `maxMs`, of which a random half is taken off. */
const RETRIES: Readonly<Record<FailureReason, { attempts: number; firstMs: number; maxMs: number }>> = {
  payload: { attempts: 1, firstMs: 0, maxMs: 0 },
  temporary: { attempts: 12, firstMs: 2000, maxMs: 15 * 60_000 },
  defect: { attempts: 8, firstMs: 1000, maxMs: 5 * 60_000 },
  storage: { attempts: Number.POSITIVE_INFINITY, firstMs: 1000, maxMs: 60_000 },
};

/** How many attempts a delivery has that fails for this reason; infinite: it is never given up. */
export const attemptsOf = (reason: FailureReason): number => RETRIES[reason].attempts;

/** How long to wait after attempt `number` (1 is the first), or null when that was the last. */
export const retryDelayMs = (reason: FailureReason, number: number, random: () => number): number | null => {
  const { attempts, firstMs, maxMs } = RETRIES[reason];
  if (number >= attempts) return null;
  const full = Math.min(maxMs, firstMs * 2 ** (number - 1));
  return Math.round(full * (0.5 + random() / 2));
};
