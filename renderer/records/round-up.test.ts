import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundUp } from './round-up.ts';

describe('the end of an axis', () => {
  it('is the next round number', () => {
    expect([0, 1, 2, 3, 5, 7, 9, 11, 41, 99, 1234].map((value) => roundUp(value, 1))).toEqual([
      0, 2, 2, 4, 6, 8, 10, 20, 50, 100, 2000,
    ]);
    expect(roundUp(123_456, 100)).toBe(200_000);
  });

  it('reaches the value, not far beyond it, and has a middle of whole steps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 12 }), fc.constantFrom(1, 100, 1000), (value, step) => {
        const end = roundUp(value, step);
        expect(end).toBeGreaterThanOrEqual(value);
        expect(end).toBeLessThanOrEqual(Math.max(2 * step, 2 * value));
        expect(Number.isInteger(end / step / 2)).toBe(true);
      }),
    );
  });
});
