import type { Database, SqlValue } from '../../platform/db/database.ts';
import { toDecimal } from './records/money.ts';

type Row = Readonly<Record<string, SqlValue>>;
type Body = Readonly<Record<string, unknown>>;

/** A stored record in the form in which Shopify's webhooks tell it; null: the store has none, or the topic is not about one. */
export type RecordSample = (shop: string, topic: string) => Promise<Body | null>;

const listOf = (json: SqlValue | undefined): string[] => JSON.parse(String(json ?? '[]')) as string[];
const lower = (value: SqlValue | undefined): string | null => (typeof value === 'string' ? value.toLowerCase() : null);

/** Samples hold what the columns hold: enough for every handler of the topic, and for a program of one's own. */
export const createRecordSamples = (db: Database): RecordSample => {
  /** The record changed last: that is what a next webhook would most likely be about. */
  const newest = async (table: string, shop: string, where = 'true'): Promise<Row | null> => {
    const [row] = await db.read<Row>(
      `SELECT * FROM ${table} WHERE shop = ? AND ${where} ORDER BY updated_at DESC, pk DESC LIMIT 1`,
      [shop],
    );
    return row ?? null;
  };
  const children = (table: string, column: string, pk: SqlValue | undefined, order = 'pk'): Promise<Row[]> =>
    db.read<Row>(`SELECT * FROM ${table} WHERE ${column} = ? ORDER BY ${order} LIMIT 250`, [pk ?? null]);

  const product = async (row: Row): Promise<Body> => {
    const amount = (value: SqlValue | undefined): string | null =>
      typeof value === 'number' ? toDecimal(value, String(row.currency ?? '')) : null;
    const [variants, media] = await Promise.all([
      children('product_variants', 'product_pk', row.pk, 'position'),
      children('product_media', 'product_pk', row.pk, 'position'),
    ]);
    const images = media.map(({ pk, id, url, alt, position }) => ({
      id: pk,
      admin_graphql_api_id: id,
      product_id: row.pk,
      position,
      src: url,
      alt,
    }));
    return {
      id: row.pk,
      admin_graphql_api_id: row.id,
      title: row.title,
      handle: row.handle,
      status: lower(row.status),
      vendor: row.vendor,
      product_type: row.product_type,
      tags: listOf(row.tags).join(', '),
      created_at: row.created_at,
      updated_at: row.updated_at,
      published_at: row.published_at,
      variants: variants.map((variant) => ({
        id: variant.pk,
        admin_graphql_api_id: variant.id,
        product_id: row.pk,
        title: variant.title,
        sku: variant.sku,
        barcode: variant.barcode,
        price: amount(variant.price),
        compare_at_price: amount(variant.compare_at_price),
        inventory_quantity: variant.inventory_quantity,
        position: variant.position,
      })),
      images,
      image: images[0] ?? null,
    };
  };

  const customer = async (row: Row): Promise<Body> => {
    const found = await children('customer_addresses', 'customer_pk', row.pk);
    const addresses = found.map((address) => ({
      id: address.pk,
      customer_id: row.pk,
      name: address.name,
      company: address.company,
      address1: address.address1,
      address2: address.address2,
      city: address.city,
      province: address.province,
      zip: address.zip,
      country_code: address.country_code,
      phone: address.phone,
    }));
    return {
      id: row.pk,
      admin_graphql_api_id: row.id,
      first_name: row.first_name,
      last_name: row.last_name,
      email: row.email,
      phone: row.phone,
      state: lower(row.state),
      tags: listOf(row.tags).join(', '),
      currency: row.currency,
      orders_count: row.orders_count,
      total_spent: toDecimal(Number(row.amount_spent), String(row.currency)),
      verified_email: row.verified_email === 1,
      tax_exempt: row.tax_exempt === 1,
      last_order_id: row.last_order_pk,
      created_at: row.created_at,
      updated_at: row.updated_at,
      default_address: addresses[0] ?? null,
      addresses,
    };
  };

  const order = async (row: Row): Promise<Body> => {
    const currency = String(row.currency);
    const amount = (value: SqlValue | undefined): string => toDecimal(Number(value ?? 0), currency);
    const lines = await children('order_lines', 'order_pk', row.pk);
    const [buyer] = await children('customers', 'pk', row.customer_pk);
    const fulfilled = row.fulfillment_status === 'FULFILLED' ? 'fulfilled' : null;
    return {
      id: row.pk,
      admin_graphql_api_id: row.id,
      name: row.name,
      number: row.number,
      order_number: row.number,
      created_at: row.created_at,
      processed_at: row.processed_at,
      updated_at: row.updated_at,
      cancelled_at: row.cancelled_at,
      closed_at: row.closed_at,
      financial_status: lower(row.financial_status),
      fulfillment_status: row.fulfillment_status === 'PARTIALLY_FULFILLED' ? 'partial' : fulfilled,
      test: row.test === 1,
      currency,
      total_price: amount(row.total),
      subtotal_price: amount(row.subtotal),
      total_discounts: amount(row.discounts),
      total_shipping_price_set: { shop_money: { amount: amount(row.shipping), currency_code: currency } },
      total_tax: amount(row.tax),
      total_outstanding: amount(row.outstanding),
      email: row.email,
      phone: row.phone,
      payment_gateway_names: listOf(row.gateways),
      discount_codes: listOf(row.discount_codes).map((code) => ({ code })),
      tags: listOf(row.tags).join(', '),
      source_name: row.source_name,
      checkout_token: row.checkout_token,
      cart_token: row.cart_token,
      customer: buyer ? await customer(buyer) : null,
      line_items: lines.map((line) => ({
        id: line.pk,
        admin_graphql_api_id: line.id,
        product_id: line.product_pk,
        variant_id: line.variant_pk,
        title: line.title,
        variant_title: line.variant_title,
        sku: line.sku,
        vendor: line.vendor,
        quantity: line.quantity,
        current_quantity: line.current_quantity,
        price: amount(line.unit_price),
        total_discount: amount(Number(line.unit_price) * Number(line.quantity) - Number(line.total)),
      })),
      refunds: [],
    };
  };

  const transaction = (row: Row): Body => ({
    id: row.pk,
    admin_graphql_api_id: row.id,
    order_id: row.order_pk,
    parent_id: row.parent_pk,
    kind: lower(row.kind),
    status: lower(row.status),
    gateway: row.gateway,
    amount: toDecimal(Number(row.amount), String(row.currency)),
    currency: row.currency,
    created_at: row.created_at,
    processed_at: row.processed_at,
    test: row.test === 1,
    error_code: lower(row.error_code),
    payment_id: row.payment_id,
  });

  const refund = async (shop: string): Promise<Body | null> => {
    const row = await newest('transactions', shop, `kind = 'REFUND'`);
    return row === null
      ? null
      : { id: row.pk, order_id: row.order_pk, processed_at: row.processed_at, transactions: [transaction(row)] };
  };

  /** The compliance topics name a person and their orders. */
  const personOf = async (shop: string, ordersKey: string): Promise<Body | null> => {
    const row = await newest('customers', shop);
    if (row === null) return null;
    const orders = await children('orders', 'customer_pk', row.pk);
    return {
      shop_domain: shop,
      customer: { id: row.pk, email: row.email, phone: row.phone },
      [ordersKey]: orders.map(({ pk }) => pk),
    };
  };

  const of = async (table: string, shop: string, toBody: (row: Row) => Body | Promise<Body>): Promise<Body | null> => {
    const row = await newest(table, shop);
    return row === null ? null : toBody(row);
  };

  return async (shop, topic) => {
    if (topic === 'customers/data_request') return personOf(shop, 'orders_requested');
    if (topic === 'customers/redact') return personOf(shop, 'orders_to_redact');
    switch (topic.split('/', 1)[0]) {
      case 'products':
        return of('products', shop, product);
      case 'orders':
        return of('orders', shop, order);
      case 'customers':
        return of('customers', shop, customer);
      case 'order_transactions':
        return of('transactions', shop, transaction);
      case 'refunds':
        return refund(shop);
      default:
        return null;
    }
  };
};
