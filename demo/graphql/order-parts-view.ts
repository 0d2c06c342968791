import {
  fulfilledQuantity,
  lineNet,
  lineTotal,
  partOf,
  refundedQuantity,
  refundTotal,
  times,
} from '../data/order-totals.ts';
import type { Bag, DemoFulfillment, DemoLine, DemoOrder, DemoRefund } from '../data/order-types.ts';
import { listOf, type PageArgs, paginate } from '../data/ordered-list.ts';
import type { DemoShop } from '../shop/shop.ts';
import { bagView, decimal, gid, isoTime, type View } from './context.ts';
import { productView, variantView } from './product-views.ts';
import { orderTransactionViews } from './transaction-view.ts';

const pageOf = <Row>(rows: readonly Row[], args: PageArgs) => {
  const list = listOf(
    rows.map((row, place) => ({ row, place })),
    (entry) => [entry.place, entry.place],
  );
  return paginate({ ...list, at: (position) => list.at(position).row }, args);
};

/** One line of an order. */
export class LineView {
  readonly __typename = 'LineItem';
  readonly #shop: DemoShop;
  readonly #order: DemoOrder;
  readonly #line: DemoLine;

  constructor(shop: DemoShop, order: DemoOrder, line: DemoLine) {
    this.#shop = shop;
    this.#order = order;
    this.#line = line;
  }

  #bag(bag: Bag): View {
    return bagView(bag, this.#shop.profile.currency, this.#order.presentment);
  }
  get #open(): number {
    return Math.max(0, this.currentQuantity - fulfilledQuantity(this.#order, this.#line.id));
  }
  get #netUnit(): Bag {
    return partOf(lineNet(this.#line), 1 / this.#line.quantity);
  }

  get id() {
    return gid('LineItem', this.#line.id);
  }
  get title() {
    return this.#line.title;
  }
  get name() {
    const { title, variantTitle } = this.#line;
    return variantTitle === 'Default Title' ? title : `${title} - ${variantTitle}`;
  }
  get variantTitle() {
    return this.#line.variantTitle === 'Default Title' ? null : this.#line.variantTitle;
  }
  get sku() {
    return this.#line.sku;
  }
  get vendor() {
    return this.#line.vendor;
  }
  get quantity() {
    return this.#line.quantity;
  }
  get currentQuantity() {
    return this.#line.quantity - refundedQuantity(this.#order, this.#line.id);
  }
  get refundableQuantity() {
    return this.currentQuantity;
  }
  get unfulfilledQuantity() {
    return this.#open;
  }
  get fulfillableQuantity() {
    return this.#open;
  }
  readonly nonFulfillableQuantity = 0;
  readonly isGiftCard = false;
  readonly requiresShipping = true;
  readonly restockable = true;
  readonly taxable = true;
  image() {
    return null;
  }
  get originalUnitPriceSet() {
    return this.#bag(this.#line.unit);
  }
  get discountedUnitPriceSet() {
    return this.#bag(this.#netUnit);
  }
  get discountedUnitPriceAfterAllDiscountsSet() {
    return this.#bag(this.#netUnit);
  }
  get originalTotalSet() {
    return this.#bag(lineTotal(this.#line));
  }
  discountedTotalSet() {
    return this.#bag(lineNet(this.#line));
  }
  get totalDiscountSet() {
    return this.#bag(this.#line.discount);
  }
  get unfulfilledOriginalTotalSet() {
    return this.#bag(times(this.#line.unit, this.#open));
  }
  get unfulfilledDiscountedTotalSet() {
    return this.#bag(times(this.#netUnit, this.#open));
  }
  // Deprecated: in the shop's currency, as plain text.
  get originalTotal() {
    return decimal(lineTotal(this.#line).shop);
  }
  get discountedTotal() {
    return decimal(lineNet(this.#line).shop);
  }
  readonly weight = { value: 0.4, unit: 'KILOGRAMS' };
  readonly customAttributes = [];
  get discountAllocations() {
    if (this.#line.discount.shop === 0) return [];
    const { discount } = this.#order;
    const shared = { index: 0, targetType: 'LINE_ITEM' };
    return [
      {
        allocatedAmountSet: this.#bag(this.#line.discount),
        discountApplication:
          discount?.kind === 'code'
            ? {
                __typename: 'DiscountCodeApplication',
                ...shared,
                allocationMethod: 'ACROSS',
                targetSelection: 'ALL',
                code: discount.code,
                value: { __typename: 'PricingPercentageValue', percentage: discount.percentage },
              }
            : {
                __typename: 'ManualDiscountApplication',
                ...shared,
                allocationMethod: 'EACH',
                targetSelection: 'EXPLICIT',
                title: discount?.kind === 'manual' ? discount.title : '',
                description: null,
                value: { __typename: 'MoneyV2', ...(this.#bag(this.#line.discount) as { shopMoney: View }).shopMoney },
              },
      },
    ];
  }
  taxLines() {
    return [
      {
        title: 'Tax',
        rate: 0.08,
        ratePercentage: 8,
        source: 'Shopify',
        channelLiable: false,
        priceSet: this.#bag(this.#line.tax),
      },
    ];
  }
  /** Null once the product is gone, as at Shopify. */
  product() {
    const product = this.#shop.products.get(this.#line.productId);
    return product && productView(this.#shop, product);
  }
  variant() {
    const product = this.#shop.products.get(this.#line.productId);
    const variant = product?.variants.find((entry) => entry.id === this.#line.variantId);
    return product && variant ? variantView(this.#shop, product, variant) : null;
  }
}

const lineViewOf = (shop: DemoShop, order: DemoOrder, lineId: number): LineView | null => {
  const line = order.lines.find((entry) => entry.id === lineId);
  return line ? new LineView(shop, order, line) : null;
};

/** What was given back of an order at one time. */
export class RefundView {
  readonly __typename = 'Refund';
  readonly #shop: DemoShop;
  readonly #order: DemoOrder;
  readonly #refund: DemoRefund;
  readonly #orderView: () => unknown;

  constructor(shop: DemoShop, order: DemoOrder, refund: DemoRefund, orderView: () => unknown) {
    this.#shop = shop;
    this.#order = order;
    this.#refund = refund;
    this.#orderView = orderView;
  }

  #bag(bag: Bag): View {
    return bagView(bag, this.#shop.profile.currency, this.#order.presentment);
  }
  get id() {
    return gid('Refund', this.#refund.id);
  }
  get legacyResourceId() {
    return String(this.#refund.id);
  }
  get createdAt() {
    return isoTime(this.#refund.at);
  }
  get processedAt() {
    return isoTime(this.#refund.at);
  }
  get updatedAt() {
    return isoTime(this.#refund.at);
  }
  get note() {
    return this.#refund.note;
  }
  get totalRefundedSet() {
    return this.#bag(refundTotal(this.#refund));
  }
  order() {
    return this.#orderView();
  }
  refundLineItems(args: PageArgs) {
    const { id, lines } = this.#refund;
    const rows = lines.map((line, place) => ({
      id: gid('RefundLineItem', id * 100 + place),
      lineItem: lineViewOf(this.#shop, this.#order, line.lineId),
      location: null,
      quantity: line.quantity,
      restockType: 'RETURN',
      restocked: true,
      priceSet: this.#bag(partOf(line.subtotal, 1 / line.quantity)),
      subtotalSet: this.#bag(line.subtotal),
      totalTaxSet: this.#bag(line.tax),
    }));
    return pageOf(rows, args);
  }
  refundShippingLines(args: PageArgs) {
    const { id, shipping } = this.#refund;
    const rows =
      shipping.shop === 0
        ? []
        : [
            {
              id: gid('RefundShippingLine', id),
              shippingLine: null,
              subtotalAmountSet: this.#bag(shipping),
              taxAmountSet: this.#bag({ shop: 0, presentment: 0 }),
            },
          ];
    return pageOf(rows, args);
  }
  transactions(args: PageArgs) {
    const { transactionIds } = this.#refund;
    const views = orderTransactionViews(this.#shop, this.#order, this.#orderView);
    return pageOf(
      views.filter((_, place) => transactionIds.includes(this.#order.transactions[place]?.id ?? -1)),
      args,
    );
  }
  orderAdjustments(args: PageArgs) {
    return pageOf<View>([], args);
  }
}

/** What was sent of an order at one time. */
export class FulfillmentView {
  readonly __typename = 'Fulfillment';
  readonly #shop: DemoShop;
  readonly #order: DemoOrder;
  readonly #fulfillment: DemoFulfillment;
  readonly #orderView: () => unknown;

  constructor(shop: DemoShop, order: DemoOrder, fulfillment: DemoFulfillment, orderView: () => unknown) {
    this.#shop = shop;
    this.#order = order;
    this.#fulfillment = fulfillment;
    this.#orderView = orderView;
  }

  get id() {
    return gid('Fulfillment', this.#fulfillment.id);
  }
  get legacyResourceId() {
    return String(this.#fulfillment.id);
  }
  get name() {
    return `#${this.#order.number}-F1`;
  }
  get status() {
    return this.#fulfillment.status;
  }
  get displayStatus() {
    return this.#fulfillment.status === 'SUCCESS' ? 'FULFILLED' : 'CANCELED';
  }
  get createdAt() {
    return isoTime(this.#fulfillment.at);
  }
  get updatedAt() {
    return isoTime(this.#fulfillment.at);
  }
  readonly deliveredAt = null;
  readonly estimatedDeliveryAt = null;
  readonly inTransitAt = null;
  readonly location = null;
  readonly requiresShipping = true;
  get totalQuantity() {
    return this.#fulfillment.lines.reduce((sum, line) => sum + line.quantity, 0);
  }
  trackingInfo() {
    const { tracking } = this.#fulfillment;
    return tracking
      ? [{ company: 'UPS', number: tracking, url: `https://www.ups.com/track?tracknum=${tracking}` }]
      : [];
  }
  order() {
    return this.#orderView();
  }
  fulfillmentLineItems(args: PageArgs) {
    const { currency } = this.#shop.profile;
    const rows = this.#fulfillment.lines.flatMap(({ lineId, quantity }) => {
      const line = this.#order.lines.find((entry) => entry.id === lineId);
      if (!line) return [];
      return [
        {
          id: gid('FulfillmentLineItem', lineId),
          lineItem: new LineView(this.#shop, this.#order, line),
          quantity,
          originalTotalSet: bagView(times(line.unit, quantity), currency, this.#order.presentment),
          discountedTotalSet: bagView(
            partOf(lineNet(line), quantity / line.quantity),
            currency,
            this.#order.presentment,
          ),
        },
      ];
    });
    return pageOf(rows, args);
  }
}
