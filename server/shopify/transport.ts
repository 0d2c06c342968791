import { GraphqlQueryError, Session, type Shopify } from '@shopify/shopify-api';
import { z } from 'zod';
import type { CallCost } from './call-budget.ts';

/** One GraphQL error as Shopify words it; `path` names the field it is about. */
export interface GraphqlError {
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly code: string | null;
}

/** An answer with HTTP 200, whether it holds data, errors, or both. */
export interface GraphqlAnswer {
  readonly data: unknown;
  readonly errors: readonly GraphqlError[];
  readonly cost: CallCost | null;
  /** The version that answered, where Shopify says it. */
  readonly apiVersion: string | null;
  /** What Shopify says about deprecated fields that were asked for. */
  readonly deprecation: string | null;
  /** When Shopify answered, by its clock: milliseconds since the epoch, to the second. */
  readonly answeredAt: number | null;
}

const Cost = z.object({
  requestedQueryCost: z.number(),
  actualQueryCost: z.number().nullable().default(null),
  throttleStatus: z.object({
    maximumAvailable: z.number().positive(),
    currentlyAvailable: z.number(),
    restoreRate: z.number().positive(),
  }),
});
const ErrorShape = z.object({
  message: z.string().default(''),
  path: z.array(z.union([z.string(), z.number()])).default([]),
  extensions: z.object({ code: z.string().optional() }).optional(),
});

const costOf = (extensions: unknown): CallCost | null => {
  const parsed = z.object({ cost: Cost }).safeParse(extensions);
  return parsed.success ? parsed.data.cost : null;
};
const errorsOf = (errors: unknown): GraphqlError[] => {
  const parsed = z.array(ErrorShape).safeParse(errors);
  if (!parsed.success) return [];
  return parsed.data.map(({ message, path, extensions }) => ({ message, path, code: extensions?.code ?? null }));
};
const timeOf = (text: string | null): number | null => {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
};
const header = (headers: Readonly<Record<string, unknown>> | undefined, name: string): string | null => {
  const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name);
  if (!found) return null;
  const [, value] = found;
  const text = Array.isArray(value) ? value.join(', ') : value;
  return typeof text === 'string' && text !== '' ? text : null;
};

/**
 * One attempt of one call through the library. The library throws away partial data when there are errors, so what it throws for an
 * HTTP 200 is turned back into an answer. @throws whatever the library throws for anything else; see `toFailure`.
 */
export const sendGraphql = async (options: {
  api: Shopify;
  shop: string;
  accessToken: string;
  text: string;
  variables: Record<string, unknown>;
  signal: AbortSignal;
}): Promise<GraphqlAnswer> => {
  const { shop, accessToken } = options;
  const session = new Session({ id: `offline_${shop}`, shop, state: '', isOnline: false, accessToken });
  const client = new options.api.clients.Graphql({ session });
  const answer = (
    body: { data?: unknown; extensions?: unknown },
    errors: unknown,
    headers?: Record<string, unknown>,
  ) => ({
    data: body.data ?? null,
    errors: errorsOf(errors),
    cost: costOf(body.extensions),
    apiVersion: header(headers, 'x-shopify-api-version'),
    deprecation: header(headers, 'x-shopify-api-deprecated-reason'),
    answeredAt: timeOf(header(headers, 'date')),
  });
  try {
    const response = await client.request<unknown>(options.text, {
      variables: options.variables,
      retries: 0,
      signal: options.signal,
    });
    return answer(response, [], response.headers);
  } catch (error) {
    if (!(error instanceof GraphqlQueryError)) throw error;
    return answer(error.body ?? {}, error.body?.errors?.graphQLErrors, error.headers);
  }
};
