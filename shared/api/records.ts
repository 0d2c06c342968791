import { z } from 'zod';
import { EXPORT_FORMATS } from '../browse/columns.ts';
import { ShopDomain } from '../shop-domain.ts';
import { CustomerRow, OrderRow, ProductRow, ResourceName, TransactionRow } from './browse.ts';
import { IsoTime } from './common.ts';

/** One change of a row: which fields, when, and what brought it. Values of personal fields are not kept. */
export const RecordChange = z.object({
  id: z.string(),
  at: IsoTime,
  source: z.string(),
  /** Of a webhook: the delivery's id in the inbox. */
  sourceId: z.string().nullable(),
  fields: z.array(z.object({ name: z.string(), before: z.unknown(), after: z.unknown() })),
});

const record = {
  /** When this computer last wrote the row, and what brought it. */
  syncedAt: IsoTime,
  syncedBy: z.enum(['import', 'sync', 'webhook', 'refresh']),
  changes: z.array(RecordChange),
  /** The whole JSON as it came: the Admin API's shape, or the webhook's after a webhook. */
  raw: z.unknown(),
};

export const RefreshInput = z.object({ id: z.string().max(200) });
/** `gone`: Shopify has the record no more, and it was removed here too. */
export const RefreshOutput = z.object({ outcome: z.enum(['changed', 'unchanged', 'gone']), at: IsoTime });

export const ProductVariant = z.object({
  id: z.string(),
  title: z.string(),
  sku: z.string().nullable(),
  barcode: z.string().nullable(),
  price: z.number().int().nullable(),
  compareAtPrice: z.number().int().nullable(),
  inventoryQuantity: z.number().int().nullable(),
  position: z.number().int(),
});
export const ProductDetail = ProductRow.extend({
  description: z.string(),
  variants: z.array(ProductVariant),
  media: z.array(
    z.object({ id: z.string(), type: z.string(), url: z.string().nullable(), alt: z.string().nullable() }),
  ),
  metafields: z.array(
    z.object({ id: z.string(), namespace: z.string(), key: z.string(), type: z.string(), value: z.string() }),
  ),
  ...record,
});
export type ProductDetail = z.infer<typeof ProductDetail>;

export const OrderLine = z.object({
  id: z.string(),
  productId: z.string().nullable(),
  title: z.string(),
  variantTitle: z.string().nullable(),
  sku: z.string().nullable(),
  quantity: z.number().int(),
  /** After removals and returns. */
  currentQuantity: z.number().int(),
  unitPrice: z.number().int(),
  total: z.number().int(),
});
export const OrderDetail = OrderRow.extend({
  createdAt: IsoTime,
  subtotal: z.number().int(),
  shipping: z.number().int(),
  tax: z.number().int(),
  phone: z.string().nullable(),
  checkoutToken: z.string().nullable(),
  lines: z.array(OrderLine),
  transactions: z.array(TransactionRow),
  customer: CustomerRow.nullable(),
  ...record,
});
export type OrderDetail = z.infer<typeof OrderDetail>;

export const TransactionDetail = TransactionRow.extend({
  paymentId: z.string().nullable(),
  /** Every transaction of the same order, oldest first: what this one follows from, and what followed. */
  chain: z.array(TransactionRow),
  order: OrderRow.nullable(),
  ...record,
});
export type TransactionDetail = z.infer<typeof TransactionDetail>;

export const CustomerDetail = CustomerRow.extend({
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  smsMarketing: z.string().nullable(),
  locale: z.string().nullable(),
  verifiedEmail: z.boolean(),
  taxExempt: z.boolean(),
  addresses: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable(),
      company: z.string().nullable(),
      lines: z.array(z.string()),
      phone: z.string().nullable(),
    }),
  ),
  /** The newest twenty. */
  orders: z.array(OrderRow),
  ...record,
});
export type CustomerDetail = z.infer<typeof CustomerDetail>;

// ---- one search over everything
export const SearchEverythingInput = z.object({ search: z.string().min(1).max(200), shop: ShopDomain.optional() });
export const SearchHit = z.object({
  resource: ResourceName,
  id: z.string(),
  shop: ShopDomain,
  /** Null where the person is the title. */
  title: z.string().nullable(),
  /** The customer's name, which is masked for whoever may not read it; null where nobody is named. */
  person: z.string().nullable(),
  /** What else tells it from others; names nobody. */
  detail: z.string(),
  /** When it happened; null for what is not of one time. */
  at: IsoTime.nullable(),
  /** The search is this record's number, address or title, whole. */
  exact: z.boolean(),
});
export type SearchHit = z.infer<typeof SearchHit>;
export const SearchEverythingOutput = z.object({ hits: z.array(SearchHit) });

// ---- reads that are kept
export const ReadCacheStats = z.object({
  entries: z.number().int(),
  bytes: z.number().int(),
  maxBytes: z.number().int(),
  hits: z.number().int(),
  misses: z.number().int(),
  /** Entries that had to go for newer ones. */
  evictions: z.number().int(),
  /** Since when hits and misses are counted. */
  since: IsoTime,
});
export type ReadCacheStats = z.infer<typeof ReadCacheStats>;

// ---- exports that are being written
export const RunningExport = z.object({
  id: z.string(),
  resource: ResourceName,
  format: z.enum(EXPORT_FORMATS),
  /** Rows written so far. */
  rows: z.number().int(),
  /** Null until they are counted. */
  total: z.number().int().nullable(),
  startedAt: IsoTime,
});
export type RunningExport = z.infer<typeof RunningExport>;
export const RunningExports = z.object({ items: z.array(RunningExport) });

// ---- pictures of the data
export const ChartInput = z.object({
  shop: ShopDomain.optional(),
  /** Days up to today, in UTC. */
  days: z.number().int().min(7).max(366).default(30),
});
/** Amounts in minor units of `currency`, which is the one with most orders in the period; others are named in `otherCurrencies`. */
export const Charts = z.object({
  currency: z.string().nullable(),
  otherCurrencies: z.array(z.string()),
  days: z.array(
    z.object({
      day: z.string(),
      orders: z.number().int(),
      total: z.number().int(),
      refunded: z.number().int(),
      firstOrders: z.number().int(),
      returningOrders: z.number().int(),
    }),
  ),
  before: z.object({ orders: z.number().int(), total: z.number().int() }),
  payment: z.array(z.object({ status: z.string(), orders: z.number().int() })),
  fulfillment: z.array(z.object({ status: z.string(), orders: z.number().int() })),
  topProducts: z.array(
    z.object({ productId: z.string(), title: z.string(), quantity: z.number().int(), total: z.number().int() }),
  ),
});
export type Charts = z.infer<typeof Charts>;

export const ProductChartInput = z.object({ shop: ShopDomain.optional() });
/** Of all products that are here. `stock` is that of those on sale. */
export const ProductCharts = z.object({
  statuses: z.array(z.object({ status: z.string(), products: z.number().int() })),
  stock: z.object({ out: z.number().int(), low: z.number().int(), enough: z.number().int() }),
  vendors: z.array(z.object({ vendor: z.string(), products: z.number().int() })),
});
export type ProductCharts = z.infer<typeof ProductCharts>;

/** Bands begin with `from` and end before the next one's; what was spent is in minor units of `currency`, which most customers have. */
export const CustomerCharts = z.object({
  /** Who was created on which day. */
  days: z.array(z.object({ day: z.string(), customers: z.number().int() })),
  /** As many in the period before. */
  before: z.number().int(),
  firstOrders: z.number().int(),
  returningOrders: z.number().int(),
  currency: z.string().nullable(),
  otherCurrencies: z.array(z.string()),
  spent: z.array(z.object({ from: z.number().int(), customers: z.number().int() })),
  orders: z.array(z.object({ from: z.number().int(), customers: z.number().int() })),
});
export type CustomerCharts = z.infer<typeof CustomerCharts>;

/** Amounts in minor units of `currency`, which is the one with most transactions; counts are of all. */
export const TransactionCharts = z.object({
  currency: z.string().nullable(),
  otherCurrencies: z.array(z.string()),
  days: z.array(
    z.object({
      day: z.string(),
      received: z.number().int(),
      refunded: z.number().int(),
      transactions: z.number().int(),
      failed: z.number().int(),
    }),
  ),
  before: z.object({ received: z.number().int() }),
  gateways: z.array(z.object({ gateway: z.string(), transactions: z.number().int() })),
  kinds: z.array(z.object({ kind: z.string(), transactions: z.number().int() })),
  statuses: z.array(z.object({ status: z.string(), transactions: z.number().int() })),
});
export type TransactionCharts = z.infer<typeof TransactionCharts>;
