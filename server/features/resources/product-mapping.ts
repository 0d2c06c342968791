import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { toMinorUnits } from './money.ts';

/** A product as it is stored, from whichever form Shopify sent. Times are normalised to UTC with milliseconds, so that they compare as text. */
export interface ProductRecord {
  readonly id: string;
  readonly shop: string;
  readonly title: string;
  readonly handle: string;
  readonly status: 'ACTIVE' | 'ARCHIVED' | 'DRAFT' | 'UNLISTED';
  readonly vendor: string;
  readonly productType: string;
  readonly tags: readonly string[];
  readonly totalInventory: number;
  readonly imageUrl: string | null;
  readonly description: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly currency: string | null;
  readonly variants: readonly VariantRecord[];
  readonly variantsCount: number;
  readonly raw: unknown;
}

export interface VariantRecord {
  readonly id: string;
  readonly title: string;
  readonly sku: string | null;
  readonly barcode: string | null;
  readonly price: number | null;
  readonly inventoryQuantity: number | null;
  readonly position: number;
}

const Status = z.enum(['ACTIVE', 'ARCHIVED', 'DRAFT', 'UNLISTED']);
const Time = z.string().transform((text, context) => {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) {
    context.addIssue({ code: 'custom', message: 'is not a time' });
    return z.NEVER;
  }
  return new Date(ms).toISOString();
});

const GraphqlProduct = z.object({
  id: z.string(),
  title: z.string(),
  handle: z.string(),
  status: Status,
  vendor: z.string(),
  productType: z.string(),
  tags: z.array(z.string()),
  createdAt: Time,
  updatedAt: Time,
  descriptionHtml: z.string(),
  totalInventory: z.number().int(),
  featuredMedia: z
    .object({ preview: z.object({ image: z.object({ url: z.string() }).nullable() }).nullable() })
    .nullable(),
  variantsCount: z.object({ count: z.number().int() }).nullable(),
});
const GraphqlVariant = z.object({
  id: z.string(),
  title: z.string(),
  sku: z.string().nullable(),
  barcode: z.string().nullable(),
  price: z.string(),
  inventoryQuantity: z.number().int().nullable(),
  position: z.number().int(),
});

/** A `products` node of the Admin GraphQL API with all its variants. */
export const productFromGraphql = (
  shop: string,
  currency: string | null,
  node: unknown,
  variantNodes: readonly unknown[],
): ProductRecord => {
  const product = GraphqlProduct.parse(node);
  const variants = variantNodes.map((variant): VariantRecord => {
    const parsed = GraphqlVariant.parse(variant);
    return { ...parsed, price: toMinorUnits(parsed.price, currency) };
  });
  return {
    ...product,
    shop,
    currency,
    description: product.descriptionHtml,
    imageUrl: product.featuredMedia?.preview?.image?.url ?? null,
    variants,
    variantsCount: product.variantsCount?.count ?? variants.length,
    raw: node,
  };
};

/** The REST-shaped body of `products/create` and `products/update`. */
const WebhookProduct = z.object({
  id: z.number().int(),
  admin_graphql_api_id: z.string().optional(),
  title: z.string(),
  handle: z.string().nullish(),
  status: z.string().nullish(),
  vendor: z.string().nullish(),
  product_type: z.string().nullish(),
  tags: z.union([z.string(), z.array(z.string())]).nullish(),
  body_html: z.string().nullish(),
  created_at: Time.nullish(),
  updated_at: Time,
  image: z.object({ src: z.string() }).nullish(),
  variants: z
    .array(
      z.object({
        id: z.number().int(),
        admin_graphql_api_id: z.string().optional(),
        title: z.string().nullish(),
        sku: z.string().nullish(),
        barcode: z.string().nullish(),
        price: z.union([z.string(), z.number()]).nullish(),
        inventory_quantity: z.number().int().nullish(),
        position: z.number().int().nullish(),
      }),
    )
    .default([]),
});

const invalidPayload = (error: z.ZodError): AppError => {
  const [issue] = error.issues;
  return new AppError(
    'BAD_REQUEST',
    `The payload is not a product: ${issue?.path.join('.') || 'body'} ${issue?.message ?? 'is wrong'}.`,
    {
      hint: 'Nothing was changed. The payload is kept and can be looked at.',
      cause: error,
    },
  );
};

/** @throws AppError `BAD_REQUEST` naming the first wrong field */
export const productFromWebhook = (shop: string, currency: string | null, payload: unknown): ProductRecord => {
  const parsed = WebhookProduct.safeParse(payload);
  if (!parsed.success) throw invalidPayload(parsed.error);
  const body = parsed.data;
  const tags = Array.isArray(body.tags) ? body.tags : (body.tags ?? '').split(',');
  const status = Status.safeParse(body.status?.toUpperCase());
  const variants = body.variants.map(
    (variant, index): VariantRecord => ({
      id: variant.admin_graphql_api_id ?? `gid://shopify/ProductVariant/${variant.id}`,
      title: variant.title ?? '',
      sku: variant.sku ?? null,
      barcode: variant.barcode ?? null,
      price: toMinorUnits(variant.price == null ? null : String(variant.price), currency),
      inventoryQuantity: variant.inventory_quantity ?? null,
      position: variant.position ?? index + 1,
    }),
  );
  return {
    id: body.admin_graphql_api_id ?? `gid://shopify/Product/${body.id}`,
    shop,
    title: body.title,
    handle: body.handle ?? '',
    status: status.success ? status.data : 'ACTIVE',
    vendor: body.vendor ?? '',
    productType: body.product_type ?? '',
    tags: tags.map((tag) => tag.trim()).filter((tag) => tag !== ''),
    totalInventory: variants.reduce((sum, variant) => sum + (variant.inventoryQuantity ?? 0), 0),
    imageUrl: body.image?.src ?? null,
    description: body.body_html ?? '',
    createdAt: body.created_at ?? body.updated_at,
    updatedAt: body.updated_at,
    currency,
    variants,
    variantsCount: variants.length,
    raw: payload,
  };
};

/** The body of `products/delete`: `{ "id": 123 }`. */
export const deletedProductId = (payload: unknown): string => {
  const parsed = z.object({ id: z.number().int() }).safeParse(payload);
  if (!parsed.success) throw invalidPayload(parsed.error);
  return `gid://shopify/Product/${parsed.data.id}`;
};
