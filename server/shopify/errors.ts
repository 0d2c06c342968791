import { HttpResponseError, HttpThrottlingError } from '@shopify/shopify-api';
import { AppError } from '../../shared/errors.ts';
import type { CallCost } from './call-budget.ts';
import type { GraphqlError } from './transport.ts';

/** What one failed call means for the caller: retry it, reconnect, or tell the person. */
export interface ShopifyFailure {
  readonly error: AppError;
  /** Null: the same call would fail again. Otherwise the least wait in ms before it may succeed (0: back-off decides). */
  readonly retryAfterMs: number | null;
}

const throttleWaitMs = (cost: CallCost | null): number => {
  if (!cost) return 1000;
  const missing = cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable;
  return Math.max(0, Math.ceil((missing / Math.max(1, cost.throttleStatus.restoreRate)) * 1000));
};

const REFUSED = 'Shopify refused access';

/** Whether a scope or an approval is missing, so that the same call would be refused again. */
export const isAccessDenied = (error: unknown): boolean =>
  error instanceof AppError && error.message.startsWith(REFUSED);

/** What the errors of an answer with HTTP 200 mean; there is at least one. */
export const failureOf = (errors: readonly GraphqlError[], cost: CallCost | null): ShopifyFailure => {
  const message = errors.map((entry) => entry.message).join('; ');
  const has = (code: string): boolean => errors.some((entry) => entry.code === code);
  if (has('THROTTLED')) {
    return {
      error: new AppError('SHOPIFY_THROTTLED', 'Shopify is limiting calls to this store for the moment.', {
        hint: 'The work goes on by itself; other apps of the store may be using the same budget.',
      }),
      retryAfterMs: throttleWaitMs(cost),
    };
  }
  if (has('ACCESS_DENIED')) {
    return {
      error: new AppError('SHOPIFY_ERROR', `${REFUSED}: ${message}`, {
        hint: 'Grant the missing scope in the app’s configuration, then reconnect the store.',
      }),
      retryAfterMs: null,
    };
  }
  if (has('INTERNAL_SERVER_ERROR')) {
    return {
      error: new AppError('SHOPIFY_FAULTY', `Shopify had an internal error: ${message}`, {
        hint: 'Shopify has a problem; the work is tried again by itself.',
      }),
      retryAfterMs: 0,
    };
  }
  return {
    error: new AppError('SHOPIFY_ERROR', `Shopify answered with an error: ${message}`, {
      hint: 'If it stays, the API version or the query does not fit this store.',
    }),
    retryAfterMs: null,
  };
};

const MAX_RETRY_AFTER_MS = 60_000;
const UNPAID_STATUS: Readonly<Record<number, string>> = {
  402: 'The store’s plan is unpaid, so Shopify has frozen it.',
  423: 'Shopify has locked this store.',
};

const fromStatus = (status: number, retryAfterSeconds: number | undefined, cause: Error): ShopifyFailure => {
  if (status === 401 || status === 403) {
    return {
      error: new AppError('SHOPIFY_UNAUTHORIZED', 'Shopify no longer accepts this store’s access token.', {
        hint: 'Connect the store again; the app may have been uninstalled, or its token replaced elsewhere.',
        cause,
      }),
      retryAfterMs: null,
    };
  }
  const retryAfterMs = Math.min(MAX_RETRY_AFTER_MS, Math.max(0, retryAfterSeconds ?? 1) * 1000);
  if (status === 429) {
    return {
      error: new AppError('SHOPIFY_THROTTLED', 'Shopify is limiting calls to this store for the moment.', { cause }),
      retryAfterMs,
    };
  }
  const frozen = UNPAID_STATUS[status];
  if (frozen !== undefined) {
    return {
      error: new AppError('SHOPIFY_ERROR', frozen, { hint: 'The store’s owner can settle it with Shopify.', cause }),
      retryAfterMs: null,
    };
  }
  if (status >= 500 || status === 408) {
    return {
      error: new AppError('SHOPIFY_UNREACHABLE', `Shopify has a problem: it answered with HTTP ${status}.`, {
        hint: 'Nothing is to be done here; shopifystatus.com says what is known. What was fetched before stays usable.',
        cause,
      }),
      retryAfterMs: retryAfterSeconds === undefined ? 0 : retryAfterMs,
    };
  }
  return {
    error: new AppError('SHOPIFY_ERROR', `Shopify answered with HTTP ${status}.`, {
      hint: 'Check the shop domain and the API version.',
      cause,
    }),
    retryAfterMs: null,
  };
};

/** `Retry-After` in seconds, from whichever of the library's errors holds the headers. */
const retryAfterOf = (thrown: HttpResponseError): number | undefined => {
  if (thrown instanceof HttpThrottlingError) return thrown.response.retryAfter;
  const { headers } = thrown.response;
  const found = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
  const seconds = Number.parseFloat(String(Array.isArray(found) ? found[0] : found));
  return Number.isFinite(seconds) ? seconds : undefined;
};

const CERTIFICATE_CODES = /\bCERT_|SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET_ISSUER)|ERR_TLS_CERT/;
/** The certificate's problem, where one is the reason that no connection came about. */
const certificateProblem = (thrown: unknown): string | null => {
  for (let cause: unknown = thrown, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code === 'string' && CERTIFICATE_CODES.test(code)) return code;
  }
  // The library keeps the message of what `fetch` threw, and not its cause.
  const message = thrown instanceof Error ? thrown.message : '';
  return CERTIFICATE_CODES.test(message) ? message : null;
};

/** Turns whatever the library or `fetch` throws into one `ShopifyFailure`. */
export const toFailure = (thrown: unknown): ShopifyFailure => {
  if (thrown instanceof AppError) return { error: thrown, retryAfterMs: null };
  if (thrown instanceof HttpResponseError) return fromStatus(thrown.response.code, retryAfterOf(thrown), thrown);
  if (certificateProblem(thrown) !== null) {
    return {
      error: new AppError(
        'SHOPIFY_UNREACHABLE',
        'The connection to Shopify is not genuine: its certificate is not trusted.',
        {
          hint: 'A proxy or a security program may be reading the traffic. Add its root certificate with NODE_EXTRA_CA_CERTS, or leave that network.',
          cause: thrown,
        },
      ),
      retryAfterMs: null,
    };
  }
  const timedOut = thrown instanceof Error && /abort|timeout/i.test(`${thrown.name} ${thrown.message}`);
  return {
    error: new AppError(
      'SHOPIFY_UNREACHABLE',
      timedOut ? 'Shopify did not answer in time.' : 'Shopify could not be reached.',
      {
        hint: 'Check this computer’s internet connection, proxy and firewall. What was fetched before stays usable.',
        cause: thrown,
      },
    ),
    retryAfterMs: 0,
  };
};
