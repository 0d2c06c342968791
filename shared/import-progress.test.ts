import { describe, expect, it } from 'vitest';
import { importShare, isImporting } from './import-progress.ts';

type Sync = Parameters<typeof isImporting>[0];
const AT = '2026-11-24T12:00:00.000Z';
const sync = (resource: Sync['resource'], phase: Sync['phase'], changes: Partial<Sync> = {}): Sync => ({
  resource,
  phase,
  rows: 0,
  total: null,
  importedAt: null,
  freshAt: null,
  ...changes,
});
const done = (resource: Sync['resource']): Sync => sync(resource, 'done', { importedAt: AT, freshAt: AT });

describe('how far imports are', () => {
  it('is the mean of a store’s resources; transactions come with their orders', () => {
    const orders = sync('orders', 'downloading', { rows: 25, total: 100 });
    const transactions = sync('transactions', 'downloading', { rows: 900 });
    expect(
      importShare([{ syncs: [done('products'), sync('customers', 'waiting'), orders, transactions] }]),
    ).toBeCloseTo((1 + 0 + 0.25) / 3);
  });

  it('leaves out stores that only catch up, and is nothing when no import runs', () => {
    const catchesUp = sync('orders', 'catching-up', { importedAt: AT, freshAt: AT });
    expect(importShare([{ syncs: [done('products'), catchesUp] }])).toBeNull();
    expect(importShare([{ syncs: [sync('orders', 'failed'), sync('products', 'paused')] }])).toBeNull();
    expect(importShare([])).toBeNull();
  });

  it('counts what is fetched anew, and never more than all of it', () => {
    const anew = sync('orders', 'downloading', { importedAt: AT, rows: 120, total: 100 });
    expect(isImporting(anew)).toBe(true);
    expect(importShare([{ syncs: [anew] }, { syncs: [done('products')] }])).toBe(1);
  });
});
