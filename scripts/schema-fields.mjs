/**
 * What of the Admin API the project uses: fields per type. `prune-schema.mjs` takes the types and arguments of these fields
 * from Shopify's own schema, so a name here that Shopify does not have stops it. Enums and scalars come whole and by themselves.
 * What the operations in `server/shopify/operations` name is kept as well, so a new operation needs no line here: write it, run
 * `npm run schema:prune` and `npm run codegen`. Listed here is what the stand-in store answers besides.
 */
export const KEEP = {
  QueryRoot: `shop currentAppInstallation products product productsCount orders order ordersCount customers customer customersCount
    webhookSubscriptions webhookSubscription webPixel bulkOperation bulkOperations publicApiVersions node nodes currentBulkOperation productVariant productVariants productVariantsCount inventoryItem location locations`,
  Mutation: `webhookSubscriptionCreate webhookSubscriptionUpdate webhookSubscriptionDelete webPixelCreate webPixelUpdate webPixelDelete
    bulkOperationRunQuery bulkOperationCancel appUninstall appRevokeAccessScopes productUpdate`,

  // Interfaces and unions: kept ones stay on the types below; unions keep the members that are listed.
  Node: 'id',
  DisplayableError: 'field message',
  PaymentDetails: ` `,

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
    taxesIncluded timezoneOffsetMinutes weightUnit enabledPresentmentCurrencies unitSystem`,
  ShopPlan: `publicDisplayName partnerDevelopment shopifyPlus displayName`,
  Domain: 'id host url sslEnabled',
  AppInstallation: 'id accessScopes launchUrl uninstallUrl app',
  App: `id title handle apiKey webhookApiVersion installation`,
  AccessScope: 'handle description',
  ApiVersion: 'handle displayName supported',

  // Products
  ProductConnection: 'nodes edges pageInfo',
  ProductEdge: 'cursor node',
  Product: `id legacyResourceId title handle status vendor productType tags category createdAt updatedAt publishedAt description
    descriptionHtml totalInventory tracksInventory hasOnlyDefaultVariant hasOutOfStockVariants isGiftCard onlineStoreUrl
    onlineStorePreviewUrl templateSuffix seo options priceRangeV2 featuredMedia media mediaCount variantsCount variants collections metafield metafields bodyHtml totalVariants`,
  TaxonomyCategory: 'id name fullName',
  SEO: 'title description',
  ProductOption: 'id name position values optionValues',
  ProductOptionValue: 'id name hasVariants',
  ProductPriceRangeV2: 'minVariantPrice maxVariantPrice',
  Media: 'id alt mediaContentType preview status',
  MediaImage: `id alt mediaContentType preview status image mimeType createdAt updatedAt fileStatus`,
  MediaPreviewImage: 'image status',
  MediaConnection: 'nodes edges pageInfo',
  MediaEdge: 'cursor node',
  ProductVariantConnection: 'nodes edges pageInfo',
  ProductVariantEdge: 'cursor node',
  ProductVariant: `id legacyResourceId title displayName sku barcode price compareAtPrice position inventoryQuantity inventoryPolicy
    availableForSale sellableOnlineQuantity taxable selectedOptions inventoryItem media createdAt updatedAt product metafield metafields taxCode`,
  SelectedOption: 'name value',
  InventoryItem: `id legacyResourceId sku tracked requiresShipping unitCost measurement createdAt updatedAt countryCodeOfOrigin harmonizedSystemCode provinceCodeOfOrigin inventoryLevels locationsCount variants`,
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
    transactionsCount lineItems transactions refunds fulfillments currentTotalDiscountsSet currentShippingPriceSet currentSubtotalLineItemsQuantity subtotalLineItemsQuantity
    totalCapturableSet totalRefundedShippingSet totalWeight capturable cancellation requiresShipping fulfillable restockable
    dutiesIncluded taxExempt estimatedTaxes discountCode discountApplications shippingLines taxLines fulfillmentsCount metafield
    metafields customerJourneySummary customerAcceptsMarketing originalTotalPriceSet disputes totalPrice totalReceived totalRefunded
    netPayment totalTax subtotalPrice`,
  OrderAttribution: 'displayName handle',
  OrderApp: 'id name',
  ShippingLine: `id title code originalPriceSet carrierIdentifier custom discountAllocations discountedPriceSet currentDiscountedPriceSet isRemoved phone source taxLines`,
  LineItemConnection: 'nodes edges pageInfo',
  LineItemEdge: 'cursor node',
  LineItem: `id title name variantTitle sku vendor quantity currentQuantity refundableQuantity unfulfilledQuantity isGiftCard
    requiresShipping taxable image originalUnitPriceSet discountedUnitPriceSet discountedUnitPriceAfterAllDiscountsSet originalTotalSet
    discountedTotalSet totalDiscountSet customAttributes discountAllocations taxLines product variant nonFulfillableQuantity restockable unfulfilledDiscountedTotalSet unfulfilledOriginalTotalSet weight originalTotal discountedTotal fulfillableQuantity`,
  DiscountAllocation: `allocatedAmountSet discountApplication`,
  TaxLine: `title rate priceSet ratePercentage source channelLiable`,
  OrderTransaction: `id kind status gateway formattedGateway manualPaymentGateway amountSet createdAt processedAt test errorCode
    paymentId accountNumber authorizationExpiresAt settlementCurrency settlementCurrencyRate totalUnsettledSet parentTransaction order
    fees paymentDetails receiptJson amountRoundingSet currencyExchangeAdjustment manuallyCapturable multiCapturable maximumRefundableV2 shopifyPaymentsSet amount amountV2`,
  CardPaymentDetails: 'company number expirationMonth expirationYear paymentMethodName wallet',
  LocalPaymentMethodsPaymentDetails: 'paymentMethodName',
  PaypalWalletPaymentDetails: 'paymentMethodName',
  ShopPayInstallmentsPaymentDetails: 'paymentMethodName',
  TransactionFee: `id type amount taxAmount flatFee rate rateName flatFeeName`,
  Refund: `id legacyResourceId createdAt processedAt updatedAt note totalRefundedSet order refundLineItems refundShippingLines transactions orderAdjustments`,
  Fulfillment: `id legacyResourceId name status displayStatus createdAt updatedAt totalQuantity trackingInfo deliveredAt estimatedDeliveryAt inTransitAt order location requiresShipping fulfillmentLineItems`,
  FulfillmentTrackingInfo: 'company number url',

  // Customers
  CustomerConnection: 'nodes edges pageInfo',
  CustomerEdge: 'cursor node',
  Customer: `id legacyResourceId firstName lastName displayName createdAt updatedAt state note tags locale verifiedEmail taxExempt
    numberOfOrders amountSpent lifetimeDuration dataSaleOptOut defaultEmailAddress defaultPhoneNumber defaultAddress addressesV2
    lastOrder orders statistics canDelete taxExemptions metafield metafields productSubscriberStatus multipassIdentifier email phone addresses emailMarketingConsent smsMarketingConsent validEmailAddress`,
  CustomerEmailAddress: `emailAddress marketingState marketingOptInLevel marketingUpdatedAt validFormat openTrackingLevel`,
  CustomerPhoneNumber: `phoneNumber smsMarketingConsent marketingState`,
  CustomerSmsMarketingConsent: 'state optInLevel updatedAt',
  CustomerStatistics: 'predictedSpendTier rfmGroup',
  MailingAddressConnection: 'nodes edges pageInfo',
  MailingAddressEdge: 'cursor node',
  MailingAddress: `id firstName lastName name company address1 address2 city province provinceCode zip country countryCodeV2 phone
    formatted formattedArea latitude longitude timeZone coordinatesValidated countryCode`,

  // Metafields, on products, variants, orders and customers
  Metafield: 'id legacyResourceId namespace key type value jsonValue createdAt updatedAt ownerType compareDigest',
  MetafieldConnection: 'nodes edges pageInfo',
  MetafieldEdge: 'cursor node',

  // Stock and places
  InventoryLevelConnection: 'nodes edges pageInfo',
  InventoryLevelEdge: 'cursor node',
  InventoryLevel: 'id isActive createdAt updatedAt item location quantities',
  InventoryQuantity: 'id name quantity updatedAt',
  LocationConnection: 'nodes edges pageInfo',
  LocationEdge: 'cursor node',
  Location: 'id legacyResourceId name isActive address createdAt updatedAt fulfillsOnlineOrders shipsInventory',
  LocationAddress: 'address1 address2 city province provinceCode zip country countryCode phone formatted',

  // What belongs to an order
  DiscountApplicationConnection: 'nodes edges pageInfo',
  DiscountApplicationEdge: 'cursor node',
  DiscountApplication: 'allocationMethod index targetSelection targetType value',
  DiscountCodeApplication: 'allocationMethod index targetSelection targetType value code',
  ManualDiscountApplication: 'allocationMethod index targetSelection targetType value title description',
  AutomaticDiscountApplication: 'allocationMethod index targetSelection targetType value title',
  ScriptDiscountApplication: 'allocationMethod index targetSelection targetType value title',
  PricingValue: '',
  PricingPercentageValue: 'percentage',
  ShippingLineConnection: 'nodes edges pageInfo',
  ShippingLineEdge: 'cursor node',
  OrderCancellation: 'staffNote',
  OrderDisputeSummary: 'id initiatedAs status',
  RefundLineItemConnection: 'nodes edges pageInfo',
  RefundLineItemEdge: 'cursor node',
  RefundLineItem: 'id lineItem location priceSet quantity restockType restocked subtotalSet totalTaxSet',
  RefundShippingLineConnection: 'nodes edges pageInfo',
  RefundShippingLineEdge: 'cursor node',
  RefundShippingLine: 'id shippingLine subtotalAmountSet taxAmountSet',
  OrderTransactionConnection: 'nodes edges pageInfo',
  OrderTransactionEdge: 'cursor node',
  OrderAdjustmentConnection: 'nodes edges pageInfo',
  OrderAdjustmentEdge: 'cursor node',
  OrderAdjustment: 'id amountSet reason taxAmountSet',
  FulfillmentLineItemConnection: 'nodes edges pageInfo',
  FulfillmentLineItemEdge: 'cursor node',
  FulfillmentLineItem: 'id lineItem quantity discountedTotalSet originalTotalSet',
  CurrencyExchangeAdjustment: 'id adjustment finalAmountSet originalAmountSet',
  ShopifyPaymentsTransactionSet: 'extendedAuthorizationSet refundSet',
  ShopifyPaymentsExtendedAuthorization: 'extendedAuthorizationExpiresAt standardAuthorizationExpiresAt',
  ShopifyPaymentsRefundSet: 'acquirerReferenceNumber',
  CustomerJourneySummary: 'customerOrderIndex daysToConversion firstVisit lastVisit ready',
  CustomerVisit: 'id landingPage referrerUrl source sourceDescription sourceType occurredAt utmParameters',
  UTMParameters: 'campaign content medium source term',
  CustomerEmailMarketingConsentState: 'consentUpdatedAt marketingOptInLevel marketingState',
  CustomerSmsMarketingConsentState: 'consentCollectedFrom consentUpdatedAt marketingOptInLevel marketingState',

  // Where a subscription delivers, in the deprecated shape that older programs read
  WebhookSubscriptionEndpoint: '',
  WebhookHttpEndpoint: 'callbackUrl',
  WebhookEventBridgeEndpoint: 'arn',
  WebhookPubSubEndpoint: 'pubSubProject pubSubTopic',

  // Webhooks, pixel, bulk operations, uninstall
  WebhookSubscriptionConnection: 'nodes edges pageInfo',
  WebhookSubscriptionEdge: 'cursor node',
  WebhookSubscription: `id legacyResourceId topic uri format filter includeFields metafieldNamespaces metafields name apiVersion
    createdAt updatedAt callbackUrl endpoint`,
  WebhookSubscriptionMetafieldIdentifier: 'namespace key',
  WebhookSubscriptionInput: 'uri callbackUrl format includeFields filter metafieldNamespaces metafields name',
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
