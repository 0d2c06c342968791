import type * as api from '../../../../shared/api.ts';
import type { ColumnId, ReferenceId, Resource } from '../../../../shared/browse/columns.ts';
import type { SqlValue } from '../../../platform/db/database.ts';
import type { Indexes } from './plan.ts';

/**
 * How one resource is read: its table, its search index, and for each column of `shared/browse/columns.ts` the SQL behind it. Where an index
 * has the order, the sort expression is the one that it stands on.
 */
export interface BrowseDefinition<R extends Resource, Row> {
  readonly resource: R;
  readonly table: string;
  /** Null: searched through another resource (a transaction through its order). */
  readonly searchIndex: { readonly fts: string; readonly terms: string; readonly key: string };
  /** What finds rows that the search names whole, each with one `?`; every one of them on an index. */
  readonly exact: readonly string[];
  readonly indexes: Indexes;
  readonly select: string;
  readonly columns: { readonly [C in ColumnId<R>]: string };
  /** The condition that a row belongs to one of these numbers; it begins with a column that a plus can stand before. */
  readonly references: { readonly [C in ReferenceId<R>]: (numbers: string) => string };
  /** Never null, so that a cursor compares cleanly. */
  readonly sortBy: { readonly [C in ColumnId<R>]: string };
  toRow(row: RawRow): Row;
}

export type RawRow = Readonly<Record<string, SqlValue>> & { readonly pk: number };

const text = (value: SqlValue | undefined): string => (typeof value === 'string' ? value : '');
const maybeText = (value: SqlValue | undefined): string | null => (typeof value === 'string' ? value : null);
const integer = (value: SqlValue | undefined): number => (typeof value === 'number' ? value : 0);
const maybeInteger = (value: SqlValue | undefined): number | null => (typeof value === 'number' ? value : null);
const list = (value: SqlValue | undefined): string[] =>
  typeof value === 'string' && value !== '' ? (JSON.parse(value) as string[]) : [];
const gid = (type: string, pk: SqlValue | undefined): string | null =>
  typeof pk === 'number' ? `gid://shopify/${type}/${pk}` : null;

const OWN = { recordId: (numbers: string): string => `pk IN (${numbers})` };

const products: BrowseDefinition<'products', api.ProductRow> = {
  resource: 'products',
  table: 'products',
  searchIndex: { fts: 'products_fts', terms: 'products_terms', key: 'pk' },
  exact: ['pk IN (SELECT product_pk FROM product_variants WHERE sku = ? COLLATE NOCASE)'],
  indexes: {
    sought: ['recordId', 'shop', 'status', 'title', 'vendor', 'totalInventory', 'updatedAt'],
    within: { columns: ['shop', 'status'], order: 'updatedAt' },
    sorted: ['title', 'vendor', 'totalInventory', 'priceMin', 'updatedAt'],
    covering: [],
  },
  select: `pk, id, shop, title, handle, status, vendor, product_type, tags, total_inventory, variants_count, price_min, price_max, currency,
    image_url, created_at, updated_at`,
  columns: {
    title: 'title',
    status: 'status',
    vendor: 'vendor COLLATE NOCASE',
    productType: 'product_type',
    totalInventory: 'total_inventory',
    variantsCount: 'variants_count',
    priceMin: 'price_min',
    tags: 'tags',
    handle: 'handle',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  },
  references: OWN,
  sortBy: {
    title: 'title COLLATE NOCASE',
    status: 'status',
    vendor: 'vendor COLLATE NOCASE',
    productType: 'product_type COLLATE NOCASE',
    totalInventory: 'total_inventory',
    variantsCount: 'variants_count',
    priceMin: 'coalesce(price_min, -1)',
    tags: 'tags',
    handle: 'handle',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  },
  toRow: (row) => ({
    id: text(row.id),
    shop: text(row.shop),
    title: text(row.title),
    handle: text(row.handle),
    status: text(row.status) as api.ProductRow['status'],
    vendor: text(row.vendor),
    productType: text(row.product_type),
    tags: list(row.tags),
    totalInventory: integer(row.total_inventory),
    variantsCount: integer(row.variants_count),
    priceMin: maybeInteger(row.price_min),
    priceMax: maybeInteger(row.price_max),
    currency: maybeText(row.currency),
    imageUrl: maybeText(row.image_url),
    createdAt: text(row.created_at),
    updatedAt: text(row.updated_at),
  }),
};

const orders: BrowseDefinition<'orders', api.OrderRow> = {
  resource: 'orders',
  table: 'orders',
  searchIndex: { fts: 'orders_fts', terms: 'orders_terms', key: 'pk' },
  exact: ['number = ?', 'email = ? COLLATE NOCASE'],
  indexes: {
    sought: [
      'recordId',
      'shop',
      'financialStatus',
      'fulfillmentStatus',
      'customerName',
      'email',
      'customerId',
      'productId',
      'total',
      'processedAt',
      'updatedAt',
    ],
    within: { columns: ['shop', 'financialStatus', 'fulfillmentStatus'], order: 'processedAt' },
    sorted: ['name', 'processedAt', 'customerName', 'total', 'updatedAt'],
    covering: [
      { name: 'orders_customer_name', columns: ['customerName'] },
      { name: 'orders_email', columns: ['email'] },
      {
        name: 'orders_filters',
        columns: [
          'processedAt',
          'tags',
          'countryCode',
          'sourceName',
          'discountCodes',
          'gateways',
          'returnStatus',
          'cancelledAt',
          'test',
          'refunded',
          'outstanding',
          'discounts',
          'items',
          'financialStatus',
          'fulfillmentStatus',
          'total',
          'name',
        ],
        order: 'processedAt',
      },
    ],
  },
  select: `pk, id, shop, name, processed_at, updated_at, cancelled_at, financial_status, fulfillment_status, return_status, test, currency, total,
    discounts, refunded, outstanding, items, customer_pk, customer_name, email, country_code, source_name, gateways, discount_codes, tags,
    number`,
  columns: {
    name: 'name',
    processedAt: 'processed_at',
    customerName: 'customer_name COLLATE NOCASE',
    financialStatus: 'financial_status',
    fulfillmentStatus: 'fulfillment_status',
    items: 'items',
    total: 'total',
    refunded: 'refunded',
    outstanding: 'outstanding',
    discounts: 'discounts',
    email: 'email COLLATE NOCASE',
    gateways: 'gateways',
    discountCodes: 'discount_codes',
    countryCode: 'country_code',
    sourceName: 'source_name',
    returnStatus: 'return_status',
    tags: 'tags',
    test: 'test',
    cancelledAt: 'cancelled_at',
    updatedAt: 'updated_at',
  },
  references: {
    ...OWN,
    customerId: (numbers) => `customer_pk IN (${numbers})`,
    productId: (numbers) => `pk IN (SELECT order_pk FROM order_lines WHERE product_pk IN (${numbers}))`,
  },
  sortBy: {
    name: 'number',
    processedAt: 'processed_at',
    customerName: 'customer_name COLLATE NOCASE',
    financialStatus: 'financial_status',
    fulfillmentStatus: 'fulfillment_status',
    items: 'items',
    total: 'total',
    refunded: 'refunded',
    outstanding: 'outstanding',
    discounts: 'discounts',
    email: "coalesce(email, '') COLLATE NOCASE",
    gateways: 'gateways',
    discountCodes: 'discount_codes',
    countryCode: "coalesce(country_code, '')",
    sourceName: "coalesce(source_name, '')",
    returnStatus: "coalesce(return_status, '')",
    tags: 'tags',
    test: 'test',
    cancelledAt: "coalesce(cancelled_at, '')",
    updatedAt: 'updated_at',
  },
  toRow: (row) => ({
    id: text(row.id),
    shop: text(row.shop),
    name: text(row.name),
    processedAt: text(row.processed_at),
    updatedAt: text(row.updated_at),
    cancelledAt: maybeText(row.cancelled_at),
    financialStatus: text(row.financial_status),
    fulfillmentStatus: text(row.fulfillment_status),
    returnStatus: maybeText(row.return_status),
    test: row.test === 1,
    currency: text(row.currency),
    total: integer(row.total),
    discounts: integer(row.discounts),
    refunded: integer(row.refunded),
    outstanding: integer(row.outstanding),
    items: integer(row.items),
    customerId: gid('Customer', row.customer_pk),
    customerName: text(row.customer_name),
    email: maybeText(row.email),
    countryCode: maybeText(row.country_code),
    sourceName: maybeText(row.source_name),
    gateways: list(row.gateways),
    discountCodes: list(row.discount_codes),
    tags: list(row.tags),
  }),
};

const transactions: BrowseDefinition<'transactions', api.TransactionRow> = {
  resource: 'transactions',
  table: 'transactions',
  searchIndex: { fts: 'orders_fts', terms: 'orders_terms', key: 'order_pk' },
  exact: ['payment_id = ?', 'order_pk IN (SELECT pk FROM orders WHERE number = ?)'],
  indexes: {
    sought: ['recordId', 'shop', 'kind', 'status', 'gateway', 'amount', 'processedAt'],
    within: { columns: ['shop', 'kind', 'status', 'gateway'], order: 'processedAt' },
    sorted: ['amount', 'processedAt'],
    covering: [
      {
        name: 'transactions_filters',
        columns: ['processedAt', 'errorCode', 'orderName', 'fees', 'test', 'gateway', 'kind', 'status', 'amount'],
        order: 'processedAt',
      },
    ],
  },
  select: `pk, id, shop, order_pk, order_name, parent_pk, kind, status, gateway, amount, fees, currency, error_code, test, processed_at`,
  columns: {
    orderName: 'order_name',
    kind: 'kind',
    status: 'status',
    gateway: 'gateway',
    amount: 'amount',
    fees: 'fees',
    errorCode: 'error_code',
    test: 'test',
    processedAt: 'processed_at',
  },
  references: OWN,
  sortBy: {
    orderName: 'order_name',
    kind: 'kind',
    status: 'status',
    gateway: 'gateway',
    amount: 'amount',
    fees: 'coalesce(fees, -1)',
    errorCode: "coalesce(error_code, '')",
    test: 'test',
    processedAt: 'processed_at',
  },
  toRow: (row) => ({
    id: text(row.id),
    shop: text(row.shop),
    orderId: gid('Order', row.order_pk) ?? '',
    orderName: text(row.order_name),
    parentId: gid('OrderTransaction', row.parent_pk),
    kind: text(row.kind),
    status: text(row.status),
    gateway: text(row.gateway),
    amount: integer(row.amount),
    fees: maybeInteger(row.fees),
    currency: text(row.currency),
    errorCode: maybeText(row.error_code),
    test: row.test === 1,
    processedAt: text(row.processed_at),
  }),
};

const customers: BrowseDefinition<'customers', api.CustomerRow> = {
  resource: 'customers',
  table: 'customers',
  searchIndex: { fts: 'customers_fts', terms: 'customers_terms', key: 'pk' },
  exact: ['email = ? COLLATE NOCASE'],
  indexes: {
    sought: ['recordId', 'shop', 'displayName', 'email', 'ordersCount', 'amountSpent', 'createdAt', 'updatedAt'],
    within: { columns: ['shop'], order: 'updatedAt' },
    sorted: ['displayName', 'email', 'ordersCount', 'amountSpent', 'createdAt', 'updatedAt'],
    covering: [
      { name: 'customers_display_name', columns: ['displayName'] },
      { name: 'customers_email', columns: ['email'] },
    ],
  },
  select: `pk, id, shop, display_name, email, phone, state, tags, orders_count, amount_spent, currency, email_marketing, city, country_code,
    created_at, updated_at`,
  columns: {
    displayName: 'display_name COLLATE NOCASE',
    email: 'email COLLATE NOCASE',
    phone: 'phone',
    state: 'state',
    ordersCount: 'orders_count',
    amountSpent: 'amount_spent',
    emailMarketing: 'email_marketing',
    city: 'city',
    countryCode: 'country_code',
    tags: 'tags',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  },
  references: OWN,
  sortBy: {
    displayName: 'display_name COLLATE NOCASE',
    email: "coalesce(email, '') COLLATE NOCASE",
    phone: "coalesce(phone, '')",
    state: 'state',
    ordersCount: 'orders_count',
    amountSpent: 'amount_spent',
    emailMarketing: "coalesce(email_marketing, '')",
    city: "coalesce(city, '') COLLATE NOCASE",
    countryCode: "coalesce(country_code, '')",
    tags: 'tags',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  },
  toRow: (row) => ({
    id: text(row.id),
    shop: text(row.shop),
    displayName: text(row.display_name),
    email: maybeText(row.email),
    phone: maybeText(row.phone),
    state: text(row.state),
    tags: list(row.tags),
    ordersCount: integer(row.orders_count),
    amountSpent: integer(row.amount_spent),
    currency: text(row.currency),
    emailMarketing: maybeText(row.email_marketing),
    city: maybeText(row.city),
    countryCode: maybeText(row.country_code),
    createdAt: text(row.created_at),
    updatedAt: text(row.updated_at),
  }),
};

export const DEFINITIONS = { products, orders, transactions, customers } as const;
