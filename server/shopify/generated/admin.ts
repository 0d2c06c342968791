// Written by scripts/codegen.mjs from server/shopify/operations and the Admin API schema; do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type BulkOperationErrorCode =
  | 'ACCESS_DENIED'
  | 'INTERNAL_SERVER_ERROR'
  | 'TIMEOUT';

export type BulkOperationStatus =
  | 'CANCELED'
  | 'CANCELING'
  | 'COMPLETED'
  | 'CREATED'
  | 'EXPIRED'
  | 'FAILED'
  | 'RUNNING';

export type BulkOperationUserErrorCode =
  | 'INVALID'
  | 'LIMIT_REACHED'
  | 'OPERATION_IN_PROGRESS';

export type CountPrecision =
  | 'AT_LEAST'
  | 'EXACT';

export type CurrencyCode =
  | 'AED'
  | 'AFN'
  | 'ALL'
  | 'AMD'
  | 'ANG'
  | 'AOA'
  | 'ARS'
  | 'AUD'
  | 'AWG'
  | 'AZN'
  | 'BAM'
  | 'BBD'
  | 'BDT'
  | 'BGN'
  | 'BHD'
  | 'BIF'
  | 'BMD'
  | 'BND'
  | 'BOB'
  | 'BRL'
  | 'BSD'
  | 'BTN'
  | 'BWP'
  | 'BYN'
  | 'BYR'
  | 'BZD'
  | 'CAD'
  | 'CDF'
  | 'CHF'
  | 'CLP'
  | 'CNY'
  | 'COP'
  | 'CRC'
  | 'CVE'
  | 'CZK'
  | 'DJF'
  | 'DKK'
  | 'DOP'
  | 'DZD'
  | 'EGP'
  | 'ERN'
  | 'ETB'
  | 'EUR'
  | 'FJD'
  | 'FKP'
  | 'GBP'
  | 'GEL'
  | 'GHS'
  | 'GIP'
  | 'GMD'
  | 'GNF'
  | 'GTQ'
  | 'GYD'
  | 'HKD'
  | 'HNL'
  | 'HRK'
  | 'HTG'
  | 'HUF'
  | 'IDR'
  | 'ILS'
  | 'INR'
  | 'IQD'
  | 'IRR'
  | 'ISK'
  | 'JEP'
  | 'JMD'
  | 'JOD'
  | 'JPY'
  | 'KES'
  | 'KGS'
  | 'KHR'
  | 'KID'
  | 'KMF'
  | 'KRW'
  | 'KWD'
  | 'KYD'
  | 'KZT'
  | 'LAK'
  | 'LBP'
  | 'LKR'
  | 'LRD'
  | 'LSL'
  | 'LTL'
  | 'LVL'
  | 'LYD'
  | 'MAD'
  | 'MDL'
  | 'MGA'
  | 'MKD'
  | 'MMK'
  | 'MNT'
  | 'MOP'
  | 'MRU'
  | 'MUR'
  | 'MVR'
  | 'MWK'
  | 'MXN'
  | 'MYR'
  | 'MZN'
  | 'NAD'
  | 'NGN'
  | 'NIO'
  | 'NOK'
  | 'NPR'
  | 'NZD'
  | 'OMR'
  | 'PAB'
  | 'PEN'
  | 'PGK'
  | 'PHP'
  | 'PKR'
  | 'PLN'
  | 'PYG'
  | 'QAR'
  | 'RON'
  | 'RSD'
  | 'RUB'
  | 'RWF'
  | 'SAR'
  | 'SBD'
  | 'SCR'
  | 'SDG'
  | 'SEK'
  | 'SGD'
  | 'SHP'
  | 'SLL'
  | 'SOS'
  | 'SRD'
  | 'SSP'
  | 'STD'
  | 'STN'
  | 'SYP'
  | 'SZL'
  | 'THB'
  | 'TJS'
  | 'TMT'
  | 'TND'
  | 'TOP'
  | 'TRY'
  | 'TTD'
  | 'TWD'
  | 'TZS'
  | 'UAH'
  | 'UGX'
  | 'USD'
  | 'USDC'
  | 'UYU'
  | 'UZS'
  | 'VED'
  | 'VEF'
  | 'VES'
  | 'VND'
  | 'VUV'
  | 'WST'
  | 'XAF'
  | 'XCD'
  | 'XOF'
  | 'XPF'
  | 'XXX'
  | 'YER'
  | 'ZAR'
  | 'ZMW';

export type ErrorsWebPixelUserErrorCode =
  | 'BLANK'
  | 'INVALID_CONFIGURATION_JSON'
  | 'INVALID_RUNTIME_CONTEXT'
  | 'INVALID_SETTINGS'
  | 'INVALID_SETTINGS_DEFINITION'
  | 'NOT_FOUND'
  | 'NO_EXTENSION'
  | 'TAKEN'
  | 'UNABLE_TO_DELETE'
  | 'UNEXPECTED_ERROR';

export type HasMetafieldsMetafieldIdentifierInput = {
  readonly key: string;
  readonly namespace?: string | null | undefined;
};

export type ProductSortKeys =
  | 'CREATED_AT'
  | 'ID'
  | 'INVENTORY_TOTAL'
  | 'PRODUCT_TYPE'
  | 'PUBLISHED_AT'
  | 'RELEVANCE'
  | 'TITLE'
  | 'UPDATED_AT'
  | 'VENDOR';

export type ProductStatus =
  | 'ACTIVE'
  | 'ARCHIVED'
  | 'DRAFT'
  | 'UNLISTED';

export type ProductVariantInventoryPolicy =
  | 'CONTINUE'
  | 'DENY';

export type WebPixelInput = {
  readonly settings: unknown;
};

export type WebhookSubscriptionFormat =
  | 'JSON'
  | 'XML';

export type WebhookSubscriptionInput = {
  readonly filter?: string | null | undefined;
  readonly format?: WebhookSubscriptionFormat | null | undefined;
  readonly includeFields?: ReadonlyArray<string> | null | undefined;
  readonly metafieldNamespaces?: ReadonlyArray<string> | null | undefined;
  readonly metafields?: ReadonlyArray<HasMetafieldsMetafieldIdentifierInput> | null | undefined;
  readonly name?: string | null | undefined;
  readonly uri?: string | null | undefined;
};

export type WebhookSubscriptionTopic =
  | 'APP_PURCHASES_ONE_TIME_UPDATE'
  | 'APP_SCOPES_UPDATE'
  | 'APP_SUBSCRIPTIONS_APPROACHING_CAPPED_AMOUNT'
  | 'APP_SUBSCRIPTIONS_UPDATE'
  | 'APP_UNINSTALLED'
  | 'AUDIT_EVENTS_ADMIN_API_ACTIVITY'
  | 'BULK_OPERATIONS_FINISH'
  | 'CARTS_CREATE'
  | 'CARTS_UPDATE'
  | 'CHANNELS_DELETE'
  | 'CHECKOUTS_CREATE'
  | 'CHECKOUTS_DELETE'
  | 'CHECKOUTS_UPDATE'
  | 'COLLECTIONS_CREATE'
  | 'COLLECTIONS_DELETE'
  | 'COLLECTIONS_UPDATE'
  | 'COLLECTION_LISTINGS_ADD'
  | 'COLLECTION_LISTINGS_REMOVE'
  | 'COLLECTION_LISTINGS_UPDATE'
  | 'COLLECTION_PUBLICATIONS_CREATE'
  | 'COLLECTION_PUBLICATIONS_DELETE'
  | 'COLLECTION_PUBLICATIONS_UPDATE'
  | 'COMPANIES_CREATE'
  | 'COMPANIES_DELETE'
  | 'COMPANIES_UPDATE'
  | 'COMPANY_CONTACTS_CREATE'
  | 'COMPANY_CONTACTS_DELETE'
  | 'COMPANY_CONTACTS_UPDATE'
  | 'COMPANY_CONTACT_ROLES_ASSIGN'
  | 'COMPANY_CONTACT_ROLES_REVOKE'
  | 'COMPANY_LOCATIONS_CREATE'
  | 'COMPANY_LOCATIONS_DELETE'
  | 'COMPANY_LOCATIONS_UPDATE'
  | 'CUSTOMERS_CREATE'
  | 'CUSTOMERS_DELETE'
  | 'CUSTOMERS_DISABLE'
  | 'CUSTOMERS_EMAIL_MARKETING_CONSENT_UPDATE'
  | 'CUSTOMERS_ENABLE'
  | 'CUSTOMERS_MARKETING_CONSENT_UPDATE'
  | 'CUSTOMERS_MERGE'
  | 'CUSTOMERS_PURCHASING_SUMMARY'
  | 'CUSTOMERS_UPDATE'
  | 'CUSTOMERS_WHATS_APP_MARKETING_CONSENT_UPDATE'
  | 'CUSTOMER_ACCOUNT_SETTINGS_UPDATE'
  | 'CUSTOMER_GROUPS_CREATE'
  | 'CUSTOMER_GROUPS_DELETE'
  | 'CUSTOMER_GROUPS_UPDATE'
  | 'CUSTOMER_JOINED_SEGMENT'
  | 'CUSTOMER_LEFT_SEGMENT'
  | 'CUSTOMER_PAYMENT_METHODS_CREATE'
  | 'CUSTOMER_PAYMENT_METHODS_REVOKE'
  | 'CUSTOMER_PAYMENT_METHODS_UPDATE'
  | 'CUSTOMER_TAGS_ADDED'
  | 'CUSTOMER_TAGS_REMOVED'
  | 'DELIVERY_PROMISE_SETTINGS_UPDATE'
  | 'DISCOUNTS_CREATE'
  | 'DISCOUNTS_DELETE'
  | 'DISCOUNTS_REDEEMCODE_ADDED'
  | 'DISCOUNTS_REDEEMCODE_REMOVED'
  | 'DISCOUNTS_UPDATE'
  | 'DISPUTES_CREATE'
  | 'DISPUTES_UPDATE'
  | 'DOMAINS_CREATE'
  | 'DOMAINS_DESTROY'
  | 'DOMAINS_UPDATE'
  | 'DRAFT_ORDERS_CREATE'
  | 'DRAFT_ORDERS_DELETE'
  | 'DRAFT_ORDERS_UPDATE'
  | 'FINANCE_APP_STAFF_MEMBER_DELETE'
  | 'FINANCE_APP_STAFF_MEMBER_GRANT'
  | 'FINANCE_APP_STAFF_MEMBER_REVOKE'
  | 'FINANCE_APP_STAFF_MEMBER_UPDATE'
  | 'FINANCE_KYC_INFORMATION_UPDATE'
  | 'FULFILLMENTS_CREATE'
  | 'FULFILLMENTS_UPDATE'
  | 'FULFILLMENT_EVENTS_CREATE'
  | 'FULFILLMENT_EVENTS_DELETE'
  | 'FULFILLMENT_HOLDS_ADDED'
  | 'FULFILLMENT_HOLDS_RELEASED'
  | 'FULFILLMENT_ORDERS_CANCELLATION_REQUEST_ACCEPTED'
  | 'FULFILLMENT_ORDERS_CANCELLATION_REQUEST_REJECTED'
  | 'FULFILLMENT_ORDERS_CANCELLATION_REQUEST_SUBMITTED'
  | 'FULFILLMENT_ORDERS_CANCELLED'
  | 'FULFILLMENT_ORDERS_FULFILLMENT_REQUEST_ACCEPTED'
  | 'FULFILLMENT_ORDERS_FULFILLMENT_REQUEST_REJECTED'
  | 'FULFILLMENT_ORDERS_FULFILLMENT_REQUEST_SUBMITTED'
  | 'FULFILLMENT_ORDERS_FULFILLMENT_SERVICE_FAILED_TO_COMPLETE'
  | 'FULFILLMENT_ORDERS_HOLD_RELEASED'
  | 'FULFILLMENT_ORDERS_LINE_ITEMS_PREPARED_FOR_LOCAL_DELIVERY'
  | 'FULFILLMENT_ORDERS_LINE_ITEMS_PREPARED_FOR_PICKUP'
  | 'FULFILLMENT_ORDERS_MANUALLY_REPORTED_PROGRESS_STOPPED'
  | 'FULFILLMENT_ORDERS_MERGED'
  | 'FULFILLMENT_ORDERS_MOVED'
  | 'FULFILLMENT_ORDERS_ORDER_ROUTING_COMPLETE'
  | 'FULFILLMENT_ORDERS_PLACED_ON_HOLD'
  | 'FULFILLMENT_ORDERS_PROGRESS_REPORTED'
  | 'FULFILLMENT_ORDERS_RESCHEDULED'
  | 'FULFILLMENT_ORDERS_SCHEDULED_FULFILLMENT_ORDER_READY'
  | 'FULFILLMENT_ORDERS_SPLIT'
  | 'INVENTORY_ITEMS_CREATE'
  | 'INVENTORY_ITEMS_DELETE'
  | 'INVENTORY_ITEMS_UPDATE'
  | 'INVENTORY_LEVELS_CONNECT'
  | 'INVENTORY_LEVELS_DISCONNECT'
  | 'INVENTORY_LEVELS_UPDATE'
  | 'INVENTORY_SHIPMENTS_ADD_ITEMS'
  | 'INVENTORY_SHIPMENTS_CREATE'
  | 'INVENTORY_SHIPMENTS_DELETE'
  | 'INVENTORY_SHIPMENTS_MARK_IN_TRANSIT'
  | 'INVENTORY_SHIPMENTS_RECEIVE_ITEMS'
  | 'INVENTORY_SHIPMENTS_REMOVE_ITEMS'
  | 'INVENTORY_SHIPMENTS_UPDATE_ITEM_QUANTITIES'
  | 'INVENTORY_SHIPMENTS_UPDATE_TRACKING'
  | 'INVENTORY_TRANSFERS_ADD_ITEMS'
  | 'INVENTORY_TRANSFERS_CANCEL'
  | 'INVENTORY_TRANSFERS_COMPLETE'
  | 'INVENTORY_TRANSFERS_READY_TO_SHIP'
  | 'INVENTORY_TRANSFERS_REMOVE_ITEMS'
  | 'INVENTORY_TRANSFERS_UPDATED'
  | 'INVENTORY_TRANSFERS_UPDATE_ITEM_QUANTITIES'
  | 'LOCALES_CREATE'
  | 'LOCALES_DESTROY'
  | 'LOCALES_UPDATE'
  | 'LOCATIONS_ACTIVATE'
  | 'LOCATIONS_CREATE'
  | 'LOCATIONS_DEACTIVATE'
  | 'LOCATIONS_DELETE'
  | 'LOCATIONS_UPDATE'
  | 'MARKETS_BACKUP_REGION_UPDATE'
  | 'MARKETS_CREATE'
  | 'MARKETS_DELETE'
  | 'MARKETS_UPDATE'
  | 'METAFIELD_DEFINITIONS_CREATE'
  | 'METAFIELD_DEFINITIONS_DELETE'
  | 'METAFIELD_DEFINITIONS_UPDATE'
  | 'METAOBJECTS_CREATE'
  | 'METAOBJECTS_DELETE'
  | 'METAOBJECTS_UPDATE'
  | 'ORDERS_CANCELLED'
  | 'ORDERS_CREATE'
  | 'ORDERS_DELETE'
  | 'ORDERS_EDITED'
  | 'ORDERS_FULFILLED'
  | 'ORDERS_LINK_REQUESTED'
  | 'ORDERS_PAID'
  | 'ORDERS_PARTIALLY_FULFILLED'
  | 'ORDERS_RISK_ASSESSMENT_CHANGED'
  | 'ORDERS_SHOPIFY_PROTECT_ELIGIBILITY_CHANGED'
  | 'ORDERS_UPDATED'
  | 'ORDER_TRANSACTIONS_CREATE'
  | 'PAYMENT_SCHEDULES_DUE'
  | 'PAYMENT_TERMS_CREATE'
  | 'PAYMENT_TERMS_DELETE'
  | 'PAYMENT_TERMS_UPDATE'
  | 'PRODUCTS_CREATE'
  | 'PRODUCTS_DELETE'
  | 'PRODUCTS_UPDATE'
  | 'PRODUCT_FEEDS_CREATE'
  | 'PRODUCT_FEEDS_FULL_SYNC'
  | 'PRODUCT_FEEDS_FULL_SYNC_FINISH'
  | 'PRODUCT_FEEDS_INCREMENTAL_SYNC'
  | 'PRODUCT_FEEDS_UPDATE'
  | 'PRODUCT_LISTINGS_ADD'
  | 'PRODUCT_LISTINGS_REMOVE'
  | 'PRODUCT_LISTINGS_UPDATE'
  | 'PRODUCT_PUBLICATIONS_CREATE'
  | 'PRODUCT_PUBLICATIONS_DELETE'
  | 'PRODUCT_PUBLICATIONS_UPDATE'
  | 'PROFILES_CREATE'
  | 'PROFILES_DELETE'
  | 'PROFILES_UPDATE'
  | 'REFUNDS_CREATE'
  | 'RETURNS_APPROVE'
  | 'RETURNS_CANCEL'
  | 'RETURNS_CLOSE'
  | 'RETURNS_DECLINE'
  | 'RETURNS_PROCESS'
  | 'RETURNS_REOPEN'
  | 'RETURNS_REQUEST'
  | 'RETURNS_UPDATE'
  | 'REVERSE_DELIVERIES_ATTACH_DELIVERABLE'
  | 'REVERSE_FULFILLMENT_ORDERS_DISPOSE'
  | 'SCHEDULED_PRODUCT_LISTINGS_ADD'
  | 'SCHEDULED_PRODUCT_LISTINGS_REMOVE'
  | 'SCHEDULED_PRODUCT_LISTINGS_UPDATE'
  | 'SEGMENTS_CREATE'
  | 'SEGMENTS_DELETE'
  | 'SEGMENTS_UPDATE'
  | 'SELLING_PLAN_GROUPS_CREATE'
  | 'SELLING_PLAN_GROUPS_DELETE'
  | 'SELLING_PLAN_GROUPS_UPDATE'
  | 'SHIPPING_ADDRESSES_CREATE'
  | 'SHIPPING_ADDRESSES_UPDATE'
  | 'SHOP_UPDATE'
  | 'SUBSCRIPTION_BILLING_ATTEMPTS_CHALLENGED'
  | 'SUBSCRIPTION_BILLING_ATTEMPTS_FAILURE'
  | 'SUBSCRIPTION_BILLING_ATTEMPTS_SUCCESS'
  | 'SUBSCRIPTION_BILLING_CYCLES_SKIP'
  | 'SUBSCRIPTION_BILLING_CYCLES_UNSKIP'
  | 'SUBSCRIPTION_BILLING_CYCLE_EDITS_CREATE'
  | 'SUBSCRIPTION_BILLING_CYCLE_EDITS_DELETE'
  | 'SUBSCRIPTION_BILLING_CYCLE_EDITS_UPDATE'
  | 'SUBSCRIPTION_CONTRACTS_ACTIVATE'
  | 'SUBSCRIPTION_CONTRACTS_CANCEL'
  | 'SUBSCRIPTION_CONTRACTS_CREATE'
  | 'SUBSCRIPTION_CONTRACTS_EXPIRE'
  | 'SUBSCRIPTION_CONTRACTS_FAIL'
  | 'SUBSCRIPTION_CONTRACTS_PAUSE'
  | 'SUBSCRIPTION_CONTRACTS_UPDATE'
  | 'TAX_SERVICES_CREATE'
  | 'TAX_SERVICES_UPDATE'
  | 'TENDER_TRANSACTIONS_CREATE'
  | 'THEMES_CREATE'
  | 'THEMES_DELETE'
  | 'THEMES_PUBLISH'
  | 'THEMES_UPDATE'
  | 'VARIANTS_IN_STOCK'
  | 'VARIANTS_OUT_OF_STOCK';

export type BulkOperationFieldsFragment = { readonly id: string, readonly status: BulkOperationStatus, readonly errorCode: BulkOperationErrorCode | null, readonly createdAt: string, readonly completedAt: string | null, readonly objectCount: string, readonly rootObjectCount: string, readonly fileSize: string | null, readonly url: string | null, readonly partialDataUrl: string | null };

export type BulkOperationRunQueryMutationVariables = Exact<{
  query: string;
  groupObjects?: boolean;
}>;


export type BulkOperationRunQueryMutation = { readonly bulkOperationRunQuery: { readonly bulkOperation: { readonly id: string, readonly status: BulkOperationStatus, readonly errorCode: BulkOperationErrorCode | null, readonly createdAt: string, readonly completedAt: string | null, readonly objectCount: string, readonly rootObjectCount: string, readonly fileSize: string | null, readonly url: string | null, readonly partialDataUrl: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly code: BulkOperationUserErrorCode | null, readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };

export type BulkOperationGetQueryVariables = Exact<{
  id: string | number;
}>;


export type BulkOperationGetQuery = { readonly bulkOperation: { readonly id: string, readonly status: BulkOperationStatus, readonly errorCode: BulkOperationErrorCode | null, readonly createdAt: string, readonly completedAt: string | null, readonly objectCount: string, readonly rootObjectCount: string, readonly fileSize: string | null, readonly url: string | null, readonly partialDataUrl: string | null } | null };

export type BulkOperationCancelMutationVariables = Exact<{
  id: string | number;
}>;


export type BulkOperationCancelMutation = { readonly bulkOperationCancel: { readonly bulkOperation: { readonly id: string, readonly status: BulkOperationStatus, readonly errorCode: BulkOperationErrorCode | null, readonly createdAt: string, readonly completedAt: string | null, readonly objectCount: string, readonly rootObjectCount: string, readonly fileSize: string | null, readonly url: string | null, readonly partialDataUrl: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };

export type ProductVariantsPageQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type ProductVariantsPageQuery = { readonly product: { readonly id: string, readonly variants: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly legacyResourceId: string, readonly title: string, readonly sku: string | null, readonly barcode: string | null, readonly price: string, readonly compareAtPrice: string | null, readonly position: number, readonly inventoryQuantity: number | null, readonly inventoryPolicy: ProductVariantInventoryPolicy, readonly availableForSale: boolean, readonly taxable: boolean, readonly createdAt: string, readonly updatedAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type ProductsCountQueryVariables = Exact<{
  query?: string | null | undefined;
}>;


export type ProductsCountQuery = { readonly productsCount: { readonly count: number, readonly precision: CountPrecision } | null };

export type ProductsPageQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  query?: string | null | undefined;
  sortKey?: ProductSortKeys | null | undefined;
}>;


export type ProductsPageQuery = { readonly products: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly legacyResourceId: string, readonly title: string, readonly handle: string, readonly status: ProductStatus, readonly vendor: string, readonly productType: string, readonly tags: ReadonlyArray<string>, readonly createdAt: string, readonly updatedAt: string, readonly publishedAt: string | null, readonly descriptionHtml: string, readonly totalInventory: number, readonly tracksInventory: boolean, readonly hasOnlyDefaultVariant: boolean, readonly isGiftCard: boolean, readonly onlineStoreUrl: string | null, readonly templateSuffix: string | null, readonly featuredMedia: { readonly preview: { readonly image: { readonly url: string, readonly altText: string | null } | null } | null } | null, readonly variantsCount: { readonly count: number } | null, readonly variants: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly legacyResourceId: string, readonly title: string, readonly sku: string | null, readonly barcode: string | null, readonly price: string, readonly compareAtPrice: string | null, readonly position: number, readonly inventoryQuantity: number | null, readonly inventoryPolicy: ProductVariantInventoryPolicy, readonly availableForSale: boolean, readonly taxable: boolean, readonly createdAt: string, readonly updatedAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ShopInfoQueryVariables = Exact<{ [key: string]: never; }>;


export type ShopInfoQuery = { readonly shop: { readonly id: string, readonly name: string, readonly myshopifyDomain: string, readonly email: string, readonly contactEmail: string, readonly currencyCode: CurrencyCode, readonly ianaTimezone: string, readonly plan: { readonly publicDisplayName: string, readonly partnerDevelopment: boolean, readonly shopifyPlus: boolean }, readonly primaryDomain: { readonly host: string, readonly url: string } }, readonly currentAppInstallation: { readonly id: string, readonly accessScopes: ReadonlyArray<{ readonly handle: string }> } };

export type VariantFieldsFragment = { readonly id: string, readonly legacyResourceId: string, readonly title: string, readonly sku: string | null, readonly barcode: string | null, readonly price: string, readonly compareAtPrice: string | null, readonly position: number, readonly inventoryQuantity: number | null, readonly inventoryPolicy: ProductVariantInventoryPolicy, readonly availableForSale: boolean, readonly taxable: boolean, readonly createdAt: string, readonly updatedAt: string };

export type WebPixelGetQueryVariables = Exact<{ [key: string]: never; }>;


export type WebPixelGetQuery = { readonly webPixel: { readonly id: string, readonly settings: unknown } | null };

export type WebPixelCreateMutationVariables = Exact<{
  webPixel: WebPixelInput;
}>;


export type WebPixelCreateMutation = { readonly webPixelCreate: { readonly webPixel: { readonly id: string, readonly settings: unknown } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorsWebPixelUserErrorCode | null, readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };

export type WebPixelUpdateMutationVariables = Exact<{
  id: string | number;
  webPixel: WebPixelInput;
}>;


export type WebPixelUpdateMutation = { readonly webPixelUpdate: { readonly webPixel: { readonly id: string, readonly settings: unknown } | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorsWebPixelUserErrorCode | null, readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };

export type WebhookSubscriptionFieldsFragment = { readonly id: string, readonly topic: WebhookSubscriptionTopic, readonly uri: string, readonly format: WebhookSubscriptionFormat, readonly filter: string | null, readonly includeFields: ReadonlyArray<string>, readonly name: string | null, readonly createdAt: string, readonly updatedAt: string, readonly apiVersion: { readonly handle: string } };

export type WebhookSubscriptionsListQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type WebhookSubscriptionsListQuery = { readonly webhookSubscriptions: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly topic: WebhookSubscriptionTopic, readonly uri: string, readonly format: WebhookSubscriptionFormat, readonly filter: string | null, readonly includeFields: ReadonlyArray<string>, readonly name: string | null, readonly createdAt: string, readonly updatedAt: string, readonly apiVersion: { readonly handle: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type WebhookSubscriptionCreateMutationVariables = Exact<{
  topic: WebhookSubscriptionTopic;
  webhookSubscription: WebhookSubscriptionInput;
}>;


export type WebhookSubscriptionCreateMutation = { readonly webhookSubscriptionCreate: { readonly webhookSubscription: { readonly id: string, readonly topic: WebhookSubscriptionTopic, readonly uri: string, readonly format: WebhookSubscriptionFormat, readonly filter: string | null, readonly includeFields: ReadonlyArray<string>, readonly name: string | null, readonly createdAt: string, readonly updatedAt: string, readonly apiVersion: { readonly handle: string } } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };

export type WebhookSubscriptionUpdateMutationVariables = Exact<{
  id: string | number;
  webhookSubscription: WebhookSubscriptionInput;
}>;


export type WebhookSubscriptionUpdateMutation = { readonly webhookSubscriptionUpdate: { readonly webhookSubscription: { readonly id: string, readonly topic: WebhookSubscriptionTopic, readonly uri: string, readonly format: WebhookSubscriptionFormat, readonly filter: string | null, readonly includeFields: ReadonlyArray<string>, readonly name: string | null, readonly createdAt: string, readonly updatedAt: string, readonly apiVersion: { readonly handle: string } } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };

export type WebhookSubscriptionDeleteMutationVariables = Exact<{
  id: string | number;
}>;


export type WebhookSubscriptionDeleteMutation = { readonly webhookSubscriptionDelete: { readonly deletedWebhookSubscriptionId: string | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };

/** The text of an operation, carrying the types of its result and variables. */
export class TypedDocumentString<Result, Variables> extends String {
  declare readonly __apiType?: ((variables: Variables) => Result) | undefined;
  override toString(): string {
    return this.valueOf();
  }
}

export const BulkOperationRunQueryDocument = new TypedDocumentString<BulkOperationRunQueryMutation, BulkOperationRunQueryMutationVariables>("mutation BulkOperationRunQuery($query: String!, $groupObjects: Boolean! = false) {\n  bulkOperationRunQuery(query: $query, groupObjects: $groupObjects) {\n    bulkOperation {\n      ...BulkOperationFields\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}\nfragment BulkOperationFields on BulkOperation {\n  id\n  status\n  errorCode\n  createdAt\n  completedAt\n  objectCount\n  rootObjectCount\n  fileSize\n  url\n  partialDataUrl\n}");
export const BulkOperationGetDocument = new TypedDocumentString<BulkOperationGetQuery, BulkOperationGetQueryVariables>("query BulkOperationGet($id: ID!) {\n  bulkOperation(id: $id) {\n    ...BulkOperationFields\n  }\n}\nfragment BulkOperationFields on BulkOperation {\n  id\n  status\n  errorCode\n  createdAt\n  completedAt\n  objectCount\n  rootObjectCount\n  fileSize\n  url\n  partialDataUrl\n}");
export const BulkOperationCancelDocument = new TypedDocumentString<BulkOperationCancelMutation, BulkOperationCancelMutationVariables>("mutation BulkOperationCancel($id: ID!) {\n  bulkOperationCancel(id: $id) {\n    bulkOperation {\n      ...BulkOperationFields\n    }\n    userErrors {\n      field\n      message\n    }\n  }\n}\nfragment BulkOperationFields on BulkOperation {\n  id\n  status\n  errorCode\n  createdAt\n  completedAt\n  objectCount\n  rootObjectCount\n  fileSize\n  url\n  partialDataUrl\n}");
export const ProductVariantsPageDocument = new TypedDocumentString<ProductVariantsPageQuery, ProductVariantsPageQueryVariables>("query ProductVariantsPage($id: ID!, $after: String) {\n  product(id: $id) {\n    id\n    variants(first: 250, after: $after, sortKey: POSITION) {\n      nodes {\n        ...VariantFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\nfragment VariantFields on ProductVariant {\n  id\n  legacyResourceId\n  title\n  sku\n  barcode\n  price\n  compareAtPrice\n  position\n  inventoryQuantity\n  inventoryPolicy\n  availableForSale\n  taxable\n  createdAt\n  updatedAt\n}");
export const ProductsCountDocument = new TypedDocumentString<ProductsCountQuery, ProductsCountQueryVariables>("query ProductsCount($query: String) {\n  productsCount(query: $query, limit: null) {\n    count\n    precision\n  }\n}");
export const ProductsPageDocument = new TypedDocumentString<ProductsPageQuery, ProductsPageQueryVariables>("query ProductsPage($first: Int!, $after: String, $query: String, $sortKey: ProductSortKeys = ID) {\n  products(first: $first, after: $after, query: $query, sortKey: $sortKey) {\n    nodes {\n      id\n      legacyResourceId\n      title\n      handle\n      status\n      vendor\n      productType\n      tags\n      createdAt\n      updatedAt\n      publishedAt\n      descriptionHtml\n      totalInventory\n      tracksInventory\n      hasOnlyDefaultVariant\n      isGiftCard\n      onlineStoreUrl\n      templateSuffix\n      featuredMedia {\n        preview {\n          image {\n            url\n            altText\n          }\n        }\n      }\n      variantsCount {\n        count\n      }\n      variants(first: 10, sortKey: POSITION) {\n        nodes {\n          ...VariantFields\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\nfragment VariantFields on ProductVariant {\n  id\n  legacyResourceId\n  title\n  sku\n  barcode\n  price\n  compareAtPrice\n  position\n  inventoryQuantity\n  inventoryPolicy\n  availableForSale\n  taxable\n  createdAt\n  updatedAt\n}");
export const ShopInfoDocument = new TypedDocumentString<ShopInfoQuery, ShopInfoQueryVariables>("query ShopInfo {\n  shop {\n    id\n    name\n    myshopifyDomain\n    email\n    contactEmail\n    currencyCode\n    ianaTimezone\n    plan {\n      publicDisplayName\n      partnerDevelopment\n      shopifyPlus\n    }\n    primaryDomain {\n      host\n      url\n    }\n  }\n  currentAppInstallation {\n    id\n    accessScopes {\n      handle\n    }\n  }\n}");
export const WebPixelGetDocument = new TypedDocumentString<WebPixelGetQuery, WebPixelGetQueryVariables>("query WebPixelGet {\n  webPixel {\n    id\n    settings\n  }\n}");
export const WebPixelCreateDocument = new TypedDocumentString<WebPixelCreateMutation, WebPixelCreateMutationVariables>("mutation WebPixelCreate($webPixel: WebPixelInput!) {\n  webPixelCreate(webPixel: $webPixel) {\n    webPixel {\n      id\n      settings\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}");
export const WebPixelUpdateDocument = new TypedDocumentString<WebPixelUpdateMutation, WebPixelUpdateMutationVariables>("mutation WebPixelUpdate($id: ID!, $webPixel: WebPixelInput!) {\n  webPixelUpdate(id: $id, webPixel: $webPixel) {\n    webPixel {\n      id\n      settings\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}");
export const WebhookSubscriptionsListDocument = new TypedDocumentString<WebhookSubscriptionsListQuery, WebhookSubscriptionsListQueryVariables>("query WebhookSubscriptionsList($after: String) {\n  webhookSubscriptions(first: 100, after: $after) {\n    nodes {\n      ...WebhookSubscriptionFields\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\nfragment WebhookSubscriptionFields on WebhookSubscription {\n  id\n  topic\n  uri\n  format\n  filter\n  includeFields\n  name\n  createdAt\n  updatedAt\n  apiVersion {\n    handle\n  }\n}");
export const WebhookSubscriptionCreateDocument = new TypedDocumentString<WebhookSubscriptionCreateMutation, WebhookSubscriptionCreateMutationVariables>("mutation WebhookSubscriptionCreate($topic: WebhookSubscriptionTopic!, $webhookSubscription: WebhookSubscriptionInput!) {\n  webhookSubscriptionCreate(\n    topic: $topic\n    webhookSubscription: $webhookSubscription\n  ) {\n    webhookSubscription {\n      ...WebhookSubscriptionFields\n    }\n    userErrors {\n      field\n      message\n    }\n  }\n}\nfragment WebhookSubscriptionFields on WebhookSubscription {\n  id\n  topic\n  uri\n  format\n  filter\n  includeFields\n  name\n  createdAt\n  updatedAt\n  apiVersion {\n    handle\n  }\n}");
export const WebhookSubscriptionUpdateDocument = new TypedDocumentString<WebhookSubscriptionUpdateMutation, WebhookSubscriptionUpdateMutationVariables>("mutation WebhookSubscriptionUpdate($id: ID!, $webhookSubscription: WebhookSubscriptionInput!) {\n  webhookSubscriptionUpdate(id: $id, webhookSubscription: $webhookSubscription) {\n    webhookSubscription {\n      ...WebhookSubscriptionFields\n    }\n    userErrors {\n      field\n      message\n    }\n  }\n}\nfragment WebhookSubscriptionFields on WebhookSubscription {\n  id\n  topic\n  uri\n  format\n  filter\n  includeFields\n  name\n  createdAt\n  updatedAt\n  apiVersion {\n    handle\n  }\n}");
export const WebhookSubscriptionDeleteDocument = new TypedDocumentString<WebhookSubscriptionDeleteMutation, WebhookSubscriptionDeleteMutationVariables>("mutation WebhookSubscriptionDelete($id: ID!) {\n  webhookSubscriptionDelete(id: $id) {\n    deletedWebhookSubscriptionId\n    userErrors {\n      field\n      message\n    }\n  }\n}");
