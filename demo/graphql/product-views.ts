import { listOf, type PageArgs, paginate } from '../data/ordered-list.ts';
import { type DemoProduct, type DemoVariant, productPicture } from '../data/products.ts';
import type { DemoShop } from '../shop/shop.ts';
import { decimal, gid, isoTime, isoTimeOrNull, money, type View } from './context.ts';

const stripTags = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const emptyPage = (args: PageArgs) =>
  paginate(
    listOf<View>([], () => [0, 0]),
    args,
  );

/** What the shop's owner noted about a product in fields of their own; only products have some here. */
const metafieldViews = (product: DemoProduct): View[] =>
  product.variants.length < 2
    ? []
    : [
        {
          __typename: 'Metafield',
          id: gid('Metafield', product.id + 1),
          legacyResourceId: String(product.id + 1),
          namespace: 'custom',
          key: 'care',
          type: 'single_line_text_field',
          value: 'Wash at 30 degrees',
          jsonValue: 'Wash at 30 degrees',
          createdAt: isoTime(product.createdAt),
          updatedAt: isoTime(product.createdAt),
          ownerType: 'PRODUCT',
          compareDigest: String(product.id),
        },
      ];

/** The one place all stock is kept at. */
export const locationView = (shop: DemoShop): View => ({
  __typename: 'Location',
  id: gid('Location', shop.id),
  legacyResourceId: String(shop.id),
  name: 'Warehouse',
  isActive: true,
  fulfillsOnlineOrders: true,
  shipsInventory: true,
  address: { address1: '1 Harbour Road', city: 'Portland', country: 'United States', countryCode: 'US', formatted: [] },
  createdAt: '2021-03-02T10:15:00Z',
  updatedAt: '2026-10-20T09:00:00Z',
});

export const inventoryItemView = (shop: DemoShop, product: DemoProduct, variant: DemoVariant): View => ({
  __typename: 'InventoryItem',
  countryCodeOfOrigin: null,
  harmonizedSystemCode: null,
  provinceCodeOfOrigin: null,
  locationsCount: { count: 1, precision: 'EXACT' },
  inventoryLevels: (args: PageArgs) =>
    paginate(
      listOf([inventoryLevelView(shop, product, variant)], () => [0, 0]),
      args,
    ),
  variants: (args: PageArgs) =>
    paginate(
      listOf([variantView(shop, product, variant)], () => [0, 0]),
      args,
    ),
  id: gid('InventoryItem', variant.inventoryItemId),
  legacyResourceId: String(variant.inventoryItemId),
  sku: variant.sku,
  tracked: true,
  requiresShipping: true,
  unitCost: money(Math.round(variant.price * 0.45), shop.profile.currency),
  measurement: {
    id: gid('InventoryItemMeasurement', variant.inventoryItemId),
    weight: { value: 0.4, unit: 'KILOGRAMS' },
  },
  createdAt: isoTime(variant.createdAt),
  updatedAt: isoTime(variant.updatedAt),
});

const inventoryLevelView = (shop: DemoShop, product: DemoProduct, variant: DemoVariant): View => ({
  __typename: 'InventoryLevel',
  id: `${gid('InventoryLevel', variant.inventoryItemId)}?inventory_item_id=${variant.inventoryItemId}`,
  isActive: true,
  createdAt: isoTime(variant.createdAt),
  updatedAt: isoTime(variant.updatedAt),
  item: () => inventoryItemView(shop, product, variant),
  location: () => locationView(shop),
  quantities: ({ names }: { names: readonly string[] }) =>
    names.map((name) => ({
      id: `${gid('InventoryQuantity', variant.inventoryItemId)}?name=${name}`,
      name,
      quantity: name === 'available' || name === 'on_hand' ? variant.inventory : 0,
      updatedAt: isoTime(variant.updatedAt),
    })),
});

export const variantView = (shop: DemoShop, product: DemoProduct, variant: DemoVariant): View => ({
  __typename: 'ProductVariant',
  id: gid('ProductVariant', variant.id),
  legacyResourceId: String(variant.id),
  title: variant.title,
  displayName: `${product.title} - ${variant.title}`,
  sku: variant.sku,
  barcode: variant.barcode,
  price: decimal(variant.price),
  compareAtPrice: variant.compareAtPrice === null ? null : decimal(variant.compareAtPrice),
  position: variant.position,
  inventoryQuantity: variant.inventory,
  inventoryPolicy: 'DENY',
  availableForSale: variant.inventory > 0,
  sellableOnlineQuantity: variant.inventory,
  taxable: true,
  selectedOptions: product.options.map((option, at) => ({
    name: option.name,
    value: variant.optionValues[at] ?? variant.title,
  })),
  inventoryItem: () => inventoryItemView(shop, product, variant),
  media: emptyPage,
  metafield: null,
  metafields: emptyPage,
  taxCode: null,
  createdAt: isoTime(variant.createdAt),
  updatedAt: isoTime(variant.updatedAt),
  product: () => productView(shop, product),
});

const pictureView = (product: DemoProduct): View => {
  const image = {
    id: gid('ImageSource', product.id),
    url: productPicture(product),
    altText: product.title,
    width: 96,
    height: 96,
  };
  return {
    __typename: 'MediaImage',
    id: gid('MediaImage', product.id),
    alt: product.title,
    mediaContentType: 'IMAGE',
    status: 'READY',
    mimeType: 'image/svg+xml',
    fileStatus: 'READY',
    image,
    preview: { image, status: 'READY' },
    createdAt: isoTime(product.createdAt),
    updatedAt: isoTime(product.updatedAt),
  };
};

/** A product as the Admin API shows it; the dear parts are built only when selected. */
export const productView = (shop: DemoShop, product: DemoProduct): View => {
  const { currency, storefrontHost } = shop.profile;
  const isOnline = product.publishedAt !== null;
  return {
    __typename: 'Product',
    id: gid('Product', product.id),
    legacyResourceId: String(product.id),
    title: product.title,
    handle: product.handle,
    status: product.status,
    vendor: product.vendor,
    productType: product.productType,
    tags: product.tags,
    category: null,
    createdAt: isoTime(product.createdAt),
    updatedAt: isoTime(product.updatedAt),
    publishedAt: isoTimeOrNull(product.publishedAt),
    description: ({ truncateAt }: { truncateAt?: number | null }) =>
      stripTags(product.descriptionHtml).slice(0, truncateAt ?? undefined),
    descriptionHtml: product.descriptionHtml,
    totalInventory: product.variants.reduce((sum, variant) => sum + variant.inventory, 0),
    tracksInventory: true,
    hasOnlyDefaultVariant: product.variants.length === 1 && product.variants[0]?.title === 'Default Title',
    hasOutOfStockVariants: product.variants.some((variant) => variant.inventory <= 0),
    isGiftCard: false,
    onlineStoreUrl: isOnline ? `https://${storefrontHost}/products/${product.handle}` : null,
    onlineStorePreviewUrl: `https://${shop.profile.domain}/products_preview?handle=${product.handle}`,
    templateSuffix: product.templateSuffix,
    seo: product.seo,
    options: ({ first }: { first?: number | null }) =>
      product.options.slice(0, first ?? undefined).map((option, at) => ({
        id: gid('ProductOption', product.id + at + 1),
        name: option.name,
        position: at + 1,
        values: option.values,
        optionValues: option.values.map((name, place) => ({
          id: gid('ProductOptionValue', product.id + place + 1),
          name,
          hasVariants: true,
        })),
      })),
    priceRangeV2: () => {
      const prices = product.variants.map((variant) => variant.price);
      return {
        minVariantPrice: money(Math.min(...prices), currency),
        maxVariantPrice: money(Math.max(...prices), currency),
      };
    },
    featuredMedia: () => pictureView(product),
    media: (args: PageArgs) =>
      paginate(
        listOf([pictureView(product)], () => [1, 1]),
        args,
      ),
    mediaCount: { count: 1, precision: 'EXACT' },
    variantsCount: { count: product.variants.length, precision: 'EXACT' },
    variants: (args: PageArgs) => {
      const list = listOf(product.variants, (variant) => [variant.position, variant.id]);
      return paginate({ ...list, at: (position) => variantView(shop, product, list.at(position)) }, args);
    },
    collections: emptyPage,
    metafield: ({ namespace, key }: { namespace?: string | null; key: string }) =>
      metafieldViews(product).find((entry) => entry.key === key && entry.namespace === (namespace ?? 'custom')) ?? null,
    metafields: (args: PageArgs & { namespace?: string | null }) =>
      paginate(
        listOf(
          metafieldViews(product).filter((entry) => args.namespace == null || entry.namespace === args.namespace),
          () => [0, 0],
        ),
        args,
      ),
    bodyHtml: product.descriptionHtml,
    totalVariants: product.variants.length,
  };
};
