import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { BulkWakeUps } from './bulk-wake-ups.ts';
import type { ShopifyClient } from './client.ts';
import {
  BulkOperationCancelDocument,
  type BulkOperationFieldsFragment,
  BulkOperationGetDocument,
  BulkOperationRunQueryDocument,
} from './generated/admin.ts';
import { type MutationResult, type UserError, userErrorText } from './user-errors.ts';

export { type BulkLine, readBulkBatches } from './bulk-lines.ts';
export { type BulkWakeUps, createBulkWakeUps } from './bulk-wake-ups.ts';

/** A bulk operation as it is now. Counts are numbers, not Shopify's strings. */
export interface BulkOperation {
  readonly id: string;
  readonly status: BulkOperationFieldsFragment['status'];
  readonly errorCode: BulkOperationFieldsFragment['errorCode'];
  /** Lines written so far, children included. */
  readonly objectCount: number;
  readonly rootObjectCount: number;
  readonly fileSizeBytes: number | null;
  /** The result; null while it runs, and when it found nothing. Ends seven days after completion: ask `getBulk` for a new one. */
  readonly url: string | null;
  /** What was written before the operation failed or was cancelled. */
  readonly partialDataUrl: string | null;
}

const POLL_FIRST_MS = 1000;
const POLL_MAX_MS = 30_000;
/** With a finish webhook asking is the fallback only: deliveries are not guaranteed. */
const POLL_WITH_WEBHOOK_MS = 60_000;
const SLOT_FIRST_MS = 2000;
const SLOT_MAX_MS = 60_000;
const GROWTH = 1.6;

const FINISHED: ReadonlySet<BulkOperation['status']> = new Set(['COMPLETED', 'CANCELED', 'FAILED', 'EXPIRED']);
const isFull = (errors: readonly UserError[]): boolean =>
  errors.some(({ code }) => code === 'LIMIT_REACHED' || code === 'OPERATION_IN_PROGRESS');

const toBulk = (fields: BulkOperationFieldsFragment): BulkOperation => ({
  id: fields.id,
  status: fields.status,
  errorCode: fields.errorCode,
  objectCount: Number(fields.objectCount),
  rootObjectCount: Number(fields.rootObjectCount),
  fileSizeBytes: fields.fileSize === null ? null : Number(fields.fileSize),
  url: fields.url,
  partialDataUrl: fields.partialDataUrl,
});

/**
 * Starts a query. Shopify runs five at once for each app and store; when they are taken this waits with back-off until one ends or
 * `signal` is aborted. Lines of children come in any order: join them by `__parentId`.
 * @returns the operation, or Shopify's user errors about the query
 */
export const startBulkQuery = async (
  client: ShopifyClient,
  query: string,
  options: { clock: Clock; signal?: AbortSignal; groupObjects?: boolean },
): Promise<MutationResult<BulkOperation>> => {
  const call = options.signal ? { signal: options.signal } : {};
  for (let wait = SLOT_FIRST_MS; ; wait = Math.min(SLOT_MAX_MS, wait * GROWTH)) {
    const started = await client.mutate(
      BulkOperationRunQueryDocument,
      { query, groupObjects: options.groupObjects ?? false },
      (result) => result.bulkOperationRunQuery,
      call,
    );
    if (started.ok) {
      const { bulkOperation } = started.value;
      if (bulkOperation) return { ok: true, value: toBulk(bulkOperation) };
      throw new AppError('SHOPIFY_ERROR', 'Shopify accepted the bulk query but names no operation.', {
        hint: 'Start the import again.',
      });
    }
    if (!isFull(started.userErrors)) return started;
    await options.clock.delay(wait, options.signal);
  }
};

/** The operation as it is now, with a fresh link to its file. @throws AppError `NOT_FOUND` when Shopify does not know it any more. */
export const getBulk = async (
  client: ShopifyClient,
  id: string,
  options: { signal?: AbortSignal } = {},
): Promise<BulkOperation> => {
  const { bulkOperation } = await client.request(BulkOperationGetDocument, { id }, options);
  if (bulkOperation) return toBulk(bulkOperation);
  throw new AppError('NOT_FOUND', 'Shopify does not know this bulk operation any more.', {
    hint: 'Start the import again.',
  });
};

/**
 * Resolves once the operation has ended, whichever way: see `status`. Asks with back-off; when `wakeUps` is given, `notify` (from the
 * BULK_OPERATIONS_FINISH webhook) makes it ask at once, and asking by itself becomes rare.
 */
export const waitForBulk = async (
  client: ShopifyClient,
  id: string,
  options: {
    clock: Clock;
    signal?: AbortSignal;
    wakeUps?: BulkWakeUps;
    onProgress?: (operation: BulkOperation) => void;
  },
): Promise<BulkOperation> => {
  const { clock, signal } = options;
  const longest = options.wakeUps ? POLL_WITH_WEBHOOK_MS : POLL_MAX_MS;
  for (let wait = POLL_FIRST_MS; ; wait = Math.min(longest, wait * GROWTH)) {
    // Listening begins before asking, so that a finish in between is not missed.
    const bell = options.wakeUps?.listen(id);
    try {
      const operation = await getBulk(client, id, signal ? { signal } : {});
      options.onProgress?.(operation);
      if (FINISHED.has(operation.status)) return operation;
      if (bell) await bell.wait(wait, clock, signal);
      else await clock.delay(wait, signal);
    } finally {
      bell?.close();
    }
  }
};

/** Asks Shopify to stop it; `waitForBulk` tells when it has. What had ended already stays as it is. */
export const cancelBulk = async (
  client: ShopifyClient,
  id: string,
  options: { signal?: AbortSignal } = {},
): Promise<MutationResult<BulkOperation | null>> => {
  const cancelled = await client.mutate(
    BulkOperationCancelDocument,
    { id },
    (result) => result.bulkOperationCancel,
    options,
  );
  if (!cancelled.ok) return cancelled;
  const { bulkOperation } = cancelled.value;
  return { ok: true, value: bulkOperation ? toBulk(bulkOperation) : null };
};

/** What a bulk operation that did not complete means. @returns null for a completed one */
export const bulkProblem = (operation: BulkOperation): AppError | null => {
  switch (operation.status) {
    case 'COMPLETED':
      return null;
    case 'CANCELED':
    case 'CANCELING':
      return new AppError('CONFLICT', 'The bulk operation was cancelled.', { hint: 'Start the import again.' });
    case 'EXPIRED':
      return new AppError('SHOPIFY_ERROR', 'The bulk operation took longer than Shopify allows.', {
        hint: 'Start the import again.',
      });
    default:
      return operation.errorCode === 'ACCESS_DENIED'
        ? new AppError('SHOPIFY_ERROR', 'Shopify refused access to what the bulk operation asks for.', {
            hint: 'Grant the missing scope in the app’s configuration, then reconnect the store.',
          })
        : new AppError('SHOPIFY_ERROR', `The bulk operation failed (${operation.errorCode ?? operation.status}).`, {
            hint: 'Start the import again.',
          });
  }
};

/** As an error, for callers that cannot do anything about a refused query. */
export const refusedBulk = (userErrors: readonly UserError[]): AppError =>
  new AppError('SHOPIFY_ERROR', `Shopify refused the bulk query: ${userErrorText(userErrors)}`);
