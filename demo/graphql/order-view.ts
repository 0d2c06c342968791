import type { DemoAddress } from '../data/customers.ts';
import { NOTHING, type OrderTotals, refundedQuantity, totalsOf } from '../data/order-totals.ts';
import type { Bag, DemoOrder } from '../data/order-types.ts';
import { listOf, type PageArgs, paginate } from '../data/ordered-list.ts';
import type { DemoShop } from '../shop/shop.ts';
import { addressView } from './address-view.ts';
import { bagView, decimal, gid, isoTime, isoTimeOrNull, type RequestContext, type View } from './context.ts';
import { FulfillmentView, LineView, RefundView } from './order-parts-view.ts';
import { orderTransactionViews } from './transaction-view.ts';

const exactly = (count: number): View => ({ count, precision: 'EXACT' });

/** An order as the Admin API shows it. Getters, so that a field costs something only when it is selected. */
export class OrderView {
  readonly __typename = 'Order';
  readonly #shop: DemoShop;
  readonly #order: DemoOrder;
  #totals: OrderTotals | null = null;

  constructor(shop: DemoShop, order: DemoOrder) {
    this.#shop = shop;
    this.#order = order;
  }

  get #sums(): OrderTotals {
    this.#totals ??= totalsOf(this.#order);
    return this.#totals;
  }
  #bag(bag: Bag): View {
    return bagView(bag, this.#shop.profile.currency, this.#order.presentment);
  }
  #money(bag: Bag): string {
    return decimal(bag.shop);
  }
  #address(address: DemoAddress | null): View | null {
    const { person, phone } = this.#order;
    return address && person ? addressView(address, { ...person, phone }) : null;
  }

  get id() {
    return gid('Order', this.#order.id);
  }
  get legacyResourceId() {
    return String(this.#order.id);
  }
  get name() {
    return `#${this.#order.number}`;
  }
  get number() {
    return this.#order.number;
  }
  get confirmationNumber() {
    return this.#order.token.slice(0, 9).toUpperCase();
  }
  get createdAt() {
    return isoTime(this.#order.createdAt);
  }
  get processedAt() {
    return isoTime(this.#order.createdAt);
  }
  get updatedAt() {
    return isoTime(this.#order.updatedAt);
  }
  get closed() {
    return this.#sums.fulfillmentStatus === 'FULFILLED' && this.#sums.outstanding.shop === 0;
  }
  get closedAt() {
    return this.closed ? isoTime(this.#order.updatedAt) : null;
  }
  get cancelledAt() {
    return isoTimeOrNull(this.#order.cancelledAt);
  }
  get cancelReason() {
    return this.#order.cancelledAt === null ? null : 'CUSTOMER';
  }
  get cancellation() {
    return this.#order.cancelledAt === null ? null : { staffNote: null };
  }
  readonly confirmed = true;
  readonly edited = false;
  get test() {
    return this.#order.isTest;
  }
  get sourceName() {
    return this.#order.source;
  }
  readonly poNumber = null;
  get note() {
    return this.#order.note;
  }
  get tags() {
    return this.#order.tags;
  }
  get email() {
    return this.#order.email;
  }
  get phone() {
    return this.#order.phone;
  }
  readonly customerLocale = 'en';
  readonly clientIp = '192.0.2.10';
  readonly customerAcceptsMarketing = false;
  get currencyCode() {
    return this.#shop.profile.currency;
  }
  get presentmentCurrencyCode() {
    return this.#order.presentment.currency;
  }
  get displayFinancialStatus() {
    return this.#sums.financialStatus;
  }
  get displayFulfillmentStatus() {
    return this.#sums.fulfillmentStatus;
  }
  readonly returnStatus = 'NO_RETURN';
  get fullyPaid() {
    return this.#sums.outstanding.shop === 0 && this.#sums.received.shop > 0;
  }
  get unpaid() {
    return this.#sums.received.shop === 0;
  }
  get refundable() {
    return this.#sums.net.shop > 0;
  }
  get capturable() {
    return this.#sums.capturable.shop > 0;
  }
  get fulfillable() {
    return this.#sums.fulfillmentStatus !== 'FULFILLED';
  }
  readonly restockable = true;
  get requiresShipping() {
    return this.#order.source === 'web';
  }
  readonly dutiesIncluded = false;
  readonly taxExempt = false;
  readonly taxesIncluded = false;
  readonly estimatedTaxes = false;

  get subtotalPriceSet() {
    return this.#bag(this.#sums.subtotal);
  }
  get totalDiscountsSet() {
    return this.#bag(this.#sums.discounts);
  }
  get currentTotalDiscountsSet() {
    return this.#bag(this.#sums.discounts);
  }
  get totalShippingPriceSet() {
    return this.#bag(this.#order.shipping);
  }
  get currentShippingPriceSet() {
    return this.#bag(this.#order.shipping);
  }
  get totalRefundedShippingSet() {
    return this.#bag(this.#sums.refundedShipping);
  }
  get totalTaxSet() {
    return this.#bag(this.#sums.tax);
  }
  get totalPriceSet() {
    return this.#bag(this.#sums.total);
  }
  get originalTotalPriceSet() {
    return this.#bag(this.#sums.total);
  }
  get currentTotalPriceSet() {
    return this.#bag(this.#sums.currentTotal);
  }
  get currentSubtotalPriceSet() {
    return this.#bag(this.#sums.currentSubtotal);
  }
  get currentTotalTaxSet() {
    return this.#bag(this.#sums.currentTax);
  }
  get totalReceivedSet() {
    return this.#bag(this.#sums.received);
  }
  get totalRefundedSet() {
    return this.#bag(this.#sums.refunded);
  }
  get totalOutstandingSet() {
    return this.#bag(this.#sums.outstanding);
  }
  get totalCapturableSet() {
    return this.#bag(this.#sums.capturable);
  }
  get netPaymentSet() {
    return this.#bag(this.#sums.net);
  }
  get totalTipReceivedSet() {
    return this.#bag(NOTHING);
  }
  // Deprecated: in the shop's currency, as plain text.
  get totalPrice() {
    return this.#money(this.#sums.total);
  }
  get totalReceived() {
    return this.#money(this.#sums.received);
  }
  get totalRefunded() {
    return this.#money(this.#sums.refunded);
  }
  get netPayment() {
    return this.#money(this.#sums.net);
  }
  get totalTax() {
    return this.#money(this.#sums.tax);
  }
  get subtotalPrice() {
    return this.#money(this.#sums.subtotal);
  }
  get totalWeight() {
    return String(this.subtotalLineItemsQuantity * 400);
  }
  get subtotalLineItemsQuantity() {
    return this.#order.lines.reduce((sum, line) => sum + line.quantity, 0);
  }
  get currentSubtotalLineItemsQuantity() {
    const order = this.#order;
    return order.lines.reduce((sum, line) => sum + line.quantity - refundedQuantity(order, line.id), 0);
  }
  get taxLines() {
    return [{ ...this.#taxLine(), priceSet: this.#bag(this.#sums.tax) }];
  }
  #taxLine(): View {
    return { title: 'Tax', rate: 0.08, ratePercentage: 8, source: 'Shopify', channelLiable: false };
  }

  get paymentGatewayNames() {
    return [...new Set(this.#order.transactions.map((entry) => entry.gateway))];
  }
  get discountCode() {
    return this.#order.discount?.kind === 'code' ? this.#order.discount.code : null;
  }
  get discountCodes() {
    return this.discountCode === null ? [] : [this.discountCode];
  }
  discountApplications(args: PageArgs) {
    const { discount } = this.#order;
    const base = { index: 0, targetType: 'LINE_ITEM', allocationMethod: discount?.kind === 'code' ? 'ACROSS' : 'EACH' };
    const view: View | null =
      discount === null
        ? null
        : discount.kind === 'code'
          ? {
              __typename: 'DiscountCodeApplication',
              ...base,
              code: discount.code,
              targetSelection: 'ALL',
              value: { __typename: 'PricingPercentageValue', percentage: discount.percentage },
            }
          : {
              __typename: 'ManualDiscountApplication',
              ...base,
              title: discount.title,
              description: null,
              targetSelection: 'EXPLICIT',
              value: {
                __typename: 'MoneyV2',
                ...(this.#bag(discount.amount) as { shopMoney: View }).shopMoney,
              },
            };
    const rows: View[] = view ? [view] : [];
    return paginate(
      listOf(rows, () => [0, 0]),
      args,
    );
  }
  readonly customAttributes = [];
  readonly disputes = [];
  get billingAddress() {
    return this.#address(this.#order.address);
  }
  get shippingAddress() {
    return this.#address(this.#order.address);
  }
  get shippingLine() {
    const { id, shipping, shippingTitle, source } = this.#order;
    if (source === 'pos') return null;
    return {
      id: gid('ShippingLine', id),
      title: shippingTitle,
      code: shippingTitle.toUpperCase(),
      source: 'shopify',
      carrierIdentifier: null,
      custom: false,
      isRemoved: false,
      phone: null,
      originalPriceSet: this.#bag(shipping),
      discountedPriceSet: this.#bag(shipping),
      currentDiscountedPriceSet: this.#bag(shipping),
      discountAllocations: [],
      taxLines: [],
    };
  }
  shippingLines(args: PageArgs) {
    const line = this.shippingLine;
    return paginate(
      listOf(line ? [line] : [], () => [0, 0]),
      args,
    );
  }
  customer(_: unknown, context: RequestContext) {
    const { customerId } = this.#order;
    const customer = customerId === null ? null : this.#shop.customers.get(customerId);
    return customer && context.views.customer(this.#shop, customer);
  }
  get attribution() {
    return this.#order.source === 'pos'
      ? { displayName: 'Point of Sale', handle: 'pos' }
      : { displayName: 'Online Store', handle: 'web' };
  }
  get app() {
    return this.#order.source === 'pos'
      ? { id: gid('App', 129_785), name: 'Point of Sale' }
      : { id: gid('App', 580_111), name: 'Online Store' };
  }
  get customerJourneySummary() {
    if (this.#order.source === 'pos') return null;
    const visit = {
      id: gid('CustomerVisit', this.#order.id),
      landingPage: `https://${this.#shop.profile.storefrontHost}/`,
      referrerUrl: null,
      source: 'direct',
      sourceDescription: null,
      sourceType: null,
      occurredAt: isoTime(this.#order.createdAt - 1_200_000),
      utmParameters: null,
    };
    return { ready: true, customerOrderIndex: 0, daysToConversion: 0, firstVisit: visit, lastVisit: visit };
  }
  statusPageUrl() {
    return `https://${this.#shop.profile.storefrontHost}/orders/${this.#order.token}`;
  }
  get cartToken() {
    return this.#order.source === 'pos' ? null : this.#order.token.slice(0, 24);
  }
  get checkoutToken() {
    return this.#order.source === 'pos' ? null : this.#order.token;
  }
  readonly metafield = null;
  metafields(args: PageArgs) {
    return paginate(
      listOf<View>([], () => [0, 0]),
      args,
    );
  }

  lineItems(args: PageArgs) {
    const list = listOf(this.#order.lines, (line) => [line.id, line.id]);
    return paginate({ ...list, at: (position) => new LineView(this.#shop, this.#order, list.at(position)) }, args);
  }
  get transactionsCount() {
    return exactly(this.#order.transactions.length);
  }
  transactions({ first, capturable }: { first?: number | null; capturable?: boolean | null } = {}) {
    const views = orderTransactionViews(this.#shop, this.#order, () => this).filter(
      (view) => capturable == null || view.manuallyCapturable === capturable,
    );
    return views.slice(0, first ?? undefined);
  }
  refunds({ first }: { first?: number | null } = {}) {
    return this.#order.refunds
      .slice(0, first ?? undefined)
      .map((refund) => new RefundView(this.#shop, this.#order, refund, () => this));
  }
  get fulfillmentsCount() {
    return exactly(this.#order.fulfillments.length);
  }
  fulfillments({ first }: { first?: number | null } = {}) {
    return this.#order.fulfillments
      .slice(0, first ?? undefined)
      .map((fulfillment) => new FulfillmentView(this.#shop, this.#order, fulfillment, () => this));
  }
}
