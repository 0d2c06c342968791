import type { DemoAddress, DemoCustomer } from '../data/customers.ts';
import { fulfilledQuantity, lineTotal, refundedQuantity, refundTotal, totalsOf } from '../data/order-totals.ts';
import type { Bag, DemoFulfillment, DemoLine, DemoOrder, DemoRefund, DemoTransaction } from '../data/order-types.ts';
import { decimal, gid, isoTime, isoTimeOrNull } from '../graphql/context.ts';
import { amountSpentBy } from '../graphql/customer-view.ts';
import type { DemoShop } from '../shop/shop.ts';

/** Webhook bodies of orders and customers: REST-shaped, with numeric ids and lower-case states. */
type Payload = Readonly<Record<string, unknown>>;

const amountIn = (amount: number, decimals: 0 | 2): string => (decimals === 0 ? String(amount) : decimal(amount));
const setOf = (shop: DemoShop, order: DemoOrder, bag: Bag): Payload => ({
  shop_money: { amount: decimal(bag.shop), currency_code: shop.profile.currency },
  presentment_money: {
    amount: amountIn(bag.presentment, order.presentment.decimals),
    currency_code: order.presentment.currency,
  },
});

const addressPayload = (
  address: DemoAddress,
  person: { readonly firstName: string; readonly lastName: string; readonly phone: string | null },
): Payload => ({
  first_name: person.firstName,
  last_name: person.lastName,
  name: `${person.firstName} ${person.lastName}`,
  company: address.company,
  address1: address.street,
  address2: null,
  city: address.place.city,
  province: address.place.province,
  province_code: address.place.provinceCode,
  zip: address.place.zip,
  country: address.place.country,
  country_code: address.place.countryCode,
  phone: person.phone,
});

/** Body of `customers/create` and `customers/update`, and the customer within an order. */
export const customerPayload = (shop: DemoShop, customer: DemoCustomer): Payload => {
  const orders = shop.orders.ofCustomer(customer.id);
  const addresses = customer.addresses.map((address, place) => ({
    id: address.id,
    customer_id: customer.id,
    default: place === 0,
    ...addressPayload(address, customer),
  }));
  return {
    id: customer.id,
    admin_graphql_api_id: gid('Customer', customer.id),
    email: customer.email,
    phone: customer.phone,
    first_name: customer.firstName,
    last_name: customer.lastName,
    state: customer.state.toLowerCase(),
    note: customer.note,
    tags: customer.tags.join(', '),
    verified_email: customer.email !== null,
    tax_exempt: customer.taxExempt,
    tax_exemptions: [],
    multipass_identifier: null,
    currency: shop.profile.currency,
    orders_count: orders.length,
    total_spent: decimal(amountSpentBy(orders)),
    last_order_id: orders.at(-1)?.id ?? null,
    last_order_name: orders.at(-1) ? `#${orders.at(-1)?.number}` : null,
    email_marketing_consent:
      customer.email === null
        ? null
        : {
            state: customer.emailConsent.toLowerCase(),
            opt_in_level: 'single_opt_in',
            consent_updated_at: isoTime(customer.createdAt),
          },
    sms_marketing_consent:
      customer.phone === null
        ? null
        : {
            state: customer.smsConsent.toLowerCase(),
            opt_in_level: 'single_opt_in',
            consent_updated_at: null,
            consent_collected_from: 'SHOPIFY',
          },
    addresses,
    default_address: addresses[0] ?? null,
    created_at: isoTime(customer.createdAt),
    updated_at: isoTime(customer.updatedAt),
  };
};

const linePayload = (shop: DemoShop, order: DemoOrder, line: DemoLine): Payload => {
  const current = line.quantity - refundedQuantity(order, line.id);
  const fulfilled = fulfilledQuantity(order, line.id);
  return {
    id: line.id,
    admin_graphql_api_id: gid('LineItem', line.id),
    product_id: line.productId,
    variant_id: line.variantId,
    title: line.title,
    variant_title: line.variantTitle === 'Default Title' ? null : line.variantTitle,
    name: line.variantTitle === 'Default Title' ? line.title : `${line.title} - ${line.variantTitle}`,
    sku: line.sku,
    vendor: line.vendor,
    quantity: line.quantity,
    current_quantity: current,
    fulfillable_quantity: Math.max(0, current - fulfilled),
    fulfillment_status: fulfilled >= line.quantity ? 'fulfilled' : fulfilled > 0 ? 'partial' : null,
    fulfillment_service: 'manual',
    gift_card: false,
    grams: 400,
    requires_shipping: true,
    taxable: true,
    product_exists: true,
    price: decimal(line.unit.shop),
    price_set: setOf(shop, order, line.unit),
    total_discount: '0.00',
    total_discount_set: setOf(shop, order, { shop: 0, presentment: 0 }),
    discount_allocations:
      line.discount.shop === 0
        ? []
        : [
            {
              amount: decimal(line.discount.shop),
              amount_set: setOf(shop, order, line.discount),
              discount_application_index: 0,
            },
          ],
    tax_lines: [{ title: 'Tax', rate: 0.08, price: decimal(line.tax.shop), price_set: setOf(shop, order, line.tax) }],
    properties: [],
  };
};

/** Body of `order_transactions/create`. */
export const transactionPayload = (order: DemoOrder, entry: DemoTransaction): Payload => ({
  id: entry.id,
  admin_graphql_api_id: gid('OrderTransaction', entry.id),
  order_id: order.id,
  parent_id: entry.parentId,
  kind: entry.kind.toLowerCase(),
  status: entry.status.toLowerCase(),
  gateway: order.isTest ? 'bogus' : entry.gateway,
  amount: amountIn(entry.amount.presentment, order.presentment.decimals),
  currency: order.presentment.currency,
  payment_id: `${order.token.slice(0, 12)}.${(entry.id % 16) + 1}`,
  error_code: entry.errorCode?.toLowerCase() ?? null,
  message: null,
  source_name: order.source,
  test: order.isTest,
  created_at: isoTime(entry.at),
  processed_at: isoTime(entry.at),
});

/** Body of `refunds/create`. */
export const refundPayload = (shop: DemoShop, order: DemoOrder, refund: DemoRefund): Payload => ({
  id: refund.id,
  admin_graphql_api_id: gid('Refund', refund.id),
  order_id: order.id,
  note: refund.note,
  restock: true,
  created_at: isoTime(refund.at),
  processed_at: isoTime(refund.at),
  total_refunded_set: setOf(shop, order, refundTotal(refund)),
  refund_line_items: refund.lines.map((line, place) => ({
    id: refund.id * 100 + place,
    line_item_id: line.lineId,
    quantity: line.quantity,
    restock_type: 'return',
    subtotal: decimal(line.subtotal.shop),
    subtotal_set: setOf(shop, order, line.subtotal),
    total_tax: decimal(line.tax.shop),
    total_tax_set: setOf(shop, order, line.tax),
  })),
  refund_shipping_lines: [],
  order_adjustments: [],
  transactions: order.transactions
    .filter((entry) => refund.transactionIds.includes(entry.id))
    .map((entry) => transactionPayload(order, entry)),
});

/** Body of `fulfillments/create`. */
export const fulfillmentPayload = (shop: DemoShop, order: DemoOrder, fulfillment: DemoFulfillment): Payload => ({
  id: fulfillment.id,
  admin_graphql_api_id: gid('Fulfillment', fulfillment.id),
  order_id: order.id,
  name: `#${order.number}-F1`,
  status: fulfillment.status.toLowerCase(),
  tracking_company: fulfillment.tracking ? 'UPS' : null,
  tracking_number: fulfillment.tracking,
  created_at: isoTime(fulfillment.at),
  updated_at: isoTime(fulfillment.at),
  line_items: fulfillment.lines.flatMap(({ lineId, quantity }) => {
    const line = order.lines.find((entry) => entry.id === lineId);
    return line ? [{ ...linePayload(shop, order, line), quantity }] : [];
  }),
});

/** Body of `orders/create`, `orders/updated` and the other order topics. */
export const orderPayload = (shop: DemoShop, order: DemoOrder): Payload => {
  const totals = totalsOf(order);
  const customer = order.customerId === null ? null : shop.customers.get(order.customerId);
  const address =
    order.address && order.person ? addressPayload(order.address, { ...order.person, phone: order.phone }) : null;
  const isClosed = totals.fulfillmentStatus === 'FULFILLED' && totals.outstanding.shop === 0;
  const set = (bag: Bag): Payload => setOf(shop, order, bag);
  return {
    id: order.id,
    admin_graphql_api_id: gid('Order', order.id),
    name: `#${order.number}`,
    number: order.number - 1000,
    order_number: order.number,
    confirmation_number: order.token.slice(0, 9).toUpperCase(),
    token: order.token,
    checkout_token: order.source === 'pos' ? null : order.token,
    cart_token: order.source === 'pos' ? null : order.token.slice(0, 24),
    email: order.email,
    contact_email: order.email,
    phone: order.phone,
    currency: shop.profile.currency,
    presentment_currency: order.presentment.currency,
    financial_status: totals.financialStatus.toLowerCase(),
    fulfillment_status:
      totals.fulfillmentStatus === 'FULFILLED'
        ? 'fulfilled'
        : totals.fulfillmentStatus === 'PARTIALLY_FULFILLED'
          ? 'partial'
          : null,
    confirmed: true,
    test: order.isTest,
    source_name: order.source,
    note: order.note,
    tags: order.tags.join(', '),
    taxes_included: false,
    tax_exempt: false,
    subtotal_price: decimal(totals.subtotal.shop),
    subtotal_price_set: set(totals.subtotal),
    total_discounts: decimal(totals.discounts.shop),
    total_discounts_set: set(totals.discounts),
    total_tax: decimal(totals.tax.shop),
    total_tax_set: set(totals.tax),
    total_line_items_price: decimal(order.lines.reduce((sum, line) => sum + lineTotal(line).shop, 0)),
    total_shipping_price_set: set(order.shipping),
    total_price: decimal(totals.total.shop),
    total_price_set: set(totals.total),
    current_subtotal_price: decimal(totals.currentSubtotal.shop),
    current_subtotal_price_set: set(totals.currentSubtotal),
    current_total_tax: decimal(totals.currentTax.shop),
    current_total_tax_set: set(totals.currentTax),
    current_total_price: decimal(totals.currentTotal.shop),
    current_total_price_set: set(totals.currentTotal),
    total_outstanding: decimal(totals.outstanding.shop),
    total_tip_received: '0.00',
    payment_gateway_names: [...new Set(order.transactions.map((entry) => entry.gateway))],
    discount_codes:
      order.discount?.kind === 'code'
        ? [{ code: order.discount.code, amount: decimal(totals.discounts.shop), type: 'percentage' }]
        : [],
    discount_applications: [],
    tax_lines: [{ title: 'Tax', rate: 0.08, price: decimal(totals.tax.shop), price_set: set(totals.tax) }],
    line_items: order.lines.map((line) => linePayload(shop, order, line)),
    shipping_lines:
      order.source === 'pos'
        ? []
        : [
            {
              id: order.id,
              title: order.shippingTitle,
              code: order.shippingTitle.toUpperCase(),
              price: decimal(order.shipping.shop),
              price_set: set(order.shipping),
              discounted_price: decimal(order.shipping.shop),
              tax_lines: [],
            },
          ],
    fulfillments: order.fulfillments.map((entry) => fulfillmentPayload(shop, order, entry)),
    refunds: order.refunds.map((entry) => refundPayload(shop, order, entry)),
    billing_address: address,
    shipping_address: address,
    customer: customer && customerPayload(shop, customer),
    order_status_url: `https://${shop.profile.storefrontHost}/orders/${order.token}`,
    cancelled_at: isoTimeOrNull(order.cancelledAt),
    cancel_reason: order.cancelledAt === null ? null : 'customer',
    closed_at: isClosed ? isoTime(order.updatedAt) : null,
    processed_at: isoTime(order.createdAt),
    created_at: isoTime(order.createdAt),
    updated_at: isoTime(order.updatedAt),
  };
};
