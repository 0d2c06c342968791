import { AppError, type ErrorCode } from '../../../shared/errors.ts';

/** What may pass by itself. All other codes mean: the same call would fail again. */
const MAY_PASS: ReadonlySet<ErrorCode> = new Set([
  'SHOPIFY_THROTTLED',
  'SHOPIFY_UNREACHABLE',
  'RATE_LIMITED',
  'BACKEND_RESTARTING',
  'INTERNAL',
]);

/** Whether another attempt would fail the same way. An error of no known kind (a defect, a full disk) may pass. */
export const isPermanent = (error: unknown): boolean => error instanceof AppError && !MAY_PASS.has(error.code);
