import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
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

/** For the rare call that the query options below can't express. */
export const client = createTRPCClient<AppRouter>({
  links: [
    httpBatchLink({
      url: '/trpc',
      maxItems: 20,
      // Node refuses request lines of more than 16 kB.
      maxURLLength: 8000,
      fetch: createDoorFetch((input, init) => globalThis.fetch(input, init)),
    }),
  ],
});

export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });

export type Outputs = inferRouterOutputs<AppRouter>;
export type Inputs = inferRouterInputs<AppRouter>;
