import type { BulkOperation } from '../bulk/types.ts';
import { type DemoProduct, productPicture } from '../data/products.ts';
import { decimal, gid, isoTime } from '../graphql/context.ts';
import type { DemoShop } from '../shop/shop.ts';

/** Webhook bodies: REST-shaped, with numeric ids and lower-case states. */
type Payload = Readonly<Record<string, unknown>>;

const pictureOf = (product: DemoProduct): Payload => ({
  id: product.id,
  product_id: product.id,
  position: 1,
  alt: product.title,
  width: 96,
  height: 96,
  src: productPicture(product),
  admin_graphql_api_id: gid('MediaImage', product.id),
});

/** Body of `products/create` and `products/update`. */
export const productPayload = (product: DemoProduct): Payload => ({
  admin_graphql_api_id: gid('Product', product.id),
  body_html: product.descriptionHtml,
  created_at: isoTime(product.createdAt),
  handle: product.handle,
  id: product.id,
  product_type: product.productType,
  published_at: product.publishedAt === null ? null : isoTime(product.publishedAt),
  template_suffix: product.templateSuffix,
  title: product.title,
  updated_at: isoTime(product.updatedAt),
  vendor: product.vendor,
  status: product.status.toLowerCase(),
  published_scope: 'web',
  tags: product.tags.join(', '),
  variants: product.variants.map((variant) => ({
    admin_graphql_api_id: gid('ProductVariant', variant.id),
    barcode: variant.barcode,
    compare_at_price: variant.compareAtPrice === null ? null : decimal(variant.compareAtPrice),
    created_at: isoTime(variant.createdAt),
    id: variant.id,
    inventory_item_id: variant.inventoryItemId,
    inventory_policy: 'deny',
    inventory_quantity: variant.inventory,
    old_inventory_quantity: variant.inventory,
    position: variant.position,
    price: decimal(variant.price),
    product_id: product.id,
    sku: variant.sku,
    taxable: true,
    title: variant.title,
    updated_at: isoTime(variant.updatedAt),
    option1: variant.optionValues[0] ?? null,
    option2: variant.optionValues[1] ?? null,
    option3: variant.optionValues[2] ?? null,
    image_id: null,
  })),
  options: product.options.map((option, at) => ({
    name: option.name,
    id: product.id + at + 1,
    product_id: product.id,
    position: at + 1,
    values: option.values,
  })),
  images: [pictureOf(product)],
  image: pictureOf(product),
  media: [],
  category: null,
});

/** Body of `app/uninstalled` and `shop/update`. */
export const shopPayload = (shop: DemoShop): Payload => ({
  id: shop.id,
  name: shop.profile.name,
  email: shop.profile.email,
  domain: shop.profile.storefrontHost,
  myshopify_domain: shop.profile.domain,
  shop_owner: shop.profile.owner,
  currency: shop.profile.currency,
  iana_timezone: shop.profile.timezone,
  plan_name: shop.profile.plan.toLowerCase(),
  plan_display_name: shop.profile.plan,
  created_at: '2021-03-02T10:15:00Z',
  updated_at: '2026-10-20T09:00:00Z',
});

/** Body of `bulk_operations/finish`. */
export const bulkOperationPayload = (operation: BulkOperation): Payload => ({
  admin_graphql_api_id: gid('BulkOperation', operation.id),
  completed_at: isoTime(operation.completedAt ?? operation.createdAt),
  created_at: isoTime(operation.createdAt),
  error_code: operation.errorCode?.toLowerCase() ?? null,
  status: operation.status.toLowerCase(),
  type: 'query',
});

/** A body for a topic about which nothing better is known. */
export const defaultPayload = (shop: DemoShop, topic: string): Payload => {
  if (topic.startsWith('products/')) {
    const product = shop.products.nth(0);
    if (product) return topic === 'products/delete' ? { id: product.id } : productPayload(product);
  }
  if (topic === 'app/uninstalled' || topic === 'shop/update') return shopPayload(shop);
  return { id: shop.id, admin_graphql_api_id: gid('Shop', shop.id) };
};
