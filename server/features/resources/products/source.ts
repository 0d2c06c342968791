import {
  ProductByIdDocument,
  ProductIdsBulkDocument,
  ProductIdsPageDocument,
  ProductsBulkDocument,
  ProductsCountDocument,
  ProductsPageDocument,
  ProductVariantsPageDocument,
} from '../../../shopify/generated/admin.ts';
import { numberOfGid, typeOfGid } from '../records/fields.ts';
import type { MappedRecord } from '../records/record-table.ts';
import { recordStores } from '../resource-stores.ts';
import { type CallContext, callOf, type SourceLine, type SyncSource } from '../sync/source.ts';
import { mediaFromGraphql, metafieldFromGraphql, productFromGraphql, variantFromGraphql } from './mapping.ts';
import { MEDIA, METAFIELDS, PRODUCTS, VARIANTS } from './table.ts';

/** Near the 1000 points that one query may cost; see products-page.graphql. */
const PAGE_SIZE = 15;

/** A product by itself, with lists as long as they are. */
const one = async (context: CallContext, id: string): Promise<MappedRecord | null> => {
  const call = callOf(context);
  const { product } = await context.client.request(ProductByIdDocument, { id }, call);
  if (!product) return null;
  const { variants, media, metafields, ...rest } = product;
  const nodes: unknown[] = [...variants.nodes];
  for (let after = variants.pageInfo.hasNextPage ? variants.pageInfo.endCursor : null; after != null; ) {
    const page = await context.client.request(ProductVariantsPageDocument, { id, after }, call);
    if (!page.product) break;
    nodes.push(...page.product.variants.nodes);
    const { hasNextPage, endCursor } = page.product.variants.pageInfo;
    after = hasNextPage ? endCursor : null;
  }
  return productFromGraphql(context.currency, rest, {
    variants: nodes,
    media: media.nodes,
    metafields: metafields.nodes,
  });
};

const typeOf = ({ value }: SourceLine): 'variant' | 'metafield' | 'medium' => {
  const type = typeOfGid(value.id);
  return type === 'ProductVariant' ? 'variant' : type === 'Metafield' ? 'metafield' : 'medium';
};

export const productSource: SyncSource<MappedRecord> = {
  resource: 'products',
  table: PRODUCTS,
  connection: 'products',
  scope: 'read_products',
  pagedRows: 4 * PAGE_SIZE,
  bulkQuery: ProductsBulkDocument.toString(),
  idsBulkQuery: ProductIdsBulkDocument.toString(),
  count: async (context, query) =>
    (await context.client.request(ProductsCountDocument, { query }, callOf(context))).productsCount?.count ?? null,
  page: async (context, { query, after, first = PAGE_SIZE }) => {
    const sortKey = query === null ? 'ID' : 'UPDATED_AT';
    const { data, denied } = await context.client.requestPartial(
      ProductsPageDocument,
      { first, after, query, sortKey },
      callOf(context),
    );
    const items: MappedRecord[] = [];
    for (const { variants, media, metafields, ...rest } of data.products.nodes) {
      const isShort = [variants, media, metafields].some(({ pageInfo }) => pageInfo.hasNextPage);
      const whole = isShort ? await one(context, rest.id) : null;
      const parts = { variants: variants.nodes, media: media.nodes, metafields: metafields.nodes };
      items.push(whole ?? productFromGraphql(context.currency, rest, parts));
    }
    const { hasNextPage, endCursor } = data.products.pageInfo;
    return {
      items,
      endCursor: hasNextPage ? (endCursor ?? null) : null,
      seen: items.length,
      denied,
    };
  },
  idsPage: async (context, after) => {
    const { products } = await context.client.request(ProductIdsPageDocument, { after }, callOf(context));
    return {
      pks: products.nodes.flatMap(({ id }) => numberOfGid(id) ?? []),
      endCursor: products.pageInfo.hasNextPage ? (products.pageInfo.endCursor ?? null) : null,
    };
  },
  one: (context, pk) => one(context, `gid://shopify/Product/${pk}`),
  changedSince: (iso) => `updated_at:>='${iso}'`,
  parent: ({ value, text }, currency) => productFromGraphql(currency, value, null, text),
  child: (line, parentPk, currency) => {
    const { value, text } = line;
    const type = typeOf(line);
    if (type === 'variant') return { table: VARIANTS, row: variantFromGraphql(parentPk, currency, value, text) };
    if (type === 'metafield') return { table: METAFIELDS, row: metafieldFromGraphql(parentPk, value, text) };
    // Media have no place of their own; their numbers rise as they are added.
    return { table: MEDIA, row: mediaFromGraphql(parentPk, value, numberOfGid(value.id) ?? 0, text) };
  },
  whole: ({ value, text }, children, currency) => {
    const of = (type: string): unknown[] => children.filter((line) => typeOf(line) === type).map((line) => line.value);
    return productFromGraphql(
      currency,
      value,
      { variants: of('variant'), media: of('medium'), metafields: of('metafield') },
      text,
    );
  },
  write: (statements, items, stamp) => recordStores.products.upsert(statements, items, stamp),
};
