/** Scopes the stand-in knows. The order is part of the token format: append only. */
export const KNOWN_SCOPES = [
  'read_products',
  'write_products',
  'read_orders',
  'write_orders',
  'read_all_orders',
  'read_customers',
  'write_customers',
  'read_pixels',
  'write_pixels',
  'read_customer_events',
  'read_inventory',
  'write_inventory',
  'read_fulfillments',
  'write_fulfillments',
  'read_locations',
  'read_reports',
  'read_discounts',
  'write_discounts',
  'read_content',
  'write_content',
  'read_themes',
  'read_markets',
  'read_shipping',
  'read_returns',
] as const;

/** What an app gets that asks for nothing in particular. */
export const DEFAULT_SCOPES: readonly string[] = [
  'write_products',
  'read_orders',
  'read_customers',
  'write_pixels',
  'read_customer_events',
];

/** What these scopes are for, in the words of the install page. */
export const describeScope = (scope: string): string => {
  const [verb = 'read', ...rest] = scope.split('_');
  return `${verb === 'write' ? 'View and change' : 'View'} ${rest.join(' ')}`;
};

/** With the read scopes that write scopes imply. */
export const expandScopes = (scopes: readonly string[]): string[] => [
  ...new Set(
    scopes.flatMap((scope) => (scope.startsWith('write_') ? [scope, scope.replace('write_', 'read_')] : [scope])),
  ),
];

/** Without the read scopes that write scopes imply: the form in which Shopify returns them. */
export const compressScopes = (scopes: readonly string[]): string[] =>
  scopes.filter((scope) => !scopes.includes(scope.replace('read_', 'write_')) || scope.startsWith('write_'));

export const parseScopes = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,]+/)
      .map((scope) => scope.trim())
      .filter(Boolean),
  ),
];

export const isKnownScope = (scope: string): boolean => (KNOWN_SCOPES as readonly string[]).includes(scope);

export const scopesToMask = (scopes: readonly string[]): number =>
  KNOWN_SCOPES.reduce((mask, scope, bit) => (scopes.includes(scope) ? mask | (1 << bit) : mask), 0);

export const maskToScopes = (mask: number): string[] => KNOWN_SCOPES.filter((_, bit) => (mask & (1 << bit)) !== 0);
