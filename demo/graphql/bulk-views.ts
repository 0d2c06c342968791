import { bulkLines } from '../bulk/rows.ts';
import type { BulkOperation, BulkService } from '../bulk/types.ts';
import { listOf, type PageArgs, paginate } from '../data/ordered-list.ts';
import { compileSearch } from '../data/search.ts';
import { gid, isoTime, isoTimeOrNull, numberOf, type RequestContext } from './context.ts';

type View = Readonly<Record<string, unknown>>;
type Args = PageArgs & { readonly query?: string | null; readonly sortKey?: string | null };

export const bulkOperationView = (operation: BulkOperation, bulk: BulkService): View => {
  const link = bulk.linkOf(operation);
  const isWhole = operation.status === 'COMPLETED';
  return {
    __typename: 'BulkOperation',
    id: gid('BulkOperation', operation.id),
    status: operation.status,
    errorCode: operation.errorCode,
    createdAt: isoTime(operation.createdAt),
    completedAt: isoTimeOrNull(operation.completedAt),
    objectCount: String(operation.objectCount),
    rootObjectCount: String(operation.rootObjectCount),
    fileSize: isWhole ? String(operation.fileSize) : null,
    url: isWhole ? link : null,
    partialDataUrl: isWhole ? null : link,
    query: operation.query,
    type: 'QUERY',
  };
};

/** Resolvers of the bulk operations, at the root of queries. */
export const bulkQueries = {
  bulkOperation: ({ id }: { id: string }, { shop, bulk }: RequestContext) => {
    const operation = bulk.get(shop, numberOf('BulkOperation', id) ?? -1);
    return operation && bulkOperationView(operation, bulk);
  },
  bulkOperations: (args: Args, { shop, bulk }: RequestContext) => {
    const matches = compileSearch(args.query);
    const rows = bulk.list(shop).filter(
      (operation) =>
        !matches ||
        matches.matches(
          (field) =>
            ({
              id: operation.id,
              status: operation.status,
              operation_type: 'QUERY',
              created_at: operation.createdAt,
              completed_at: operation.completedAt ?? 0,
            })[field],
        ),
    );
    const list = listOf(rows, (operation) => [
      args.sortKey === 'COMPLETED_AT' ? (operation.completedAt ?? 0) : operation.createdAt,
      operation.id,
    ]);
    return paginate({ ...list, at: (position) => bulkOperationView(list.at(position), bulk) }, args);
  },
  currentBulkOperation: ({ type }: { type?: string | null }, { shop, bulk }: RequestContext) => {
    const last = type === 'MUTATION' ? undefined : bulk.list(shop).at(-1);
    return last ? bulkOperationView(last, bulk) : null;
  },
};

/** @param root the resolvers a bulk query runs on */
export const bulkMutations = (root: View) => ({
  bulkOperationRunQuery: async (
    { query, groupObjects }: { query: string; groupObjects: boolean },
    context: RequestContext,
  ) => {
    const answer = await context.bulk.start({
      shop: context.shop,
      query,
      groupObjects,
      linesOf: (fields) => bulkLines(root, fields, context),
    });
    return 'error' in answer
      ? { bulkOperation: null, userErrors: [answer.error] }
      : { bulkOperation: bulkOperationView(answer.operation, context.bulk), userErrors: [] };
  },
  bulkOperationCancel: ({ id }: { id: string }, { shop, bulk }: RequestContext) => {
    const operation = bulk.get(shop, numberOf('BulkOperation', id) ?? -1);
    const error = operation ? bulk.cancel(operation) : { field: ['id'], message: 'Bulk operation does not exist' };
    return {
      bulkOperation: operation && bulkOperationView(operation, bulk),
      userErrors: error ? [error] : [],
    };
  },
});
