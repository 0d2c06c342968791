import type { Store, StoreSync } from '../../shared/api.ts';

/** The screens that a scope can leave without data. */
export type ScopeArea = 'products' | 'orders' | 'transactions' | 'customers' | 'pixel' | 'webhooks';

/** What each screen asks of a store, in the words of that screen. */
const NEEDS: Readonly<Record<ScopeArea, Readonly<Record<string, string>>>> = {
  products: { read_products: 'Products need read_products' },
  orders: {
    read_orders: 'Orders need read_orders',
    read_all_orders: 'Orders older than 60 days need read_all_orders',
  },
  transactions: {
    read_orders: 'Transactions need read_orders',
    read_all_orders: 'Transactions of orders older than 60 days need read_all_orders',
  },
  customers: { read_customers: 'Customers need read_customers' },
  pixel: {
    write_pixels: 'The web pixel needs write_pixels',
    read_customer_events: 'Pixel events need read_customer_events',
  },
  webhooks: {
    read_products: 'Webhooks of products need read_products',
    read_orders: 'Webhooks of orders need read_orders',
    read_customers: 'Webhooks of customers need read_customers',
  },
};

export interface ScopeNote {
  readonly shop: string;
  readonly storeName: string;
  readonly scope: string;
  readonly text: string;
  /** Reconnecting asks for it; a scope that is not among the app's has to be added in Settings first. */
  readonly isRequested: boolean;
}

/** Scopes that Shopify turned out to want, though the app does not ask for them. */
const refusedOf = (store: Store): string[] =>
  store.syncs.flatMap(({ gaps }) => gaps.filter(({ kind }) => kind !== 'field').map(({ subject }) => subject));

/** What one screen lacks in the connected stores that it shows. */
export const scopeNotes = (area: ScopeArea, stores: readonly Store[], shop: string | undefined): ScopeNote[] =>
  stores
    .filter((store) => store.state === 'connected' && (shop === undefined || store.shop === shop))
    .flatMap((store) => {
      const refused = refusedOf(store);
      return Object.entries(NEEDS[area])
        .filter(([scope]) => store.missingScopes.includes(scope) || refused.includes(scope))
        .map(([scope, text]) => ({
          shop: store.shop,
          storeName: store.name,
          scope,
          text,
          isRequested: store.missingScopes.includes(scope),
        }));
    });

/** `default email address`, `refunds › note`: as near to plain words as a path of Shopify's fields comes. */
const wordsOf = (subject: string): string =>
  subject
    .split('.')
    .slice(1)
    .map((name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))
    .join(' › ');

/** The fields that Shopify refuses to this app. Transactions come with their orders, and so do what is refused of them. */
export const fieldWords = ({ resource, gaps }: Pick<StoreSync, 'resource' | 'gaps'>): string[] =>
  gaps
    .filter(({ kind, subject }) => {
      const isOfTransactions = subject.startsWith('orders.transactions');
      return kind === 'field' && (resource === 'transactions' ? isOfTransactions : !isOfTransactions);
    })
    .map(({ subject }) => wordsOf(subject));

export interface FieldNote {
  readonly shop: string;
  readonly storeName: string;
  readonly fields: readonly string[];
  /** What to do about it. */
  readonly hint: string;
}

/** The fields that one screen shows empty in these stores, since Shopify refuses them. */
export const fieldNotes = (area: ScopeArea, stores: readonly Store[], shop: string | undefined): FieldNote[] =>
  stores
    .filter((store) => store.state === 'connected' && (shop === undefined || store.shop === shop))
    .flatMap((store) =>
      store.syncs.flatMap((sync) => {
        const fields = sync.resource === area ? fieldWords(sync) : [];
        const hint = sync.gaps.find(({ kind }) => kind === 'field')?.hint ?? '';
        return fields.length === 0 ? [] : [{ shop: store.shop, storeName: store.name, fields, hint }];
      }),
    );
