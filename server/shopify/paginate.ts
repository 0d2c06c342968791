import { AppError } from '../../shared/errors.ts';

/** The parts of a cursor connection that paging needs. */
export interface Connection<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface PageOptions {
  /** Goes on behind this cursor: the `endCursor` of the last page that was dealt with. */
  readonly after?: string | null;
}

export interface Page<Result, Node> {
  readonly nodes: readonly Node[];
  /** What to go on with after this page, null on the last one. */
  readonly endCursor: string | null;
  readonly result: Result;
}

/**
 * The pages of a connection. The next one is fetched when it is asked for, so a slow reader holds nothing up but itself.
 * Shopify ends a connection after 25,000 rows: larger sets are for bulk operations.
 */
export async function* pagesOf<Result, Node>(options: {
  fetch: (after: string | null) => Promise<Result>;
  pickConnection: (result: Result) => Connection<Node> | null | undefined;
  from: string | null;
}): AsyncGenerator<Page<Result, Node>, void, undefined> {
  for (let after = options.from; ; ) {
    const result = await options.fetch(after);
    const connection = options.pickConnection(result);
    // The parent is gone, or the field was refused: there are no pages.
    if (!connection) return;
    const { hasNextPage, endCursor } = connection.pageInfo;
    const next = hasNextPage ? endCursor : null;
    yield { nodes: connection.nodes, endCursor: next, result };
    if (next === null) return;
    if (next === after)
      throw new AppError('SHOPIFY_ERROR', 'Shopify answered with the same page again.', {
        hint: 'Start the import again; if it stays, report it.',
      });
    after = next;
  }
}
