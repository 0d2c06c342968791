import { expect, it, vi } from 'vitest';
import type { StoreSync } from '../../../../shared/api.ts';
import type { Clock } from '../../../platform/clock.ts';
import { createImportNews } from './import-news.ts';

it('tells how far imports are, once for many changes, and that none runs any more', async () => {
  let next: () => void = () => undefined;
  const clock: Clock = {
    now: () => 0,
    delay: (_ms, signal) =>
      new Promise((resolve, reject) => {
        next = resolve;
        signal?.addEventListener('abort', () => reject(signal.reason));
      }),
  };
  let rows = 25;
  let phase: StoreSync['phase'] = 'downloading';
  const told: (number | null)[] = [];
  const statesOf = vi.fn(async () => [
    { resource: 'orders', phase, rows, total: 100, importedAt: null, freshAt: null } as unknown as StoreSync,
  ]);
  const news = createImportNews({
    clock,
    log: undefined as never,
    shops: () => ['a.myshopify.com'],
    statesOf,
    tell: (share) => told.push(share),
  });
  news.look();
  await vi.waitFor(() => expect(told).toEqual([0.25]));
  rows = 50;
  for (let change = 0; change < 20; change += 1) news.look();
  expect(statesOf).toHaveBeenCalledTimes(1);
  next();
  await vi.waitFor(() => expect(told).toEqual([0.25, 0.5]));
  phase = 'failed';
  news.look();
  next();
  await vi.waitFor(() => expect(told).toEqual([0.25, 0.5, null]));
  expect(statesOf).toHaveBeenCalledTimes(3);
  await news.stop();
});
