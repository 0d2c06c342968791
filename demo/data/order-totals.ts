import type { Bag, DemoLine, DemoOrder, DemoRefund, DemoTransaction, Presentment } from './order-types.ts';

export const NOTHING: Bag = { shop: 0, presentment: 0 };
export const TAX_RATE = 0.08;

export const sumBags = (bags: readonly Bag[]): Bag => {
  let shop = 0;
  let presentment = 0;
  for (const bag of bags) {
    shop += bag.shop;
    presentment += bag.presentment;
  }
  return { shop, presentment };
};
export const minus = (left: Bag, right: Bag): Bag => ({
  shop: left.shop - right.shop,
  presentment: left.presentment - right.presentment,
});
const atLeastNothing = (bag: Bag): Bag => ({
  shop: Math.max(0, bag.shop),
  presentment: Math.max(0, bag.presentment),
});
/** A part of an amount, rounded down on both sides. */
export const partOf = (bag: Bag, share: number): Bag => ({
  shop: Math.floor(bag.shop * share),
  presentment: Math.floor(bag.presentment * share),
});
export const times = (bag: Bag, count: number): Bag => ({
  shop: bag.shop * count,
  presentment: bag.presentment * count,
});

/** Cents of the shop in both currencies. */
export const inBoth = (cents: number, { rate, decimals }: Presentment): Bag => ({
  shop: cents,
  presentment: rate === 1 && decimals === 2 ? cents : Math.round((cents * rate) / (decimals === 0 ? 100 : 1)),
});

export const lineTotal = (line: DemoLine): Bag => times(line.unit, line.quantity);
export const lineNet = (line: DemoLine): Bag => minus(lineTotal(line), line.discount);

/** What giving back `quantity` of a line is worth: all of it exactly, a part of it rounded down. */
export const refundLineOf = (line: DemoLine, quantity: number): { subtotal: Bag; tax: Bag } => {
  const share = quantity / line.quantity;
  return quantity === line.quantity
    ? { subtotal: lineNet(line), tax: line.tax }
    : { subtotal: partOf(lineNet(line), share), tax: partOf(line.tax, share) };
};

export const refundTotal = (refund: DemoRefund): Bag =>
  sumBags([...refund.lines.flatMap((line) => [line.subtotal, line.tax]), refund.shipping]);

export type FinancialStatus =
  | 'AUTHORIZED'
  | 'PAID'
  | 'PARTIALLY_PAID'
  | 'PARTIALLY_REFUNDED'
  | 'PENDING'
  | 'REFUNDED'
  | 'VOIDED';
export type FulfillmentStatus = 'FULFILLED' | 'PARTIALLY_FULFILLED' | 'UNFULFILLED' | 'ON_HOLD';

export interface OrderTotals {
  readonly subtotal: Bag;
  readonly discounts: Bag;
  readonly tax: Bag;
  readonly total: Bag;
  readonly received: Bag;
  readonly refunded: Bag;
  readonly net: Bag;
  readonly outstanding: Bag;
  /** Authorized and neither captured nor voided. */
  readonly capturable: Bag;
  readonly currentSubtotal: Bag;
  readonly currentTax: Bag;
  readonly currentTotal: Bag;
  readonly refundedShipping: Bag;
  readonly financialStatus: FinancialStatus;
  readonly fulfillmentStatus: FulfillmentStatus;
}

const successful = (order: DemoOrder, ...kinds: readonly DemoTransaction['kind'][]): readonly DemoTransaction[] =>
  order.transactions.filter((entry) => entry.status === 'SUCCESS' && kinds.includes(entry.kind));

export const refundedQuantity = (order: DemoOrder, lineId: number): number =>
  order.refunds.reduce(
    (sum, refund) => sum + refund.lines.reduce((part, line) => part + (line.lineId === lineId ? line.quantity : 0), 0),
    0,
  );
export const fulfilledQuantity = (order: DemoOrder, lineId: number): number =>
  order.fulfillments.reduce(
    (sum, fulfillment) =>
      sum +
      (fulfillment.status === 'SUCCESS'
        ? fulfillment.lines.reduce((part, line) => part + (line.lineId === lineId ? line.quantity : 0), 0)
        : 0),
    0,
  );

const fulfillmentStatusOf = (order: DemoOrder): FulfillmentStatus => {
  const wanted = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  const done = order.lines.reduce((sum, line) => sum + fulfilledQuantity(order, line.id), 0);
  if (wanted > 0 && done >= wanted) return 'FULFILLED';
  if (done > 0) return 'PARTIALLY_FULFILLED';
  return order.isOnHold ? 'ON_HOLD' : 'UNFULFILLED';
};

/** Everything that follows from an order's lines, payments and refunds; it adds up in both currencies. */
export const totalsOf = (order: DemoOrder): OrderTotals => {
  const discounts = sumBags(order.lines.map((line) => line.discount));
  const subtotal = sumBags(order.lines.map(lineNet));
  const tax = sumBags(order.lines.map((line) => line.tax));
  const total = sumBags([subtotal, tax, order.shipping]);
  const received = sumBags(successful(order, 'SALE', 'CAPTURE').map((entry) => entry.amount));
  const refunded = sumBags(successful(order, 'REFUND').map((entry) => entry.amount));
  const net = minus(received, refunded);
  const back = order.refunds.flatMap((refund) => refund.lines);
  const currentSubtotal = minus(subtotal, sumBags(back.map((line) => line.subtotal)));
  const currentTax = minus(tax, sumBags(back.map((line) => line.tax)));
  const refundedShipping = sumBags(order.refunds.map((refund) => refund.shipping));
  const currentTotal = minus(total, sumBags(order.refunds.map(refundTotal)));
  const authorizations = successful(order, 'AUTHORIZATION').filter(
    (entry) => !order.transactions.some((other) => other.parentId === entry.id && other.status === 'SUCCESS'),
  );
  const capturable = sumBags(authorizations.map((entry) => entry.amount));
  const isVoided = received.shop === 0 && successful(order, 'VOID').length > 0;
  const financialStatus = ((): FinancialStatus => {
    if (isVoided) return 'VOIDED';
    if (received.shop === 0) return capturable.shop > 0 ? 'AUTHORIZED' : total.shop === 0 ? 'PAID' : 'PENDING';
    if (refunded.shop >= received.shop) return 'REFUNDED';
    if (refunded.shop > 0) return 'PARTIALLY_REFUNDED';
    return received.shop < total.shop ? 'PARTIALLY_PAID' : 'PAID';
  })();
  return {
    subtotal,
    discounts,
    tax,
    total,
    received,
    refunded,
    net,
    outstanding: order.cancelledAt === null ? atLeastNothing(minus(currentTotal, net)) : NOTHING,
    capturable,
    currentSubtotal,
    currentTax,
    currentTotal,
    refundedShipping,
    financialStatus,
    fulfillmentStatus: fulfillmentStatusOf(order),
  };
};
