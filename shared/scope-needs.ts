/** What each scope is for, as the console names it: where one is missing, this is what does not come. */
const NEEDS: Readonly<Record<string, string>> = {
  read_products: 'Products',
  read_orders: 'Orders and transactions',
  read_all_orders: 'Orders older than 60 days',
  read_customers: 'Customers',
  write_pixels: 'The web pixel',
  read_customer_events: 'Pixel events',
  read_inventory: 'Stock levels',
  read_locations: 'Locations',
  read_fulfillments: 'Fulfilments',
};

/** “Orders and transactions need read_orders”, or the scope alone where nothing is known of it. */
export const scopeNeed = (scope: string): string => {
  const what = NEEDS[scope];
  if (what === undefined) return scope;
  return `${what} ${what.startsWith('The ') ? 'needs' : 'need'} ${scope}`;
};
