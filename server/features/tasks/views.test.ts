import { expect, it } from 'vitest';
import { bucketOf } from '../../platform/queue/rates.ts';
import { toRates } from './views.ts';

it('has a point for each step, empty ones too, and percentiles within an eighth', () => {
  const nowMs = Date.UTC(2026, 0, 5, 12, 30, 20);
  const step = Math.floor(nowMs / 60_000);
  const rates = toRates(
    {
      points: [
        { step, outcome: 'done', count: 90 },
        { step: step - 5, outcome: 'failed', count: 2 },
        { step: step - 500, outcome: 'done', count: 1 },
      ],
      runTimes: [
        { name: 'a', outcome: 'done', bucket: bucketOf(100), count: 90 },
        { name: 'a', outcome: 'done', bucket: bucketOf(4000), count: 10 },
        { name: 'a', outcome: 'failed', bucket: bucketOf(1), count: 2 },
      ],
    },
    10,
    nowMs,
    new Map(),
  );
  expect(rates.points).toHaveLength(10);
  expect(rates.points.at(-1)).toMatchObject({ at: '2026-01-05T12:30:00.000Z', done: 90 });
  expect(rates.points.at(-6)).toMatchObject({ failed: 2, done: 0 });
  const [a] = rates.names;
  expect(a).toMatchObject({ name: 'a', done: 100, failed: 2 });
  expect(Math.abs((a?.p50 ?? 0) / 100 - 1)).toBeLessThan(0.125);
  expect(Math.abs((a?.p95 ?? 0) / 4000 - 1)).toBeLessThan(0.125);
});
