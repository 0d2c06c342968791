import {
  type DocumentNode,
  defaultFieldResolver,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  getOperationAST,
  NoDeprecatedCustomRule,
  parse,
  validate,
} from 'graphql';
import type { ThrottleStatus } from '../shop/throttle.ts';
import { type RequestContext, refuseDenied } from './context.ts';
import { queryCost } from './cost.ts';
import { mutationRoot } from './root-mutations.ts';
import { queryRoot } from './root-queries.ts';
import { adminSchema } from './schema.ts';

export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
}

/** A GraphQL answer; always with HTTP 200, as at Shopify. */
export interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
  readonly extensions?: { readonly cost: CostExtension };
}

interface CostExtension {
  readonly requestedQueryCost: number;
  readonly actualQueryCost: number | null;
  readonly throttleStatus: ThrottleStatus;
}

/** Answers Admin API documents for one shop and token. */
export type AdminExecutor = (
  request: GraphqlRequest,
  context: RequestContext,
) => Promise<{ readonly answer: GraphqlAnswer; readonly usesDeprecated: boolean }>;

const MAX_QUERY_COST = 1000;
const LIMITS_PAGE = 'https://shopify.dev/api/usage/rate-limits';
const CACHED_DOCUMENTS = 64;

/** Shopify's words and codes for the mistakes people make most. */
const inShopifysWords = (error: GraphQLError): unknown => {
  const { locations, path } = error.toJSON();
  const shared = { ...(locations ? { locations } : {}), ...(path ? { path } : {}) };
  const field = /^Cannot query field "(\w+)" on type "(\w+)"/.exec(error.message);
  if (field) {
    return {
      message: `Field '${field[1]}' doesn't exist on type '${field[2]}'`,
      ...shared,
      extensions: { code: 'undefinedField', typeName: field[2], fieldName: field[1] },
    };
  }
  const argument = /^Unknown argument "(\w+)" on field "(\w+)\.(\w+)"/.exec(error.message);
  if (argument) {
    return {
      message: `Field '${argument[3]}' doesn't accept argument '${argument[1]}'`,
      ...shared,
      extensions: { code: 'argumentNotAccepted', name: argument[3], typeName: 'Field', argumentName: argument[1] },
    };
  }
  return { message: error.message, ...shared };
};

/** Nothing out of the way, unless the app is not approved for the field: then null, beside an error, with the rest of the data. */
const resolveField: GraphQLFieldResolver<unknown, RequestContext> = (source, args, context, info) => {
  const { deniedFields } = context.shop.traps;
  if (deniedFields.length > 0) refuseDenied(deniedFields, info.parentType.name, info.fieldName);
  return defaultFieldResolver(source, args, context, info);
};

type Prepared =
  | { readonly document: DocumentNode; readonly usesDeprecated: boolean }
  | { readonly errors: readonly unknown[] };

const prepare = (schema: GraphQLSchema, query: string): Prepared => {
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    if (errors.length > 0) return { errors: errors.map(inShopifysWords) };
    return { document, usesDeprecated: validate(schema, document, [NoDeprecatedCustomRule]).length > 0 };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [inShopifysWords(error)] };
    throw error;
  }
};

export const createAdminExecutor = (): AdminExecutor => {
  const schema = adminSchema();
  const known = new Map<string, Prepared>();
  const prepared = (query: string): Prepared => {
    const hit = known.get(query) ?? prepare(schema, query);
    known.delete(query);
    known.set(query, hit);
    const oldest = known.keys().next().value;
    if (known.size > CACHED_DOCUMENTS && oldest !== undefined) known.delete(oldest);
    return hit;
  };

  const answerTo = async (
    document: DocumentNode,
    request: GraphqlRequest,
    context: RequestContext,
  ): Promise<GraphqlAnswer> => {
    const operation = getOperationAST(document, request.operationName);
    if (!operation)
      return {
        errors: [
          {
            message: request.operationName
              ? `No operation named "${request.operationName}"`
              : 'An operation name is required',
          },
        ],
      };

    const costInput = { schema, document, operation, variables: request.variables };
    const requested = queryCost(costInput);
    const { throttle } = context.shop;
    if (requested > MAX_QUERY_COST) {
      const message = `Query cost is ${requested}, which exceeds the single query max cost limit (${MAX_QUERY_COST}). See ${LIMITS_PAGE} for more information on how the cost of a query is calculated.`;
      return {
        errors: [
          {
            message,
            extensions: {
              code: 'MAX_COST_EXCEEDED',
              cost: requested,
              maxCost: MAX_QUERY_COST,
              documentation: LIMITS_PAGE,
            },
          },
        ],
      };
    }
    if (!throttle.take(requested)) {
      return {
        errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation: LIMITS_PAGE } }],
        extensions: {
          cost: { requestedQueryCost: requested, actualQueryCost: null, throttleStatus: throttle.status() },
        },
      };
    }
    const result = await execute({
      schema,
      document,
      rootValue: operation.operation === 'mutation' ? mutationRoot : queryRoot,
      contextValue: context,
      fieldResolver: resolveField,
      variableValues: request.variables,
      ...(request.operationName ? { operationName: request.operationName } : {}),
    });
    const actual = Math.min(requested, queryCost(costInput, result.data ?? {}));
    throttle.refund(requested - actual);
    return {
      ...(result.data === undefined ? {} : { data: result.data }),
      ...(result.errors ? { errors: result.errors.map((error) => error.toJSON()) } : {}),
      extensions: {
        cost: { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: throttle.status() },
      },
    };
  };

  return async (request, context) => {
    const ready = prepared(request.query);
    if ('errors' in ready) return { answer: { errors: ready.errors }, usesDeprecated: false };
    return { answer: await answerTo(ready.document, request, context), usesDeprecated: ready.usesDeprecated };
  };
};
