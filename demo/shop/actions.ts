import type { BulkOperation } from '../bulk/types.ts';
import type { DemoCustomer } from '../data/customers.ts';
import { FIRST_FULFILLMENT_ID, FIRST_REFUND_ID, FIRST_TRANSACTION_ID, partId } from '../data/order-generator.ts';
import {
  fulfilledQuantity,
  NOTHING,
  refundedQuantity,
  refundLineOf,
  refundTotal,
  totalsOf,
} from '../data/order-totals.ts';
import type { DemoOrder, DemoRefund, DemoTransaction } from '../data/order-types.ts';
import type { DemoProduct } from '../data/products.ts';
import type { DeliveryService } from '../webhooks/delivery.ts';
import {
  customerPayload,
  fulfillmentPayload,
  orderPayload,
  refundPayload,
  transactionPayload,
} from '../webhooks/order-payloads.ts';
import { bulkOperationPayload, productPayload, shopPayload } from '../webhooks/payloads.ts';
import type { Access } from './access.ts';
import type { Clock } from './clock.ts';
import type { DemoShop } from './shop.ts';

/** What can happen in a shop, with the webhooks that follow from it. Null means that there is no such row, or nothing left to do. */
export interface Actions {
  productChanged(shop: DemoShop, productId: number): void;
  createProduct(shop: DemoShop): DemoProduct;
  deleteProduct(shop: DemoShop, id: number): boolean;
  placeOrder(
    shop: DemoShop,
    customerId: number | null,
    products?: readonly number[],
    checkoutToken?: string,
  ): DemoOrder;
  /** Takes what is outstanding, by a capture where there is an authorization. */
  payOrder(shop: DemoShop, id: number): DemoOrder | null;
  fulfillOrder(shop: DemoShop, id: number): DemoOrder | null;
  /** Gives back everything that is left, or one piece of the first line. */
  refundOrder(shop: DemoShop, id: number, isWhole: boolean): DemoOrder | null;
  cancelOrder(shop: DemoShop, id: number): DemoOrder | null;
  editOrder(shop: DemoShop, id: number, edit: Partial<Pick<DemoOrder, 'note' | 'tags'>>): DemoOrder | null;
  deleteOrder(shop: DemoShop, id: number): boolean;
  createCustomer(shop: DemoShop): DemoCustomer;
  changeCustomer(
    shop: DemoShop,
    id: number,
    edit: Partial<Pick<DemoCustomer, 'note' | 'tags' | 'email' | 'firstName' | 'lastName'>>,
  ): DemoCustomer | null;
  deleteCustomer(shop: DemoShop, id: number): boolean;
  requestData(shop: DemoShop, customerId: number): boolean;
  redactCustomer(shop: DemoShop, customerId: number): boolean;
  redactShop(shop: DemoShop): void;
  scopesChanged(shop: DemoShop, previous: readonly string[], current: readonly string[]): void;
  /** Ends every token at once, forgets what the app set up, and sends `shop/redact` two days later. */
  uninstalled(shop: DemoShop): void;
  bulkFinished(operation: BulkOperation): void;
}

const REDACT_AFTER_MS = 48 * 3_600_000;
const PARTS_OF_A_KIND = 15;

export const createActions = (options: {
  readonly deliveries: DeliveryService;
  readonly access: Access;
  readonly clock: Clock;
}): Actions => {
  const { deliveries, access, clock } = options;
  const { publish, publishCompliance } = deliveries;
  const second = (): number => Math.floor(clock.now() / 1000) * 1000;
  let lastRequest = 0;

  const idBaseOf = (shop: DemoShop): number => shop.index * 200_000_000_000;
  const transactionId = (shop: DemoShop, order: DemoOrder, more = 0): number =>
    partId(FIRST_TRANSACTION_ID, idBaseOf(shop), order.index, order.transactions.length + more);
  const announce = (shop: DemoShop, order: DemoOrder, ...topics: readonly string[]): void => {
    const body = orderPayload(shop, order);
    for (const topic of topics) publish(shop, topic, body);
    // Orders count and amount spent belong to the customer, so they change as well.
    const customer = order.customerId === null ? null : shop.customers.change(order.customerId, {});
    if (customer) publish(shop, 'customers/update', customerPayload(shop, customer));
  };
  const announcePayments = (shop: DemoShop, order: DemoOrder, from: number): void => {
    for (const entry of order.transactions.slice(from))
      publish(shop, 'order_transactions/create', transactionPayload(order, entry));
  };
  const customerIn = (
    shop: DemoShop,
    id: number,
  ): { id: number; email: string | null; phone: string | null } | null => {
    const customer = shop.customers.get(id);
    return customer && { id, email: customer.email, phone: customer.phone };
  };

  return {
    productChanged: (shop, productId) => {
      const product = shop.products.get(productId);
      if (product) publish(shop, 'products/update', productPayload(product));
    },
    createProduct: (shop) => {
      const product = shop.products.create();
      publish(shop, 'products/create', productPayload(product));
      return product;
    },
    deleteProduct: (shop, id) => {
      if (!shop.products.remove(id)) return false;
      publish(shop, 'products/delete', { id });
      return true;
    },
    placeOrder: (shop, customerId, products, checkoutToken) => {
      const order = shop.orders.place(customerId, products, checkoutToken);
      announce(shop, order, 'orders/create', 'orders/paid');
      announcePayments(shop, order, 0);
      return order;
    },
    payOrder: (shop, id) => {
      const before = shop.orders.get(id);
      if (!before || before.transactions.length >= PARTS_OF_A_KIND) return null;
      const { outstanding } = totalsOf(before);
      if (outstanding.shop <= 0) return null;
      const authorization = before.transactions.find(
        (entry) => entry.kind === 'AUTHORIZATION' && !before.transactions.some((other) => other.parentId === entry.id),
      );
      const entry: DemoTransaction = {
        id: transactionId(shop, before),
        kind: authorization ? 'CAPTURE' : 'SALE',
        status: 'SUCCESS',
        gateway: authorization?.gateway ?? 'manual',
        amount: outstanding,
        at: second(),
        parentId: authorization?.id ?? null,
        errorCode: null,
      };
      const order = shop.orders.change(id, (draft) => ({ transactions: [...draft.transactions, entry] }));
      if (!order) return null;
      announcePayments(shop, order, before.transactions.length);
      announce(shop, order, 'orders/paid', 'orders/updated');
      return order;
    },
    fulfillOrder: (shop, id) => {
      const before = shop.orders.get(id);
      if (!before || before.fulfillments.length >= PARTS_OF_A_KIND) return null;
      const lines = before.lines
        .map((line) => ({
          lineId: line.id,
          quantity: line.quantity - refundedQuantity(before, line.id) - fulfilledQuantity(before, line.id),
        }))
        .filter((line) => line.quantity > 0);
      if (lines.length === 0) return null;
      const fulfillment = {
        id: partId(FIRST_FULFILLMENT_ID, idBaseOf(shop), before.index, before.fulfillments.length),
        at: second(),
        status: 'SUCCESS' as const,
        lines,
        tracking: `1Z${before.token.slice(0, 14).toUpperCase()}`,
      };
      const order = shop.orders.change(id, (draft) => ({
        fulfillments: [...draft.fulfillments, fulfillment],
        isOnHold: false,
      }));
      if (!order) return null;
      publish(shop, 'fulfillments/create', fulfillmentPayload(shop, order, fulfillment));
      announce(shop, order, 'orders/fulfilled', 'orders/updated');
      return order;
    },
    refundOrder: (shop, id, isWhole) => {
      const before = shop.orders.get(id);
      const payment = before?.transactions.find(
        (entry) => (entry.kind === 'SALE' || entry.kind === 'CAPTURE') && entry.status === 'SUCCESS',
      );
      if (!before || !payment || before.refunds.length >= PARTS_OF_A_KIND) return null;
      const left = before.lines
        .map((line) => ({ line, quantity: line.quantity - refundedQuantity(before, line.id) }))
        .filter(({ quantity }) => quantity > 0);
      const chosen = isWhole ? left : left.slice(0, 1).map(({ line }) => ({ line, quantity: 1 }));
      const refund: DemoRefund = {
        id: partId(FIRST_REFUND_ID, idBaseOf(shop), before.index, before.refunds.length),
        at: second(),
        note: null,
        lines: chosen.map(({ line, quantity }) => ({ lineId: line.id, quantity, ...refundLineOf(line, quantity) })),
        shipping: isWhole && before.refunds.length === 0 ? before.shipping : NOTHING,
        transactionIds: [transactionId(shop, before)],
      };
      const amount = refundTotal(refund);
      if (amount.shop <= 0 || amount.shop > totalsOf(before).net.shop) return null;
      const entry: DemoTransaction = {
        id: transactionId(shop, before),
        kind: 'REFUND',
        status: 'SUCCESS',
        gateway: payment.gateway,
        amount,
        at: second(),
        parentId: payment.id,
        errorCode: null,
      };
      const order = shop.orders.change(id, (draft) => ({
        refunds: [...draft.refunds, refund],
        transactions: [...draft.transactions, entry],
      }));
      if (!order) return null;
      publish(shop, 'refunds/create', refundPayload(shop, order, refund));
      announcePayments(shop, order, before.transactions.length);
      announce(shop, order, 'orders/updated');
      return order;
    },
    cancelOrder: (shop, id) => {
      if (shop.orders.get(id)?.cancelledAt !== null) return null;
      const order = shop.orders.change(id, () => ({ cancelledAt: second() }));
      if (order) announce(shop, order, 'orders/cancelled', 'orders/updated');
      return order;
    },
    editOrder: (shop, id, edit) => {
      const order = shop.orders.change(id, () => edit);
      if (order) announce(shop, order, 'orders/updated');
      return order;
    },
    deleteOrder: (shop, id) => {
      if (!shop.orders.remove(id)) return false;
      publish(shop, 'orders/delete', { id });
      return true;
    },
    createCustomer: (shop) => {
      const customer = shop.customers.create();
      publish(shop, 'customers/create', customerPayload(shop, customer));
      return customer;
    },
    changeCustomer: (shop, id, edit) => {
      const customer = shop.customers.change(id, edit);
      if (customer) publish(shop, 'customers/update', customerPayload(shop, customer));
      return customer;
    },
    deleteCustomer: (shop, id) => {
      if (!shop.customers.remove(id)) return false;
      publish(shop, 'customers/delete', { id, admin_graphql_api_id: `gid://shopify/Customer/${id}` });
      return true;
    },
    requestData: (shop, customerId) => {
      const customer = customerIn(shop, customerId);
      if (!customer) return false;
      lastRequest += 1;
      publishCompliance(shop, 'customers/data_request', {
        shop_id: shop.id,
        shop_domain: shop.profile.domain,
        orders_requested: shop.orders.ofCustomer(customerId).map((order) => order.id),
        customer,
        data_request: { id: 9_000_000 + lastRequest },
      });
      return true;
    },
    redactCustomer: (shop, customerId) => {
      const customer = customerIn(shop, customerId);
      if (!customer) return false;
      publishCompliance(shop, 'customers/redact', {
        shop_id: shop.id,
        shop_domain: shop.profile.domain,
        customer,
        orders_to_redact: shop.orders.ofCustomer(customerId).map((order) => order.id),
      });
      return true;
    },
    redactShop: (shop) =>
      publishCompliance(shop, 'shop/redact', { shop_id: shop.id, shop_domain: shop.profile.domain }),
    scopesChanged: (shop, previous, current) =>
      publish(shop, 'app/scopes_update', {
        id: `gid://shopify/App/4200001`,
        previous,
        current,
        updated_at: new Date(clock.now()).toISOString(),
        shop_id: shop.id,
      }),
    uninstalled: (shop) => {
      if (!shop.isInstalled) return;
      publish(shop, 'app/uninstalled', shopPayload(shop));
      access.uninstall(shop);
      const uninstalledAt = shop.uninstalledAt;
      clock.at(clock.now() + REDACT_AFTER_MS, () => {
        // An install in the meantime keeps the data.
        if (!shop.isInstalled && shop.uninstalledAt === uninstalledAt)
          publishCompliance(shop, 'shop/redact', { shop_id: shop.id, shop_domain: shop.profile.domain });
      });
    },
    bulkFinished: (operation) => publish(operation.shop, 'bulk_operations/finish', bulkOperationPayload(operation)),
  };
};
