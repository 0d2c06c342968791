import type { ChildTable, RecordTable } from '../records/record-table.ts';

export const VARIANTS: ChildTable = {
  table: 'product_variants',
  parent: 'product_pk',
  columns: ['title', 'sku', 'barcode', 'price', 'compare_at_price', 'inventory_quantity', 'position', 'raw'],
};
export const MEDIA: ChildTable = {
  table: 'product_media',
  parent: 'product_pk',
  columns: ['id', 'type', 'url', 'alt', 'position', 'raw'],
};
export const METAFIELDS: ChildTable = {
  table: 'product_metafields',
  parent: 'product_pk',
  columns: ['namespace', 'key', 'type', 'value', 'raw'],
};

export const PRODUCTS: RecordTable = {
  resource: 'products',
  table: 'products',
  columns: [
    'title',
    'handle',
    'status',
    'vendor',
    'product_type',
    'tags',
    'total_inventory',
    'variants_count',
    'price_min',
    'price_max',
    'currency',
    'image_url',
    'created_at',
    'updated_at',
    'published_at',
  ],
  documents: 'product_documents',
  children: [VARIANTS, MEDIA, METAFIELDS],
  tracked: [
    'title',
    'handle',
    'status',
    'vendor',
    'product_type',
    'tags',
    'total_inventory',
    'variants_count',
    'price_min',
    'price_max',
    'published_at',
  ],
  trackedPersonal: [],
  keepable: [],
  search: {
    table: 'products_fts',
    columns: ['title', 'vendor', 'product_type', 'tags', 'skus', 'handle'],
    expressions: [
      'r.title',
      'r.vendor',
      'r.product_type',
      'r.tags',
      `(SELECT group_concat(coalesce(v.sku, '') || ' ' || coalesce(v.barcode, ''), ' ') FROM product_variants v WHERE v.product_pk = r.pk)`,
      'r.handle',
    ],
    depends: ['title', 'vendor', 'product_type', 'tags', 'handle'],
    childText: `(SELECT group_concat(coalesce(v.sku, '') || ' ' || coalesce(v.barcode, ''), ' ') FROM product_variants v WHERE v.product_pk = r.pk)`,
  },
  dayColumn: null,
  dayDepends: [],
};
