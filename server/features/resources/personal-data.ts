import { deleteShopRows } from '../../platform/payload-table.ts';
import { holderWithoutPeople } from '../../platform/personal-data.ts';

const TABLES = ['product_variants', 'products', 'product_deletions'];

/** Products, their variants and the search index over them. */
export const productsPersonalData = holderWithoutPeople({
  name: 'products',
  tables: [
    { table: 'products', holds: 'shop', why: 'The store’s catalogue; products name no customers.' },
    { table: 'products_fts', holds: 'shop', why: 'Search index over products, kept by triggers.' },
    { table: 'product_variants', holds: 'shop', why: 'The store’s catalogue.' },
    { table: 'product_deletions', holds: 'shop', why: 'Ids of deleted products.' },
  ],
  eraseShop: async (shop, context) => {
    const erased = [];
    for (const table of TABLES) erased.push(await deleteShopRows(table, shop, context));
    return erased;
  },
});
