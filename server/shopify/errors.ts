import { GraphqlQueryError, HttpResponseError, HttpThrottlingError } from '@shopify/shopify-api';
import { AppError } from '../../shared/errors.ts';

/** What one failed call means for the caller: retry it, reconnect, or tell the person. */
export interface ShopifyFailure {
  readonly error: AppError;
  /** Null: the same call would fail again. Otherwise the least wait in ms before it may succeed (0: back-off decides). */
  readonly retryAfterMs: number | null;
}

interface GraphqlErrorBody {
  readonly errors?: { readonly graphQLErrors?: readonly { message: string; extensions?: { code?: string } }[] };
  readonly extensions?: {
    readonly cost?: { requestedQueryCost: number; throttleStatus: { currentlyAvailable: number; restoreRate: number } };
  };
}

const throttleWaitMs = (cost: NonNullable<GraphqlErrorBody['extensions']>['cost']): number => {
  if (!cost) return 1000;
  const missing = cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable;
  return Math.max(0, Math.ceil((missing / Math.max(1, cost.throttleStatus.restoreRate)) * 1000));
};

const fromGraphql = (failure: GraphqlQueryError): ShopifyFailure => {
  const body = failure.body as GraphqlErrorBody | undefined;
  const errors = body?.errors?.graphQLErrors ?? [];
  const code = errors[0]?.extensions?.code;
  const message = errors.map((entry) => entry.message).join('; ') || failure.message;
  if (code === 'THROTTLED') {
    return {
      error: new AppError('SHOPIFY_THROTTLED', 'Shopify is limiting calls to this store for the moment.', {
        hint: 'The work goes on by itself; other apps of the store may be using the same budget.',
        cause: failure,
      }),
      retryAfterMs: throttleWaitMs(body?.extensions?.cost),
    };
  }
  if (code === 'ACCESS_DENIED') {
    return {
      error: new AppError('SHOPIFY_ERROR', `Shopify refused access: ${message}`, {
        hint: 'Grant the missing scope in the app’s configuration, then reconnect the store.',
        cause: failure,
      }),
      retryAfterMs: null,
    };
  }
  if (code === 'INTERNAL_SERVER_ERROR') {
    return {
      error: new AppError('SHOPIFY_ERROR', `Shopify had an internal error: ${message}`, { cause: failure }),
      retryAfterMs: 0,
    };
  }
  return {
    error: new AppError('SHOPIFY_ERROR', `Shopify answered with an error: ${message}`, {
      hint: 'If it stays, the API version or the query does not fit this store.',
      cause: failure,
    }),
    retryAfterMs: null,
  };
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
  if (status === 429) {
    return {
      error: new AppError('SHOPIFY_THROTTLED', 'Shopify is limiting calls to this store for the moment.', { cause }),
      retryAfterMs: Math.min(60_000, (retryAfterSeconds ?? 1) * 1000),
    };
  }
  const retry = status >= 500;
  return {
    error: new AppError('SHOPIFY_ERROR', `Shopify answered with HTTP ${status}.`, {
      hint: retry
        ? 'Shopify has a problem; the work is tried again by itself.'
        : 'Check the shop domain and the API version.',
      cause,
    }),
    retryAfterMs: retry ? 0 : null,
  };
};

/** Turns whatever the library throws into one `ShopifyFailure`. */
export const toFailure = (thrown: unknown): ShopifyFailure => {
  if (thrown instanceof AppError) return { error: thrown, retryAfterMs: null };
  if (thrown instanceof GraphqlQueryError) return fromGraphql(thrown);
  if (thrown instanceof HttpResponseError) {
    const retryAfter = thrown instanceof HttpThrottlingError ? thrown.response.retryAfter : undefined;
    return fromStatus(thrown.response.code, retryAfter, thrown);
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
