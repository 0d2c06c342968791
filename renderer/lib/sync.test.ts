import { describe, expect, it } from 'vitest';
import type { Store, StoreSync } from '../../shared/api.ts';
import { freshOf, isFetchedWhole, syncSummary } from './sync.ts';

const sync = (
  resource: StoreSync['resource'],
  phase: StoreSync['phase'],
  finishedAt: string | null = null,
): StoreSync => ({
  resource,
  phase,
  rows: 1,
  total: null,
  rate: null,
  secondsLeft: null,
  startedAt: null,
  finishedAt,
  importedAt: null,
  freshAt: null,
  remoteCount: null,
  localCount: null,
  withheldCount: 0,
  gaps: [],
  problem: null,
});

describe('the one line about what is fetched', () => {
  it('tells of the resource that runs, not of one that is done or waits', () => {
    const orders = sync('orders', 'downloading');
    expect(syncSummary([sync('products', 'done'), sync('customers', 'waiting'), orders])).toEqual({
      phase: 'running',
      sync: orders,
    });
  });

  it('is not done while another resource waits for its turn', () => {
    const orders = sync('orders', 'waiting');
    expect(syncSummary([sync('products', 'done'), orders])).toEqual({ phase: 'running', sync: orders });
  });

  it('says what stopped once nothing runs any more', () => {
    const orders = sync('orders', 'failed');
    expect(syncSummary([sync('products', 'done'), orders, sync('transactions', 'failed')])).toEqual({
      phase: 'failed',
      sync: orders,
    });
  });

  it('is done at the time of the last resource', () => {
    const syncs = [
      sync('products', 'done', '2026-11-24T12:00:01.000Z'),
      sync('orders', 'done', '2026-11-24T12:00:09.000Z'),
      sync('transactions', 'done', '2026-11-24T12:00:09.000Z'),
    ];
    expect(syncSummary(syncs)).toEqual({ phase: 'done', syncs, finishedAt: '2026-11-24T12:00:09.000Z' });
  });

  it('is not done while one rests, or was given up before it was here', () => {
    const products = sync('products', 'done', '2026-11-24T12:00:01.000Z');
    const orders = sync('orders', 'paused');
    expect(syncSummary([products, orders])).toEqual({ phase: 'paused', sync: orders });
    const customers = sync('customers', 'never');
    expect(syncSummary([products, customers])).toEqual({ phase: 'partial', syncs: [products], missing: [customers] });
  });

  it('is never before anything was fetched', () => {
    expect(syncSummary([sync('products', 'never'), sync('orders', 'never')])).toEqual({ phase: 'never' });
    expect(syncSummary([])).toEqual({ phase: 'never' });
  });
});

describe('whether everything is here', () => {
  const store = (...syncs: StoreSync[]) => ({ syncs }) as unknown as Store;
  const whole = { ...sync('orders', 'done'), importedAt: '2026-11-24T12:00:00.000Z' };

  it('is said of all shown stores together, and not before one of them is known', () => {
    expect(isFetchedWhole([store(whole)], 'orders')).toBe(true);
    expect(isFetchedWhole([store(whole), store(sync('orders', 'downloading'))], 'orders')).toBe(false);
    expect(isFetchedWhole([store(whole)], 'products')).toBe(false);
    expect(isFetchedWhole([], 'orders')).toBe(false);
  });
});

it('a screen is as fresh as the stalest store on it, and not at all while one is not whole', () => {
  const store = (shop: string, freshAt: string | null) =>
    ({ shop, syncs: [{ ...sync('orders', 'done'), freshAt }] }) as unknown as Store;
  const [early, late] = ['2026-11-24T12:00:01.000Z', '2026-11-24T12:00:09.000Z'];
  const stores = [store('a', late), store('b', early)];
  expect(freshOf(stores, 'orders', undefined)).toBe(early);
  expect(freshOf(stores, 'orders', 'a')).toBe(late);
  expect(freshOf([...stores, store('c', null)], 'orders', undefined)).toBe(null);
  expect(freshOf(stores, 'products', undefined)).toBe(null);
  expect(freshOf([], 'orders', undefined)).toBe(null);
});
