import type { OrderedList, SortKey } from './ordered-list.ts';
import {
  type DemoProduct,
  generateProduct,
  type ProductRecipe,
  productIdOf,
  productIndexOf,
  productTimes,
} from './products.ts';
import { compileSearch, type FieldReader } from './search.ts';

/** A shop's products: built when asked for, and kept only once they differ from what the seed gives. */
export interface ProductCollection {
  readonly count: number;
  get(id: number): DemoProduct | null;
  /** The product at this place among those that exist, for picking one at random. */
  nth(position: number): DemoProduct | null;
  change(id: number, edit: (product: DemoProduct) => void): DemoProduct | null;
  create(): DemoProduct;
  remove(id: number): boolean;
  /** Sorted and filtered as Shopify's `sortKey` and `query` say. */
  list(sortKey: string, query: string | null | undefined): OrderedList<DemoProduct>;
}

const CACHED_LISTS = 8;

const clone = (product: DemoProduct): DemoProduct => ({
  ...product,
  seo: { ...product.seo },
  variants: product.variants.map((variant) => ({ ...variant })),
});

const totalInventory = (product: DemoProduct): number =>
  product.variants.reduce((sum, variant) => sum + variant.inventory, 0);

export const createProductCollection = (
  recipe: ProductRecipe,
  seeded: number,
  now: () => number,
): ProductCollection => {
  const changed = new Map<number, DemoProduct>();
  const removed = new Set<number>();
  let size = seeded;
  // Lists are cached by what they depend on: plain id order only on what exists, the rest on the contents as well.
  let structure = 0;
  let contents = 0;
  const cache = new Map<string, { stamp: string; indexes: readonly number[] }>();

  const at = (index: number): DemoProduct => changed.get(index) ?? generateProduct(recipe, index);
  const times = (index: number): { createdAt: number; updatedAt: number } =>
    changed.get(index) ?? productTimes(recipe, index);
  const exists = (index: number): boolean => index >= 0 && index < size && !removed.has(index);

  const keyOf = (sortKey: string, index: number): SortKey => {
    const id = productIdOf(recipe, index);
    switch (sortKey) {
      case 'UPDATED_AT':
        return [times(index).updatedAt, id];
      case 'CREATED_AT':
        return [times(index).createdAt, id];
      case 'TITLE':
        return [at(index).title.toLowerCase(), id];
      case 'VENDOR':
        return [at(index).vendor.toLowerCase(), id];
      case 'PRODUCT_TYPE':
        return [at(index).productType.toLowerCase(), id];
      case 'INVENTORY_TOTAL':
        return [totalInventory(at(index)), id];
      default:
        return [id, id];
    }
  };

  const readerOf = (index: number): FieldReader => {
    let product: DemoProduct | undefined;
    const full = (): DemoProduct => {
      product ??= at(index);
      return product;
    };
    return (field) => {
      switch (field) {
        case 'id':
          return productIdOf(recipe, index);
        case 'updated_at':
          return times(index).updatedAt;
        case 'created_at':
          return times(index).createdAt;
        case 'title':
          return full().title;
        case 'handle':
          return full().handle;
        case 'vendor':
          return full().vendor;
        case 'product_type':
          return full().productType;
        case 'status':
          return full().status;
        case 'tag':
          return full().tags;
        case 'sku':
          return full().variants.map((variant) => variant.sku);
        case 'barcode':
          return full().variants.map((variant) => variant.barcode ?? '');
        case 'inventory_total':
          return totalInventory(full());
        case 'default':
          return [
            full().title,
            full().vendor,
            full().productType,
            ...full().tags,
            ...full().variants.map((variant) => variant.sku),
          ];
        default:
          return undefined;
      }
    };
  };

  const build = (sortKey: string, query: string | null | undefined): number[] => {
    const matches = compileSearch(query);
    const indexes: number[] = [];
    for (let index = 0; index < size; index += 1) {
      if (!removed.has(index) && (!matches || matches(readerOf(index)))) indexes.push(index);
    }
    if (sortKey === 'ID' || sortKey === 'RELEVANCE') return indexes;
    const keys = new Map(indexes.map((index) => [index, keyOf(sortKey, index)]));
    return indexes.sort((left, right) => {
      const leftKey = keys.get(left)?.[0] ?? 0;
      const rightKey = keys.get(right)?.[0] ?? 0;
      return leftKey === rightKey ? left - right : leftKey < rightKey ? -1 : 1;
    });
  };

  const indexesOf = (sortKey: string, query: string | null | undefined): readonly number[] => {
    const name = `${sortKey} ${query ?? ''}`;
    const stamp = sortKey === 'ID' && !query ? String(structure) : `${structure} ${contents}`;
    const hit = cache.get(name);
    if (hit?.stamp === stamp) return hit.indexes;
    const indexes = build(sortKey, query);
    cache.delete(name);
    cache.set(name, { stamp, indexes });
    const oldest = cache.keys().next().value;
    if (cache.size > CACHED_LISTS && oldest !== undefined) cache.delete(oldest);
    return indexes;
  };

  return {
    get count() {
      return size - removed.size;
    },
    get: (id) => {
      const index = productIndexOf(recipe, id);
      return exists(index) ? at(index) : null;
    },
    nth: (position) => {
      const index = indexesOf('ID', null)[position];
      return index === undefined ? null : at(index);
    },
    change: (id, edit) => {
      const index = productIndexOf(recipe, id);
      if (!exists(index)) return null;
      const product = clone(at(index));
      edit(product);
      // Shopify's times have whole seconds, but a change must never look older than the one before it.
      product.updatedAt = Math.max(product.updatedAt + 1000, Math.floor(now() / 1000) * 1000);
      changed.set(index, product);
      contents += 1;
      return product;
    },
    create: () => {
      const index = size;
      size += 1;
      structure += 1;
      const product = generateProduct(recipe, index);
      product.createdAt = Math.floor(now() / 1000) * 1000;
      product.updatedAt = product.createdAt;
      for (const variant of product.variants)
        Object.assign(variant, { createdAt: product.createdAt, updatedAt: product.createdAt });
      changed.set(index, product);
      return product;
    },
    remove: (id) => {
      const index = productIndexOf(recipe, id);
      if (!exists(index)) return false;
      removed.add(index);
      changed.delete(index);
      structure += 1;
      return true;
    },
    list: (sortKey, query) => {
      const indexes = indexesOf(sortKey, query);
      const indexAt = (position: number): number => {
        const index = indexes[position];
        if (index === undefined) throw new RangeError(`position ${position} of ${indexes.length}`);
        return index;
      };
      return {
        size: indexes.length,
        keyAt: (position) => keyOf(sortKey, indexAt(position)),
        at: (position) => at(indexAt(position)),
      };
    },
  };
};
