import { initTRPC, TRPCError } from '@trpc/server';
import type { OpenApiMeta } from 'trpc-to-openapi';
import { ZodError } from 'zod';
import { AppError, type ErrorBody, type ErrorCode } from '../../shared/errors.ts';
import { storageCodeOf, storageError } from '../platform/db/storage-errors.ts';
import type { Services } from './services.ts';

/** What a procedure gets. `requestId` is the one in the log lines and in the `x-request-id` header. */
export interface ApiContext {
  readonly services: Services;
  readonly requestId: string;
}

const TRPC_CODE: Partial<Record<ErrorCode, TRPCError['code']>> = {
  BAD_REQUEST: 'BAD_REQUEST',
  INVALID_SHOP: 'BAD_REQUEST',
  NOT_FOUND: 'NOT_FOUND',
  CONFLICT: 'CONFLICT',
  NOT_CONFIGURED: 'CONFLICT',
  CANCELLED: 'CLIENT_CLOSED_REQUEST',
  SHOPIFY_ERROR: 'BAD_GATEWAY',
  SHOPIFY_UNREACHABLE: 'BAD_GATEWAY',
  SHOPIFY_FAULTY: 'BAD_GATEWAY',
  SHOPIFY_UNAUTHORIZED: 'BAD_GATEWAY',
  SHOPIFY_THROTTLED: 'SERVICE_UNAVAILABLE',
  STORAGE_UNAVAILABLE: 'SERVICE_UNAVAILABLE',
};

/** The first thing wrong with an input, as a sentence. */
const inputProblem = (error: ZodError): string => {
  const [issue] = error.issues;
  const field = issue?.path.join('.');
  return `${field ? `${field}: ` : ''}${issue?.message ?? 'The input is not valid'}.`;
};

/** The client finds our own code and hint in `error.data.app`; an unexpected error says only its request id. */
const t = initTRPC
  .meta<OpenApiMeta>()
  .context<ApiContext>()
  .create({
    errorFormatter: ({ shape, error, ctx }) => {
      const app: ErrorBody =
        error.cause instanceof AppError
          ? error.cause.toBody()
          : error.code === 'INTERNAL_SERVER_ERROR'
            ? {
                code: 'INTERNAL',
                message: 'Something went wrong inside Backroom.',
                hint: `See the log for request ${ctx?.requestId ?? 'unknown'}.`,
              }
            : error.code === 'NOT_FOUND'
              ? {
                  code: 'NOT_FOUND',
                  message: 'There is nothing at this address.',
                  hint: 'See /api/openapi.json for those there are.',
                }
              : {
                  code: 'BAD_REQUEST',
                  message: error.cause instanceof ZodError ? inputProblem(error.cause) : shape.message,
                };
      const { stack: _stack, ...data } = shape.data;
      return { ...shape, message: app.message, data: { ...data, app } };
    },
  });

export const router = t.router;

/** The only way to a procedure: an `AppError` keeps its meaning over the wire. Doors check keys before tRPC is reached. */
export const procedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  const storageCode = storageCodeOf(result.error.cause);
  const cause = storageCode === null ? result.error.cause : storageError(storageCode, result.error.cause);
  if (cause instanceof AppError)
    throw new TRPCError({ code: TRPC_CODE[cause.code] ?? 'INTERNAL_SERVER_ERROR', message: cause.message, cause });
  return result;
});
