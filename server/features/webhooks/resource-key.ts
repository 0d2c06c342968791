/**
 * What a delivery is about, e.g. `products/123`: deliveries of one resource are applied in the order they came, and compared with each
 * other in the inspector. Transactions, refunds and fulfilments belong to their order. Null: about no single resource.
 */
export const resourceKeyOf = (topic: string, payload: unknown): string | null => {
  if (typeof payload !== 'object' || payload === null) return null;
  const { id, order_id: orderId, admin_graphql_api_id: gid } = payload as Record<string, unknown>;
  const [kind = ''] = topic.split('/', 1);
  if (OF_AN_ORDER.has(kind) && isId(orderId)) return `orders/${orderId}`;
  if (isId(id)) return `${kind}/${id}`;
  return typeof gid === 'string' && gid.length < 200 ? `${kind}/${gid}` : null;
};

const OF_AN_ORDER: ReadonlySet<string> = new Set(['order_transactions', 'refunds', 'fulfillments']);
const isId = (value: unknown): value is number | string =>
  typeof value === 'number' || (typeof value === 'string' && value !== '' && value.length < 200);
