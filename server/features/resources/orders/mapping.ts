import type { SqlValue } from '../../../platform/db/database.ts';
import { type FieldReader, fieldsOf, isJson, type Json, numberOfGid } from '../records/fields.ts';
import { toMinorUnits } from '../records/money.ts';
import type { ChildRow, MappedRecord } from '../records/record-table.ts';
import { type OrderFacts, transactionFromGraphql, transactionFromWebhook } from '../transactions/mapping.ts';
import { ORDER_LINES } from './table.ts';

/** An order with the transactions that came with it: they have no times of their own, and are as new as the order. */
export interface MappedOrder {
  readonly order: MappedRecord;
  readonly transactions: readonly MappedRecord[];
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export const orderLineFromGraphql = (
  parentPk: number,
  currency: string | null,
  node: unknown,
  raw = JSON.stringify(node),
): ChildRow => {
  const get = fieldsOf(node, 'an order line');
  const quantity = get.integerOr('quantity', 0);
  return {
    pk: get.pk('id'),
    parentPk,
    values: [
      numberOfGid(get.object('product')?.id),
      numberOfGid(get.object('variant')?.id),
      get.optional('title') ?? '',
      get.optional('variantTitle'),
      get.optional('sku'),
      get.optional('vendor'),
      quantity,
      get.integerOr('currentQuantity', quantity),
      get.shopMoney('originalUnitPriceSet', currency),
      get.shopMoney('discountedTotalSet', currency),
      raw,
    ],
  };
};

const factsOf = (get: FieldReader, updatedAt: string): OrderFacts => ({
  orderPk: get.pk('id'),
  orderName: get.optional('name') ?? '',
  currency: get.optional('currencyCode') ?? get.optional('currency') ?? '',
  updatedAt,
});

/** An `orders` node. @param lines all its lines; null: they come by themselves */
export const orderFromGraphql = (
  node: unknown,
  lines: readonly unknown[] | null,
  raw = JSON.stringify(node),
): MappedOrder => {
  const get = fieldsOf(node, 'an order');
  const pk = get.pk('id');
  const updatedAt = get.time('updatedAt');
  const createdAt = get.time('createdAt');
  const currency = get.text('currencyCode');
  const customer = get.object('customer');
  const address = get.object('shippingAddress') ?? get.object('billingAddress');
  const values: SqlValue[] = [
    get.text('name'),
    get.integerOr('number', 0),
    createdAt,
    get.optionalTime('processedAt') ?? createdAt,
    updatedAt,
    get.optionalTime('cancelledAt'),
    get.optionalTime('closedAt'),
    get.optional('displayFinancialStatus') ?? '',
    get.optional('displayFulfillmentStatus') ?? '',
    get.optional('returnStatus'),
    get.flag('test'),
    currency,
    get.shopMoney('totalPriceSet', currency),
    get.shopMoney('subtotalPriceSet', currency),
    get.shopMoney('totalDiscountsSet', currency),
    get.shopMoney('totalShippingPriceSet', currency),
    get.shopMoney('totalTaxSet', currency),
    get.shopMoney('totalRefundedSet', currency),
    get.shopMoney('totalOutstandingSet', currency),
    get.integerOr('subtotalLineItemsQuantity', 0),
    numberOfGid(customer?.id),
    textOf(customer?.displayName) ?? textOf(address?.name) ?? '',
    get.optional('email'),
    get.optional('phone'),
    textOf(address?.countryCodeV2),
    JSON.stringify(get.texts('paymentGatewayNames')),
    JSON.stringify(get.texts('discountCodes')),
    JSON.stringify(get.texts('tags')),
    get.optional('sourceName'),
    get.optional('checkoutToken'),
    get.optional('cartToken'),
  ];
  const facts = factsOf(get, updatedAt);
  return {
    order: {
      pk,
      updatedAt,
      values,
      raw,
      children:
        lines === null ? null : { [ORDER_LINES.table]: lines.map((line) => orderLineFromGraphql(pk, currency, line)) },
    },
    transactions: get.objects('transactions').map((entry) => transactionFromGraphql(facts, entry)),
  };
};

const FULFILLMENT: Readonly<Record<string, string>> = {
  fulfilled: 'FULFILLED',
  partial: 'PARTIALLY_FULFILLED',
  restocked: 'RESTOCKED',
};

const sumOf = (entries: readonly Json[], amount: (entry: Json) => number): number =>
  entries.reduce((sum, entry) => sum + amount(entry), 0);

const nameOfPerson = (person: Json | null): string | null => {
  const name = [person?.first_name, person?.last_name].filter((part) => typeof part === 'string' && part !== '');
  return name.length > 0 ? name.join(' ') : null;
};

const lineFromWebhook = (parentPk: number, currency: string, entry: Json): ChildRow => {
  const get = fieldsOf(entry, 'an order with lines');
  const quantity = get.integerOr('quantity', 0);
  const unit = get.amount('price', currency) ?? 0;
  return {
    pk: get.pk('id'),
    parentPk,
    values: [
      get.optionalPk('product_id'),
      get.optionalPk('variant_id'),
      get.optional('title') ?? '',
      get.optional('variant_title'),
      get.optional('sku'),
      get.optional('vendor'),
      quantity,
      get.integerOr('current_quantity', quantity),
      unit,
      unit * quantity - (get.amount('total_discount', currency) ?? 0),
      JSON.stringify(entry),
    ],
  };
};

const isRefund = (entry: Json): boolean => entry.kind === 'refund' && entry.status === 'success';

/** The REST-shaped body of `orders/create`, `orders/updated` and the like. */
export const orderFromWebhook = (payload: unknown): MappedOrder => {
  const get = fieldsOf(payload, 'an order');
  const pk = get.pk('id');
  const updatedAt = get.time('updated_at');
  const createdAt = get.optionalTime('created_at') ?? updatedAt;
  const currency = get.text('currency');
  const customer = get.object('customer');
  const address = get.object('shipping_address') ?? get.object('billing_address');
  const lines = get.objects('line_items');
  const refunds = get.objects('refunds');
  const refundTransactions = refunds.flatMap((refund) => fieldsOf(refund, 'a refund').objects('transactions'));
  const total = get.amount('total_price', currency) ?? 0;
  const values: SqlValue[] = [
    get.text('name'),
    get.integerOr('order_number', get.integerOr('number', 0)),
    createdAt,
    get.optionalTime('processed_at') ?? createdAt,
    updatedAt,
    get.optionalTime('cancelled_at'),
    get.optionalTime('closed_at'),
    get.optional('financial_status')?.toUpperCase() ?? '',
    FULFILLMENT[get.optional('fulfillment_status') ?? ''] ?? 'UNFULFILLED',
    null,
    get.flag('test'),
    currency,
    total,
    get.amount('subtotal_price', currency) ?? 0,
    get.amount('total_discounts', currency) ?? 0,
    get.shopMoney('total_shipping_price_set', currency),
    get.amount('total_tax', currency) ?? 0,
    sumOf(refundTransactions.filter(isRefund), (entry) => toMinorUnits(String(entry.amount), currency) ?? 0),
    get.amount('total_outstanding', currency) ?? 0,
    sumOf(lines, (line) => (typeof line.quantity === 'number' ? line.quantity : 0)),
    customer ? fieldsOf(customer, 'an order with a customer').optionalPk('id') : null,
    nameOfPerson(customer) ?? textOf(address?.name) ?? '',
    textOf(get.json.email) ?? textOf(get.json.contact_email),
    textOf(get.json.phone),
    textOf(address?.country_code),
    JSON.stringify(get.texts('payment_gateway_names')),
    JSON.stringify(get.objects('discount_codes').flatMap((entry) => textOf(entry.code) ?? [])),
    JSON.stringify(get.texts('tags')),
    get.optional('source_name'),
    get.optional('checkout_token'),
    get.optional('cart_token'),
  ];
  const facts = factsOf(get, updatedAt);
  return {
    order: {
      pk,
      updatedAt,
      values,
      raw: JSON.stringify(payload),
      keep: ['return_status'],
      children: Array.isArray(get.json.line_items)
        ? { [ORDER_LINES.table]: lines.filter(isJson).map((line) => lineFromWebhook(pk, currency, line)) }
        : {},
    },
    transactions: refundTransactions.map((entry) => transactionFromWebhook(facts, entry)),
  };
};

/** The transactions in the body of `refunds/create`. */
export const refundTransactionsFromWebhook = (payload: unknown, receivedAt: string): MappedRecord[] => {
  const get = fieldsOf(payload, 'a refund');
  const orderPk = get.pk('order_id');
  const updatedAt = get.optionalTime('processed_at') ?? receivedAt;
  return get
    .objects('transactions')
    .map((entry) => transactionFromWebhook({ orderPk, orderName: '', currency: '', updatedAt }, entry));
};
