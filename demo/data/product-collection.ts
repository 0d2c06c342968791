import { createCollection, type ListOptions } from './collection.ts';
import type { RowSource } from './ordered-list.ts';
import {
  type DemoProduct,
  generateProduct,
  type ProductRecipe,
  productIdOf,
  productIndexOf,
  productTimes,
} from './products.ts';

/** A shop's products: built when asked for, and kept only once they differ from what the seed gives. */
export interface ProductCollection {
  readonly count: number;
  get(id: number): DemoProduct | null;
  /** The product at this place among those that exist, for picking one at random. */
  nth(position: number): DemoProduct | null;
  /** As the seed has it, whatever became of it since: what an order of the seed was placed for. */
  seededAt(index: number): DemoProduct;
  change(id: number, edit: (product: DemoProduct) => void): DemoProduct | null;
  create(): DemoProduct;
  remove(id: number): boolean;
  list(options: ListOptions<DemoProduct>): RowSource<DemoProduct>;
  countOf(options: Omit<ListOptions<DemoProduct>, 'sortKey'>, limit: number): number;
  all(): Iterable<DemoProduct>;
}

const CACHED_PRODUCTS = 2500;

const clone = (product: DemoProduct): DemoProduct => ({
  ...product,
  seo: { ...product.seo },
  variants: product.variants.map((variant) => ({ ...variant })),
});

const totalInventory = (product: DemoProduct): number =>
  product.variants.reduce((sum, variant) => sum + variant.inventory, 0);

const fieldOf = (product: DemoProduct, field: string): number | string | readonly string[] | undefined => {
  switch (field) {
    case 'id':
      return product.id;
    case 'updated_at':
      return product.updatedAt;
    case 'created_at':
      return product.createdAt;
    case 'title':
      return product.title;
    case 'handle':
      return product.handle;
    case 'vendor':
      return product.vendor;
    case 'product_type':
      return product.productType;
    case 'status':
      return product.status;
    case 'tag':
      return product.tags;
    case 'sku':
      return product.variants.map((variant) => variant.sku);
    case 'barcode':
      return product.variants.map((variant) => variant.barcode ?? '');
    case 'inventory_total':
      return totalInventory(product);
    case 'default':
      return [
        product.title,
        product.vendor,
        product.productType,
        ...product.tags,
        ...product.variants.map((variant) => variant.sku),
      ];
    default:
      return undefined;
  }
};

export const createProductCollection = (
  recipe: ProductRecipe,
  seeded: number,
  now: () => number,
): ProductCollection => {
  const id = (index: number): number => productIdOf(recipe, index);
  const rows = createCollection<DemoProduct>(
    {
      seeded,
      idOf: id,
      indexOf: (wanted) => productIndexOf(recipe, wanted),
      generate: (index) => generateProduct(recipe, index),
      sortRules: {
        ID: { ofRow: (row) => row.id, ofIndex: id, isMonotonic: true },
        RELEVANCE: { ofRow: (row) => row.id, ofIndex: id, isMonotonic: true },
        UPDATED_AT: {
          ofRow: (row) => row.updatedAt,
          ofIndex: (index) => productTimes(recipe, index).updatedAt,
          unit: 1000,
        },
        CREATED_AT: {
          ofRow: (row) => row.createdAt,
          ofIndex: (index) => productTimes(recipe, index).createdAt,
          unit: 1000,
        },
        TITLE: { ofRow: (row) => row.title.toLowerCase() },
        VENDOR: { ofRow: (row) => row.vendor.toLowerCase() },
        PRODUCT_TYPE: { ofRow: (row) => row.productType.toLowerCase() },
        INVENTORY_TOTAL: { ofRow: totalInventory },
      },
      sortedField: { ID: 'id', UPDATED_AT: 'updated_at', CREATED_AT: 'created_at' },
      fieldOf,
      cheapFieldOf: (index, field) => {
        if (field === 'id') return id(index);
        if (field === 'updated_at') return productTimes(recipe, index).updatedAt;
        return field === 'created_at' ? productTimes(recipe, index).createdAt : undefined;
      },
    },
    now,
  );
  const cache = new Map<number, DemoProduct>();

  return {
    get count() {
      return rows.count;
    },
    get: rows.get,
    nth: rows.nth,
    seededAt: (index) => {
      const known = cache.get(index) ?? generateProduct(recipe, index);
      if (cache.size < CACHED_PRODUCTS) cache.set(index, known);
      return known;
    },
    change: (productId, edit) => {
      const found = rows.get(productId);
      if (!found) return null;
      const product = clone(found);
      edit(product);
      // Shopify's times have whole seconds, but a change must never look older than the one before it.
      product.updatedAt = Math.max(product.updatedAt + 1000, Math.floor(now() / 1000) * 1000);
      rows.put(productId, product);
      return product;
    },
    create: () =>
      rows.add((index) => {
        const product = generateProduct(recipe, index);
        product.createdAt = Math.floor(now() / 1000) * 1000;
        product.updatedAt = product.createdAt;
        for (const variant of product.variants)
          Object.assign(variant, { createdAt: product.createdAt, updatedAt: product.createdAt });
        return product;
      }),
    remove: rows.remove,
    list: rows.list,
    countOf: rows.countOf,
    all: rows.all,
  };
};
