import { GraphQLError } from 'graphql';

/** What a list is sorted by; the id breaks ties, so a cursor always names one place. */
export type SortKey = readonly [value: number | string, id: number];

/** A sorted list that builds its rows only when asked for them. */
export interface OrderedList<Row> {
  readonly size: number;
  keyAt(position: number): SortKey;
  at(position: number): Row;
}

export interface PageArgs {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
  readonly reverse?: boolean | null;
}

export interface Connection<Row> {
  readonly nodes: readonly Row[];
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const MAX_PAGE = 250;

export const compareKeys = (left: SortKey, right: SortKey): number => {
  if (left[0] !== right[0]) return left[0] < right[0] ? -1 : 1;
  return left[1] - right[1];
};

/** Opaque to the caller, and shaped like Shopify's: base64 of the last id and value. */
const encodeCursor = ([value, id]: SortKey): string =>
  Buffer.from(JSON.stringify({ last_id: id, last_value: value })).toString('base64');

const decodeCursor = (cursor: string): SortKey => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8'));
  } catch (cause) {
    throw new GraphQLError(`Invalid cursor for current pagination sort.`, {
      originalError: cause instanceof Error ? cause : null,
    });
  }
  if (typeof parsed === 'object' && parsed !== null && 'last_id' in parsed && 'last_value' in parsed) {
    const { last_id: id, last_value: value } = parsed;
    if (typeof id === 'number' && (typeof value === 'number' || typeof value === 'string')) return [value, id];
  }
  throw new GraphQLError('Invalid cursor for current pagination sort.', { extensions: { code: 'BAD_REQUEST' } });
};

/** How many rows come before `key`, or up to and with it. */
const positionOf = <Row>(list: OrderedList<Row>, key: SortKey, withKey: boolean): number => {
  let low = 0;
  let high = list.size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareKeys(list.keyAt(middle), key);
    if (order < 0 || (order === 0 && withKey)) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Shopify's rules for `first` and `last`. */
export const checkPageSize = (args: PageArgs): number => {
  const size = args.first ?? args.last;
  if (size === null || size === undefined)
    throw new GraphQLError('you must provide one of first or last', { extensions: { code: 'BAD_REQUEST' } });
  if (args.first != null && args.last != null)
    throw new GraphQLError('providing both first and last is not supported', { extensions: { code: 'BAD_REQUEST' } });
  const name = args.first != null ? 'first' : 'last';
  if (size < 0) throw new GraphQLError(`${name} must be a positive number`, { extensions: { code: 'BAD_REQUEST' } });
  if (size > MAX_PAGE)
    throw new GraphQLError(`${name} cannot exceed ${MAX_PAGE}`, { extensions: { code: 'BAD_REQUEST' } });
  return size;
};

/** One page of a list, by cursor. */
export const paginate = <Row>(list: OrderedList<Row>, args: PageArgs): Connection<Row> => {
  const size = checkPageSize(args);
  // Positions run in the list's own order; `reverse` reads it from the end, so its cursors bound the other side.
  const reverse = args.reverse === true;
  const lower = reverse ? args.before : args.after;
  const upper = reverse ? args.after : args.before;
  const from = lower ? positionOf(list, decodeCursor(lower), true) : 0;
  const to = upper ? positionOf(list, decodeCursor(upper), false) : list.size;
  const available = Math.max(0, to - from);
  const count = Math.min(size, available);
  const fromStart = (args.first != null) !== reverse;
  const start = fromStart ? from : to - count;
  const positions = Array.from({ length: count }, (_, offset) => start + offset);
  if (reverse) positions.reverse();
  const edges = positions.map((position) => ({ cursor: encodeCursor(list.keyAt(position)), node: list.at(position) }));
  const moreAbove = start + count < list.size;
  const moreBelow = start > 0;
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: count > 0 && (reverse ? moreBelow : moreAbove),
      hasPreviousPage: count > 0 && (reverse ? moreAbove : moreBelow),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
};

/** Rows in an order that is walked rather than counted, for lists of any length. */
export interface RowSource<Row> {
  /** Rows beyond `from`, upwards or downwards; each is built when called for. */
  scan(from: SortKey | null, direction: 1 | -1): Iterable<{ readonly key: SortKey; readonly row: () => Row }>;
}

/** One page of a walked list, by cursor. A cursor names a place between rows, so edits around it lose and repeat nothing. */
export const paginateSource = <Row, View>(
  source: RowSource<Row>,
  args: PageArgs,
  viewOf: (row: Row) => View,
): Connection<View> => {
  const size = checkPageSize(args);
  const isForward = args.first != null;
  const up = args.reverse === true ? -1 : 1;
  const direction = isForward ? up : up === 1 ? -1 : 1;
  const start = isForward ? args.after : args.before;
  const end = isForward ? args.before : args.after;
  const limit = end ? decodeCursor(end) : null;
  const edges: { readonly cursor: string; readonly node: View }[] = [];
  let hasMore = false;
  for (const { key, row } of source.scan(start ? decodeCursor(start) : null, direction)) {
    if (limit && compareKeys(key, limit) * direction >= 0) break;
    if (edges.length >= size) {
      hasMore = true;
      break;
    }
    edges.push({ cursor: encodeCursor(key), node: viewOf(row()) });
  }
  if (!isForward) edges.reverse();
  const hasStart = start != null && edges.length > 0;
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: isForward ? hasMore : hasStart,
      hasPreviousPage: isForward ? hasStart : hasMore,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
};

/** Sorts an array of rows by a key, for lists that are small. */
export const listOf = <Row>(rows: readonly Row[], keyOf: (row: Row) => SortKey): OrderedList<Row> => {
  const sorted = rows.map((row) => ({ key: keyOf(row), row })).sort((left, right) => compareKeys(left.key, right.key));
  const entry = (position: number): { key: SortKey; row: Row } => {
    const found = sorted[position];
    if (!found) throw new RangeError(`position ${position} of ${sorted.length}`);
    return found;
  };
  return { size: sorted.length, keyAt: (position) => entry(position).key, at: (position) => entry(position).row };
};
