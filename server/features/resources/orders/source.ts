import {
  OrderByIdDocument,
  OrderIdsBulkDocument,
  OrderIdsPageDocument,
  OrderLinesPageDocument,
  OrdersBulkDocument,
  OrdersCountDocument,
  OrdersPageDocument,
  OrderTransactionsDocument,
} from '../../../shopify/generated/admin.ts';
import { numberOfGid } from '../records/fields.ts';
import { writeOrders } from '../resource-stores.ts';
import { assertShown, type CallContext, callOf, type SyncSource } from '../sync/source.ts';
import { type MappedOrder, orderFromGraphql, orderLineFromGraphql } from './mapping.ts';
import { ORDER_LINES, ORDERS } from './table.ts';

/** Near the 1000 points that one query may cost; see orders.graphql. */
const PAGE_SIZE = 4;

interface OrderNode {
  readonly id: string;
  readonly transactions: readonly unknown[];
  readonly transactionsCount: { readonly count: number } | null;
  readonly lineItems: {
    readonly nodes: readonly unknown[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** The order with all its lines and transactions, asked for further where a page shows only the first of them. */
const completed = async (context: CallContext, node: OrderNode): Promise<MappedOrder | null> => {
  const call = callOf(context);
  const lines = [...node.lineItems.nodes];
  const { hasNextPage, endCursor } = node.lineItems.pageInfo;
  for (let after = hasNextPage ? endCursor : null; after !== null; ) {
    const { order } = await context.client.request(OrderLinesPageDocument, { id: node.id, after }, call);
    if (!order) break;
    lines.push(...order.lineItems.nodes);
    after = order.lineItems.pageInfo.hasNextPage ? (order.lineItems.pageInfo.endCursor ?? null) : null;
  }
  let { transactions } = node;
  const count = node.transactionsCount?.count ?? transactions.length;
  if (count > transactions.length) {
    const { order } = await context.client.request(OrderTransactionsDocument, { id: node.id, first: count }, call);
    transactions = order?.transactions ?? transactions;
  }
  const { lineItems: _lines, ...rest } = node;
  const kept = context.screen({ ...rest, transactions });
  return kept && orderFromGraphql(kept, lines);
};

export const orderSource: SyncSource<MappedOrder> = {
  resource: 'orders',
  table: ORDERS,
  connection: 'orders',
  scope: 'read_orders',
  pagedRows: 3 * PAGE_SIZE,
  bulkQuery: OrdersBulkDocument.toString(),
  idsBulkQuery: OrderIdsBulkDocument.toString(),
  count: async (context, query) =>
    (await context.client.request(OrdersCountDocument, { query }, callOf(context))).ordersCount?.count ?? null,
  page: async (context, { query, after, first = PAGE_SIZE }) => {
    const sortKey = query === null ? 'ID' : 'UPDATED_AT';
    const { data, denied } = await context.client.requestPartial(
      OrdersPageDocument,
      { first, after, query, sortKey },
      callOf(context),
    );
    const items: MappedOrder[] = [];
    for (const node of data.orders.nodes) {
      const item = await completed(context, node);
      if (item) items.push(item);
    }
    const { hasNextPage, endCursor } = data.orders.pageInfo;
    return {
      items,
      endCursor: hasNextPage ? (endCursor ?? null) : null,
      seen: data.orders.nodes.length,
      denied,
    };
  },
  idsPage: async (context, after) => {
    const { orders } = await context.client.request(OrderIdsPageDocument, { after }, callOf(context));
    return {
      pks: orders.nodes.flatMap(({ id }) => numberOfGid(id) ?? []),
      endCursor: orders.pageInfo.hasNextPage ? (orders.pageInfo.endCursor ?? null) : null,
    };
  },
  one: async (context, pk) => {
    const { data, denied } = await context.client.requestPartial(
      OrderByIdDocument,
      { id: `gid://shopify/Order/${pk}` },
      callOf(context),
    );
    assertShown(data.order, denied);
    return data.order ? completed(context, data.order) : null;
  },
  changedSince: (iso) => `updated_at:>='${iso}'`,
  parent: ({ value, text }) => orderFromGraphql(value, null, text),
  child: ({ value, text }, parentPk, currency) =>
    value.quantity === undefined
      ? null
      : { table: ORDER_LINES, row: orderLineFromGraphql(parentPk, currency, value, text) },
  whole: ({ value, text }, children) =>
    orderFromGraphql(
      value,
      children.map((child) => child.value),
      text,
    ),
  write: async (statements, items, stamp) => (await writeOrders(statements, items, stamp)).orders,
};
