/**
 * What the grids can show, sort and filter by: the one list that the console's menus and the backend's SQL are both made from.
 * No zod here: the console reads it before its first paint.
 */
export const RESOURCES = ['products', 'orders', 'transactions', 'customers'] as const;
export type Resource = (typeof RESOURCES)[number];

export const EXPORT_FORMATS = ['csv', 'ndjson', 'sqlite'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export type ColumnType = 'text' | 'number' | 'money' | 'date' | 'choice' | 'list' | 'flag' | 'reference';

export interface ColumnSpec {
  readonly label: string;
  readonly type: ColumnType;
  /** Of a `choice`: the values there are, as Shopify names them. Absent: they are asked of the data. */
  readonly choices?: readonly string[];
  /** Shown only when the person asks for the column. */
  readonly hidden?: true;
  /** Holds personal data: masked until revealed. */
  readonly personal?: true;
  /** First width in px. */
  readonly width: number;
}

const PRODUCTS = {
  title: { label: 'Title', type: 'text', width: 216 },
  status: { label: 'Status', type: 'choice', choices: ['ACTIVE', 'DRAFT', 'ARCHIVED', 'UNLISTED'], width: 92 },
  vendor: { label: 'Vendor', type: 'choice', width: 120 },
  productType: { label: 'Type', type: 'choice', width: 108 },
  totalInventory: { label: 'Inventory', type: 'number', width: 84 },
  variantsCount: { label: 'Variants', type: 'number', width: 72 },
  priceMin: { label: 'Price', type: 'money', width: 134 },
  tags: { label: 'Tags', type: 'list', hidden: true, width: 180 },
  handle: { label: 'Handle', type: 'text', hidden: true, width: 180 },
  createdAt: { label: 'Created', type: 'date', hidden: true, width: 96 },
  updatedAt: { label: 'Updated', type: 'date', width: 88 },
} as const satisfies Record<string, ColumnSpec>;

/** `OrderDisplayFinancialStatus` and `OrderDisplayFulfillmentStatus` of the Admin API. */
const FINANCIAL = [
  'PAID',
  'PENDING',
  'AUTHORIZED',
  'PARTIALLY_PAID',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'VOIDED',
  'EXPIRED',
] as const;
const FULFILLMENT = [
  'UNFULFILLED',
  'PARTIALLY_FULFILLED',
  'FULFILLED',
  'IN_PROGRESS',
  'ON_HOLD',
  'SCHEDULED',
  'OPEN',
  'PENDING_FULFILLMENT',
  'REQUEST_DECLINED',
  'RESTOCKED',
] as const;

const ORDERS = {
  name: { label: 'Order', type: 'text', width: 92 },
  processedAt: { label: 'Date', type: 'date', width: 96 },
  customerName: { label: 'Customer', type: 'text', personal: true, width: 176 },
  financialStatus: { label: 'Payment', type: 'choice', choices: FINANCIAL, width: 144 },
  fulfillmentStatus: { label: 'Fulfilment', type: 'choice', choices: FULFILLMENT, width: 140 },
  items: { label: 'Items', type: 'number', width: 64 },
  total: { label: 'Total', type: 'money', width: 112 },
  refunded: { label: 'Refunded', type: 'money', hidden: true, width: 104 },
  outstanding: { label: 'Outstanding', type: 'money', hidden: true, width: 112 },
  discounts: { label: 'Discounts', type: 'money', hidden: true, width: 104 },
  email: { label: 'E-mail', type: 'text', personal: true, hidden: true, width: 200 },
  gateways: { label: 'Gateway', type: 'list', hidden: true, width: 140 },
  discountCodes: { label: 'Discount codes', type: 'list', hidden: true, width: 130 },
  countryCode: { label: 'Country', type: 'choice', hidden: true, width: 84 },
  sourceName: { label: 'Channel', type: 'choice', hidden: true, width: 110 },
  returnStatus: { label: 'Return', type: 'choice', hidden: true, width: 120 },
  tags: { label: 'Tags', type: 'list', hidden: true, width: 150 },
  test: { label: 'Test', type: 'flag', hidden: true, width: 64 },
  cancelledAt: { label: 'Cancelled', type: 'date', hidden: true, width: 104 },
  updatedAt: { label: 'Updated', type: 'date', width: 88 },
} as const satisfies Record<string, ColumnSpec>;

const TRANSACTIONS = {
  orderName: { label: 'Order', type: 'text', width: 92 },
  kind: {
    label: 'Kind',
    type: 'choice',
    choices: ['SALE', 'AUTHORIZATION', 'CAPTURE', 'REFUND', 'VOID', 'CHANGE', 'EMV_AUTHORIZATION', 'SUGGESTED_REFUND'],
    width: 116,
  },
  status: {
    label: 'Status',
    type: 'choice',
    choices: ['SUCCESS', 'PENDING', 'FAILURE', 'ERROR', 'AWAITING_RESPONSE', 'UNKNOWN'],
    width: 112,
  },
  gateway: { label: 'Gateway', type: 'choice', width: 148 },
  amount: { label: 'Amount', type: 'money', width: 120 },
  fees: { label: 'Fees', type: 'money', width: 88 },
  errorCode: { label: 'Error', type: 'choice', width: 132 },
  test: { label: 'Test', type: 'flag', hidden: true, width: 64 },
  processedAt: { label: 'Date', type: 'date', width: 104 },
} as const satisfies Record<string, ColumnSpec>;

const CUSTOMERS = {
  displayName: { label: 'Name', type: 'text', personal: true, width: 156 },
  email: { label: 'E-mail', type: 'text', personal: true, width: 176 },
  phone: { label: 'Phone', type: 'text', personal: true, hidden: true, width: 140 },
  state: {
    label: 'Account',
    type: 'choice',
    choices: ['ENABLED', 'DISABLED', 'INVITED', 'DECLINED'],
    hidden: true,
    width: 100,
  },
  ordersCount: { label: 'Orders', type: 'number', width: 72 },
  amountSpent: { label: 'Spent', type: 'money', width: 116 },
  emailMarketing: {
    label: 'E-mail marketing',
    type: 'choice',
    choices: ['SUBSCRIBED', 'NOT_SUBSCRIBED', 'UNSUBSCRIBED', 'PENDING', 'INVALID', 'REDACTED'],
    width: 124,
  },
  city: { label: 'City', type: 'text', width: 112 },
  countryCode: { label: 'Country', type: 'choice', width: 72 },
  tags: { label: 'Tags', type: 'list', hidden: true, width: 150 },
  createdAt: { label: 'Since', type: 'date', hidden: true, width: 104 },
  updatedAt: { label: 'Updated', type: 'date', width: 88 },
} as const satisfies Record<string, ColumnSpec>;

export const COLUMNS = {
  products: PRODUCTS,
  orders: ORDERS,
  transactions: TRANSACTIONS,
  customers: CUSTOMERS,
} as const satisfies Record<Resource, Record<string, ColumnSpec>>;

/** Rows by their own numbers: those that are ticked. */
const OWN = { recordId: { label: 'No.', type: 'reference', width: 0 } } as const satisfies Record<string, ColumnSpec>;

/**
 * What a list can be filtered by that is no column of it: another record's number at Shopify, which its rows belong to. In links and in the
 * API; no menu offers it.
 */
export const REFERENCES = {
  products: OWN,
  orders: {
    ...OWN,
    customerId: { label: 'Customer no.', type: 'reference', width: 0 },
    productId: { label: 'With product no.', type: 'reference', width: 0 },
  },
  transactions: OWN,
  customers: OWN,
} as const satisfies Record<Resource, Record<string, ColumnSpec>>;

export type ReferenceId<R extends Resource> = keyof (typeof REFERENCES)[R] & string;
export type ColumnId<R extends Resource> = keyof (typeof COLUMNS)[R] & string;

/** What a list is sorted by until the person chooses. */
export const DEFAULT_SORT: {
  readonly [R in Resource]: { readonly sort: ColumnId<R>; readonly order: 'asc' | 'desc' };
} = {
  products: { sort: 'updatedAt', order: 'desc' },
  orders: { sort: 'processedAt', order: 'desc' },
  transactions: { sort: 'processedAt', order: 'desc' },
  customers: { sort: 'updatedAt', order: 'desc' },
};

export const columnOf = (resource: Resource, id: string): ColumnSpec | undefined => {
  const columns: Readonly<Record<string, ColumnSpec>> = { ...COLUMNS[resource], ...REFERENCES[resource] };
  return Object.hasOwn(columns, id) ? columns[id] : undefined;
};

export const sortableColumns = (resource: Resource): string[] => Object.keys(COLUMNS[resource]);
