import { z } from 'zod';
import { ShopDomain } from '../shop-domain.ts';
import { IsoTime } from './common.ts';

export const ProductStatus = z.enum(['ACTIVE', 'ARCHIVED', 'DRAFT', 'UNLISTED']);
export const ProductSort = z.enum(['title', 'vendor', 'updatedAt', 'totalInventory', 'priceMin']);
export const ProductListInput = z.object({
  shop: ShopDomain.optional(),
  search: z.string().max(200).optional(),
  sort: ProductSort.default('updatedAt'),
  direction: z.enum(['asc', 'desc']).default('desc'),
  cursor: z.string().max(2000).nullish(),
  limit: z.number().int().min(1).max(250).default(100),
});
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
  updatedAt: IsoTime,
});
export type ProductRow = z.infer<typeof ProductRow>;
/** `total` counts every row that fits shop and search. */
export const ProductPage = z.object({
  items: z.array(ProductRow),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
});
export const ProductVariant = z.object({
  id: z.string(),
  title: z.string(),
  sku: z.string().nullable(),
  barcode: z.string().nullable(),
  price: z.number().int().nullable(),
  inventoryQuantity: z.number().int().nullable(),
  position: z.number().int(),
});
export const ProductDetail = ProductRow.extend({
  description: z.string(),
  createdAt: IsoTime,
  /** When this computer last wrote the row, and what brought it. */
  syncedAt: IsoTime,
  syncedBy: z.enum(['import', 'sync', 'webhook', 'refresh']),
  variants: z.array(ProductVariant),
  raw: z.unknown(),
});
export type ProductDetail = z.infer<typeof ProductDetail>;
