import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { changeProduct, changeSomething } from '../traffic/shop-life.ts';
import {
  type ControlParts,
  notFound,
  numericId,
  pickId,
  RowId,
  readBody,
  ShopName,
  shopFinder,
} from './control-parts.ts';

const ProductUpdate = z.object({
  shop: ShopName,
  id: RowId.optional(),
  title: z.string().optional(),
  count: z.number().int().min(1).max(100_000).default(1),
});
const OneRow = z.object({ shop: ShopName, id: RowId.optional() });
const PlaceOrder = z.object({
  shop: ShopName,
  /** A customer's id; null for nobody, absent for anybody. */
  customer: RowId.nullish(),
  products: z.array(RowId).min(1).max(6).optional(),
  /** Of the checkout that became the order. */
  checkoutToken: z.string().min(1).max(100).optional(),
  count: z.number().int().min(1).max(10_000).default(1),
});
const OrderChange = OneRow.extend({
  /** For a refund: everything that is left, not one piece. */
  whole: z.boolean().default(false),
  note: z.string().max(5000).optional(),
});
const CustomerChange = OneRow.extend({
  note: z.string().max(5000).optional(),
  email: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
});
const OneShop = z.object({ shop: ShopName });
const Burst = z.object({ shop: ShopName, count: z.number().int().min(1).max(100_000).default(100) });
const Scopes = z.object({ shop: ShopName, previous: z.array(z.string()), current: z.array(z.string()) });

const ORDER_STEPS = ['pay', 'fulfill', 'refund', 'cancel', 'edit', 'delete'] as const;

/** What happens in the shop: products, orders, customers, and what the law asks of an app. */
export const registerShopControl = (server: FastifyInstance, parts: ControlParts): void => {
  const { events, random, clock } = parts;
  const shopBy = shopFinder(parts.shops);

  server.post('/_demo/products/update', async (request) => {
    const input = readBody(ProductUpdate, request.body);
    const shop = shopBy(input.shop);
    const ids: string[] = [];
    for (let index = 0; index < input.count; index += 1) {
      const id = pickId(shop.products, input.id, random);
      const product = shop.products.change(id, (draft) => {
        if (input.title === undefined) changeProduct(draft, random, clock.now());
        else draft.title = input.title;
      });
      if (!product) throw notFound('no such product');
      events.productChanged(shop, product.id);
      ids.push(`gid://shopify/Product/${product.id}`);
    }
    return { ids };
  });
  server.post('/_demo/products/create', async (request) => {
    const product = events.createProduct(shopBy(readBody(OneShop, request.body).shop));
    return { ids: [`gid://shopify/Product/${product.id}`] };
  });
  server.post('/_demo/products/delete', async (request) => {
    const input = readBody(OneRow, request.body);
    const shop = shopBy(input.shop);
    const id = pickId(shop.products, input.id, random);
    if (!events.deleteProduct(shop, id)) throw notFound('no such product');
    return { ids: [`gid://shopify/Product/${id}`] };
  });

  server.post('/_demo/orders/place', async (request) => {
    const input = readBody(PlaceOrder, request.body);
    const shop = shopBy(input.shop);
    const ids: string[] = [];
    for (let index = 0; index < input.count; index += 1) {
      const isAnybody = input.customer === undefined && shop.customers.count > 0;
      const customer = isAnybody ? pickId(shop.customers, undefined, random) : (input.customer ?? null);
      const order = events.placeOrder(
        shop,
        customer === null ? null : numericId(customer),
        input.products?.map(numericId),
        input.checkoutToken,
      );
      ids.push(`gid://shopify/Order/${order.id}`);
    }
    return { ids };
  });
  for (const step of ORDER_STEPS) {
    server.post(`/_demo/orders/${step}`, async (request) => {
      const input = readBody(OrderChange, request.body);
      const shop = shopBy(input.shop);
      const id = pickId(shop.orders, input.id, random);
      const done = {
        pay: () => events.payOrder(shop, id),
        fulfill: () => events.fulfillOrder(shop, id),
        refund: () => events.refundOrder(shop, id, input.whole),
        cancel: () => events.cancelOrder(shop, id),
        edit: () => events.editOrder(shop, id, { note: input.note ?? null }),
        delete: () => events.deleteOrder(shop, id),
      }[step]();
      if (!done) throw notFound(`there is no such order, or nothing to ${step}`);
      return { ids: [`gid://shopify/Order/${id}`] };
    });
  }

  server.post('/_demo/customers/create', async (request) => {
    const customer = events.createCustomer(shopBy(readBody(OneShop, request.body).shop));
    return { ids: [`gid://shopify/Customer/${customer.id}`] };
  });
  server.post('/_demo/customers/update', async (request) => {
    const { shop: name, id: wanted, ...given } = readBody(CustomerChange, request.body);
    const shop = shopBy(name);
    const edit = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const id = pickId(shop.customers, wanted, random);
    const changed = events.changeCustomer(
      shop,
      id,
      Object.keys(edit).length > 0 ? edit : { tags: [random.pick(['vip', 'wholesale', 'newsletter'])] },
    );
    if (!changed) throw notFound('no such customer');
    return { ids: [`gid://shopify/Customer/${id}`] };
  });
  for (const [path, act] of [
    ['customers/delete', events.deleteCustomer],
    ['customers/data-request', events.requestData],
    ['customers/redact', events.redactCustomer],
  ] as const) {
    server.post(`/_demo/${path}`, async (request) => {
      const input = readBody(OneRow, request.body);
      const shop = shopBy(input.shop);
      const id = pickId(shop.customers, input.id, random);
      if (!act(shop, id)) throw notFound('no such customer');
      return { ids: [`gid://shopify/Customer/${id}`] };
    });
  }

  server.post('/_demo/shop/redact', async (request) => {
    const shop = shopBy(readBody(OneShop, request.body).shop);
    events.redactShop(shop);
    return { shop: shop.profile.domain };
  });
  server.post('/_demo/uninstall', async (request) => {
    const shop = shopBy(readBody(OneShop, request.body).shop);
    events.uninstalled(shop);
    return { shop: shop.profile.domain };
  });
  server.post('/_demo/scopes', async (request) => {
    const input = readBody(Scopes, request.body);
    const shop = shopBy(input.shop);
    events.scopesChanged(shop, input.previous, input.current);
    return { shop: shop.profile.domain };
  });
  server.post('/_demo/burst', async (request) => {
    const input = readBody(Burst, request.body);
    const shop = shopBy(input.shop);
    for (let index = 0; index < input.count; index += 1) {
      changeSomething(shop, events, random, clock.now());
      if (index % 200 === 199) await new Promise((resolve) => setImmediate(resolve));
    }
    return { changes: input.count };
  });
};
