/**
 * What of the Admin API the project uses: fields per type. `prune-schema.mjs` takes the types and arguments of these fields
 * from Shopify's own schema, so a name here that Shopify does not have stops it. Enums and scalars come whole and by themselves.
 */
export const KEEP = {
  QueryRoot: `shop currentAppInstallation products product productsCount orders order ordersCount customers customer customersCount
    webhookSubscriptions webhookSubscription webPixel bulkOperation bulkOperations publicApiVersions node`,
  Mutation: `webhookSubscriptionCreate webhookSubscriptionUpdate webhookSubscriptionDelete webPixelCreate webPixelUpdate webPixelDelete
    bulkOperationRunQuery bulkOperationCancel appUninstall appRevokeAccessScopes productUpdate`,

  // Interfaces and unions: kept ones stay on the types below; unions keep the members that are listed.
  Node: 'id',
  DisplayableError: 'field message',
  PaymentDetails: '',

  // Shared shapes
  PageInfo: 'hasNextPage hasPreviousPage startCursor endCursor',
  Count: 'count precision',
  MoneyV2: 'amount currencyCode',
  MoneyBag: 'shopMoney presentmentMoney',
  Attribute: 'key value',
  UserError: 'field message',
  Image: 'id url altText width height',
  Weight: 'value unit',

  // Shop and app
  Shop: `id name myshopifyDomain email contactEmail currencyCode ianaTimezone plan primaryDomain url createdAt updatedAt shopOwnerName
    taxesIncluded timezoneOffsetMinutes weightUnit`,
  ShopPlan: 'publicDisplayName partnerDevelopment shopifyPlus',
  Domain: 'id host url sslEnabled',
  AppInstallation: 'id accessScopes launchUrl uninstallUrl app',
  App: 'id title handle apiKey webhookApiVersion',
  AccessScope: 'handle description',
  ApiVersion: 'handle displayName supported',

  // Products
  ProductConnection: 'nodes edges pageInfo',
  ProductEdge: 'cursor node',
  Product: `id legacyResourceId title handle status vendor productType tags category createdAt updatedAt publishedAt description
    descriptionHtml totalInventory tracksInventory hasOnlyDefaultVariant hasOutOfStockVariants isGiftCard onlineStoreUrl
    onlineStorePreviewUrl templateSuffix seo options priceRangeV2 featuredMedia media mediaCount variantsCount variants collections`,
  TaxonomyCategory: 'id name fullName',
  SEO: 'title description',
  ProductOption: 'id name position values optionValues',
  ProductOptionValue: 'id name hasVariants',
  ProductPriceRangeV2: 'minVariantPrice maxVariantPrice',
  Media: 'id alt mediaContentType preview status',
  MediaImage: 'id alt mediaContentType preview status image mimeType createdAt updatedAt',
  MediaPreviewImage: 'image status',
  MediaConnection: 'nodes edges pageInfo',
  MediaEdge: 'cursor node',
  ProductVariantConnection: 'nodes edges pageInfo',
  ProductVariantEdge: 'cursor node',
  ProductVariant: `id legacyResourceId title displayName sku barcode price compareAtPrice position inventoryQuantity inventoryPolicy
    availableForSale sellableOnlineQuantity taxable selectedOptions inventoryItem media createdAt updatedAt product`,
  SelectedOption: 'name value',
  InventoryItem: 'id legacyResourceId sku tracked requiresShipping unitCost measurement createdAt updatedAt',
  InventoryItemMeasurement: 'id weight',
  CollectionConnection: 'nodes edges pageInfo',
  CollectionEdge: 'cursor node',
  Collection: 'id legacyResourceId title handle updatedAt',

  // Orders and transactions
  OrderConnection: 'nodes edges pageInfo',
  OrderEdge: 'cursor node',
  Order: `id legacyResourceId name number confirmationNumber createdAt processedAt updatedAt closedAt closed cancelledAt cancelReason
    confirmed test edited sourceName poNumber note tags email phone customerLocale clientIp currencyCode presentmentCurrencyCode
    displayFinancialStatus displayFulfillmentStatus returnStatus fullyPaid unpaid refundable subtotalPriceSet totalDiscountsSet
    totalShippingPriceSet totalTaxSet totalPriceSet currentTotalPriceSet currentSubtotalPriceSet currentTotalTaxSet totalReceivedSet
    totalRefundedSet totalOutstandingSet netPaymentSet totalTipReceivedSet paymentGatewayNames discountCodes customAttributes
    taxesIncluded billingAddress shippingAddress shippingLine customer attribution app statusPageUrl cartToken checkoutToken
    transactionsCount lineItems transactions refunds fulfillments`,
  OrderAttribution: 'displayName handle',
  OrderApp: 'id name',
  ShippingLine: 'id title code originalPriceSet',
  LineItemConnection: 'nodes edges pageInfo',
  LineItemEdge: 'cursor node',
  LineItem: `id title name variantTitle sku vendor quantity currentQuantity refundableQuantity unfulfilledQuantity isGiftCard
    requiresShipping taxable image originalUnitPriceSet discountedUnitPriceSet discountedUnitPriceAfterAllDiscountsSet originalTotalSet
    discountedTotalSet totalDiscountSet customAttributes discountAllocations taxLines product variant`,
  DiscountAllocation: 'allocatedAmountSet',
  TaxLine: 'title rate priceSet',
  OrderTransaction: `id kind status gateway formattedGateway manualPaymentGateway amountSet createdAt processedAt test errorCode
    paymentId accountNumber authorizationExpiresAt settlementCurrency settlementCurrencyRate totalUnsettledSet parentTransaction order
    fees paymentDetails receiptJson`,
  CardPaymentDetails: 'company number expirationMonth expirationYear paymentMethodName wallet',
  LocalPaymentMethodsPaymentDetails: 'paymentMethodName',
  PaypalWalletPaymentDetails: 'paymentMethodName',
  ShopPayInstallmentsPaymentDetails: 'paymentMethodName',
  TransactionFee: 'id type amount taxAmount flatFee rate rateName',
  Refund: 'id legacyResourceId createdAt processedAt updatedAt note totalRefundedSet',
  Fulfillment: 'id legacyResourceId name status displayStatus createdAt updatedAt totalQuantity trackingInfo',
  FulfillmentTrackingInfo: 'company number url',

  // Customers
  CustomerConnection: 'nodes edges pageInfo',
  CustomerEdge: 'cursor node',
  Customer: `id legacyResourceId firstName lastName displayName createdAt updatedAt state note tags locale verifiedEmail taxExempt
    numberOfOrders amountSpent lifetimeDuration dataSaleOptOut defaultEmailAddress defaultPhoneNumber defaultAddress addressesV2
    lastOrder orders statistics`,
  CustomerEmailAddress: 'emailAddress marketingState marketingOptInLevel marketingUpdatedAt validFormat',
  CustomerPhoneNumber: 'phoneNumber smsMarketingConsent',
  CustomerSmsMarketingConsent: 'state optInLevel updatedAt',
  CustomerStatistics: 'predictedSpendTier rfmGroup',
  MailingAddressConnection: 'nodes edges pageInfo',
  MailingAddressEdge: 'cursor node',
  MailingAddress: `id firstName lastName name company address1 address2 city province provinceCode zip country countryCodeV2 phone
    formatted`,

  // Webhooks, pixel, bulk operations, uninstall
  WebhookSubscriptionConnection: 'nodes edges pageInfo',
  WebhookSubscriptionEdge: 'cursor node',
  WebhookSubscription: `id legacyResourceId topic uri format filter includeFields metafieldNamespaces metafields name apiVersion
    createdAt updatedAt`,
  WebhookSubscriptionMetafieldIdentifier: 'namespace key',
  WebhookSubscriptionInput: 'uri format includeFields filter metafieldNamespaces metafields name',
  HasMetafieldsMetafieldIdentifierInput: 'namespace key',
  WebhookSubscriptionCreatePayload: 'webhookSubscription userErrors',
  WebhookSubscriptionUpdatePayload: 'webhookSubscription userErrors',
  WebhookSubscriptionDeletePayload: 'deletedWebhookSubscriptionId userErrors',
  WebPixel: 'id settings',
  WebPixelInput: 'settings',
  WebPixelCreatePayload: 'webPixel userErrors',
  WebPixelUpdatePayload: 'webPixel userErrors',
  WebPixelDeletePayload: 'deletedWebPixelId userErrors',
  ErrorsWebPixelUserError: 'code field message',
  BulkOperationConnection: 'nodes edges pageInfo',
  BulkOperationEdge: 'cursor node',
  BulkOperation:
    'id status errorCode createdAt completedAt objectCount rootObjectCount fileSize url partialDataUrl query type',
  BulkOperationRunQueryPayload: 'bulkOperation userErrors',
  BulkOperationUserError: 'code field message',
  BulkOperationCancelPayload: 'bulkOperation userErrors',
  AppUninstallPayload: 'app userErrors',
  AppUninstallAppUninstallError: 'code field message',
  AppRevokeAccessScopesPayload: 'revoked userErrors',
  AppRevokeAccessScopesAppRevokeScopeError: 'code field message',
  ProductUpdatePayload: 'product userErrors',
  ProductUpdateInput: 'id title handle descriptionHtml productType vendor tags status templateSuffix seo',
  SEOInput: 'title description',
};

/** Optional arguments that would pull in types the project has no use for. Deprecated arguments are left out anyway. */
export const DROPPED_ARGS = [
  'Mutation.productUpdate(media)',
  'Mutation.productUpdate(identifier)',
  'Image.url(transform)',
  'LineItem.image(crop)',
];
