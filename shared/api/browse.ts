import { z } from 'zod';
import { COLUMNS, type ColumnId, DEFAULT_SORT, RESOURCES, type Resource, sortableColumns } from '../browse/columns.ts';
import { parseFilters } from '../browse/filters.ts';
import { ShopDomain } from '../shop-domain.ts';
import { IsoTime } from './common.ts';

export const ResourceName = z.enum(RESOURCES);

const filtersOf = (resource: Resource) =>
  z
    .string()
    .max(4000)
    .check((context) => {
      const { problem } = parseFilters(resource, context.value);
      if (problem !== null) context.issues.push({ code: 'custom', message: problem, input: context.value });
    });

const sortOf = <R extends Resource>(resource: R) =>
  z.enum(sortableColumns(resource) as [ColumnId<R>, ...ColumnId<R>[]]);

const selection = (resource: Resource) => ({
  shop: ShopDomain.optional(),
  search: z.string().max(200).optional(),
  /** See shared/browse/filters.ts for the grammar. */
  filters: filtersOf(resource).optional(),
});

/** `sort: relevance` is for searches only; it is the default there. */
const listInput = <R extends Resource>(resource: R) =>
  z.object({
    ...selection(resource),
    sort: z.union([sortOf(resource), z.literal('relevance')]).optional(),
    order: z.enum(['asc', 'desc']).default(DEFAULT_SORT[resource].order),
    cursor: z.string().max(2000).nullish(),
    limit: z.number().int().min(1).max(250).default(100),
  });

const page = <Row extends z.ZodType>(row: Row) =>
  z.object({
    items: z.array(row),
    nextCursor: z.string().nullable(),
    /** All rows that fit; null where counting them would take longer than the page: `count` answers it. */
    total: z.number().int().nullable(),
    /** The words that were searched for instead, where the ones typed were found nowhere. */
    corrected: z.string().nullable(),
  });

export const ProductListInput = listInput('products');
export const OrderListInput = listInput('orders');
export const TransactionListInput = listInput('transactions');
export const CustomerListInput = listInput('customers');

/** A selection of any resource, for counts, exports and actions on all that fit. */
export const Selection = z.discriminatedUnion('resource', [
  z.object({ resource: z.literal('products'), ...selection('products') }),
  z.object({ resource: z.literal('orders'), ...selection('orders') }),
  z.object({ resource: z.literal('transactions'), ...selection('transactions') }),
  z.object({ resource: z.literal('customers'), ...selection('customers') }),
]);
export type Selection = z.infer<typeof Selection>;
export const CountOutput = z.object({ total: z.number().int() });
/** The values that a column has, most frequent first, for the filter menus. */
export const ValuesInput = z.object({
  resource: ResourceName,
  column: z.string().max(50),
  shop: ShopDomain.optional(),
});
export const ValuesOutput = z.object({ values: z.array(z.object({ value: z.string(), rows: z.number().int() })) });

export const ProductStatus = z.enum(COLUMNS.products.status.choices);
export const ProductRow = z.object({
  id: z.string(),
  shop: ShopDomain,
  title: z.string(),
  handle: z.string(),
  status: ProductStatus,
  vendor: z.string(),
  productType: z.string(),
  tags: z.array(z.string()),
  totalInventory: z.number().int(),
  variantsCount: z.number().int(),
  priceMin: z.number().int().nullable(),
  priceMax: z.number().int().nullable(),
  currency: z.string().nullable(),
  imageUrl: z.string().nullable(),
  createdAt: IsoTime,
  updatedAt: IsoTime,
});
export type ProductRow = z.infer<typeof ProductRow>;
export const ProductPage = page(ProductRow);

/** Amounts in minor units of `currency`. */
export const OrderRow = z.object({
  id: z.string(),
  shop: ShopDomain,
  /** As the merchant sees it, e.g. `#1001`. */
  name: z.string(),
  processedAt: IsoTime,
  updatedAt: IsoTime,
  cancelledAt: IsoTime.nullable(),
  financialStatus: z.string(),
  fulfillmentStatus: z.string(),
  returnStatus: z.string().nullable(),
  test: z.boolean(),
  currency: z.string(),
  total: z.number().int(),
  discounts: z.number().int(),
  refunded: z.number().int(),
  outstanding: z.number().int(),
  items: z.number().int(),
  customerId: z.string().nullable(),
  customerName: z.string(),
  email: z.string().nullable(),
  countryCode: z.string().nullable(),
  sourceName: z.string().nullable(),
  gateways: z.array(z.string()),
  discountCodes: z.array(z.string()),
  tags: z.array(z.string()),
});
export type OrderRow = z.infer<typeof OrderRow>;
export const OrderPage = page(OrderRow);

export const TransactionRow = z.object({
  id: z.string(),
  shop: ShopDomain,
  orderId: z.string(),
  orderName: z.string(),
  parentId: z.string().nullable(),
  kind: z.string(),
  status: z.string(),
  gateway: z.string(),
  amount: z.number().int(),
  fees: z.number().int().nullable(),
  currency: z.string(),
  errorCode: z.string().nullable(),
  test: z.boolean(),
  processedAt: IsoTime,
});
export type TransactionRow = z.infer<typeof TransactionRow>;
export const TransactionPage = page(TransactionRow);

export const CustomerRow = z.object({
  id: z.string(),
  shop: ShopDomain,
  displayName: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  state: z.string(),
  tags: z.array(z.string()),
  ordersCount: z.number().int(),
  amountSpent: z.number().int(),
  currency: z.string(),
  emailMarketing: z.string().nullable(),
  city: z.string().nullable(),
  countryCode: z.string().nullable(),
  createdAt: IsoTime,
  updatedAt: IsoTime,
});
export type CustomerRow = z.infer<typeof CustomerRow>;
export const CustomerPage = page(CustomerRow);
