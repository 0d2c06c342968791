import { createRandom, hashSeed } from './random.ts';
import type { ProductKind, Theme } from './themes.ts';

/** One variant, money in cents, times in epoch milliseconds. */
export interface DemoVariant {
  readonly id: number;
  readonly inventoryItemId: number;
  title: string;
  sku: string;
  barcode: string | null;
  price: number;
  compareAtPrice: number | null;
  position: number;
  inventory: number;
  optionValues: readonly string[];
  createdAt: number;
  updatedAt: number;
}

export interface DemoProduct {
  readonly index: number;
  readonly id: number;
  title: string;
  handle: string;
  status: 'ACTIVE' | 'ARCHIVED' | 'DRAFT' | 'UNLISTED';
  vendor: string;
  productType: string;
  tags: readonly string[];
  descriptionHtml: string;
  createdAt: number;
  updatedAt: number;
  publishedAt: number | null;
  options: readonly { readonly name: string; readonly values: readonly string[] }[];
  variants: DemoVariant[];
  seo: { title: string | null; description: string | null };
  templateSuffix: string | null;
}

/** How a shop's products come about. `epoch` is fixed, so that a second start shows the same store. */
export interface ProductRecipe {
  readonly seed: number;
  readonly shop: string;
  /** Keeps the ids of several shops apart. */
  readonly idBase: number;
  readonly theme: Theme;
  readonly epoch: number;
}

const DAY = 86_400_000;
const ID_STEP = 64;
const MAX_VARIANTS = 6;
const NAME_STRIDE = 157;

export const productIdOf = (recipe: ProductRecipe, index: number): number =>
  7_400_000_000_000 + recipe.idBase + (index + 1) * ID_STEP;

/** The index behind an id, or -1 when the id is none of this shop's. */
export const productIndexOf = (recipe: ProductRecipe, id: number): number => {
  const index = (id - 7_400_000_000_000 - recipe.idBase) / ID_STEP - 1;
  return Number.isInteger(index) && index >= 0 ? index : -1;
};

const VARIANT_OFFSET = 42_000_000_000_000 - 7_400_000_000_000;
/** The product that a variant's id belongs to. */
export const productIdOfVariant = (variantId: number): number => {
  const id = variantId - VARIANT_OFFSET - 1;
  return id - (id % ID_STEP);
};

/** Times alone, without building the product: what sorting and `updated_at:` filters of 100,000 products need. */
export const productTimes = (recipe: ProductRecipe, index: number): { createdAt: number; updatedAt: number } => {
  const random = createRandom(hashSeed(recipe.seed, recipe.shop, 'times', index));
  const createdAt = recipe.epoch - random.int(30, 700) * DAY - random.int(0, DAY / 1000) * 1000;
  const updatedAt = Math.max(createdAt, recipe.epoch - Math.floor(random.next() ** 2 * 90 * DAY));
  return { createdAt, updatedAt: Math.floor(updatedAt / 1000) * 1000 };
};

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/**
 * Walks the words so that no two products share a title. A catalogue of thousands needs more names than the words give, as a
 * real one does: marks tell those apart.
 */
const nameParts = (recipe: ProductRecipe, index: number): { kind: ProductKind; adjective: string; mark: string } => {
  const { kinds, adjectives } = recipe.theme;
  const names = kinds.length * adjectives.length;
  // A prime that divides no theme's number of names reaches each name once before the first comes again.
  const place = (index * NAME_STRIDE + hashSeed(recipe.seed, recipe.shop, 'names')) % names;
  return {
    kind: kinds[place % kinds.length] ?? kinds[0],
    adjective: adjectives[Math.floor(place / kinds.length)] ?? adjectives[0],
    mark: index < names ? '' : ` ${Math.floor(index / names) + 1}`,
  };
};

/** Builds product `index`; the same every time. */
export const generateProduct = (recipe: ProductRecipe, index: number): DemoProduct => {
  const random = createRandom(hashSeed(recipe.seed, recipe.shop, 'product', index));
  const { theme } = recipe;
  const times = productTimes(recipe, index);
  const { kind, adjective, mark } = nameParts(recipe, index);
  const vendor = random.pick(theme.vendors);
  const id = productIdOf(recipe, index);
  const title = `${adjective} ${kind.noun}${mark}`;
  const option = kind.options[0];
  const values = option
    ? option.values.slice(0, random.int(2, Math.min(MAX_VARIANTS, option.values.length)))
    : ['Default Title'];
  const price = Math.round(random.int(kind.price[0], kind.price[1]) / 100) * 100 - (random.chance(0.5) ? 5 : 0);
  const onSale = random.chance(0.18);
  const code =
    `${slug(vendor).slice(0, 3)}-${slug(kind.noun).slice(0, 3)}-${String(index + 1).padStart(4, '0')}`.toUpperCase();
  const soldOut = random.chance(0.06);
  const status = random.chance(0.88) ? 'ACTIVE' : random.pick(['DRAFT', 'ARCHIVED', 'DRAFT', 'UNLISTED'] as const);
  const variants = values.map((value, at): DemoVariant => {
    const step = option?.name === 'Volume' || option?.name === 'Length' ? at * 1000 : 0;
    return {
      id: 42_000_000_000_000 + recipe.idBase + (index + 1) * ID_STEP + at + 1,
      inventoryItemId: 44_000_000_000_000 + recipe.idBase + (index + 1) * ID_STEP + at + 1,
      title: value,
      sku: values.length === 1 ? code : `${code}-${slug(value).slice(0, 4).toUpperCase()}`,
      barcode: random.chance(0.8) ? String(5_000_000_000_000 + random.int(0, 999_999_999)) : null,
      price: price + step,
      compareAtPrice: onSale ? Math.round(((price + step) * 1.25) / 100) * 100 : null,
      position: at + 1,
      inventory: soldOut || random.chance(0.1) ? 0 : random.int(1, 80),
      optionValues: [value],
      createdAt: times.createdAt,
      updatedAt: times.updatedAt,
    };
  });
  return {
    index,
    id,
    title,
    handle: `${slug(title)}-${index + 1}`,
    status,
    vendor,
    productType: kind.type,
    tags: [...kind.tags, ...(onSale ? ['sale'] : []), ...(random.chance(0.15) ? ['new'] : [])].sort(),
    descriptionHtml: `<p>${random.pick(theme.blurbs)}</p><p>${title} by ${vendor}.</p>`,
    createdAt: times.createdAt,
    updatedAt: times.updatedAt,
    publishedAt: status === 'ACTIVE' ? times.createdAt : null,
    options: option ? [{ name: option.name, values }] : [{ name: 'Title', values: ['Default Title'] }],
    variants,
    seo: { title: null, description: null },
    templateSuffix: null,
  };
};

/** A small picture of the product as a data URL: the console's CSP loads pictures from itself and Shopify's CDN only. */
export const productPicture = (product: DemoProduct): string => {
  const hue = hashSeed(product.productType, product.vendor) % 360;
  const initials = product.title
    .split(' ')
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" fill="hsl(${hue} 30% 84%)"/><circle cx="72" cy="26" r="10" fill="hsl(${hue} 40% 72%)"/><text x="48" y="59" font-family="sans-serif" font-size="32" font-weight="600" text-anchor="middle" fill="hsl(${hue} 40% 28%)">${initials}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
};
