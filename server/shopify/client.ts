import type { Shopify } from '@shopify/shopify-api';
import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log/log.ts';
import type { ApiNotices } from './api-notices.ts';
import { type BudgetState, type CallBudget, type CallPriority, createCallBudget } from './call-budget.ts';
import { createCostMemory } from './call-cost.ts';
import { failureOf, type ShopifyFailure, toFailure } from './errors.ts';
import { type Connection, type Page, type PageOptions, pagesOf } from './paginate.ts';
import { type GraphqlAnswer, type GraphqlError, sendGraphql } from './transport.ts';
import { type MutationPayload, type MutationResult, resultOf, type UserErrorOf } from './user-errors.ts';

/** A typed operation as the code generator writes it: its text, carrying its result and variable types. */
export interface Operation<Result, Variables> {
  readonly __apiType?: ((variables: Variables) => Result) | undefined;
  toString(): string;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** `background` unless a person waits for the answer. */
  readonly priority?: CallPriority;
}

/** An answer of which some fields were refused; those are null in `data`. */
export interface PartialAnswer<Result> {
  readonly data: Result;
  readonly denied: readonly { readonly path: string; readonly message: string }[];
}

/** Calls the Admin API for one store. All calls for a store go through one client, since they share one budget at Shopify. */
export interface ShopifyClient {
  readonly shop: string;
  /** @throws AppError (`SHOPIFY_*`) after the retries that make sense; the signal's reason when it is aborted. */
  request<Result, Variables>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    options?: CallOptions,
  ): Promise<Result>;
  /** As `request`, but refused fields (ACCESS_DENIED) are reported beside the data that came. Throws when nothing came. */
  requestPartial<Result, Variables>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    options?: CallOptions,
  ): Promise<PartialAnswer<Result>>;
  /** A mutation: Shopify's user errors are an expected outcome and come back as one. `pick` takes the payload from the result. */
  mutate<Result, Variables, Payload extends MutationPayload>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    pick: (result: Result) => Payload | null | undefined,
    options?: CallOptions,
  ): Promise<MutationResult<Payload, UserErrorOf<Payload>>>;
  /** The pages of a connection, one after the other. The operation takes its cursor in the variable `after`. */
  paginate<Result, Variables extends { readonly after?: unknown }, Node>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    pickConnection: (result: Result) => Connection<Node> | null | undefined,
    options?: CallOptions & PageOptions,
  ): AsyncIterable<Page<Result, Node>>;
  /** The store's API budget and who waits for it. */
  budget(): BudgetState;
  /** Shopify's clock less ours by the last answer, in milliseconds and to a second or two; 0 before the first. */
  clockOffsetMs(): number;
}

/** Gives the token to call with. `refused` is the token that Shopify has just answered 401 to. @throws AppError when there is none. */
export type TokenSource = (options: { refused?: string; signal?: AbortSignal }) => Promise<string>;

/** A token that cannot be renewed: once refused, it is over. */
export const fixedToken =
  (accessToken: string): TokenSource =>
  async ({ refused }) => {
    if (refused === undefined) return accessToken;
    throw new AppError('SHOPIFY_UNAUTHORIZED', 'Shopify no longer accepts this store’s access token.', {
      hint: 'Connect the store again; the app may have been uninstalled, or its token replaced elsewhere.',
    });
  };

const TIMEOUT_MS = 30_000;
const MAX_ATTEMPTS = 6;
const FIRST_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 20_000;

/** Full jitter over an exponential ceiling, so that several clients do not come back in step. */
const backoffMs = (attempt: number, random: () => number): number =>
  Math.round(random() * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt));

const nameOf = (text: string): string => /\b(?:query|mutation)\s+(\w+)/.exec(text)?.[1] ?? 'unnamed';
const isDenied = (error: GraphqlError): boolean => error.code === 'ACCESS_DENIED';

export interface ShopifyClientOptions {
  /** Asked at each call: a change of credentials makes a new instance. */
  api: () => Shopify;
  shop: string;
  token: TokenSource;
  apiVersion: string;
  clock: Clock;
  log: Log;
  notices?: ApiNotices;
  random?: () => number;
  budget?: CallBudget;
  /** Told after each attempt, so that the console can show the last successful call or what is wrong. */
  onOutcome?: (failure: ShopifyFailure | null) => void;
}

export const createShopifyClient = (options: ShopifyClientOptions): ShopifyClient => {
  const { clock, log, shop } = options;
  const random = options.random ?? Math.random;
  const budget = options.budget ?? createCallBudget(clock);
  const costs = createCostMemory();
  let clockOffset = 0;

  const note = (text: string, answer: GraphqlAnswer): void => {
    if (answer.deprecation !== null)
      options.notices?.note({ kind: 'deprecated', subject: nameOf(text), message: answer.deprecation });
    if (answer.apiVersion !== null && answer.apiVersion !== options.apiVersion) {
      options.notices?.note({
        kind: 'version',
        subject: options.apiVersion,
        message: `Shopify no longer answers version ${options.apiVersion} and used ${answer.apiVersion} instead.`,
      });
    }
  };

  const tokenFor = async (refused: string | undefined, signal: AbortSignal | undefined): Promise<string> => {
    try {
      return await options.token({ ...(refused === undefined ? {} : { refused }), ...(signal ? { signal } : {}) });
    } catch (thrown) {
      signal?.throwIfAborted();
      const failure = toFailure(thrown);
      options.onOutcome?.(failure);
      throw failure.error;
    }
  };

  /** One attempt, within the budget. */
  const send = async (text: string, variables: Record<string, unknown>, accessToken: string, call: CallOptions) => {
    const ticket = await budget.acquire(costs.expect(text, variables), call.priority ?? 'background', call.signal);
    let answer: GraphqlAnswer | null = null;
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const signal = call.signal ? AbortSignal.any([call.signal, timeout]) : timeout;
      answer = await sendGraphql({ api: options.api(), shop, accessToken, text, variables, signal });
      if (answer.answeredAt !== null) clockOffset = answer.answeredAt - clock.now();
      if (answer.cost) costs.learn(text, variables, answer.cost.requestedQueryCost);
      note(text, answer);
      return answer;
    } finally {
      ticket.settle(answer?.cost ?? null);
    }
  };

  const run = async <Result>(
    text: string,
    variables: Record<string, unknown>,
    call: CallOptions,
    isEnough: (answer: GraphqlAnswer) => boolean,
  ): Promise<{ data: Result; errors: readonly GraphqlError[] }> => {
    let refused: string | undefined;
    for (let attempt = 1; ; attempt += 1) {
      call.signal?.throwIfAborted();
      const accessToken = await tokenFor(refused, call.signal);
      let failure: ShopifyFailure;
      try {
        const answer = await send(text, variables, accessToken, call);
        if (isEnough(answer)) {
          options.onOutcome?.(null);
          return { data: answer.data as Result, errors: answer.errors };
        }
        failure =
          answer.errors.length > 0
            ? failureOf(answer.errors, answer.cost)
            : toFailure(new AppError('SHOPIFY_ERROR', 'Shopify’s answer holds no data.'));
      } catch (thrown) {
        call.signal?.throwIfAborted();
        failure = toFailure(thrown);
      }
      if (failure.error.code === 'SHOPIFY_UNAUTHORIZED' && refused === undefined) {
        // Another process may have renewed the token, which ends the one before it. A second refusal is final.
        refused = accessToken;
        continue;
      }
      options.onOutcome?.(failure);
      if (failure.retryAfterMs === null || attempt >= MAX_ATTEMPTS) throw failure.error;
      const wait = failure.retryAfterMs + backoffMs(attempt, random);
      log.warn({ shop, attempt, waitMs: wait, code: failure.error.code }, 'Admin API call failed, trying again');
      await clock.delay(wait, call.signal);
    }
  };

  const hasData = (answer: GraphqlAnswer): boolean => answer.data !== null;
  const client: ShopifyClient = {
    shop,
    request: async <Result, Variables>(
      operation: Operation<Result, Variables>,
      variables: Variables,
      call: CallOptions = {},
    ) => {
      const isEnough = (answer: GraphqlAnswer): boolean => hasData(answer) && answer.errors.length === 0;
      return (await run<Result>(operation.toString(), variables as Record<string, unknown>, call, isEnough)).data;
    },
    requestPartial: async <Result, Variables>(
      operation: Operation<Result, Variables>,
      variables: Variables,
      call: CallOptions = {},
    ) => {
      const isEnough = (answer: GraphqlAnswer): boolean => hasData(answer) && answer.errors.every(isDenied);
      const { data, errors } = await run<Result>(
        operation.toString(),
        variables as Record<string, unknown>,
        call,
        isEnough,
      );
      return { data, denied: errors.map(({ path, message }) => ({ path: path.join('.'), message })) };
    },
    mutate: async (operation, variables, pick, call) =>
      resultOf(pick(await client.request(operation, variables, call)), nameOf(operation.toString())),
    paginate: (operation, variables, pickConnection, call = {}) =>
      pagesOf({
        fetch: (after) => client.request(operation, after === null ? variables : { ...variables, after }, call),
        pickConnection,
        from: call.after ?? null,
      }),
    budget: budget.state,
    clockOffsetMs: () => clockOffset,
  };
  return client;
};
