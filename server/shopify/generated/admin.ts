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

export type CountryCode =
  | 'AC'
  | 'AD'
  | 'AE'
  | 'AF'
  | 'AG'
  | 'AI'
  | 'AL'
  | 'AM'
  | 'AN'
  | 'AO'
  | 'AR'
  | 'AT'
  | 'AU'
  | 'AW'
  | 'AX'
  | 'AZ'
  | 'BA'
  | 'BB'
  | 'BD'
  | 'BE'
  | 'BF'
  | 'BG'
  | 'BH'
  | 'BI'
  | 'BJ'
  | 'BL'
  | 'BM'
  | 'BN'
  | 'BO'
  | 'BQ'
  | 'BR'
  | 'BS'
  | 'BT'
  | 'BV'
  | 'BW'
  | 'BY'
  | 'BZ'
  | 'CA'
  | 'CC'
  | 'CD'
  | 'CF'
  | 'CG'
  | 'CH'
  | 'CI'
  | 'CK'
  | 'CL'
  | 'CM'
  | 'CN'
  | 'CO'
  | 'CR'
  | 'CU'
  | 'CV'
  | 'CW'
  | 'CX'
  | 'CY'
  | 'CZ'
  | 'DE'
  | 'DJ'
  | 'DK'
  | 'DM'
  | 'DO'
  | 'DZ'
  | 'EC'
  | 'EE'
  | 'EG'
  | 'EH'
  | 'ER'
  | 'ES'
  | 'ET'
  | 'FI'
  | 'FJ'
  | 'FK'
  | 'FO'
  | 'FR'
  | 'GA'
  | 'GB'
  | 'GD'
  | 'GE'
  | 'GF'
  | 'GG'
  | 'GH'
  | 'GI'
  | 'GL'
  | 'GM'
  | 'GN'
  | 'GP'
  | 'GQ'
  | 'GR'
  | 'GS'
  | 'GT'
  | 'GW'
  | 'GY'
  | 'HK'
  | 'HM'
  | 'HN'
  | 'HR'
  | 'HT'
  | 'HU'
  | 'ID'
  | 'IE'
  | 'IL'
  | 'IM'
  | 'IN'
  | 'IO'
  | 'IQ'
  | 'IR'
  | 'IS'
  | 'IT'
  | 'JE'
  | 'JM'
  | 'JO'
  | 'JP'
  | 'KE'
  | 'KG'
  | 'KH'
  | 'KI'
  | 'KM'
  | 'KN'
  | 'KP'
  | 'KR'
  | 'KW'
  | 'KY'
  | 'KZ'
  | 'LA'
  | 'LB'
  | 'LC'
  | 'LI'
  | 'LK'
  | 'LR'
  | 'LS'
  | 'LT'
  | 'LU'
  | 'LV'
  | 'LY'
  | 'MA'
  | 'MC'
  | 'MD'
  | 'ME'
  | 'MF'
  | 'MG'
  | 'MK'
  | 'ML'
  | 'MM'
  | 'MN'
  | 'MO'
  | 'MQ'
  | 'MR'
  | 'MS'
  | 'MT'
  | 'MU'
  | 'MV'
  | 'MW'
  | 'MX'
  | 'MY'
  | 'MZ'
  | 'NA'
  | 'NC'
  | 'NE'
  | 'NF'
  | 'NG'
  | 'NI'
  | 'NL'
  | 'NO'
  | 'NP'
  | 'NR'
  | 'NU'
  | 'NZ'
  | 'OM'
  | 'PA'
  | 'PE'
  | 'PF'
  | 'PG'
  | 'PH'
  | 'PK'
  | 'PL'
  | 'PM'
  | 'PN'
  | 'PS'
  | 'PT'
  | 'PY'
  | 'QA'
  | 'RE'
  | 'RO'
  | 'RS'
  | 'RU'
  | 'RW'
  | 'SA'
  | 'SB'
  | 'SC'
  | 'SD'
  | 'SE'
  | 'SG'
  | 'SH'
  | 'SI'
  | 'SJ'
  | 'SK'
  | 'SL'
  | 'SM'
  | 'SN'
  | 'SO'
  | 'SR'
  | 'SS'
  | 'ST'
  | 'SV'
  | 'SX'
  | 'SY'
  | 'SZ'
  | 'TA'
  | 'TC'
  | 'TD'
  | 'TF'
  | 'TG'
  | 'TH'
  | 'TJ'
  | 'TK'
  | 'TL'
  | 'TM'
  | 'TN'
  | 'TO'
  | 'TR'
  | 'TT'
  | 'TV'
  | 'TW'
  | 'TZ'
  | 'UA'
  | 'UG'
  | 'UM'
  | 'US'
  | 'UY'
  | 'UZ'
  | 'VA'
  | 'VC'
  | 'VE'
  | 'VG'
  | 'VN'
  | 'VU'
  | 'WF'
  | 'WS'
  | 'XK'
  | 'YE'
  | 'YT'
  | 'ZA'
  | 'ZM'
  | 'ZW'
  | 'ZZ';

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

export type CustomerEmailAddressMarketingState =
  | 'INVALID'
  | 'NOT_SUBSCRIBED'
  | 'PENDING'
  | 'SUBSCRIBED'
  | 'UNSUBSCRIBED';

export type CustomerMarketingConsentState =
  | 'NEVER_SUBSCRIBED'
  | 'PENDING'
  | 'REDACTED'
  | 'SUBSCRIBED'
  | 'UNSUBSCRIBED';

export type CustomerMarketingOptInLevel =
  | 'CONFIRMED_OPT_IN'
  | 'SINGLE_OPT_IN'
  | 'UNKNOWN';

export type CustomerSortKeys =
  | 'CREATED_AT'
  | 'ID'
  | 'LOCATION'
  | 'NAME'
  | 'RELEVANCE'
  | 'UPDATED_AT';

export type CustomerState =
  | 'DECLINED'
  | 'DISABLED'
  | 'ENABLED'
  | 'INVITED';

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

export type FulfillmentDisplayStatus =
  | 'ATTEMPTED_DELIVERY'
  | 'CANCELED'
  | 'CARRIER_PICKED_UP'
  | 'CONFIRMED'
  | 'DELAYED'
  | 'DELIVERED'
  | 'FAILURE'
  | 'FULFILLED'
  | 'IN_TRANSIT'
  | 'LABEL_PRINTED'
  | 'LABEL_PURCHASED'
  | 'LABEL_VOIDED'
  | 'MARKED_AS_FULFILLED'
  | 'NOT_DELIVERED'
  | 'OUT_FOR_DELIVERY'
  | 'PICKED_UP'
  | 'READY_FOR_PICKUP'
  | 'SUBMITTED';

export type FulfillmentStatus =
  | 'CANCELLED'
  | 'ERROR'
  | 'FAILURE'
  | 'OPEN'
  | 'PENDING'
  | 'SUCCESS';

export type HasMetafieldsMetafieldIdentifierInput = {
  readonly key: string;
  readonly namespace?: string | null | undefined;
};

export type MediaContentType =
  | 'EXTERNAL_VIDEO'
  | 'IMAGE'
  | 'MODEL_3D'
  | 'VIDEO';

export type OrderCancelReason =
  | 'CUSTOMER'
  | 'DECLINED'
  | 'FRAUD'
  | 'INVENTORY'
  | 'OTHER'
  | 'STAFF';

export type OrderDisplayFinancialStatus =
  | 'AUTHORIZED'
  | 'EXPIRED'
  | 'PAID'
  | 'PARTIALLY_PAID'
  | 'PARTIALLY_REFUNDED'
  | 'PENDING'
  | 'REFUNDED'
  | 'VOIDED';

export type OrderDisplayFulfillmentStatus =
  | 'FULFILLED'
  | 'FULFILLMENT_NOT_REQUIRED'
  | 'IN_PROGRESS'
  | 'ON_HOLD'
  | 'OPEN'
  | 'PARTIALLY_FULFILLED'
  | 'PENDING_FULFILLMENT'
  | 'REQUEST_DECLINED'
  | 'RESTOCKED'
  | 'SCHEDULED'
  | 'UNFULFILLED';

export type OrderReturnStatus =
  | 'INSPECTION_COMPLETE'
  | 'IN_PROGRESS'
  | 'NO_RETURN'
  | 'RETURNED'
  | 'RETURN_FAILED'
  | 'RETURN_REQUESTED';

export type OrderSortKeys =
  | 'CREATED_AT'
  | 'CURRENT_TOTAL_PRICE'
  | 'CUSTOMER_NAME'
  | 'DESTINATION'
  | 'FINANCIAL_STATUS'
  | 'FULFILLMENT_STATUS'
  | 'ID'
  | 'ORDER_NUMBER'
  | 'PO_NUMBER'
  | 'PROCESSED_AT'
  | 'RELEVANCE'
  | 'TOTAL_ITEMS_QUANTITY'
  | 'TOTAL_PRICE'
  | 'UPDATED_AT';

export type OrderTransactionErrorCode =
  | 'AMAZON_PAYMENTS_INVALID_PAYMENT_METHOD'
  | 'AMAZON_PAYMENTS_MAX_AMOUNT_CHARGED'
  | 'AMAZON_PAYMENTS_MAX_AMOUNT_REFUNDED'
  | 'AMAZON_PAYMENTS_MAX_AUTHORIZATIONS_CAPTURED'
  | 'AMAZON_PAYMENTS_MAX_REFUNDS_PROCESSED'
  | 'AMAZON_PAYMENTS_ORDER_REFERENCE_CANCELED'
  | 'AMAZON_PAYMENTS_STALE'
  | 'AMOUNT_TOO_LARGE'
  | 'AMOUNT_TOO_SMALL'
  | 'AUTHENTICATION_FAILED'
  | 'AUTHENTICATION_REQUIRED'
  | 'AUTHORIZATION_EXPIRED'
  | 'CALL_ISSUER'
  | 'CANCELLED_PAYMENT'
  | 'CARD_DECLINED'
  | 'CARD_TESTING'
  | 'CONFIG_ERROR'
  | 'DO_NOT_HONOR'
  | 'EXPIRED_CARD'
  | 'FRAUD_SUSPECTED'
  | 'GENERIC_ERROR'
  | 'INCORRECT_ADDRESS'
  | 'INCORRECT_CVC'
  | 'INCORRECT_NUMBER'
  | 'INCORRECT_PIN'
  | 'INCORRECT_ZIP'
  | 'INSTRUMENT_DECLINED'
  | 'INSUFFICIENT_FUNDS'
  | 'INVALID_AMOUNT'
  | 'INVALID_COUNTRY'
  | 'INVALID_CURRENCY'
  | 'INVALID_CVC'
  | 'INVALID_EXPIRY_DATE'
  | 'INVALID_NUMBER'
  | 'INVALID_PAYMENT_METHOD'
  | 'INVALID_PURCHASE_TYPE'
  | 'MERCHANT_ACCOUNT_ERROR'
  | 'MERCHANT_RULE'
  | 'PAYMENT_METHOD_UNAVAILABLE'
  | 'PAYMENT_METHOD_UNSUPPORTED'
  | 'PAYMENT_PROVIDER_ERROR'
  | 'PICK_UP_CARD'
  | 'PROCESSING_ERROR'
  | 'RETRY_DECLINED'
  | 'TEST_MODE_LIVE_CARD'
  | 'TRANSACTION_LIMIT_EXCEEDED'
  | 'UNSUPPORTED_FEATURE';

export type OrderTransactionKind =
  | 'AUTHORIZATION'
  | 'CAPTURE'
  | 'CHANGE'
  | 'EMV_AUTHORIZATION'
  | 'REFUND'
  | 'SALE'
  | 'SUGGESTED_REFUND'
  | 'VOID';

export type OrderTransactionStatus =
  | 'AWAITING_RESPONSE'
  | 'ERROR'
  | 'FAILURE'
  | 'PENDING'
  | 'SUCCESS'
  | 'UNKNOWN';

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
  /** @deprecated Use `uri` instead. */
  readonly callbackUrl?: string | null | undefined;
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

export type AppUninstallMutationVariables = Exact<{ [key: string]: never; }>;


export type AppUninstallMutation = { readonly appUninstall: { readonly app: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };

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

export type OrdersBulkQueryVariables = Exact<{ [key: string]: never; }>;


export type OrdersBulkQuery = { readonly orders: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly legacyResourceId: string, readonly name: string, readonly number: number, readonly confirmationNumber: string | null, readonly createdAt: string, readonly processedAt: string, readonly updatedAt: string, readonly closedAt: string | null, readonly cancelledAt: string | null, readonly cancelReason: OrderCancelReason | null, readonly confirmed: boolean, readonly test: boolean, readonly edited: boolean, readonly sourceName: string | null, readonly poNumber: string | null, readonly note: string | null, readonly tags: ReadonlyArray<string>, readonly customerLocale: string | null, readonly currencyCode: CurrencyCode, readonly presentmentCurrencyCode: CurrencyCode, readonly displayFinancialStatus: OrderDisplayFinancialStatus | null, readonly displayFulfillmentStatus: OrderDisplayFulfillmentStatus, readonly returnStatus: OrderReturnStatus, readonly subtotalLineItemsQuantity: number, readonly paymentGatewayNames: ReadonlyArray<string>, readonly discountCodes: ReadonlyArray<string>, readonly taxesIncluded: boolean, readonly cartToken: string | null, readonly checkoutToken: string | null, readonly email: string | null, readonly phone: string | null, readonly clientIp: string | null, readonly lineItems: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly title: string, readonly name: string, readonly variantTitle: string | null, readonly sku: string | null, readonly vendor: string | null, readonly quantity: number, readonly currentQuantity: number, readonly unfulfilledQuantity: number, readonly isGiftCard: boolean, readonly requiresShipping: boolean, readonly taxable: boolean, readonly originalUnitPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly discountedTotalSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly customAttributes: ReadonlyArray<{ readonly key: string, readonly value: string | null }>, readonly product: { readonly id: string } | null, readonly variant: { readonly id: string } | null } }> }, readonly subtotalPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } | null, readonly totalDiscountsSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } | null, readonly totalShippingPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly totalTaxSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } | null, readonly totalPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly currentTotalPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly totalRefundedSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly totalOutstandingSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly shippingLine: { readonly title: string, readonly code: string | null, readonly originalPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } } | null, readonly transactionsCount: { readonly count: number } | null, readonly transactions: ReadonlyArray<{ readonly id: string, readonly kind: OrderTransactionKind, readonly status: OrderTransactionStatus, readonly gateway: string | null, readonly formattedGateway: string | null, readonly manualPaymentGateway: boolean, readonly createdAt: string, readonly processedAt: string | null, readonly test: boolean, readonly errorCode: OrderTransactionErrorCode | null, readonly paymentId: string | null, readonly accountNumber: string | null, readonly authorizationExpiresAt: string | null, readonly settlementCurrency: CurrencyCode | null, readonly settlementCurrencyRate: string | null, readonly amountSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly parentTransaction: { readonly id: string } | null, readonly fees: ReadonlyArray<{ readonly id: string, readonly type: string, readonly amount: { readonly amount: string, readonly currencyCode: CurrencyCode }, readonly taxAmount: { readonly amount: string, readonly currencyCode: CurrencyCode } }> }>, readonly refunds: ReadonlyArray<{ readonly id: string, readonly createdAt: string | null, readonly note: string | null, readonly totalRefundedSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } }>, readonly fulfillments: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: FulfillmentStatus, readonly displayStatus: FulfillmentDisplayStatus | null, readonly createdAt: string, readonly updatedAt: string, readonly totalQuantity: number, readonly trackingInfo: ReadonlyArray<{ readonly company: string | null, readonly number: string | null, readonly url: string | null }> }>, readonly customer: { readonly id: string, readonly displayName: string } | null, readonly billingAddress: { readonly id: string, readonly firstName: string | null, readonly lastName: string | null, readonly name: string | null, readonly company: string | null, readonly address1: string | null, readonly address2: string | null, readonly city: string | null, readonly province: string | null, readonly provinceCode: string | null, readonly zip: string | null, readonly country: string | null, readonly countryCodeV2: CountryCode | null, readonly phone: string | null } | null, readonly shippingAddress: { readonly id: string, readonly firstName: string | null, readonly lastName: string | null, readonly name: string | null, readonly company: string | null, readonly address1: string | null, readonly address2: string | null, readonly city: string | null, readonly province: string | null, readonly provinceCode: string | null, readonly zip: string | null, readonly country: string | null, readonly countryCodeV2: CountryCode | null, readonly phone: string | null } | null } }> } };

export type CustomersBulkQueryVariables = Exact<{ [key: string]: never; }>;


export type CustomersBulkQuery = { readonly customers: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly legacyResourceId: string, readonly firstName: string | null, readonly lastName: string | null, readonly displayName: string, readonly createdAt: string, readonly updatedAt: string, readonly state: CustomerState, readonly note: string | null, readonly tags: ReadonlyArray<string>, readonly locale: string, readonly verifiedEmail: boolean, readonly taxExempt: boolean, readonly numberOfOrders: string, readonly lifetimeDuration: string, readonly dataSaleOptOut: boolean, readonly addressesV2: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly firstName: string | null, readonly lastName: string | null, readonly name: string | null, readonly company: string | null, readonly address1: string | null, readonly address2: string | null, readonly city: string | null, readonly province: string | null, readonly provinceCode: string | null, readonly zip: string | null, readonly country: string | null, readonly countryCodeV2: CountryCode | null, readonly phone: string | null } }> }, readonly amountSpent: { readonly amount: string, readonly currencyCode: CurrencyCode }, readonly defaultEmailAddress: { readonly emailAddress: string, readonly marketingState: CustomerEmailAddressMarketingState, readonly marketingOptInLevel: CustomerMarketingOptInLevel | null, readonly marketingUpdatedAt: string | null } | null, readonly defaultPhoneNumber: { readonly phoneNumber: string, readonly smsMarketingConsent: { readonly state: CustomerMarketingConsentState } } | null, readonly defaultAddress: { readonly id: string, readonly city: string | null, readonly province: string | null, readonly countryCodeV2: CountryCode | null } | null, readonly lastOrder: { readonly id: string } | null } }> } };

export type ProductsBulkQueryVariables = Exact<{ [key: string]: never; }>;


export type ProductsBulkQuery = { readonly products: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly legacyResourceId: string, readonly title: string, readonly handle: string, readonly status: ProductStatus, readonly vendor: string, readonly productType: string, readonly tags: ReadonlyArray<string>, readonly createdAt: string, readonly updatedAt: string, readonly publishedAt: string | null, readonly descriptionHtml: string, readonly totalInventory: number, readonly tracksInventory: boolean, readonly hasOnlyDefaultVariant: boolean, readonly isGiftCard: boolean, readonly onlineStoreUrl: string | null, readonly templateSuffix: string | null, readonly variants: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly legacyResourceId: string, readonly title: string, readonly sku: string | null, readonly barcode: string | null, readonly price: string, readonly compareAtPrice: string | null, readonly position: number, readonly inventoryQuantity: number | null, readonly inventoryPolicy: ProductVariantInventoryPolicy, readonly availableForSale: boolean, readonly taxable: boolean, readonly createdAt: string, readonly updatedAt: string } }> }, readonly media: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly alt: string | null, readonly mediaContentType: MediaContentType, readonly preview: { readonly image: { readonly url: string, readonly altText: string | null } | null } | null } }> }, readonly metafields: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly namespace: string, readonly key: string, readonly type: string, readonly value: string, readonly updatedAt: string } }> }, readonly options: ReadonlyArray<{ readonly name: string, readonly position: number, readonly values: ReadonlyArray<string> }>, readonly priceRangeV2: { readonly minVariantPrice: { readonly amount: string, readonly currencyCode: CurrencyCode }, readonly maxVariantPrice: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly featuredMedia: { readonly preview: { readonly image: { readonly url: string, readonly altText: string | null } | null } | null } | null, readonly variantsCount: { readonly count: number } | null } }> } };

export type OrderIdsBulkQueryVariables = Exact<{ [key: string]: never; }>;


export type OrderIdsBulkQuery = { readonly orders: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string } }> } };

export type CustomerIdsBulkQueryVariables = Exact<{ [key: string]: never; }>;


export type CustomerIdsBulkQuery = { readonly customers: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string } }> } };

export type ProductIdsBulkQueryVariables = Exact<{ [key: string]: never; }>;


export type ProductIdsBulkQuery = { readonly products: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string } }> } };

export type ChangedProductsQueryVariables = Exact<{
  query: string;
  after?: string | null | undefined;
}>;


export type ChangedProductsQuery = { readonly products: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly updatedAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ChangedOrdersQueryVariables = Exact<{
  query: string;
  after?: string | null | undefined;
}>;


export type ChangedOrdersQuery = { readonly orders: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly updatedAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ChangedCustomersQueryVariables = Exact<{
  query: string;
  after?: string | null | undefined;
}>;


export type ChangedCustomersQuery = { readonly customers: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly updatedAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CustomersCountQueryVariables = Exact<{
  query?: string | null | undefined;
}>;


export type CustomersCountQuery = { readonly customersCount: { readonly count: number, readonly precision: CountPrecision } | null };

export type CustomersPageQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  query?: string | null | undefined;
  sortKey?: CustomerSortKeys | null | undefined;
}>;


export type CustomersPageQuery = { readonly customers: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly legacyResourceId: string, readonly firstName: string | null, readonly lastName: string | null, readonly displayName: string, readonly createdAt: string, readonly updatedAt: string, readonly state: CustomerState, readonly note: string | null, readonly tags: ReadonlyArray<string>, readonly locale: string, readonly verifiedEmail: boolean, readonly taxExempt: boolean, readonly numberOfOrders: string, readonly lifetimeDuration: string, readonly dataSaleOptOut: boolean, readonly addressesV2: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly firstName: string | null, readonly lastName: string | null, readonly name: string | null, readonly company: string | null, readonly address1: string | null, readonly address2: string | null, readonly city: string | null, readonly province: string | null, readonly provinceCode: string | null, readonly zip: string | null, readonly country: string | null, readonly countryCodeV2: CountryCode | null, readonly phone: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } }, readonly amountSpent: { readonly amount: string, readonly currencyCode: CurrencyCode }, readonly defaultEmailAddress: { readonly emailAddress: string, readonly marketingState: CustomerEmailAddressMarketingState, readonly marketingOptInLevel: CustomerMarketingOptInLevel | null, readonly marketingUpdatedAt: string | null } | null, readonly defaultPhoneNumber: { readonly phoneNumber: string, readonly smsMarketingConsent: { readonly state: CustomerMarketingConsentState } } | null, readonly defaultAddress: { readonly id: string, readonly city: string | null, readonly province: string | null, readonly countryCodeV2: CountryCode | null } | null, readonly lastOrder: { readonly id: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CustomerByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerByIdQuery = { readonly customer: { readonly id: string, readonly legacyResourceId: string, readonly firstName: string | null, readonly lastName: string | null, readonly displayName: string, readonly createdAt: string, readonly updatedAt: string, readonly state: CustomerState, readonly note: string | null, readonly tags: ReadonlyArray<string>, readonly locale: string, readonly verifiedEmail: boolean, readonly taxExempt: boolean, readonly numberOfOrders: string, readonly lifetimeDuration: string, readonly dataSaleOptOut: boolean, readonly addressesV2: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly firstName: string | null, readonly lastName: string | null, readonly name: string | null, readonly company: string | null, readonly address1: string | null, readonly address2: string | null, readonly city: string | null, readonly province: string | null, readonly provinceCode: string | null, readonly zip: string | null, readonly country: string | null, readonly countryCodeV2: CountryCode | null, readonly phone: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } }, readonly amountSpent: { readonly amount: string, readonly currencyCode: CurrencyCode }, readonly defaultEmailAddress: { readonly emailAddress: string, readonly marketingState: CustomerEmailAddressMarketingState, readonly marketingOptInLevel: CustomerMarketingOptInLevel | null, readonly marketingUpdatedAt: string | null } | null, readonly defaultPhoneNumber: { readonly phoneNumber: string, readonly smsMarketingConsent: { readonly state: CustomerMarketingConsentState } } | null, readonly defaultAddress: { readonly id: string, readonly city: string | null, readonly province: string | null, readonly countryCodeV2: CountryCode | null } | null, readonly lastOrder: { readonly id: string } | null } | null };

export type CustomerAddressesPageQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type CustomerAddressesPageQuery = { readonly customer: { readonly id: string, readonly addressesV2: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly firstName: string | null, readonly lastName: string | null, readonly name: string | null, readonly company: string | null, readonly address1: string | null, readonly address2: string | null, readonly city: string | null, readonly province: string | null, readonly provinceCode: string | null, readonly zip: string | null, readonly country: string | null, readonly countryCodeV2: CountryCode | null, readonly phone: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type CustomerIdsPageQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type CustomerIdsPageQuery = { readonly customers: { readonly nodes: ReadonlyArray<{ readonly id: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type CustomerFieldsFragment = { readonly id: string, readonly legacyResourceId: string, readonly firstName: string | null, readonly lastName: string | null, readonly displayName: string, readonly createdAt: string, readonly updatedAt: string, readonly state: CustomerState, readonly note: string | null, readonly tags: ReadonlyArray<string>, readonly locale: string, readonly verifiedEmail: boolean, readonly taxExempt: boolean, readonly numberOfOrders: string, readonly lifetimeDuration: string, readonly dataSaleOptOut: boolean, readonly amountSpent: { readonly amount: string, readonly currencyCode: CurrencyCode }, readonly defaultEmailAddress: { readonly emailAddress: string, readonly marketingState: CustomerEmailAddressMarketingState, readonly marketingOptInLevel: CustomerMarketingOptInLevel | null, readonly marketingUpdatedAt: string | null } | null, readonly defaultPhoneNumber: { readonly phoneNumber: string, readonly smsMarketingConsent: { readonly state: CustomerMarketingConsentState } } | null, readonly defaultAddress: { readonly id: string, readonly city: string | null, readonly province: string | null, readonly countryCodeV2: CountryCode | null } | null, readonly lastOrder: { readonly id: string } | null };

export type OrderFieldsFragment = { readonly id: string, readonly legacyResourceId: string, readonly name: string, readonly number: number, readonly confirmationNumber: string | null, readonly createdAt: string, readonly processedAt: string, readonly updatedAt: string, readonly closedAt: string | null, readonly cancelledAt: string | null, readonly cancelReason: OrderCancelReason | null, readonly confirmed: boolean, readonly test: boolean, readonly edited: boolean, readonly sourceName: string | null, readonly poNumber: string | null, readonly note: string | null, readonly tags: ReadonlyArray<string>, readonly customerLocale: string | null, readonly currencyCode: CurrencyCode, readonly presentmentCurrencyCode: CurrencyCode, readonly displayFinancialStatus: OrderDisplayFinancialStatus | null, readonly displayFulfillmentStatus: OrderDisplayFulfillmentStatus, readonly returnStatus: OrderReturnStatus, readonly subtotalLineItemsQuantity: number, readonly paymentGatewayNames: ReadonlyArray<string>, readonly discountCodes: ReadonlyArray<string>, readonly taxesIncluded: boolean, readonly cartToken: string | null, readonly checkoutToken: string | null, readonly subtotalPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } | null, readonly totalDiscountsSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } | null, readonly totalShippingPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly totalTaxSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } | null, readonly totalPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly currentTotalPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly totalRefundedSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly totalOutstandingSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly shippingLine: { readonly title: string, readonly code: string | null, readonly originalPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } } | null, readonly transactionsCount: { readonly count: number } | null, readonly transactions: ReadonlyArray<{ readonly id: string, readonly kind: OrderTransactionKind, readonly status: OrderTransactionStatus, readonly gateway: string | null, readonly formattedGateway: string | null, readonly manualPaymentGateway: boolean, readonly createdAt: string, readonly processedAt: string | null, readonly test: boolean, readonly errorCode: OrderTransactionErrorCode | null, readonly paymentId: string | null, readonly accountNumber: string | null, readonly authorizationExpiresAt: string | null, readonly settlementCurrency: CurrencyCode | null, readonly settlementCurrencyRate: string | null, readonly amountSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly parentTransaction: { readonly id: string } | null, readonly fees: ReadonlyArray<{ readonly id: string, readonly type: string, readonly amount: { readonly amount: string, readonly currencyCode: CurrencyCode }, readonly taxAmount: { readonly amount: string, readonly currencyCode: CurrencyCode } }> }>, readonly refunds: ReadonlyArray<{ readonly id: string, readonly createdAt: string | null, readonly note: string | null, readonly totalRefundedSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } }>, readonly fulfillments: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: FulfillmentStatus, readonly displayStatus: FulfillmentDisplayStatus | null, readonly createdAt: string, readonly updatedAt: string, readonly totalQuantity: number, readonly trackingInfo: ReadonlyArray<{ readonly company: string | null, readonly number: string | null, readonly url: string | null }> }> };

export type OrderPersonFieldsFragment = { readonly email: string | null, readonly phone: string | null, readonly clientIp: string | null, readonly customer: { readonly id: string, readonly displayName: string } | null, readonly billingAddress: { readonly id: string, readonly firstName: string | null, readonly lastName: string | null, readonly name: string | null, readonly company: string | null, readonly address1: string | null, readonly address2: string | null, readonly city: string | null, readonly province: string | null, readonly provinceCode: string | null, readonly zip: string | null, readonly country: string | null, readonly countryCodeV2: CountryCode | null, readonly phone: string | null } | null, readonly shippingAddress: { readonly id: string, readonly firstName: string | null, readonly lastName: string | null, readonly name: string | null, readonly company: string | null, readonly address1: string | null, readonly address2: string | null, readonly city: string | null, readonly province: string | null, readonly provinceCode: string | null, readonly zip: string | null, readonly country: string | null, readonly countryCodeV2: CountryCode | null, readonly phone: string | null } | null };

export type ShopMoneyFragment = { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } };

export type AddressFieldsFragment = { readonly id: string, readonly firstName: string | null, readonly lastName: string | null, readonly name: string | null, readonly company: string | null, readonly address1: string | null, readonly address2: string | null, readonly city: string | null, readonly province: string | null, readonly provinceCode: string | null, readonly zip: string | null, readonly country: string | null, readonly countryCodeV2: CountryCode | null, readonly phone: string | null };

export type LineItemFieldsFragment = { readonly id: string, readonly title: string, readonly name: string, readonly variantTitle: string | null, readonly sku: string | null, readonly vendor: string | null, readonly quantity: number, readonly currentQuantity: number, readonly unfulfilledQuantity: number, readonly isGiftCard: boolean, readonly requiresShipping: boolean, readonly taxable: boolean, readonly originalUnitPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly discountedTotalSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly customAttributes: ReadonlyArray<{ readonly key: string, readonly value: string | null }>, readonly product: { readonly id: string } | null, readonly variant: { readonly id: string } | null };

export type TransactionFieldsFragment = { readonly id: string, readonly kind: OrderTransactionKind, readonly status: OrderTransactionStatus, readonly gateway: string | null, readonly formattedGateway: string | null, readonly manualPaymentGateway: boolean, readonly createdAt: string, readonly processedAt: string | null, readonly test: boolean, readonly errorCode: OrderTransactionErrorCode | null, readonly paymentId: string | null, readonly accountNumber: string | null, readonly authorizationExpiresAt: string | null, readonly settlementCurrency: CurrencyCode | null, readonly settlementCurrencyRate: string | null, readonly amountSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly parentTransaction: { readonly id: string } | null, readonly fees: ReadonlyArray<{ readonly id: string, readonly type: string, readonly amount: { readonly amount: string, readonly currencyCode: CurrencyCode }, readonly taxAmount: { readonly amount: string, readonly currencyCode: CurrencyCode } }> };

export type OrdersCountQueryVariables = Exact<{
  query?: string | null | undefined;
}>;


export type OrdersCountQuery = { readonly ordersCount: { readonly count: number, readonly precision: CountPrecision } | null };

export type OrdersPageQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  query?: string | null | undefined;
  sortKey?: OrderSortKeys | null | undefined;
}>;


export type OrdersPageQuery = { readonly orders: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly legacyResourceId: string, readonly name: string, readonly number: number, readonly confirmationNumber: string | null, readonly createdAt: string, readonly processedAt: string, readonly updatedAt: string, readonly closedAt: string | null, readonly cancelledAt: string | null, readonly cancelReason: OrderCancelReason | null, readonly confirmed: boolean, readonly test: boolean, readonly edited: boolean, readonly sourceName: string | null, readonly poNumber: string | null, readonly note: string | null, readonly tags: ReadonlyArray<string>, readonly customerLocale: string | null, readonly currencyCode: CurrencyCode, readonly presentmentCurrencyCode: CurrencyCode, readonly displayFinancialStatus: OrderDisplayFinancialStatus | null, readonly displayFulfillmentStatus: OrderDisplayFulfillmentStatus, readonly returnStatus: OrderReturnStatus, readonly subtotalLineItemsQuantity: number, readonly paymentGatewayNames: ReadonlyArray<string>, readonly discountCodes: ReadonlyArray<string>, readonly taxesIncluded: boolean, readonly cartToken: string | null, readonly checkoutToken: string | null, readonly email: string | null, readonly phone: string | null, readonly clientIp: string | null, readonly lineItems: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly title: string, readonly name: string, readonly variantTitle: string | null, readonly sku: string | null, readonly vendor: string | null, readonly quantity: number, readonly currentQuantity: number, readonly unfulfilledQuantity: number, readonly isGiftCard: boolean, readonly requiresShipping: boolean, readonly taxable: boolean, readonly originalUnitPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly discountedTotalSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly customAttributes: ReadonlyArray<{ readonly key: string, readonly value: string | null }>, readonly product: { readonly id: string } | null, readonly variant: { readonly id: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } }, readonly subtotalPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } | null, readonly totalDiscountsSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } | null, readonly totalShippingPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly totalTaxSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } | null, readonly totalPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly currentTotalPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly totalRefundedSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly totalOutstandingSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly shippingLine: { readonly title: string, readonly code: string | null, readonly originalPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } } | null, readonly transactionsCount: { readonly count: number } | null, readonly transactions: ReadonlyArray<{ readonly id: string, readonly kind: OrderTransactionKind, readonly status: OrderTransactionStatus, readonly gateway: string | null, readonly formattedGateway: string | null, readonly manualPaymentGateway: boolean, readonly createdAt: string, readonly processedAt: string | null, readonly test: boolean, readonly errorCode: OrderTransactionErrorCode | null, readonly paymentId: string | null, readonly accountNumber: string | null, readonly authorizationExpiresAt: string | null, readonly settlementCurrency: CurrencyCode | null, readonly settlementCurrencyRate: string | null, readonly amountSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly parentTransaction: { readonly id: string } | null, readonly fees: ReadonlyArray<{ readonly id: string, readonly type: string, readonly amount: { readonly amount: string, readonly currencyCode: CurrencyCode }, readonly taxAmount: { readonly amount: string, readonly currencyCode: CurrencyCode } }> }>, readonly refunds: ReadonlyArray<{ readonly id: string, readonly createdAt: string | null, readonly note: string | null, readonly totalRefundedSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } }>, readonly fulfillments: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: FulfillmentStatus, readonly displayStatus: FulfillmentDisplayStatus | null, readonly createdAt: string, readonly updatedAt: string, readonly totalQuantity: number, readonly trackingInfo: ReadonlyArray<{ readonly company: string | null, readonly number: string | null, readonly url: string | null }> }>, readonly customer: { readonly id: string, readonly displayName: string } | null, readonly billingAddress: { readonly id: string, readonly firstName: string | null, readonly lastName: string | null, readonly name: string | null, readonly company: string | null, readonly address1: string | null, readonly address2: string | null, readonly city: string | null, readonly province: string | null, readonly provinceCode: string | null, readonly zip: string | null, readonly country: string | null, readonly countryCodeV2: CountryCode | null, readonly phone: string | null } | null, readonly shippingAddress: { readonly id: string, readonly firstName: string | null, readonly lastName: string | null, readonly name: string | null, readonly company: string | null, readonly address1: string | null, readonly address2: string | null, readonly city: string | null, readonly province: string | null, readonly provinceCode: string | null, readonly zip: string | null, readonly country: string | null, readonly countryCodeV2: CountryCode | null, readonly phone: string | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type OrderByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type OrderByIdQuery = { readonly order: { readonly id: string, readonly legacyResourceId: string, readonly name: string, readonly number: number, readonly confirmationNumber: string | null, readonly createdAt: string, readonly processedAt: string, readonly updatedAt: string, readonly closedAt: string | null, readonly cancelledAt: string | null, readonly cancelReason: OrderCancelReason | null, readonly confirmed: boolean, readonly test: boolean, readonly edited: boolean, readonly sourceName: string | null, readonly poNumber: string | null, readonly note: string | null, readonly tags: ReadonlyArray<string>, readonly customerLocale: string | null, readonly currencyCode: CurrencyCode, readonly presentmentCurrencyCode: CurrencyCode, readonly displayFinancialStatus: OrderDisplayFinancialStatus | null, readonly displayFulfillmentStatus: OrderDisplayFulfillmentStatus, readonly returnStatus: OrderReturnStatus, readonly subtotalLineItemsQuantity: number, readonly paymentGatewayNames: ReadonlyArray<string>, readonly discountCodes: ReadonlyArray<string>, readonly taxesIncluded: boolean, readonly cartToken: string | null, readonly checkoutToken: string | null, readonly email: string | null, readonly phone: string | null, readonly clientIp: string | null, readonly lineItems: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly title: string, readonly name: string, readonly variantTitle: string | null, readonly sku: string | null, readonly vendor: string | null, readonly quantity: number, readonly currentQuantity: number, readonly unfulfilledQuantity: number, readonly isGiftCard: boolean, readonly requiresShipping: boolean, readonly taxable: boolean, readonly originalUnitPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly discountedTotalSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly customAttributes: ReadonlyArray<{ readonly key: string, readonly value: string | null }>, readonly product: { readonly id: string } | null, readonly variant: { readonly id: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } }, readonly subtotalPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } | null, readonly totalDiscountsSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } | null, readonly totalShippingPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly totalTaxSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } | null, readonly totalPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly currentTotalPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly totalRefundedSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly totalOutstandingSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly shippingLine: { readonly title: string, readonly code: string | null, readonly originalPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } } | null, readonly transactionsCount: { readonly count: number } | null, readonly transactions: ReadonlyArray<{ readonly id: string, readonly kind: OrderTransactionKind, readonly status: OrderTransactionStatus, readonly gateway: string | null, readonly formattedGateway: string | null, readonly manualPaymentGateway: boolean, readonly createdAt: string, readonly processedAt: string | null, readonly test: boolean, readonly errorCode: OrderTransactionErrorCode | null, readonly paymentId: string | null, readonly accountNumber: string | null, readonly authorizationExpiresAt: string | null, readonly settlementCurrency: CurrencyCode | null, readonly settlementCurrencyRate: string | null, readonly amountSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly parentTransaction: { readonly id: string } | null, readonly fees: ReadonlyArray<{ readonly id: string, readonly type: string, readonly amount: { readonly amount: string, readonly currencyCode: CurrencyCode }, readonly taxAmount: { readonly amount: string, readonly currencyCode: CurrencyCode } }> }>, readonly refunds: ReadonlyArray<{ readonly id: string, readonly createdAt: string | null, readonly note: string | null, readonly totalRefundedSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } }>, readonly fulfillments: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: FulfillmentStatus, readonly displayStatus: FulfillmentDisplayStatus | null, readonly createdAt: string, readonly updatedAt: string, readonly totalQuantity: number, readonly trackingInfo: ReadonlyArray<{ readonly company: string | null, readonly number: string | null, readonly url: string | null }> }>, readonly customer: { readonly id: string, readonly displayName: string } | null, readonly billingAddress: { readonly id: string, readonly firstName: string | null, readonly lastName: string | null, readonly name: string | null, readonly company: string | null, readonly address1: string | null, readonly address2: string | null, readonly city: string | null, readonly province: string | null, readonly provinceCode: string | null, readonly zip: string | null, readonly country: string | null, readonly countryCodeV2: CountryCode | null, readonly phone: string | null } | null, readonly shippingAddress: { readonly id: string, readonly firstName: string | null, readonly lastName: string | null, readonly name: string | null, readonly company: string | null, readonly address1: string | null, readonly address2: string | null, readonly city: string | null, readonly province: string | null, readonly provinceCode: string | null, readonly zip: string | null, readonly country: string | null, readonly countryCodeV2: CountryCode | null, readonly phone: string | null } | null } | null };

export type OrderLinesPageQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type OrderLinesPageQuery = { readonly order: { readonly id: string, readonly lineItems: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly title: string, readonly name: string, readonly variantTitle: string | null, readonly sku: string | null, readonly vendor: string | null, readonly quantity: number, readonly currentQuantity: number, readonly unfulfilledQuantity: number, readonly isGiftCard: boolean, readonly requiresShipping: boolean, readonly taxable: boolean, readonly originalUnitPriceSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly discountedTotalSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly customAttributes: ReadonlyArray<{ readonly key: string, readonly value: string | null }>, readonly product: { readonly id: string } | null, readonly variant: { readonly id: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type OrderTransactionsQueryVariables = Exact<{
  id: string | number;
  first: number;
}>;


export type OrderTransactionsQuery = { readonly order: { readonly id: string, readonly transactions: ReadonlyArray<{ readonly id: string, readonly kind: OrderTransactionKind, readonly status: OrderTransactionStatus, readonly gateway: string | null, readonly formattedGateway: string | null, readonly manualPaymentGateway: boolean, readonly createdAt: string, readonly processedAt: string | null, readonly test: boolean, readonly errorCode: OrderTransactionErrorCode | null, readonly paymentId: string | null, readonly accountNumber: string | null, readonly authorizationExpiresAt: string | null, readonly settlementCurrency: CurrencyCode | null, readonly settlementCurrencyRate: string | null, readonly amountSet: { readonly shopMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly parentTransaction: { readonly id: string } | null, readonly fees: ReadonlyArray<{ readonly id: string, readonly type: string, readonly amount: { readonly amount: string, readonly currencyCode: CurrencyCode }, readonly taxAmount: { readonly amount: string, readonly currencyCode: CurrencyCode } }> }> } | null };

export type OrderIdsPageQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type OrderIdsPageQuery = { readonly orders: { readonly nodes: ReadonlyArray<{ readonly id: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

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


export type ProductsPageQuery = { readonly products: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly legacyResourceId: string, readonly title: string, readonly handle: string, readonly status: ProductStatus, readonly vendor: string, readonly productType: string, readonly tags: ReadonlyArray<string>, readonly createdAt: string, readonly updatedAt: string, readonly publishedAt: string | null, readonly descriptionHtml: string, readonly totalInventory: number, readonly tracksInventory: boolean, readonly hasOnlyDefaultVariant: boolean, readonly isGiftCard: boolean, readonly onlineStoreUrl: string | null, readonly templateSuffix: string | null, readonly variants: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly legacyResourceId: string, readonly title: string, readonly sku: string | null, readonly barcode: string | null, readonly price: string, readonly compareAtPrice: string | null, readonly position: number, readonly inventoryQuantity: number | null, readonly inventoryPolicy: ProductVariantInventoryPolicy, readonly availableForSale: boolean, readonly taxable: boolean, readonly createdAt: string, readonly updatedAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } }, readonly media: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly alt: string | null, readonly mediaContentType: MediaContentType, readonly preview: { readonly image: { readonly url: string, readonly altText: string | null } | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean } }, readonly metafields: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly namespace: string, readonly key: string, readonly type: string, readonly value: string, readonly updatedAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean } }, readonly options: ReadonlyArray<{ readonly name: string, readonly position: number, readonly values: ReadonlyArray<string> }>, readonly priceRangeV2: { readonly minVariantPrice: { readonly amount: string, readonly currencyCode: CurrencyCode }, readonly maxVariantPrice: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly featuredMedia: { readonly preview: { readonly image: { readonly url: string, readonly altText: string | null } | null } | null } | null, readonly variantsCount: { readonly count: number } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ProductByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type ProductByIdQuery = { readonly product: { readonly id: string, readonly legacyResourceId: string, readonly title: string, readonly handle: string, readonly status: ProductStatus, readonly vendor: string, readonly productType: string, readonly tags: ReadonlyArray<string>, readonly createdAt: string, readonly updatedAt: string, readonly publishedAt: string | null, readonly descriptionHtml: string, readonly totalInventory: number, readonly tracksInventory: boolean, readonly hasOnlyDefaultVariant: boolean, readonly isGiftCard: boolean, readonly onlineStoreUrl: string | null, readonly templateSuffix: string | null, readonly variants: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly legacyResourceId: string, readonly title: string, readonly sku: string | null, readonly barcode: string | null, readonly price: string, readonly compareAtPrice: string | null, readonly position: number, readonly inventoryQuantity: number | null, readonly inventoryPolicy: ProductVariantInventoryPolicy, readonly availableForSale: boolean, readonly taxable: boolean, readonly createdAt: string, readonly updatedAt: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } }, readonly media: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly alt: string | null, readonly mediaContentType: MediaContentType, readonly preview: { readonly image: { readonly url: string, readonly altText: string | null } | null } | null }> }, readonly metafields: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly namespace: string, readonly key: string, readonly type: string, readonly value: string, readonly updatedAt: string }> }, readonly options: ReadonlyArray<{ readonly name: string, readonly position: number, readonly values: ReadonlyArray<string> }>, readonly priceRangeV2: { readonly minVariantPrice: { readonly amount: string, readonly currencyCode: CurrencyCode }, readonly maxVariantPrice: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly featuredMedia: { readonly preview: { readonly image: { readonly url: string, readonly altText: string | null } | null } | null } | null, readonly variantsCount: { readonly count: number } | null } | null };

export type ProductIdsPageQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ProductIdsPageQuery = { readonly products: { readonly nodes: ReadonlyArray<{ readonly id: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ProductFieldsFragment = { readonly id: string, readonly legacyResourceId: string, readonly title: string, readonly handle: string, readonly status: ProductStatus, readonly vendor: string, readonly productType: string, readonly tags: ReadonlyArray<string>, readonly createdAt: string, readonly updatedAt: string, readonly publishedAt: string | null, readonly descriptionHtml: string, readonly totalInventory: number, readonly tracksInventory: boolean, readonly hasOnlyDefaultVariant: boolean, readonly isGiftCard: boolean, readonly onlineStoreUrl: string | null, readonly templateSuffix: string | null, readonly options: ReadonlyArray<{ readonly name: string, readonly position: number, readonly values: ReadonlyArray<string> }>, readonly priceRangeV2: { readonly minVariantPrice: { readonly amount: string, readonly currencyCode: CurrencyCode }, readonly maxVariantPrice: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly featuredMedia: { readonly preview: { readonly image: { readonly url: string, readonly altText: string | null } | null } | null } | null, readonly variantsCount: { readonly count: number } | null };

export type MediaFieldsFragment = { readonly id: string, readonly alt: string | null, readonly mediaContentType: MediaContentType, readonly preview: { readonly image: { readonly url: string, readonly altText: string | null } | null } | null };

export type MetafieldFieldsFragment = { readonly id: string, readonly namespace: string, readonly key: string, readonly type: string, readonly value: string, readonly updatedAt: string };

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

export type WebPixelDeleteMutationVariables = Exact<{
  id: string | number;
}>;


export type WebPixelDeleteMutation = { readonly webPixelDelete: { readonly deletedWebPixelId: string | null, readonly userErrors: ReadonlyArray<{ readonly code: ErrorsWebPixelUserErrorCode | null, readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };

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

export const AppUninstallDocument = new TypedDocumentString<AppUninstallMutation, AppUninstallMutationVariables>("mutation AppUninstall {\n  appUninstall {\n    app {\n      id\n    }\n    userErrors {\n      field\n      message\n    }\n  }\n}");
export const BulkOperationRunQueryDocument = new TypedDocumentString<BulkOperationRunQueryMutation, BulkOperationRunQueryMutationVariables>("mutation BulkOperationRunQuery($query: String!, $groupObjects: Boolean! = false) {\n  bulkOperationRunQuery(query: $query, groupObjects: $groupObjects) {\n    bulkOperation {\n      ...BulkOperationFields\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}\nfragment BulkOperationFields on BulkOperation {\n  id\n  status\n  errorCode\n  createdAt\n  completedAt\n  objectCount\n  rootObjectCount\n  fileSize\n  url\n  partialDataUrl\n}");
export const BulkOperationGetDocument = new TypedDocumentString<BulkOperationGetQuery, BulkOperationGetQueryVariables>("query BulkOperationGet($id: ID!) {\n  bulkOperation(id: $id) {\n    ...BulkOperationFields\n  }\n}\nfragment BulkOperationFields on BulkOperation {\n  id\n  status\n  errorCode\n  createdAt\n  completedAt\n  objectCount\n  rootObjectCount\n  fileSize\n  url\n  partialDataUrl\n}");
export const BulkOperationCancelDocument = new TypedDocumentString<BulkOperationCancelMutation, BulkOperationCancelMutationVariables>("mutation BulkOperationCancel($id: ID!) {\n  bulkOperationCancel(id: $id) {\n    bulkOperation {\n      ...BulkOperationFields\n    }\n    userErrors {\n      field\n      message\n    }\n  }\n}\nfragment BulkOperationFields on BulkOperation {\n  id\n  status\n  errorCode\n  createdAt\n  completedAt\n  objectCount\n  rootObjectCount\n  fileSize\n  url\n  partialDataUrl\n}");
export const OrdersBulkDocument = new TypedDocumentString<OrdersBulkQuery, OrdersBulkQueryVariables>("query OrdersBulk {\n  orders {\n    edges {\n      node {\n        ...OrderFields\n        ...OrderPersonFields\n        lineItems {\n          edges {\n            node {\n              ...LineItemFields\n            }\n          }\n        }\n      }\n    }\n  }\n}\nfragment AddressFields on MailingAddress {\n  id\n  firstName\n  lastName\n  name\n  company\n  address1\n  address2\n  city\n  province\n  provinceCode\n  zip\n  country\n  countryCodeV2\n  phone\n}\nfragment LineItemFields on LineItem {\n  id\n  title\n  name\n  variantTitle\n  sku\n  vendor\n  quantity\n  currentQuantity\n  unfulfilledQuantity\n  isGiftCard\n  requiresShipping\n  taxable\n  originalUnitPriceSet {\n    ...ShopMoney\n  }\n  discountedTotalSet {\n    ...ShopMoney\n  }\n  customAttributes {\n    key\n    value\n  }\n  product {\n    id\n  }\n  variant {\n    id\n  }\n}\nfragment OrderFields on Order {\n  id\n  legacyResourceId\n  name\n  number\n  confirmationNumber\n  createdAt\n  processedAt\n  updatedAt\n  closedAt\n  cancelledAt\n  cancelReason\n  confirmed\n  test\n  edited\n  sourceName\n  poNumber\n  note\n  tags\n  customerLocale\n  currencyCode\n  presentmentCurrencyCode\n  displayFinancialStatus\n  displayFulfillmentStatus\n  returnStatus\n  subtotalLineItemsQuantity\n  subtotalPriceSet {\n    ...ShopMoney\n  }\n  totalDiscountsSet {\n    ...ShopMoney\n  }\n  totalShippingPriceSet {\n    ...ShopMoney\n  }\n  totalTaxSet {\n    ...ShopMoney\n  }\n  totalPriceSet {\n    ...ShopMoney\n  }\n  currentTotalPriceSet {\n    ...ShopMoney\n  }\n  totalRefundedSet {\n    ...ShopMoney\n  }\n  totalOutstandingSet {\n    ...ShopMoney\n  }\n  paymentGatewayNames\n  discountCodes\n  taxesIncluded\n  cartToken\n  checkoutToken\n  shippingLine {\n    title\n    code\n    originalPriceSet {\n      ...ShopMoney\n    }\n  }\n  transactionsCount {\n    count\n  }\n  transactions(first: 10) {\n    ...TransactionFields\n  }\n  refunds(first: 5) {\n    id\n    createdAt\n    note\n    totalRefundedSet {\n      ...ShopMoney\n    }\n  }\n  fulfillments(first: 5) {\n    id\n    name\n    status\n    displayStatus\n    createdAt\n    updatedAt\n    totalQuantity\n    trackingInfo(first: 1) {\n      company\n      number\n      url\n    }\n  }\n}\nfragment OrderPersonFields on Order {\n  email\n  phone\n  clientIp\n  customer {\n    id\n    displayName\n  }\n  billingAddress {\n    ...AddressFields\n  }\n  shippingAddress {\n    ...AddressFields\n  }\n}\nfragment ShopMoney on MoneyBag {\n  shopMoney {\n    amount\n    currencyCode\n  }\n}\nfragment TransactionFields on OrderTransaction {\n  id\n  kind\n  status\n  gateway\n  formattedGateway\n  manualPaymentGateway\n  amountSet {\n    ...ShopMoney\n  }\n  createdAt\n  processedAt\n  test\n  errorCode\n  paymentId\n  accountNumber\n  authorizationExpiresAt\n  settlementCurrency\n  settlementCurrencyRate\n  parentTransaction {\n    id\n  }\n  fees {\n    id\n    type\n    amount {\n      amount\n      currencyCode\n    }\n    taxAmount {\n      amount\n      currencyCode\n    }\n  }\n}");
export const CustomersBulkDocument = new TypedDocumentString<CustomersBulkQuery, CustomersBulkQueryVariables>("query CustomersBulk {\n  customers {\n    edges {\n      node {\n        ...CustomerFields\n        addressesV2 {\n          edges {\n            node {\n              ...AddressFields\n            }\n          }\n        }\n      }\n    }\n  }\n}\nfragment AddressFields on MailingAddress {\n  id\n  firstName\n  lastName\n  name\n  company\n  address1\n  address2\n  city\n  province\n  provinceCode\n  zip\n  country\n  countryCodeV2\n  phone\n}\nfragment CustomerFields on Customer {\n  id\n  legacyResourceId\n  firstName\n  lastName\n  displayName\n  createdAt\n  updatedAt\n  state\n  note\n  tags\n  locale\n  verifiedEmail\n  taxExempt\n  numberOfOrders\n  amountSpent {\n    amount\n    currencyCode\n  }\n  lifetimeDuration\n  dataSaleOptOut\n  defaultEmailAddress {\n    emailAddress\n    marketingState\n    marketingOptInLevel\n    marketingUpdatedAt\n  }\n  defaultPhoneNumber {\n    phoneNumber\n    smsMarketingConsent {\n      state\n    }\n  }\n  defaultAddress {\n    id\n    city\n    province\n    countryCodeV2\n  }\n  lastOrder {\n    id\n  }\n}");
export const ProductsBulkDocument = new TypedDocumentString<ProductsBulkQuery, ProductsBulkQueryVariables>("query ProductsBulk {\n  products {\n    edges {\n      node {\n        ...ProductFields\n        variants {\n          edges {\n            node {\n              ...VariantFields\n            }\n          }\n        }\n        media {\n          edges {\n            node {\n              ...MediaFields\n            }\n          }\n        }\n        metafields {\n          edges {\n            node {\n              ...MetafieldFields\n            }\n          }\n        }\n      }\n    }\n  }\n}\nfragment MediaFields on Media {\n  id\n  alt\n  mediaContentType\n  preview {\n    image {\n      url\n      altText\n    }\n  }\n}\nfragment MetafieldFields on Metafield {\n  id\n  namespace\n  key\n  type\n  value\n  updatedAt\n}\nfragment ProductFields on Product {\n  id\n  legacyResourceId\n  title\n  handle\n  status\n  vendor\n  productType\n  tags\n  createdAt\n  updatedAt\n  publishedAt\n  descriptionHtml\n  totalInventory\n  tracksInventory\n  hasOnlyDefaultVariant\n  isGiftCard\n  onlineStoreUrl\n  templateSuffix\n  options(first: 3) {\n    name\n    position\n    values\n  }\n  priceRangeV2 {\n    minVariantPrice {\n      amount\n      currencyCode\n    }\n    maxVariantPrice {\n      amount\n      currencyCode\n    }\n  }\n  featuredMedia {\n    preview {\n      image {\n        url\n        altText\n      }\n    }\n  }\n  variantsCount {\n    count\n  }\n}\nfragment VariantFields on ProductVariant {\n  id\n  legacyResourceId\n  title\n  sku\n  barcode\n  price\n  compareAtPrice\n  position\n  inventoryQuantity\n  inventoryPolicy\n  availableForSale\n  taxable\n  createdAt\n  updatedAt\n}");
export const OrderIdsBulkDocument = new TypedDocumentString<OrderIdsBulkQuery, OrderIdsBulkQueryVariables>("query OrderIdsBulk {\n  orders {\n    edges {\n      node {\n        id\n      }\n    }\n  }\n}");
export const CustomerIdsBulkDocument = new TypedDocumentString<CustomerIdsBulkQuery, CustomerIdsBulkQueryVariables>("query CustomerIdsBulk {\n  customers {\n    edges {\n      node {\n        id\n      }\n    }\n  }\n}");
export const ProductIdsBulkDocument = new TypedDocumentString<ProductIdsBulkQuery, ProductIdsBulkQueryVariables>("query ProductIdsBulk {\n  products {\n    edges {\n      node {\n        id\n      }\n    }\n  }\n}");
export const ChangedProductsDocument = new TypedDocumentString<ChangedProductsQuery, ChangedProductsQueryVariables>("query ChangedProducts($query: String!, $after: String) {\n  products(first: 250, after: $after, query: $query, sortKey: UPDATED_AT) {\n    nodes {\n      id\n      updatedAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}");
export const ChangedOrdersDocument = new TypedDocumentString<ChangedOrdersQuery, ChangedOrdersQueryVariables>("query ChangedOrders($query: String!, $after: String) {\n  orders(first: 250, after: $after, query: $query, sortKey: UPDATED_AT) {\n    nodes {\n      id\n      updatedAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}");
export const ChangedCustomersDocument = new TypedDocumentString<ChangedCustomersQuery, ChangedCustomersQueryVariables>("query ChangedCustomers($query: String!, $after: String) {\n  customers(first: 250, after: $after, query: $query, sortKey: UPDATED_AT) {\n    nodes {\n      id\n      updatedAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}");
export const CustomersCountDocument = new TypedDocumentString<CustomersCountQuery, CustomersCountQueryVariables>("query CustomersCount($query: String) {\n  customersCount(query: $query, limit: null) {\n    count\n    precision\n  }\n}");
export const CustomersPageDocument = new TypedDocumentString<CustomersPageQuery, CustomersPageQueryVariables>("query CustomersPage($first: Int!, $after: String, $query: String, $sortKey: CustomerSortKeys = ID) {\n  customers(first: $first, after: $after, query: $query, sortKey: $sortKey) {\n    nodes {\n      ...CustomerFields\n      addressesV2(first: 5) {\n        nodes {\n          ...AddressFields\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\nfragment AddressFields on MailingAddress {\n  id\n  firstName\n  lastName\n  name\n  company\n  address1\n  address2\n  city\n  province\n  provinceCode\n  zip\n  country\n  countryCodeV2\n  phone\n}\nfragment CustomerFields on Customer {\n  id\n  legacyResourceId\n  firstName\n  lastName\n  displayName\n  createdAt\n  updatedAt\n  state\n  note\n  tags\n  locale\n  verifiedEmail\n  taxExempt\n  numberOfOrders\n  amountSpent {\n    amount\n    currencyCode\n  }\n  lifetimeDuration\n  dataSaleOptOut\n  defaultEmailAddress {\n    emailAddress\n    marketingState\n    marketingOptInLevel\n    marketingUpdatedAt\n  }\n  defaultPhoneNumber {\n    phoneNumber\n    smsMarketingConsent {\n      state\n    }\n  }\n  defaultAddress {\n    id\n    city\n    province\n    countryCodeV2\n  }\n  lastOrder {\n    id\n  }\n}");
export const CustomerByIdDocument = new TypedDocumentString<CustomerByIdQuery, CustomerByIdQueryVariables>("query CustomerById($id: ID!) {\n  customer(id: $id) {\n    ...CustomerFields\n    addressesV2(first: 250) {\n      nodes {\n        ...AddressFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\nfragment AddressFields on MailingAddress {\n  id\n  firstName\n  lastName\n  name\n  company\n  address1\n  address2\n  city\n  province\n  provinceCode\n  zip\n  country\n  countryCodeV2\n  phone\n}\nfragment CustomerFields on Customer {\n  id\n  legacyResourceId\n  firstName\n  lastName\n  displayName\n  createdAt\n  updatedAt\n  state\n  note\n  tags\n  locale\n  verifiedEmail\n  taxExempt\n  numberOfOrders\n  amountSpent {\n    amount\n    currencyCode\n  }\n  lifetimeDuration\n  dataSaleOptOut\n  defaultEmailAddress {\n    emailAddress\n    marketingState\n    marketingOptInLevel\n    marketingUpdatedAt\n  }\n  defaultPhoneNumber {\n    phoneNumber\n    smsMarketingConsent {\n      state\n    }\n  }\n  defaultAddress {\n    id\n    city\n    province\n    countryCodeV2\n  }\n  lastOrder {\n    id\n  }\n}");
export const CustomerAddressesPageDocument = new TypedDocumentString<CustomerAddressesPageQuery, CustomerAddressesPageQueryVariables>("query CustomerAddressesPage($id: ID!, $after: String) {\n  customer(id: $id) {\n    id\n    addressesV2(first: 250, after: $after) {\n      nodes {\n        ...AddressFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\nfragment AddressFields on MailingAddress {\n  id\n  firstName\n  lastName\n  name\n  company\n  address1\n  address2\n  city\n  province\n  provinceCode\n  zip\n  country\n  countryCodeV2\n  phone\n}");
export const CustomerIdsPageDocument = new TypedDocumentString<CustomerIdsPageQuery, CustomerIdsPageQueryVariables>("query CustomerIdsPage($after: String) {\n  customers(first: 250, after: $after, sortKey: ID) {\n    nodes {\n      id\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}");
export const OrdersCountDocument = new TypedDocumentString<OrdersCountQuery, OrdersCountQueryVariables>("query OrdersCount($query: String) {\n  ordersCount(query: $query, limit: null) {\n    count\n    precision\n  }\n}");
export const OrdersPageDocument = new TypedDocumentString<OrdersPageQuery, OrdersPageQueryVariables>("query OrdersPage($first: Int!, $after: String, $query: String, $sortKey: OrderSortKeys = ID) {\n  orders(first: $first, after: $after, query: $query, sortKey: $sortKey) {\n    nodes {\n      ...OrderFields\n      ...OrderPersonFields\n      lineItems(first: 10) {\n        nodes {\n          ...LineItemFields\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\nfragment AddressFields on MailingAddress {\n  id\n  firstName\n  lastName\n  name\n  company\n  address1\n  address2\n  city\n  province\n  provinceCode\n  zip\n  country\n  countryCodeV2\n  phone\n}\nfragment LineItemFields on LineItem {\n  id\n  title\n  name\n  variantTitle\n  sku\n  vendor\n  quantity\n  currentQuantity\n  unfulfilledQuantity\n  isGiftCard\n  requiresShipping\n  taxable\n  originalUnitPriceSet {\n    ...ShopMoney\n  }\n  discountedTotalSet {\n    ...ShopMoney\n  }\n  customAttributes {\n    key\n    value\n  }\n  product {\n    id\n  }\n  variant {\n    id\n  }\n}\nfragment OrderFields on Order {\n  id\n  legacyResourceId\n  name\n  number\n  confirmationNumber\n  createdAt\n  processedAt\n  updatedAt\n  closedAt\n  cancelledAt\n  cancelReason\n  confirmed\n  test\n  edited\n  sourceName\n  poNumber\n  note\n  tags\n  customerLocale\n  currencyCode\n  presentmentCurrencyCode\n  displayFinancialStatus\n  displayFulfillmentStatus\n  returnStatus\n  subtotalLineItemsQuantity\n  subtotalPriceSet {\n    ...ShopMoney\n  }\n  totalDiscountsSet {\n    ...ShopMoney\n  }\n  totalShippingPriceSet {\n    ...ShopMoney\n  }\n  totalTaxSet {\n    ...ShopMoney\n  }\n  totalPriceSet {\n    ...ShopMoney\n  }\n  currentTotalPriceSet {\n    ...ShopMoney\n  }\n  totalRefundedSet {\n    ...ShopMoney\n  }\n  totalOutstandingSet {\n    ...ShopMoney\n  }\n  paymentGatewayNames\n  discountCodes\n  taxesIncluded\n  cartToken\n  checkoutToken\n  shippingLine {\n    title\n    code\n    originalPriceSet {\n      ...ShopMoney\n    }\n  }\n  transactionsCount {\n    count\n  }\n  transactions(first: 10) {\n    ...TransactionFields\n  }\n  refunds(first: 5) {\n    id\n    createdAt\n    note\n    totalRefundedSet {\n      ...ShopMoney\n    }\n  }\n  fulfillments(first: 5) {\n    id\n    name\n    status\n    displayStatus\n    createdAt\n    updatedAt\n    totalQuantity\n    trackingInfo(first: 1) {\n      company\n      number\n      url\n    }\n  }\n}\nfragment OrderPersonFields on Order {\n  email\n  phone\n  clientIp\n  customer {\n    id\n    displayName\n  }\n  billingAddress {\n    ...AddressFields\n  }\n  shippingAddress {\n    ...AddressFields\n  }\n}\nfragment ShopMoney on MoneyBag {\n  shopMoney {\n    amount\n    currencyCode\n  }\n}\nfragment TransactionFields on OrderTransaction {\n  id\n  kind\n  status\n  gateway\n  formattedGateway\n  manualPaymentGateway\n  amountSet {\n    ...ShopMoney\n  }\n  createdAt\n  processedAt\n  test\n  errorCode\n  paymentId\n  accountNumber\n  authorizationExpiresAt\n  settlementCurrency\n  settlementCurrencyRate\n  parentTransaction {\n    id\n  }\n  fees {\n    id\n    type\n    amount {\n      amount\n      currencyCode\n    }\n    taxAmount {\n      amount\n      currencyCode\n    }\n  }\n}");
export const OrderByIdDocument = new TypedDocumentString<OrderByIdQuery, OrderByIdQueryVariables>("query OrderById($id: ID!) {\n  order(id: $id) {\n    ...OrderFields\n    ...OrderPersonFields\n    lineItems(first: 50) {\n      nodes {\n        ...LineItemFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\nfragment AddressFields on MailingAddress {\n  id\n  firstName\n  lastName\n  name\n  company\n  address1\n  address2\n  city\n  province\n  provinceCode\n  zip\n  country\n  countryCodeV2\n  phone\n}\nfragment LineItemFields on LineItem {\n  id\n  title\n  name\n  variantTitle\n  sku\n  vendor\n  quantity\n  currentQuantity\n  unfulfilledQuantity\n  isGiftCard\n  requiresShipping\n  taxable\n  originalUnitPriceSet {\n    ...ShopMoney\n  }\n  discountedTotalSet {\n    ...ShopMoney\n  }\n  customAttributes {\n    key\n    value\n  }\n  product {\n    id\n  }\n  variant {\n    id\n  }\n}\nfragment OrderFields on Order {\n  id\n  legacyResourceId\n  name\n  number\n  confirmationNumber\n  createdAt\n  processedAt\n  updatedAt\n  closedAt\n  cancelledAt\n  cancelReason\n  confirmed\n  test\n  edited\n  sourceName\n  poNumber\n  note\n  tags\n  customerLocale\n  currencyCode\n  presentmentCurrencyCode\n  displayFinancialStatus\n  displayFulfillmentStatus\n  returnStatus\n  subtotalLineItemsQuantity\n  subtotalPriceSet {\n    ...ShopMoney\n  }\n  totalDiscountsSet {\n    ...ShopMoney\n  }\n  totalShippingPriceSet {\n    ...ShopMoney\n  }\n  totalTaxSet {\n    ...ShopMoney\n  }\n  totalPriceSet {\n    ...ShopMoney\n  }\n  currentTotalPriceSet {\n    ...ShopMoney\n  }\n  totalRefundedSet {\n    ...ShopMoney\n  }\n  totalOutstandingSet {\n    ...ShopMoney\n  }\n  paymentGatewayNames\n  discountCodes\n  taxesIncluded\n  cartToken\n  checkoutToken\n  shippingLine {\n    title\n    code\n    originalPriceSet {\n      ...ShopMoney\n    }\n  }\n  transactionsCount {\n    count\n  }\n  transactions(first: 10) {\n    ...TransactionFields\n  }\n  refunds(first: 5) {\n    id\n    createdAt\n    note\n    totalRefundedSet {\n      ...ShopMoney\n    }\n  }\n  fulfillments(first: 5) {\n    id\n    name\n    status\n    displayStatus\n    createdAt\n    updatedAt\n    totalQuantity\n    trackingInfo(first: 1) {\n      company\n      number\n      url\n    }\n  }\n}\nfragment OrderPersonFields on Order {\n  email\n  phone\n  clientIp\n  customer {\n    id\n    displayName\n  }\n  billingAddress {\n    ...AddressFields\n  }\n  shippingAddress {\n    ...AddressFields\n  }\n}\nfragment ShopMoney on MoneyBag {\n  shopMoney {\n    amount\n    currencyCode\n  }\n}\nfragment TransactionFields on OrderTransaction {\n  id\n  kind\n  status\n  gateway\n  formattedGateway\n  manualPaymentGateway\n  amountSet {\n    ...ShopMoney\n  }\n  createdAt\n  processedAt\n  test\n  errorCode\n  paymentId\n  accountNumber\n  authorizationExpiresAt\n  settlementCurrency\n  settlementCurrencyRate\n  parentTransaction {\n    id\n  }\n  fees {\n    id\n    type\n    amount {\n      amount\n      currencyCode\n    }\n    taxAmount {\n      amount\n      currencyCode\n    }\n  }\n}");
export const OrderLinesPageDocument = new TypedDocumentString<OrderLinesPageQuery, OrderLinesPageQueryVariables>("query OrderLinesPage($id: ID!, $after: String) {\n  order(id: $id) {\n    id\n    lineItems(first: 100, after: $after) {\n      nodes {\n        ...LineItemFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\nfragment LineItemFields on LineItem {\n  id\n  title\n  name\n  variantTitle\n  sku\n  vendor\n  quantity\n  currentQuantity\n  unfulfilledQuantity\n  isGiftCard\n  requiresShipping\n  taxable\n  originalUnitPriceSet {\n    ...ShopMoney\n  }\n  discountedTotalSet {\n    ...ShopMoney\n  }\n  customAttributes {\n    key\n    value\n  }\n  product {\n    id\n  }\n  variant {\n    id\n  }\n}\nfragment ShopMoney on MoneyBag {\n  shopMoney {\n    amount\n    currencyCode\n  }\n}");
export const OrderTransactionsDocument = new TypedDocumentString<OrderTransactionsQuery, OrderTransactionsQueryVariables>("query OrderTransactions($id: ID!, $first: Int!) {\n  order(id: $id) {\n    id\n    transactions(first: $first) {\n      ...TransactionFields\n    }\n  }\n}\nfragment ShopMoney on MoneyBag {\n  shopMoney {\n    amount\n    currencyCode\n  }\n}\nfragment TransactionFields on OrderTransaction {\n  id\n  kind\n  status\n  gateway\n  formattedGateway\n  manualPaymentGateway\n  amountSet {\n    ...ShopMoney\n  }\n  createdAt\n  processedAt\n  test\n  errorCode\n  paymentId\n  accountNumber\n  authorizationExpiresAt\n  settlementCurrency\n  settlementCurrencyRate\n  parentTransaction {\n    id\n  }\n  fees {\n    id\n    type\n    amount {\n      amount\n      currencyCode\n    }\n    taxAmount {\n      amount\n      currencyCode\n    }\n  }\n}");
export const OrderIdsPageDocument = new TypedDocumentString<OrderIdsPageQuery, OrderIdsPageQueryVariables>("query OrderIdsPage($after: String) {\n  orders(first: 250, after: $after, sortKey: ID) {\n    nodes {\n      id\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}");
export const ProductVariantsPageDocument = new TypedDocumentString<ProductVariantsPageQuery, ProductVariantsPageQueryVariables>("query ProductVariantsPage($id: ID!, $after: String) {\n  product(id: $id) {\n    id\n    variants(first: 250, after: $after, sortKey: POSITION) {\n      nodes {\n        ...VariantFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\nfragment VariantFields on ProductVariant {\n  id\n  legacyResourceId\n  title\n  sku\n  barcode\n  price\n  compareAtPrice\n  position\n  inventoryQuantity\n  inventoryPolicy\n  availableForSale\n  taxable\n  createdAt\n  updatedAt\n}");
export const ProductsCountDocument = new TypedDocumentString<ProductsCountQuery, ProductsCountQueryVariables>("query ProductsCount($query: String) {\n  productsCount(query: $query, limit: null) {\n    count\n    precision\n  }\n}");
export const ProductsPageDocument = new TypedDocumentString<ProductsPageQuery, ProductsPageQueryVariables>("query ProductsPage($first: Int!, $after: String, $query: String, $sortKey: ProductSortKeys = ID) {\n  products(first: $first, after: $after, query: $query, sortKey: $sortKey) {\n    nodes {\n      ...ProductFields\n      variants(first: 10, sortKey: POSITION) {\n        nodes {\n          ...VariantFields\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n      media(first: 5) {\n        nodes {\n          ...MediaFields\n        }\n        pageInfo {\n          hasNextPage\n        }\n      }\n      metafields(first: 10) {\n        nodes {\n          ...MetafieldFields\n        }\n        pageInfo {\n          hasNextPage\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\nfragment MediaFields on Media {\n  id\n  alt\n  mediaContentType\n  preview {\n    image {\n      url\n      altText\n    }\n  }\n}\nfragment MetafieldFields on Metafield {\n  id\n  namespace\n  key\n  type\n  value\n  updatedAt\n}\nfragment ProductFields on Product {\n  id\n  legacyResourceId\n  title\n  handle\n  status\n  vendor\n  productType\n  tags\n  createdAt\n  updatedAt\n  publishedAt\n  descriptionHtml\n  totalInventory\n  tracksInventory\n  hasOnlyDefaultVariant\n  isGiftCard\n  onlineStoreUrl\n  templateSuffix\n  options(first: 3) {\n    name\n    position\n    values\n  }\n  priceRangeV2 {\n    minVariantPrice {\n      amount\n      currencyCode\n    }\n    maxVariantPrice {\n      amount\n      currencyCode\n    }\n  }\n  featuredMedia {\n    preview {\n      image {\n        url\n        altText\n      }\n    }\n  }\n  variantsCount {\n    count\n  }\n}\nfragment VariantFields on ProductVariant {\n  id\n  legacyResourceId\n  title\n  sku\n  barcode\n  price\n  compareAtPrice\n  position\n  inventoryQuantity\n  inventoryPolicy\n  availableForSale\n  taxable\n  createdAt\n  updatedAt\n}");
export const ProductByIdDocument = new TypedDocumentString<ProductByIdQuery, ProductByIdQueryVariables>("query ProductById($id: ID!) {\n  product(id: $id) {\n    ...ProductFields\n    variants(first: 250, sortKey: POSITION) {\n      nodes {\n        ...VariantFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n    media(first: 100) {\n      nodes {\n        ...MediaFields\n      }\n    }\n    metafields(first: 250) {\n      nodes {\n        ...MetafieldFields\n      }\n    }\n  }\n}\nfragment MediaFields on Media {\n  id\n  alt\n  mediaContentType\n  preview {\n    image {\n      url\n      altText\n    }\n  }\n}\nfragment MetafieldFields on Metafield {\n  id\n  namespace\n  key\n  type\n  value\n  updatedAt\n}\nfragment ProductFields on Product {\n  id\n  legacyResourceId\n  title\n  handle\n  status\n  vendor\n  productType\n  tags\n  createdAt\n  updatedAt\n  publishedAt\n  descriptionHtml\n  totalInventory\n  tracksInventory\n  hasOnlyDefaultVariant\n  isGiftCard\n  onlineStoreUrl\n  templateSuffix\n  options(first: 3) {\n    name\n    position\n    values\n  }\n  priceRangeV2 {\n    minVariantPrice {\n      amount\n      currencyCode\n    }\n    maxVariantPrice {\n      amount\n      currencyCode\n    }\n  }\n  featuredMedia {\n    preview {\n      image {\n        url\n        altText\n      }\n    }\n  }\n  variantsCount {\n    count\n  }\n}\nfragment VariantFields on ProductVariant {\n  id\n  legacyResourceId\n  title\n  sku\n  barcode\n  price\n  compareAtPrice\n  position\n  inventoryQuantity\n  inventoryPolicy\n  availableForSale\n  taxable\n  createdAt\n  updatedAt\n}");
export const ProductIdsPageDocument = new TypedDocumentString<ProductIdsPageQuery, ProductIdsPageQueryVariables>("query ProductIdsPage($after: String) {\n  products(first: 250, after: $after, sortKey: ID) {\n    nodes {\n      id\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}");
export const ShopInfoDocument = new TypedDocumentString<ShopInfoQuery, ShopInfoQueryVariables>("query ShopInfo {\n  shop {\n    id\n    name\n    myshopifyDomain\n    email\n    contactEmail\n    currencyCode\n    ianaTimezone\n    plan {\n      publicDisplayName\n      partnerDevelopment\n      shopifyPlus\n    }\n    primaryDomain {\n      host\n      url\n    }\n  }\n  currentAppInstallation {\n    id\n    accessScopes {\n      handle\n    }\n  }\n}");
export const WebPixelGetDocument = new TypedDocumentString<WebPixelGetQuery, WebPixelGetQueryVariables>("query WebPixelGet {\n  webPixel {\n    id\n    settings\n  }\n}");
export const WebPixelCreateDocument = new TypedDocumentString<WebPixelCreateMutation, WebPixelCreateMutationVariables>("mutation WebPixelCreate($webPixel: WebPixelInput!) {\n  webPixelCreate(webPixel: $webPixel) {\n    webPixel {\n      id\n      settings\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}");
export const WebPixelUpdateDocument = new TypedDocumentString<WebPixelUpdateMutation, WebPixelUpdateMutationVariables>("mutation WebPixelUpdate($id: ID!, $webPixel: WebPixelInput!) {\n  webPixelUpdate(id: $id, webPixel: $webPixel) {\n    webPixel {\n      id\n      settings\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}");
export const WebPixelDeleteDocument = new TypedDocumentString<WebPixelDeleteMutation, WebPixelDeleteMutationVariables>("mutation WebPixelDelete($id: ID!) {\n  webPixelDelete(id: $id) {\n    deletedWebPixelId\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}");
export const WebhookSubscriptionsListDocument = new TypedDocumentString<WebhookSubscriptionsListQuery, WebhookSubscriptionsListQueryVariables>("query WebhookSubscriptionsList($after: String) {\n  webhookSubscriptions(first: 100, after: $after) {\n    nodes {\n      ...WebhookSubscriptionFields\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\nfragment WebhookSubscriptionFields on WebhookSubscription {\n  id\n  topic\n  uri\n  format\n  filter\n  includeFields\n  name\n  createdAt\n  updatedAt\n  apiVersion {\n    handle\n  }\n}");
export const WebhookSubscriptionCreateDocument = new TypedDocumentString<WebhookSubscriptionCreateMutation, WebhookSubscriptionCreateMutationVariables>("mutation WebhookSubscriptionCreate($topic: WebhookSubscriptionTopic!, $webhookSubscription: WebhookSubscriptionInput!) {\n  webhookSubscriptionCreate(\n    topic: $topic\n    webhookSubscription: $webhookSubscription\n  ) {\n    webhookSubscription {\n      ...WebhookSubscriptionFields\n    }\n    userErrors {\n      field\n      message\n    }\n  }\n}\nfragment WebhookSubscriptionFields on WebhookSubscription {\n  id\n  topic\n  uri\n  format\n  filter\n  includeFields\n  name\n  createdAt\n  updatedAt\n  apiVersion {\n    handle\n  }\n}");
export const WebhookSubscriptionUpdateDocument = new TypedDocumentString<WebhookSubscriptionUpdateMutation, WebhookSubscriptionUpdateMutationVariables>("mutation WebhookSubscriptionUpdate($id: ID!, $webhookSubscription: WebhookSubscriptionInput!) {\n  webhookSubscriptionUpdate(id: $id, webhookSubscription: $webhookSubscription) {\n    webhookSubscription {\n      ...WebhookSubscriptionFields\n    }\n    userErrors {\n      field\n      message\n    }\n  }\n}\nfragment WebhookSubscriptionFields on WebhookSubscription {\n  id\n  topic\n  uri\n  format\n  filter\n  includeFields\n  name\n  createdAt\n  updatedAt\n  apiVersion {\n    handle\n  }\n}");
export const WebhookSubscriptionDeleteDocument = new TypedDocumentString<WebhookSubscriptionDeleteMutation, WebhookSubscriptionDeleteMutationVariables>("mutation WebhookSubscriptionDelete($id: ID!) {\n  webhookSubscriptionDelete(id: $id) {\n    deletedWebhookSubscriptionId\n    userErrors {\n      field\n      message\n    }\n  }\n}");
