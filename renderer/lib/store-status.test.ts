import { describe, expect, it } from 'vitest';
import type { Store } from '../../shared/api.ts';
import { budgetLeft, factId, selectedStore, shopOfFact, storesWords, tokenWords } from './store-status.ts';

const now = Date.parse('2026-11-24T12:00:00.000Z');
const store = (changes: Partial<Store>): Store => ({
  shop: 'one.myshopify.com',
  name: 'One',
  nameAtShopify: 'One',
  label: null,
  plan: null,
  email: null,
  currency: 'EUR',
  timezone: null,
  primaryUrl: null,
  state: 'connected',
  demo: false,
  grant: 'authorization_code',
  scopes: [],
  missingScopes: [],
  connectedAt: '2026-11-01T00:00:00Z',
  lastCallAt: null,
  tokenIssuedAt: '2026-11-24T11:00:00.000Z',
  tokenExpiresAt: '2026-11-24T12:42:00.000Z',
  refreshTokenExpiresAt: null,
  budget: null,
  pixelKey: 'px_one',
  pixelActive: false,
  webhookTopics: [],
  problem: null,
  syncs: [],
  ...changes,
});
const one = store({});
const two = store({ shop: 'two.myshopify.com' });

describe('the selected store', () => {
  it('is the chosen one, or the only one, or none', () => {
    expect(selectedStore([one, two], 'two.myshopify.com')).toBe(two);
    expect(selectedStore([one, two], undefined)).toBeNull();
    expect(selectedStore([one], undefined)).toBe(one);
    expect(selectedStore([one], 'gone.myshopify.com')).toBeNull();
    expect(selectedStore([], undefined)).toBeNull();
  });

  it('is the one whose fact the address leads to', () => {
    expect(shopOfFact(factId('last-call', 'two.myshopify.com'))).toBe('two.myshopify.com');
    expect(shopOfFact('tunnel')).toBeUndefined();
    expect(shopOfFact('')).toBeUndefined();
  });
});

describe('words about a token', () => {
  it('say when it renews', () => {
    expect(tokenWords(one, now)).toBe('Token renews in 42 min');
    expect(tokenWords(store({ tokenExpiresAt: '2026-11-24T11:59:00Z' }), now)).toBe('Token renews with the next call');
  });
  it('say that it has no end, or that there is none', () => {
    expect(tokenWords(store({ tokenExpiresAt: null }), now)).toBe('Token does not expire');
    expect(tokenWords(store({ tokenExpiresAt: null, tokenIssuedAt: null }), now)).toBe('No token');
  });
});

describe('the budget that is left', () => {
  const budget = { available: 500, maximum: 2000, restoreRate: 100, waiting: 0 };
  it('grows by the restore rate, up to the maximum', () => {
    expect(budgetLeft(budget, now, now)).toBe(500);
    expect(budgetLeft(budget, now, now + 4050)).toBe(905);
    expect(budgetLeft(budget, now, now + 60_000)).toBe(2000);
  });
  it('stays while calls wait for it, and when the clock went back', () => {
    expect(budgetLeft({ ...budget, waiting: 3 }, now, now + 60_000)).toBe(500);
    expect(budgetLeft(budget, now, now - 60_000)).toBe(500);
  });
});

describe('words about several stores', () => {
  it('name those to reconnect first', () => {
    expect(storesWords([])).toEqual({ words: 'No store', needsWork: false });
    expect(storesWords([one, two])).toEqual({ words: '2 stores connected', needsWork: false });
    expect(storesWords([one, store({ state: 'disconnected' })]).words).toBe('1 of 2 stores connected');
    expect(storesWords([one, store({ state: 'reconnect' })])).toEqual({
      words: '1 of 2 stores to reconnect',
      needsWork: true,
    });
  });
});
