import { fieldsOf, isJson, type Json, numberOfGid } from '../records/fields.ts';
import { toMinorUnits } from '../records/money.ts';
import type { MappedRecord } from '../records/record-table.ts';

/** What a transaction takes from its order, which brings it. */
export interface OrderFacts {
  readonly orderPk: number;
  /** Empty where the payload does not tell. */
  readonly orderName: string;
  readonly currency: string;
  /** The order's: a transaction has no time of change of its own. */
  readonly updatedAt: string;
}

const feesOf = (fees: readonly Json[], currency: string): number | null => {
  if (fees.length === 0) return null;
  return fees.reduce((sum, fee) => {
    const { amount } = fee;
    return sum + (isJson(amount) ? (toMinorUnits(String(amount.amount), currency) ?? 0) : 0);
  }, 0);
};

export const transactionFromGraphql = (order: OrderFacts, node: Json): MappedRecord => {
  const get = fieldsOf(node, 'a transaction');
  const createdAt = get.optionalTime('createdAt') ?? order.updatedAt;
  return {
    pk: get.pk('id'),
    updatedAt: order.updatedAt,
    values: [
      order.orderPk,
      order.orderName,
      numberOfGid(get.object('parentTransaction')?.id),
      get.text('kind'),
      get.text('status'),
      get.optional('gateway') ?? '',
      get.shopMoney('amountSet', order.currency),
      order.currency,
      feesOf(get.objects('fees'), order.currency),
      get.optionalTime('processedAt') ?? createdAt,
      createdAt,
      get.flag('test'),
      get.optional('errorCode'),
      get.optional('paymentId'),
      order.updatedAt,
    ],
    raw: JSON.stringify(node),
    children: null,
  };
};

/** The REST shape, in `order_transactions/create`, in refunds and in orders. */
export const transactionFromWebhook = (order: OrderFacts, payload: unknown): MappedRecord => {
  const get = fieldsOf(payload, 'a transaction');
  const createdAt = get.optionalTime('created_at') ?? order.updatedAt;
  const currency = order.currency !== '' ? order.currency : (get.optional('currency') ?? '');
  return {
    pk: get.pk('id'),
    updatedAt: order.updatedAt,
    values: [
      order.orderPk,
      order.orderName,
      get.optionalPk('parent_id'),
      get.text('kind').toUpperCase(),
      get.optional('status')?.toUpperCase() ?? 'UNKNOWN',
      get.optional('gateway') ?? '',
      get.amount('amount', currency) ?? 0,
      currency,
      null,
      get.optionalTime('processed_at') ?? createdAt,
      createdAt,
      get.flag('test'),
      get.optional('error_code')?.toUpperCase() ?? null,
      get.optional('payment_id'),
      order.updatedAt,
    ],
    raw: JSON.stringify(payload),
    keep: ['fees', ...(order.orderName === '' ? ['order_name'] : []), ...(currency === '' ? ['currency'] : [])],
    children: null,
  };
};

/** The body of `order_transactions/create`. */
export const transactionOfTopic = (payload: unknown, receivedAt: string): MappedRecord => {
  const get = fieldsOf(payload, 'a transaction');
  return transactionFromWebhook(
    {
      orderPk: get.pk('order_id'),
      orderName: '',
      currency: '',
      updatedAt: get.optionalTime('processed_at') ?? get.optionalTime('created_at') ?? receivedAt,
    },
    payload,
  );
};
