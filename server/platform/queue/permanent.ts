import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { storageCodeOf } from '../db/storage-errors.ts';

/** What may pass by itself. All other codes mean: the same call would fail again. */
const MAY_PASS: ReadonlySet<ErrorCode> = new Set([
  'SHOPIFY_THROTTLED',
  'SHOPIFY_UNREACHABLE',
  'SHOPIFY_FAULTY',
  'STORAGE_UNAVAILABLE',
  'RATE_LIMITED',
  'BACKEND_RESTARTING',
  'INTERNAL',
]);

/** Whether another attempt would fail the same way. An error of no known kind (a defect, a full disk) may pass. */
export const isPermanent = (error: unknown): boolean => error instanceof AppError && !MAY_PASS.has(error.code);

const OUTAGES: ReadonlySet<ErrorCode> = new Set(['SHOPIFY_UNREACHABLE', 'STORAGE_UNAVAILABLE']);

/** Whether something that the task needs is away, through no fault of the task: it is tried for as long as that lasts. */
export const isOutage = (error: unknown): boolean =>
  error instanceof AppError ? OUTAGES.has(error.code) : storageCodeOf(error) !== null;
