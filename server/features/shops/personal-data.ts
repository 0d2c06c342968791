import { deleteShopRows } from '../../platform/payload-table.ts';
import { holderWithoutPeople } from '../../platform/personal-data.ts';

/** The stores themselves. Their contact address is the merchant's, not a customer's. */
export const shopsPersonalData = holderWithoutPeople({
  name: 'shops',
  tables: [
    { table: 'shops', holds: 'shop', why: 'The store’s name, contact and sealed tokens; none of its customers.' },
    { table: 'oauth_states', holds: 'shop', why: 'Hashes of install attempts, by store domain.' },
  ],
  eraseShop: async (shop, context) => [
    await deleteShopRows('oauth_states', shop, context),
    await deleteShopRows('shops', shop, context),
  ],
});
