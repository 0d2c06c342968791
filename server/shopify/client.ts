import { Session, type Shopify } from '@shopify/shopify-api';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log/log.ts';
import { type ShopifyFailure, toFailure } from './errors.ts';

/** A typed operation as the code generator writes it: its text, carrying its result and variable types. */
export interface Operation<Result, Variables> {
  readonly __apiType?: ((variables: Variables) => Result) | undefined;
  toString(): string;
}

/** Calls the Admin API for one store. */
export interface ShopifyClient {
  readonly shop: string;
  /** @throws AppError (`SHOPIFY_*`) after the retries that make sense. */
  request<Result, Variables>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    options?: { signal?: AbortSignal },
  ): Promise<Result>;
}

const TIMEOUT_MS = 30_000;
const MAX_ATTEMPTS = 6;
const FIRST_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 20_000;

/** Full jitter over an exponential ceiling, so that several clients do not come back in step. */
const backoffMs = (attempt: number, random: () => number): number =>
  Math.round(random() * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt));

export const createShopifyClient = (options: {
  api: Shopify;
  shop: string;
  accessToken: string;
  clock: Clock;
  log: Log;
  random?: () => number;
  /** Told after each attempt, so that the console can show the last successful call or what is wrong. */
  onOutcome?: (failure: ShopifyFailure | null) => void;
}): ShopifyClient => {
  const { clock, log, shop } = options;
  const random = options.random ?? Math.random;
  const session = new Session({
    id: `offline_${shop}`,
    shop,
    state: '',
    isOnline: false,
    accessToken: options.accessToken,
  });
  const graphql = new options.api.clients.Graphql({ session });

  return {
    shop,
    request: async <Result, Variables>(
      operation: Operation<Result, Variables>,
      variables: Variables,
      call: { signal?: AbortSignal } = {},
    ) => {
      const text = operation.toString();
      for (let attempt = 1; ; attempt += 1) {
        call.signal?.throwIfAborted();
        const timeout = AbortSignal.timeout(TIMEOUT_MS);
        const signal = call.signal ? AbortSignal.any([call.signal, timeout]) : timeout;
        try {
          const response = await graphql.request<Result>(text, {
            variables: variables as Record<string, unknown>,
            retries: 0,
            signal,
          });
          options.onOutcome?.(null);
          // The library throws on `errors`; an answer without `data` would be a broken stand-in or proxy.
          if (response.data === undefined) throw new Error('the answer has no data');
          return response.data as Result;
        } catch (thrown) {
          call.signal?.throwIfAborted();
          const failure = toFailure(thrown);
          options.onOutcome?.(failure);
          if (failure.retryAfterMs === null || attempt >= MAX_ATTEMPTS) throw failure.error;
          const wait = failure.retryAfterMs + backoffMs(attempt, random);
          log.warn({ shop, attempt, waitMs: wait, code: failure.error.code }, 'Admin API call failed, trying again');
          await clock.delay(wait, call.signal);
        }
      }
    },
  };
};
