import { type BudgetState, type CallBudget, createCallBudget } from './call-budget.ts';
import { createShopifyClient, fixedToken, type ShopifyClient, type ShopifyClientOptions } from './client.ts';

/** One client for each store: its calls share one budget at Shopify, so they must share one here. */
export interface ClientRegistry {
  of(shop: string): ShopifyClient;
  /** A client with a token that is not stored yet, on the store's own budget: for the first call that verifies it. */
  withToken(shop: string, accessToken: string): ShopifyClient;
  /** The budget as it was learnt; null while the store was not called. */
  budgetOf(shop: string): BudgetState | null;
}

export const createClientRegistry = (
  common: Omit<ShopifyClientOptions, 'shop' | 'token' | 'budget' | 'onOutcome'> & {
    token: (shop: string, options: { refused?: string; signal?: AbortSignal }) => Promise<string>;
    onOutcome: (shop: string, ...outcome: Parameters<NonNullable<ShopifyClientOptions['onOutcome']>>) => void;
  },
): ClientRegistry => {
  const clients = new Map<string, ShopifyClient>();
  const budgets = new Map<string, CallBudget>();
  const { token, onOutcome, ...rest } = common;
  const budgetFor = (shop: string): CallBudget => {
    const budget = budgets.get(shop) ?? createCallBudget(rest.clock);
    budgets.set(shop, budget);
    return budget;
  };
  return {
    of: (shop) => {
      const found = clients.get(shop);
      if (found) return found;
      const client = createShopifyClient({
        ...rest,
        shop,
        budget: budgetFor(shop),
        token: (options) => token(shop, options),
        onOutcome: (outcome) => onOutcome(shop, outcome),
      });
      clients.set(shop, client);
      return client;
    },
    withToken: (shop, accessToken) =>
      createShopifyClient({ ...rest, shop, budget: budgetFor(shop), token: fixedToken(accessToken) }),
    budgetOf: (shop) => budgets.get(shop)?.state() ?? null,
  };
};
