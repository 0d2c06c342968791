/**
 * What a delivery is about, e.g. `products/123`: deliveries of one resource are applied in the order they came, and compared with each
 * other in the inspector. Transactions, refunds and fulfilments belong to their order. Null: about no single resource.
 */
export const resourceKeyOf = (topic: string, payload: unknown): string | null => {
  if (typeof payload !== 'object' || payload === null) return null;
  const { id, order_id: orderId, admin_graphql_api_id: gid } = payload as Record<string, unknown>;
  const [kind = ''] = topic.split('/', 1);
  if (OF_AN_ORDER.has(kind) && isId(orderId)) return `orders/${orderId}`;
  const ofEvent = eventSubject(kind, payload as Record<string, unknown>);
  if (ofEvent !== null) return ofEvent;
  if (isId(id)) return `${kind}/${id}`;
  return typeof gid === 'string' && gid.length < 200 ? `${kind}/${gid}` : null;
};

/** Events name ids apart from the body: `{"query_variables": {"productId": "gid://shopify/Product/123"}}` of the topic `Product/…`. */
const eventSubject = (kind: string, { query_variables: variables }: Record<string, unknown>): string | null => {
  if (typeof variables !== 'object' || variables === null || !/^[A-Z]/.test(kind)) return null;
  const gid = (variables as Record<string, unknown>)[`${kind.charAt(0).toLowerCase()}${kind.slice(1)}Id`];
  const number = typeof gid === 'string' ? /\/(\d+)$/.exec(gid)?.[1] : undefined;
  return number === undefined ? null : `${kind.toLowerCase()}s/${number}`;
};

const OF_AN_ORDER: ReadonlySet<string> = new Set(['order_transactions', 'refunds', 'fulfillments']);
const isId = (value: unknown): value is number | string =>
  typeof value === 'number' || (typeof value === 'string' && value !== '' && value.length < 200);
