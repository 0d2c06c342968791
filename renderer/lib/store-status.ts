import type { Store, StoreBudget } from '../../shared/api.ts';
import { formatRelative } from './time.ts';

/** The store that the screen is about: the chosen one, or the only one there is. */
export const selectedStore = (stores: readonly Store[], chosen: string | undefined): Store | null =>
  (chosen === undefined ? (stores.length === 1 ? stores[0] : undefined) : stores.find(({ shop }) => shop === chosen)) ??
  null;

/** A connected store's token in a few words; the present is handed in. */
export const tokenWords = (store: Store, now: number): string => {
  const { tokenIssuedAt, tokenExpiresAt: end } = store;
  if (end === null) return tokenIssuedAt === null ? 'No token' : 'Token does not expire';
  // Nothing renews a token that nobody asks for.
  if (Date.parse(end) <= now) return 'Token renews with the next call';
  return `Token renews ${formatRelative(end, now)}`;
};

/** Points left now, when `budget` was told at `askedAt` (ms): what restores since is added, unless calls wait for it. */
export const budgetLeft = (budget: StoreBudget, askedAt: number, now: number): number => {
  if (budget.waiting > 0) return budget.available;
  const restored = (Math.max(0, now - askedAt) / 1000) * budget.restoreRate;
  return Math.min(budget.maximum, Math.floor(budget.available + restored));
};

/** Several stores in one word: how many are connected, or how many are not. */
export const storesWords = (stores: readonly Store[]): { words: string; needsWork: boolean } => {
  const count = stores.length;
  const reconnect = stores.filter(({ state }) => state === 'reconnect').length;
  if (count === 0) return { words: 'No store', needsWork: false };
  if (reconnect > 0) return { words: `${reconnect} of ${count} stores to reconnect`, needsWork: true };
  const connected = stores.filter(({ state }) => state === 'connected').length;
  return {
    words: connected === count ? `${count} stores connected` : `${connected} of ${count} stores connected`,
    needsWork: false,
  };
};

const STORE_FACTS = ['access', 'last-call', 'budget'] as const;
/** What of a store's connection is explained on its card. */
export type StoreFactName = (typeof STORE_FACTS)[number];

/** The id of such a fact, and the fragment that leads there. */
export const factId = (fact: StoreFactName, shop: string): string => `${fact}-${shop}`;

/** The shop whose fact a fragment leads to. */
export const shopOfFact = (fragment: string): string | undefined => {
  const fact = STORE_FACTS.find((name) => fragment.startsWith(`${name}-`));
  return fact === undefined ? undefined : fragment.slice(fact.length + 1);
};
