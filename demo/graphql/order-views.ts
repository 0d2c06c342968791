import { listOf, type OrderedList, type PageArgs, paginate } from '../data/ordered-list.ts';
import {
  customerIdOf,
  customerIndexOf,
  type DemoCustomer,
  type DemoOrder,
  type DemoOrderLine,
  generateCustomer,
  generateOrder,
  orderIdOf,
  orderIndexOf,
} from '../data/people.ts';
import { compileSearch } from '../data/search.ts';
import type { DemoShop } from '../shop/shop.ts';
import { gid, isoTime, money } from './context.ts';
import { productView, variantView } from './product-views.ts';

type View = Readonly<Record<string, unknown>>;
const TAX_RATE = 0.08;

const bag = (shop: DemoShop, cents: number): View => {
  const amount = money(cents, shop.profile.currency);
  return { shopMoney: amount, presentmentMoney: amount };
};

const addressView = (customer: DemoCustomer): View => ({
  __typename: 'MailingAddress',
  id: gid('MailingAddress', customer.id),
  firstName: customer.firstName,
  lastName: customer.lastName,
  name: `${customer.firstName} ${customer.lastName}`,
  company: null,
  address1: customer.street,
  address2: null,
  ...customer.place,
  countryCodeV2: customer.place.countryCode,
  phone: customer.phone,
  formatted: [customer.street, `${customer.place.zip} ${customer.place.city}`, customer.place.country],
});

const lineView = (shop: DemoShop, line: DemoOrderLine): View => {
  const unit = bag(shop, line.variant.price);
  const total = bag(shop, line.variant.price * line.quantity);
  return {
    __typename: 'LineItem',
    id: gid('LineItem', line.id),
    title: line.product.title,
    name: `${line.product.title} - ${line.variant.title}`,
    variantTitle: line.variant.title,
    sku: line.variant.sku,
    vendor: line.product.vendor,
    quantity: line.quantity,
    currentQuantity: line.quantity,
    refundableQuantity: line.quantity,
    unfulfilledQuantity: 0,
    isGiftCard: false,
    requiresShipping: true,
    taxable: true,
    image: null,
    originalUnitPriceSet: unit,
    discountedUnitPriceSet: unit,
    discountedUnitPriceAfterAllDiscountsSet: unit,
    originalTotalSet: total,
    discountedTotalSet: total,
    totalDiscountSet: bag(shop, 0),
    customAttributes: [],
    discountAllocations: [],
    taxLines: [
      { title: 'Tax', rate: TAX_RATE, priceSet: bag(shop, Math.round(line.variant.price * line.quantity * TAX_RATE)) },
    ],
    product: () => productView(shop, line.product),
    variant: () => variantView(shop, line.product, line.variant),
  };
};

/** One order; its one payment is its only transaction. */
export const orderView = (shop: DemoShop, order: DemoOrder): View => {
  const subtotal = order.lines.reduce((sum, line) => sum + line.variant.price * line.quantity, 0);
  const tax = Math.round(subtotal * TAX_RATE);
  const total = subtotal + tax + order.shippingCents;
  const paid = order.isPaid ? total : 0;
  const name = `#${order.number}`;
  const transaction: View = {
    __typename: 'OrderTransaction',
    id: gid('OrderTransaction', order.id + 1),
    kind: 'SALE',
    status: order.isPaid ? 'SUCCESS' : 'PENDING',
    gateway: 'shopify_payments',
    formattedGateway: 'Shopify Payments',
    manualPaymentGateway: false,
    amountSet: bag(shop, total),
    createdAt: isoTime(order.createdAt),
    processedAt: isoTime(order.createdAt),
    test: true,
    paymentId: order.token.slice(0, 16),
    accountNumber: '•••• •••• •••• 4242',
    settlementCurrency: shop.profile.currency,
    settlementCurrencyRate: '1.0',
    totalUnsettledSet: bag(shop, 0),
    parentTransaction: null,
    order: () => orderView(shop, order),
    fees: [],
    paymentDetails: {
      __typename: 'CardPaymentDetails',
      company: 'Visa',
      number: '•••• •••• •••• 4242',
      expirationMonth: 12,
      expirationYear: 2030,
      paymentMethodName: 'card',
      wallet: null,
    },
    receiptJson: '{}',
  };
  return {
    __typename: 'Order',
    id: gid('Order', order.id),
    legacyResourceId: String(order.id),
    name,
    number: order.number,
    confirmationNumber: order.token.slice(0, 9).toUpperCase(),
    createdAt: isoTime(order.createdAt),
    processedAt: isoTime(order.createdAt),
    updatedAt: isoTime(order.updatedAt),
    closedAt: order.isFulfilled && order.isPaid ? isoTime(order.updatedAt) : null,
    closed: order.isFulfilled && order.isPaid,
    cancelledAt: order.isCancelled ? isoTime(order.updatedAt) : null,
    cancelReason: order.isCancelled ? 'CUSTOMER' : null,
    confirmed: true,
    test: true,
    edited: false,
    sourceName: 'web',
    poNumber: null,
    note: null,
    tags: [],
    email: order.customer.email,
    phone: order.customer.phone,
    customerLocale: 'en',
    clientIp: '192.0.2.10',
    currencyCode: shop.profile.currency,
    presentmentCurrencyCode: shop.profile.currency,
    displayFinancialStatus: order.isPaid ? 'PAID' : 'PENDING',
    displayFulfillmentStatus: order.isFulfilled ? 'FULFILLED' : 'UNFULFILLED',
    returnStatus: 'NO_RETURN',
    fullyPaid: order.isPaid,
    unpaid: !order.isPaid,
    refundable: order.isPaid,
    subtotalPriceSet: bag(shop, subtotal),
    totalDiscountsSet: bag(shop, 0),
    totalShippingPriceSet: bag(shop, order.shippingCents),
    totalTaxSet: bag(shop, tax),
    totalPriceSet: bag(shop, total),
    currentTotalPriceSet: bag(shop, total),
    currentSubtotalPriceSet: bag(shop, subtotal),
    currentTotalTaxSet: bag(shop, tax),
    totalReceivedSet: bag(shop, paid),
    totalRefundedSet: bag(shop, 0),
    totalOutstandingSet: bag(shop, total - paid),
    netPaymentSet: bag(shop, paid),
    totalTipReceivedSet: bag(shop, 0),
    paymentGatewayNames: ['shopify_payments'],
    discountCodes: [],
    customAttributes: [],
    taxesIncluded: false,
    billingAddress: addressView(order.customer),
    shippingAddress: addressView(order.customer),
    shippingLine: {
      id: gid('ShippingLine', order.id),
      title: 'Standard',
      code: 'STANDARD',
      originalPriceSet: bag(shop, order.shippingCents),
    },
    customer: () => customerView(shop, order.customer),
    attribution: { displayName: 'Online Store', handle: 'web' },
    app: { id: gid('App', 580_111), name: 'Online Store' },
    statusPageUrl: `https://${shop.profile.storefrontHost}/orders/${order.token}`,
    cartToken: order.token.slice(0, 24),
    checkoutToken: order.token,
    transactionsCount: { count: 1, precision: 'EXACT' },
    transactions: [transaction],
    refunds: [],
    fulfillments: [],
    lineItems: (args: PageArgs) => {
      const list = listOf(order.lines, (line) => [line.id, line.id]);
      return paginate({ ...list, at: (position) => lineView(shop, list.at(position)) }, args);
    },
  };
};

/** One customer, with the orders that are theirs. */
export const customerView = (shop: DemoShop, customer: DemoCustomer): View => {
  const ordersOf = (): readonly DemoOrder[] => ordersByCustomer(shop).get(customer.id) ?? [];
  const spent = (orders: readonly DemoOrder[]): number =>
    orders.reduce(
      (sum, order) => sum + order.lines.reduce((part, line) => part + line.variant.price * line.quantity, 0),
      0,
    );
  return {
    __typename: 'Customer',
    id: gid('Customer', customer.id),
    legacyResourceId: String(customer.id),
    firstName: customer.firstName,
    lastName: customer.lastName,
    displayName: `${customer.firstName} ${customer.lastName}`,
    createdAt: isoTime(customer.createdAt),
    updatedAt: isoTime(customer.updatedAt),
    state: 'ENABLED',
    note: null,
    tags: customer.tags,
    locale: 'en',
    verifiedEmail: true,
    taxExempt: false,
    numberOfOrders: () => String(ordersOf().length),
    amountSpent: () => money(spent(ordersOf()), shop.profile.currency),
    lifetimeDuration: 'about 1 year',
    dataSaleOptOut: false,
    defaultEmailAddress: {
      emailAddress: customer.email,
      marketingState: customer.subscribed ? 'SUBSCRIBED' : 'NOT_SUBSCRIBED',
      marketingOptInLevel: 'SINGLE_OPT_IN',
      marketingUpdatedAt: isoTime(customer.createdAt),
      validFormat: true,
    },
    defaultPhoneNumber: customer.phone
      ? { phoneNumber: customer.phone, smsMarketingConsent: { state: 'NOT_SUBSCRIBED', optInLevel: 'SINGLE_OPT_IN' } }
      : null,
    defaultAddress: addressView(customer),
    addressesV2: (args: PageArgs) =>
      paginate(
        listOf([addressView(customer)], () => [1, customer.id]),
        args,
      ),
    lastOrder: () => {
      const last = ordersOf().at(-1);
      return last ? orderView(shop, last) : null;
    },
    orders: (args: PageArgs) => {
      const list = listOf(ordersOf(), (order) => [order.id, order.id]);
      return paginate({ ...list, at: (position) => orderView(shop, list.at(position)) }, args);
    },
    statistics: { predictedSpendTier: null, rfmGroup: null },
  };
};

const orderAt = (shop: DemoShop, index: number): DemoOrder =>
  generateOrder(shop.people, index, (position) => shop.products.nth(position), Math.min(shop.products.count, 1000));

const orderIndexes = new WeakMap<DemoShop, ReadonlyMap<number, readonly DemoOrder[]>>();
/** The shop's orders by customer, sorted out once: which ones a customer has follows only from all of them. */
const ordersByCustomer = (shop: DemoShop): ReadonlyMap<number, readonly DemoOrder[]> => {
  const known = orderIndexes.get(shop);
  if (known) return known;
  const index = new Map<number, DemoOrder[]>();
  for (let position = 0; position < shop.people.orders; position += 1) {
    const order = orderAt(shop, position);
    const orders = index.get(order.customer.id);
    if (orders) orders.push(order);
    else index.set(order.customer.id, [order]);
  }
  orderIndexes.set(shop, index);
  return index;
};

/** A list in id order that builds rows as they are read, or one that was filtered and sorted. */
const listRows = <Row>(options: {
  count: number;
  rowAt: (index: number) => Row;
  idAt: (index: number) => number;
  fieldsOf: (row: Row) => Readonly<Record<string, number | string>>;
  sortField: string;
  query: string | null | undefined;
}): OrderedList<Row> => {
  const { count, rowAt, idAt, fieldsOf } = options;
  const matches = compileSearch(options.query);
  if (!matches && options.sortField === 'id')
    return { size: count, keyAt: (index) => [idAt(index), idAt(index)], at: rowAt };
  const rows = Array.from({ length: count }, (_, index) => rowAt(index));
  const kept = matches ? rows.filter((row) => matches((field) => fieldsOf(row)[field])) : rows;
  return listOf(kept, (row) => {
    const fields = fieldsOf(row);
    const id = Number(fields.id ?? 0);
    return [fields[options.sortField] ?? id, id];
  });
};

export const orderList = (shop: DemoShop, sortKey: string, query: string | null | undefined): OrderedList<DemoOrder> =>
  listRows({
    count: shop.people.orders,
    rowAt: (index) => orderAt(shop, index),
    idAt: (index) => orderIdOf(shop.people, index),
    sortField: sortKey === 'ID' ? 'id' : sortKey === 'UPDATED_AT' ? 'updated_at' : 'created_at',
    query,
    fieldsOf: (order) => ({
      id: order.id,
      created_at: order.createdAt,
      processed_at: order.createdAt,
      updated_at: order.updatedAt,
      name: `#${order.number}`,
      email: order.customer.email,
      default: `#${order.number} ${order.customer.email} ${order.customer.firstName} ${order.customer.lastName}`,
    }),
  });

export const customerList = (
  shop: DemoShop,
  sortKey: string,
  query: string | null | undefined,
): OrderedList<DemoCustomer> =>
  listRows({
    count: shop.people.customers,
    rowAt: (index) => generateCustomer(shop.people, index),
    idAt: (index) => customerIdOf(shop.people, index),
    sortField: sortKey === 'UPDATED_AT' ? 'updated_at' : sortKey === 'CREATED_AT' ? 'created_at' : 'id',
    query,
    fieldsOf: (customer) => ({
      id: customer.id,
      created_at: customer.createdAt,
      updated_at: customer.updatedAt,
      email: customer.email,
      default: `${customer.firstName} ${customer.lastName} ${customer.email}`,
    }),
  });

export const findOrder = (shop: DemoShop, id: number): DemoOrder | null => {
  const index = orderIndexOf(shop.people, id);
  return index < 0 ? null : orderAt(shop, index);
};

export const findCustomer = (shop: DemoShop, id: number): DemoCustomer | null => {
  const index = customerIndexOf(shop.people, id);
  return index < 0 ? null : generateCustomer(shop.people, index);
};
