import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpBatchStreamLink, splitLink } from '@trpc/client';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '../../server/api/root.ts';
import { createDoorFetch } from './door-fetch.ts';
import { describeError, isAway, isSessionEnd } from './errors.ts';

const httpStatus = (error: unknown): number | null => {
  if (typeof error !== 'object' || error === null || !('data' in error)) return null;
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('httpStatus' in data)) return null;
  return typeof data.httpStatus === 'number' ? data.httpStatus : null;
};

/** A backend that is away is asked until it answers; its own refusals are final; what may pass gets two more tries. */
const retry = (failures: number, error: unknown): boolean => {
  if (isAway(error)) return true;
  if (isSessionEnd(error)) return false;
  const status = httpStatus(error);
  return status !== null && status < 500 ? false : failures < 2;
};

const retryDelay = (failures: number): number => Math.min(250 * 1.6 ** failures, 1500);

const report = (error: unknown): void => {
  const { code, message } = describeError(error);
  console.warn(`${code}: ${message}`);
};

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: report }),
  mutationCache: new MutationCache({ onError: report }),
  defaultOptions: {
    queries: {
      // The live stream says what changed; time alone makes nothing stale.
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 5 * 60_000,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry,
      retryDelay,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** Reads of many rows: when nobody waits for one any more, the backend ends it. They are asked for with `ENDS_UNAWAITED`. */
const ENDED_WHEN_LEFT = /^((products|orders|transactions|customers)\.list|browse\.(count|values|everything))$/;

/** Options of a query that is aborted when another takes its place, or its screen is left. */
export const ENDS_UNAWAITED = { trpc: { abortOnUnmount: true } } as const;

// Node refuses request lines of more than 16 kB.
const DOOR = {
  url: '/trpc',
  maxURLLength: 8000,
  fetch: createDoorFetch((input, init) => globalThis.fetch(input, init)),
};

/** For the rare call that the query options below can't express. */
export const client = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: ({ path }) => ENDED_WHEN_LEFT.test(path),
      // Each by itself, since a batch is aborted only as a whole. Streamed, since Electron tells main of an abort only once an answer has begun.
      true: httpBatchStreamLink({ ...DOOR, maxItems: 1 }),
      false: httpBatchLink({ ...DOOR, maxItems: 20 }),
    }),
  ],
});

export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });

export type Outputs = inferRouterOutputs<AppRouter>;
export type Inputs = inferRouterInputs<AppRouter>;
